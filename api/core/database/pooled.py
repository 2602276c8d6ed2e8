"""One transaction on one pooled PostgreSQL connection."""

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from typing import Any

import asyncpg
from asyncpg.connection import Connection

from api.core.database.context import OPEN, Arguments, Body, OpenTransaction, T
from api.core.database.errors import DatabaseUnavailable, TransactionMisuse
from api.core.database.rows import Row

_log = logging.getLogger(__name__)

CONNECTION_ERRORS: tuple[type[BaseException], ...] = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.IdleInTransactionSessionTimeoutError,
)
"""The connection was lost or could not be made; nothing was committed unless COMMIT had been sent."""

_LONG_SECONDS = 24 * 3600.0
"""For statements of migrations, which may build an index over everything."""


class PooledConnection(Connection):  # type: ignore[misc]
    """Nothing here changes a session's state, so releasing needs no round trip to reset it."""

    __slots__ = ()

    def get_reset_query(self) -> str:
        return ""


class PooledTransaction(OpenTransaction):
    """A body's view of its connection; only the task that runs the body may use it."""

    __slots__ = ("_task", "connection")

    def __init__(self, connection: Any, *, serializable: bool) -> None:
        super().__init__(serializable=serializable)
        self.connection = connection
        self._task = asyncio.current_task()

    def runs_here(self) -> bool:
        return asyncio.current_task() is self._task

    @property
    def lost(self) -> bool:
        return bool(self.connection.is_closed())

    async def rows(self, sql: str, arguments: Arguments) -> list[Row]:
        rows: list[Row] = await self.connection.fetch(sql, *arguments)
        return rows

    async def many(self, sql: str, rows: Sequence[Arguments]) -> None:
        await self.connection.executemany(sql, rows)

    async def command(self, sql: str) -> None:
        await self.connection.execute(sql, timeout=_LONG_SECONDS)

    def run_callbacks(self) -> None:
        """Only after the commit. A callback that fails cannot undo it any more."""
        for callback in self.callbacks:
            try:
                callback()
            except Exception:
                _log.exception("a callback after a commit failed")


async def run_once(transaction: PooledTransaction, body: Body[T]) -> T:
    """BEGIN, body, COMMIT; or ROLLBACK and the body's exception. Does not retry."""
    connection = transaction.connection
    await connection.execute("BEGIN ISOLATION LEVEL SERIALIZABLE" if transaction.serializable else "BEGIN")
    token = OPEN.set(transaction)
    try:
        result = await body()
    except BaseException as error:
        with contextlib.suppress(*CONNECTION_ERRORS, asyncpg.InterfaceError):
            await connection.execute("ROLLBACK")
        if isinstance(error, TimeoutError):
            raise DatabaseUnavailable("a statement took too long") from error
        raise
    finally:
        transaction.over = True
        OPEN.reset(token)
    await _commit(connection)
    return result


async def _commit(connection: Any) -> None:
    try:
        outcome = await connection.execute("COMMIT")
    except CONNECTION_ERRORS as error:
        # It may or may not have happened: trying again could do it twice.
        raise DatabaseUnavailable("the connection was lost during COMMIT") from error
    if outcome != "COMMIT":
        raise TransactionMisuse("a body went on after a failed statement; PostgreSQL undid it. Use savepoint()")
