"""The transaction that the running code is inside of."""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextvars import ContextVar
from typing import Any, Protocol, TypeVar

from api.core.database.errors import TransactionMisuse
from api.core.database.rows import Row
from api.core.database.statements import Dialect

T = TypeVar("T")
Body = Callable[[], Coroutine[Any, Any, T]]
Arguments = Sequence[Any]


class OpenTransaction:
    """What both engines' transactions have in common: callbacks, savepoints, and when they are over."""

    __slots__ = ("_savepoints", "callbacks", "over", "serializable")

    def __init__(self, *, serializable: bool) -> None:
        self.callbacks: list[Callable[[], object]] = []
        self.over = False
        self.serializable = serializable
        self._savepoints = 0

    def next_savepoint(self) -> str:
        self._savepoints += 1
        return f"inner_{self._savepoints}"

    def runs_here(self) -> bool:
        """Whether the code that asks is the body itself and not something it started beside itself."""
        raise NotImplementedError

    @property
    def lost(self) -> bool:
        """Whether the database has ended the transaction under us."""
        raise NotImplementedError

    async def rows(self, sql: str, arguments: Arguments) -> list[Row]:
        raise NotImplementedError

    async def many(self, sql: str, rows: Sequence[Arguments]) -> None:
        raise NotImplementedError

    async def command(self, sql: str) -> None:
        """Run a text without values, exactly as it stands."""
        raise NotImplementedError


class Backend(Protocol):
    """What the rest of the package asks of an engine."""

    dialect: Dialect

    async def start_connection_pool(self) -> None: ...

    async def close_connection_pool(self) -> None: ...

    async def transact(self, body: Body[T], *, serializable: bool = False) -> T: ...

    def fetch(self, template: str, arguments: Arguments) -> Coroutine[Any, Any, list[Row]]: ...

    def execute_many(self, template: str, rows: Sequence[Arguments]) -> Awaitable[None]: ...


OPEN: ContextVar[OpenTransaction | None] = ContextVar("open_transaction", default=None)


def open_transaction() -> OpenTransaction | None:
    """The transaction around the running code, or None.

    A context can outlive its transaction (a callback scheduled inside it): that code is outside
    again. Code that runs *beside* a body that is still open would write into somebody else's
    transaction, so it is refused.
    """
    transaction = OPEN.get()
    if transaction is None or transaction.over:
        return None
    if not transaction.runs_here():
        raise TransactionMisuse("started inside a transaction that is still open; start it with after_commit()")
    return transaction
