"""Piccolo's own ways to open a transaction, mapped onto ours.

Piccolo treats a nested `transaction()` as nothing at all; here it is a savepoint.
"""

from collections.abc import Generator
from types import TracebackType
from typing import Any

from piccolo.engine.base import BaseAtomic, BaseTransaction

from api.core.database.context import Backend, OpenTransaction, open_transaction
from api.core.database.savepoints import Savepoint


class JoinedTransaction(BaseTransaction):
    """`async with engine.transaction()` inside a body: a savepoint. Outside it is refused."""

    __slots__ = ("_savepoint",)

    def __init__(self, _: Backend) -> None:
        self._savepoint = Savepoint()

    async def __aenter__(self) -> OpenTransaction:
        return await self._savepoint.__aenter__()

    async def __aexit__(  # type: ignore[override]
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._savepoint.__aexit__(kind, error, traceback)


class Atomic(BaseAtomic):
    """Queries gathered first and run together in one transaction."""

    __slots__ = ("_engine", "_queries")

    def __init__(self, engine: Backend) -> None:
        self._engine = engine
        self._queries: list[Any] = []

    def add(self, *query: Any) -> None:
        self._queries.extend(query)

    async def run(self) -> None:
        queries, self._queries = self._queries, []

        async def body() -> None:
            for query in queries:
                await query.run()

        if open_transaction() is None:
            await self._engine.transact(body)
        else:
            async with Savepoint():
                await body()

    def run_sync(self) -> None:
        raise NotImplementedError("the database belongs to the event loop; await run() instead")

    def __await__(self) -> Generator[Any, None, None]:
        return self.run().__await__()
