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


class ConnectionLost(Exception):
    """The connection is gone and nothing was committed: trying again is safe."""


_LOSSES: tuple[type[BaseException], ...] = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.InternalClientError,  # what asyncpg says when it is asked while the server is hanging up
)
NO_CONNECTION: tuple[type[BaseException], ...] = (OSError, *_LOSSES)

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
        return closed(self.connection)

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


async def read_once(connection: Any, sql: str, arguments: Arguments) -> list[Row]:
    """One query outside transactions. Raises ConnectionLost or DatabaseUnavailable besides its own errors."""
    try:
        rows: list[Row] = await connection.fetch(sql, *arguments)
    except Exception as error:
        _raise_if_lost(connection, error)
        raise
    return rows


async def run_once(transaction: PooledTransaction, body: Body[T]) -> T:
    """BEGIN, body, COMMIT; or ROLLBACK and the body's exception. Does not retry."""
    connection = transaction.connection
    token = OPEN.set(transaction)
    try:
        await connection.execute("BEGIN ISOLATION LEVEL SERIALIZABLE" if transaction.serializable else "BEGIN")
        result = await body()
    except BaseException as error:
        _raise_if_lost(connection, error)
        try:
            await connection.execute("ROLLBACK")
        except Exception:
            _give_up(connection)
        raise
    finally:
        transaction.over = True
        OPEN.reset(token)
    await _commit(connection)
    return result


async def _commit(connection: Any) -> None:
    try:
        outcome = await connection.execute("COMMIT")
    except Exception as error:
        try:
            _raise_if_lost(connection, error)
        except ConnectionLost:
            # It may or may not have happened: trying again could do it twice.
            raise DatabaseUnavailable("the connection was lost at COMMIT") from error
        raise
    if outcome != "COMMIT":
        raise TransactionMisuse("a body went on after a failed statement; PostgreSQL undid it. Use savepoint()")


def _raise_if_lost(connection: Any, error: BaseException) -> None:
    """Name what went wrong with the connection, whatever asyncpg or the operating system call it."""
    if isinstance(error, TimeoutError):
        _give_up(connection)
        raise DatabaseUnavailable("a statement took too long") from error
    if isinstance(error, _LOSSES) or (isinstance(error, OSError | asyncpg.InterfaceError) and closed(connection)):
        _give_up(connection)
        raise ConnectionLost(str(error)) from error


def _give_up(connection: Any) -> None:
    """Close without a word; the pool opens another."""
    with contextlib.suppress(asyncpg.InterfaceError):
        connection.terminate()


def closed(connection: Any) -> bool:
    """Whether a pooled connection is gone; the pool takes a dead one back without being asked."""
    try:
        return bool(connection.is_closed())
    except asyncpg.InterfaceError:
        return True
