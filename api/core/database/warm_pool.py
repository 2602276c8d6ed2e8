"""A shelf in front of asyncpg's pool: giving a connection back and taking it again costs nothing."""

from typing import Any

import asyncpg

from api.core.database.errors import DatabaseUnavailable
from api.core.database.pooled import NO_CONNECTION, ConnectionLost, closed

_ACQUIRE_SECONDS = 30.0


class WarmPool:
    """Keeps healthy connections at hand instead of passing each query's through asyncpg's pool.

    asyncpg's own acquire and release take as long as a short query. It still opens, replaces and
    closes the connections, and lets those wait for whom there is none.
    """

    def __init__(self, pool: Any, *, keep: int) -> None:
        self._pool = pool
        self._keep = keep
        self._idle: list[Any] = []
        self._waiting = 0
        self._closing = False

    async def acquire(self) -> Any:
        """A connection. Raises ConnectionLost if none can be made, DatabaseUnavailable if all stay busy."""
        if self._closing:
            raise DatabaseUnavailable("the database is being closed")
        while self._idle:
            connection = self._idle.pop()
            if not closed(connection):
                return connection
            await self._pool.release(connection)
        self._waiting += 1
        try:
            return await self._pool.acquire(timeout=_ACQUIRE_SECONDS)
        except TimeoutError as error:
            raise DatabaseUnavailable("all connections to PostgreSQL are busy") from error
        except NO_CONNECTION as error:
            raise ConnectionLost(str(error)) from error
        except asyncpg.InterfaceError as error:
            raise DatabaseUnavailable("the database is being closed") from error
        finally:
            self._waiting -= 1

    async def release(self, connection: Any, *, healthy: bool) -> None:
        """Take it back; one that saw an error or a cancellation goes through asyncpg's clean-up."""
        if healthy and not self._waiting and not self._closing and len(self._idle) < self._keep:
            self._idle.append(connection)
        else:
            await self._pool.release(connection)

    async def close(self) -> None:
        """Wait for what is in use and close everything."""
        self._closing = True
        while self._idle:
            await self._pool.release(self._idle.pop())
        await self._pool.close()

    def terminate(self) -> None:
        self._pool.terminate()
