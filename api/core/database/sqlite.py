"""Piccolo's SQLite engine with one writer thread and persistent readers instead of a connection a query."""

import asyncio
import sqlite3
from collections.abc import Coroutine, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from piccolo.engine.sqlite import SQLiteEngine
from piccolo.query.base import Query
from piccolo.querystring import QueryString

from api.core.database.connections import Synchronous, connect
from api.core.database.context import OPEN, Arguments, Body, OpenTransaction, T, open_transaction
from api.core.database.errors import DatabaseUnavailable
from api.core.database.lock import FileLock
from api.core.database.piccolo_transactions import Atomic, JoinedTransaction
from api.core.database.readers import InlineReader, ReaderThreads
from api.core.database.rows import Row
from api.core.database.statements import COUNTER, Dialect, Statement, Statements
from api.core.database.writer import Writer

_READER_THREADS = 3
_STOP_SECONDS = 2.5
_WRITER_BUSY_MILLISECONDS = 10_000
_INLINE_BUSY_MILLISECONDS = 0
_THREAD_BUSY_MILLISECONDS = 10_000


class EmbeddedEngine(SQLiteEngine):
    """SQLite inside this process.

    Writes go through one thread that commits them in groups; reads see committed data on
    connections that cannot write. `synchronous` other than FULL is for benchmarks only.
    """

    dialect: Dialect = "sqlite"

    def __init__(self, path: Path, *, exclusive: bool = False, synchronous: Synchronous = "FULL") -> None:
        super().__init__(path=str(path))
        self.current_transaction = OPEN  # type: ignore[assignment]
        self._path = path
        self._exclusive = exclusive
        self._synchronous = synchronous
        self._lock = FileLock(path)
        self._statements = Statements("sqlite")
        self._writer: Writer | None = None
        self._inline: InlineReader | None = None
        self._threads: ReaderThreads | None = None

    async def check_version(self) -> None:
        """Every SQLite that comes with a supported Python will do; Piccolo would start an event loop to ask."""

    @property
    def commits(self) -> int:
        """COMMITs since the start, each for a group of bodies."""
        return self._writer.commits if self._writer else 0

    @property
    def bodies(self) -> int:
        """Bodies that those commits made durable."""
        return self._writer.bodies if self._writer else 0

    async def start_connection_pool(self, **_: Any) -> None:
        """Open the file. Raises DatabaseInUse if it is to be served and is served already."""
        if self._writer is not None:
            return
        if self._exclusive:
            await asyncio.to_thread(self._lock.acquire)
        try:
            self._writer = Writer(self._open_writer, self._path, self._lock)
            self._inline = InlineReader(self._open_reader(_INLINE_BUSY_MILLISECONDS))
            self._threads = ReaderThreads(partial(self._open_reader, _THREAD_BUSY_MILLISECONDS), _READER_THREADS)
        except sqlite3.Error as error:
            await self.close_connection_pool()
            raise DatabaseUnavailable(f"cannot open {self._path}: {error}") from error
        except BaseException:
            await self.close_connection_pool()
            raise

    async def close_connection_pool(self) -> None:
        """Finish accepted transactions, break off reads, close. Takes a few seconds at most."""
        writer = self._writer
        if writer is not None:
            await writer.drain(_STOP_SECONDS)
        threads, self._threads = self._threads, None
        inline, self._inline = self._inline, None
        if threads is not None:
            await threads.stop(_STOP_SECONDS / 4)
        if inline is not None:
            inline.close()
        if writer is not None:
            await writer.stop(_STOP_SECONDS / 4)
            self._writer = None
        self._lock.release()

    def _open_writer(self) -> sqlite3.Connection:
        return connect(
            self._path,
            synchronous=self._synchronous,
            query_only=False,
            busy_milliseconds=_WRITER_BUSY_MILLISECONDS,
        )

    def _open_reader(self, busy_milliseconds: int) -> sqlite3.Connection:
        return connect(self._path, synchronous=self._synchronous, query_only=True, busy_milliseconds=busy_milliseconds)

    async def compact(self) -> None:
        """Rewrite the file: what was deleted is then in no free page, no gap and no log any more. Writes wait."""
        if self._writer is None:
            raise DatabaseUnavailable("the database is not open")
        await self._writer.compact()

    @property
    def bytes(self) -> int:
        """The file's size."""
        return self._path.stat().st_size

    # What the rest of this package uses.

    async def transact(self, body: Body[T], *, serializable: bool = False) -> T:
        if self._writer is None:
            raise DatabaseUnavailable("the database is not open")
        return await self._writer.transact(body, serializable=serializable)

    def fetch(self, template: str, arguments: Arguments) -> Coroutine[Any, Any, list[Row]]:
        return self._run(self._statements.template(template), arguments)

    async def execute_many(self, template: str, rows: Sequence[Arguments]) -> None:
        counter = COUNTER.get()
        if counter is not None:
            counter.n += 1
        sql = self._statements.template(template).sql
        transaction = open_transaction()
        if transaction is not None:
            await transaction.many(sql, rows)
        else:
            await self.transact(partial(_many_inside, sql, rows))

    async def _run(self, statement: Statement, arguments: Arguments) -> list[Row]:
        counter = COUNTER.get()
        if counter is not None:
            counter.n += 1
        if OPEN.get() is not None:
            transaction = open_transaction()
            if transaction is not None:
                return await transaction.rows(statement.sql, arguments)
        if not statement.reads:
            return await self.transact(partial(_rows_inside, statement.sql, arguments))
        if self._inline is None or self._threads is None:
            raise DatabaseUnavailable("the database is not open")
        rows = self._inline.rows(statement, arguments)
        return rows if rows is not None else await self._threads.rows(statement, arguments)

    # What Piccolo calls.

    async def run_querystring(self, querystring: QueryString, in_pool: bool = False) -> list[Row]:
        sql, arguments = querystring.compile_string(engine_type="sqlite")
        return await self._run(self._statements.sql(sql), arguments)

    async def run_ddl(self, ddl: str, in_pool: bool = False) -> list[Row]:
        return await self._run(self._statements.sql(ddl), ())

    def transform_response_to_dicts(self, results: Any) -> list[dict[str, Any]]:
        names = results[0].keys()
        return [dict(zip(names, row, strict=True)) for row in results]

    def transaction(self, *_: Any, **__: Any) -> Any:
        return JoinedTransaction(self)

    def atomic(self, *_: Any, **__: Any) -> Any:
        return Atomic(self)

    async def get_connection(self) -> Any:
        raise NotImplementedError("connections stay inside this engine; use fetch() and transact()")

    async def batch(self, query: Query[Any, Any], batch_size: int = 100, node: str | None = None) -> NoReturn:
        raise NotImplementedError("read page by page with a key instead of a cursor")


def _inside() -> OpenTransaction:
    transaction = OPEN.get()
    assert transaction is not None
    return transaction


async def _rows_inside(sql: str, arguments: Arguments) -> list[Row]:
    return await _inside().rows(sql, arguments)


async def _many_inside(sql: str, rows: Sequence[Arguments]) -> None:
    await _inside().many(sql, rows)
