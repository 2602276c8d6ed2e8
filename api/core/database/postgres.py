"""Piccolo's PostgreSQL engine with a pool, retried transactions, and the interface of the SQLite one."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import partial
from typing import Any

import asyncpg
from piccolo.engine.postgres import PostgresEngine
from piccolo.querystring import QueryString

from api.core.database.context import OPEN, Arguments, Body, T, open_transaction
from api.core.database.errors import DatabaseUnavailable
from api.core.database.piccolo_transactions import Atomic, JoinedTransaction
from api.core.database.pooled import (
    ConnectionLost,
    PooledConnection,
    PooledTransaction,
    read_once,
    run_once,
)
from api.core.database.rows import Row
from api.core.database.statements import COUNTER, Dialect, Statement, Statements
from api.core.database.warm_pool import WarmPool

_ATTEMPTS = 20
_FIRST_PAUSE_SECONDS = 0.005
_LONGEST_PAUSE_SECONDS = 0.25
_COMMAND_SECONDS = 60.0
_STOP_SECONDS = 2.5

_CONFLICTS = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)


class PooledEngine(PostgresEngine):
    """A pool of connections on one event loop; UUIDs go in and come out as strings."""

    dialect: Dialect = "postgres"

    def __init__(self, url: str, *, pool_min: int = 1, pool_max: int = 10) -> None:
        super().__init__(config={"dsn": url})
        self.current_transaction = OPEN  # type: ignore[assignment]
        self._pool_min = pool_min
        self._pool_max = pool_max
        self._statements = Statements("postgres")
        self._warm: WarmPool | None = None
        self._running: set[asyncio.Task[Any]] = set()
        self._closing = False
        self.commits = 0
        self.bodies = 0

    async def check_version(self) -> None:
        """Piccolo connects here, while the module is imported; we connect when the pool starts."""

    async def prep_database(self) -> None:
        """We need no extensions."""

    async def start_connection_pool(self, **_: Any) -> None:
        if self.pool is not None:
            return
        try:
            self.pool = await asyncpg.create_pool(
                self.config["dsn"],
                min_size=self._pool_min,
                max_size=self._pool_max,
                init=_prepare,
                connection_class=PooledConnection,
                command_timeout=_COMMAND_SECONDS,
                statement_cache_size=512,
            )
        except (OSError, asyncpg.PostgresError) as error:
            raise DatabaseUnavailable(f"cannot connect to PostgreSQL: {error}") from error
        # Two stay with asyncpg, for code that takes a connection of its own.
        self._warm = WarmPool(self.pool, keep=max(1, self._pool_max - 2))
        self._closing = False

    async def close_connection_pool(self) -> None:
        """Finish accepted transactions, then close; break them off after a few seconds."""
        warm = self._warm
        if warm is None:
            return
        self._closing = True
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=_STOP_SECONDS)
            for task in late:
                task.cancel()
        try:
            await asyncio.wait_for(warm.close(), timeout=1.0)
        except Exception:  # whatever keeps a connection from closing politely
            warm.terminate()
        self.pool = self._warm = None

    async def get_new_connection(self) -> Any:
        connection = await asyncpg.connect(self.config["dsn"])
        await _prepare(connection)
        return connection

    # What the rest of this package uses.

    async def transact(self, body: Body[T], *, serializable: bool = False) -> T:
        """Run the body to its durable end; cancelling the waiter cancels only the waiting, as on SQLite."""
        if self.pool is None or self._closing:
            raise DatabaseUnavailable("the database is not open")
        task = asyncio.create_task(self._retried(partial(self._once, body, serializable)))
        self._running.add(task)
        task.add_done_callback(self._finished)
        result: T = await asyncio.shield(task)
        return result

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # the waiter may have gone, and then nobody else looks at it

    def fetch(self, template: str, arguments: Arguments) -> Coroutine[Any, Any, list[Row]]:
        return self._run(self._statements.template(template), arguments)

    async def execute_many(self, template: str, rows: Sequence[Arguments]) -> None:
        counter = COUNTER.get()
        if counter is not None:
            counter.n += 1
        sql = self._statements.template(template).sql

        async def body() -> None:
            transaction = open_transaction()
            assert transaction is not None
            await transaction.many(sql, rows)

        await (body() if open_transaction() is not None else self.transact(body))

    async def _run(self, statement: Statement, arguments: Arguments) -> list[Row]:
        counter = COUNTER.get()
        if counter is not None:
            counter.n += 1
        if OPEN.get() is not None:
            transaction = open_transaction()
            if transaction is not None:
                return await transaction.rows(statement.sql, arguments)
        if statement.reads:
            try:
                return await self._read(statement.sql, arguments)
            except ConnectionLost:
                return await self._retried(partial(self._read, statement.sql, arguments))

        async def body() -> list[Row]:
            transaction = open_transaction()
            assert transaction is not None
            return await transaction.rows(statement.sql, arguments)

        return await self.transact(body)

    async def _read(self, sql: str, arguments: Arguments) -> list[Row]:
        warm = self._open_pool()
        connection = await warm.acquire()
        healthy = False
        try:
            rows = await read_once(connection, sql, arguments)
            healthy = True
            return rows
        finally:
            await warm.release(connection, healthy=healthy)

    async def _once(self, body: Body[T], serializable: bool) -> T:
        warm = self._open_pool()
        connection = await warm.acquire()
        healthy = False
        try:
            transaction = PooledTransaction(connection, serializable=serializable)
            result = await run_once(transaction, body)
            healthy = True
        finally:
            await warm.release(connection, healthy=healthy)
        self.commits += 1
        self.bodies += 1
        transaction.run_callbacks()
        return result

    async def _retried(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Try again after a conflict or a lost connection, with growing random pauses; then give up."""
        for number in range(_ATTEMPTS):
            try:
                return await attempt()
            except (*_CONFLICTS, ConnectionLost) as error:
                last = error
            if self._closing:
                break
            longest = min(_LONGEST_PAUSE_SECONDS, _FIRST_PAUSE_SECONDS * 2**number)
            await asyncio.sleep(random.uniform(0, longest))  # noqa: S311
        raise DatabaseUnavailable(f"PostgreSQL did not get it done: {last}") from last

    def _open_pool(self) -> WarmPool:
        if self._warm is None:
            raise DatabaseUnavailable("the database is not open")
        return self._warm

    # What Piccolo calls.

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> list[Row]:
        sql, arguments = querystring.compile_string(engine_type="postgres")
        return await self._run(self._statements.sql(sql), arguments)

    async def run_ddl(self, ddl: str, in_pool: bool = True) -> list[Row]:
        return await self._run(self._statements.sql(ddl), ())

    def transaction(self, *_: Any, **__: Any) -> Any:
        return JoinedTransaction(self)

    def atomic(self) -> Any:
        return Atomic(self)


async def _prepare(connection: Any) -> None:
    await connection.set_type_codec("uuid", schema="pg_catalog", encoder=str, decoder=str, format="text")
