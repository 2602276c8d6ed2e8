"""A transaction body on SQLite's writer thread: stepped to its end without ever waiting."""

import asyncio
import contextvars
import sqlite3
import threading
from collections.abc import Callable, Sequence
from typing import Any

from api.core.database.context import OPEN, Arguments, Body, OpenTransaction
from api.core.database.errors import DatabaseUnavailable, SuspendedInTransaction
from api.core.database.rows import Row

_UNAVAILABLE = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PERM,
    }
)


def unavailable(error: BaseException) -> bool:
    """Whether SQLite failed for a reason outside of the statement, such as a full disk."""
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in _UNAVAILABLE


class WriterTransaction(OpenTransaction):
    """A body's view of the writer's connection."""

    __slots__ = ("_connection", "_thread")

    def __init__(self, connection: sqlite3.Connection, *, serializable: bool) -> None:
        super().__init__(serializable=serializable)
        self._connection = connection
        self._thread = threading.get_ident()

    def runs_here(self) -> bool:
        return threading.get_ident() == self._thread

    @property
    def lost(self) -> bool:
        return not self._connection.in_transaction

    async def rows(self, sql: str, arguments: Arguments) -> list[Row]:
        self._check()
        return self._connection.execute(sql, arguments).fetchall()

    async def many(self, sql: str, rows: Sequence[Arguments]) -> None:
        self._check()
        self._connection.executemany(sql, rows)

    async def command(self, sql: str) -> None:
        self._check()
        self._connection.execute(sql)

    def _check(self) -> None:
        # Without this, statements after a lost transaction would commit one by one.
        if self.lost:
            raise DatabaseUnavailable("SQLite has ended the transaction")


class Work:
    """One body on its way through the writer: what to run, in whose context, and how it ended."""

    __slots__ = ("answer", "body", "callbacks", "context", "error", "result", "serializable")

    def __init__(self, body: Body[Any], answer: "asyncio.Future[Any]", *, serializable: bool) -> None:
        self.body = body
        self.answer = answer
        self.serializable = serializable
        self.context = contextvars.copy_context()
        self.callbacks: list[Callable[[], object]] = []
        self.result: Any = None
        self.error: BaseException | None = None

    def run(self, connection: sqlite3.Connection) -> None:
        """Run the body inside a savepoint of its own; a failure is kept and undone, not raised."""
        connection.execute("SAVEPOINT body")
        transaction = WriterTransaction(connection, serializable=self.serializable)
        try:
            self.result = self.context.run(_step, self.body, transaction)
            self.callbacks = transaction.callbacks
        except BaseException as error:  # whatever a body raises belongs to its caller, not to the writer
            self.error = error
            if connection.in_transaction:
                connection.execute("ROLLBACK TO body")
        if connection.in_transaction:
            connection.execute("RELEASE body")

    def refuse(self, reason: str, cause: BaseException | None = None) -> None:
        """Replace whatever came out by DatabaseUnavailable."""
        self.result = None
        self.callbacks = []
        self.error = DatabaseUnavailable(reason)
        self.error.__cause__ = cause


class Alone(Work):
    """Something that runs between transactions, like VACUUM, which SQLite refuses inside of one."""

    __slots__ = ("_action",)

    def __init__(self, action: Callable[[sqlite3.Connection], None], answer: "asyncio.Future[Any]") -> None:
        super().__init__(_nothing, answer, serializable=False)
        self._action = action

    def run(self, connection: sqlite3.Connection) -> None:
        """Run it; a failure is kept, not raised."""
        try:
            self._action(connection)
        except sqlite3.Error as error:
            self.refuse(str(error), error)
        except BaseException as error:
            self.error = error


async def _nothing() -> None: ...


def _step(body: Body[Any], transaction: WriterTransaction) -> Any:
    token = OPEN.set(transaction)
    try:
        return _finish(body())
    except sqlite3.Error as error:
        if unavailable(error):
            raise DatabaseUnavailable(str(error)) from error
        raise
    finally:
        transaction.over = True
        OPEN.reset(token)


def _finish(coroutine: Any) -> Any:
    """Step a coroutine to its end. One that waits gets SuspendedInTransaction raised where it waits."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    suspended = SuspendedInTransaction(
        "a transaction waits for nothing but the database: no network, no sleep, no locks, no other threads"
    )
    try:
        coroutine.throw(suspended)
    except StopIteration:
        pass  # it swallowed the error, which does not make it right
    else:
        coroutine.close()
    raise suspended
