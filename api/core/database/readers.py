"""SQLite reads outside transactions: short ones at once, long ones on threads of their own."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from time import perf_counter
from typing import Any

from api.core.database.context import Arguments
from api.core.database.errors import DatabaseUnavailable
from api.core.database.rows import Row
from api.core.database.statements import Statement

INLINE_SECONDS = 0.0015
"""How long a query may keep the event loop's thread; a thread hop costs about a tenth of it."""

_OPERATIONS_BETWEEN_LOOKS = 10_000
"""Virtual machine steps of SQLite between two looks at the clock, about 0.2 ms."""

_RUNS_ON_THREADS = 16
"""A text that took too long keeps off the event loop's thread for this many runs."""

_NOT_FAULTS = (sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class InlineReader:
    """Runs a query on the calling thread, and gives up when it turns out to be long."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._cursor = connection.cursor()
        self._deadline = 0.0
        self._looks = 0
        connection.set_progress_handler(self._too_long, _OPERATIONS_BETWEEN_LOOKS)

    def rows(self, statement: Statement, arguments: Arguments) -> list[Row] | None:
        """The rows, or None when the query belongs on a reader thread."""
        if statement.slow:
            statement.slow -= 1
            return None
        self._looks = 0
        self._deadline = perf_counter() + INLINE_SECONDS
        try:
            return self._cursor.execute(statement.sql, arguments).fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode not in _NOT_FAULTS:
                raise
            statement.slow = _RUNS_ON_THREADS
            return None

    def close(self) -> None:
        self._connection.close()

    def _too_long(self) -> bool:
        # The first look may come at once (SQLite counts on from the statement's earlier runs), and the
        # clock also runs while another thread holds the interpreter: only both together mean "long".
        self._looks += 1
        return self._looks > 1 and perf_counter() > self._deadline


class _Read:
    __slots__ = ("answer", "arguments", "sql")

    def __init__(self, sql: str, arguments: Arguments, answer: "asyncio.Future[list[Row]]") -> None:
        self.sql = sql
        self.arguments = arguments
        self.answer = answer


class ReaderThreads:
    """A few threads, each with its own connection, for queries that take their time."""

    def __init__(self, open_connection: Callable[[], sqlite3.Connection], threads: int) -> None:
        self._queue: SimpleQueue[_Read | None] = SimpleQueue()
        self._loop = asyncio.get_running_loop()
        self._stopping = False
        self._ended = [asyncio.Event() for _ in range(threads)]
        for number, ended in enumerate(self._ended):
            # A daemon, so that a process that dies without stop() does not wait for it.
            threading.Thread(
                target=self._run, args=(open_connection(), ended), name=f"sqlite-reader-{number}", daemon=True
            ).start()

    async def rows(self, statement: Statement, arguments: Arguments) -> list[Row]:
        answer: asyncio.Future[list[Row]] = self._loop.create_future()
        self._queue.put(_Read(statement.sql, arguments, answer))
        return await answer

    async def stop(self, seconds: float) -> None:
        """Break off what is running and end the threads; give up on them after `seconds`."""
        self._stopping = True
        for _ in self._ended:
            self._queue.put(None)
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                for ended in self._ended:
                    await ended.wait()

    def _run(self, connection: sqlite3.Connection, ended: asyncio.Event) -> None:
        current: _Read | None = None

        def unwanted() -> bool:
            return self._stopping or (current is not None and current.answer.cancelled())

        connection.set_progress_handler(unwanted, 10 * _OPERATIONS_BETWEEN_LOOKS)
        try:
            while (current := self._queue.get()) is not None:
                self._answer(connection, current)
        finally:
            connection.close()
            self._on_loop(ended.set)

    def _answer(self, connection: sqlite3.Connection, read: _Read) -> None:
        rows: list[Row] = []
        error: BaseException | None = None
        try:
            if self._stopping:
                raise DatabaseUnavailable("the database is being closed")
            if not read.answer.cancelled():
                rows = connection.execute(read.sql, read.arguments).fetchall()
        except sqlite3.OperationalError as failure:
            error = failure
            if failure.sqlite_errorcode in _NOT_FAULTS:
                error = DatabaseUnavailable(str(failure))
        except Exception as failure:
            error = failure
        self._on_loop(_deliver, read.answer, rows, error)

    def _on_loop(self, function: Callable[..., object], *arguments: Any) -> None:
        with suppress(RuntimeError):  # the loop ended without stop(): nobody waits any more
            self._loop.call_soon_threadsafe(function, *arguments)


def _deliver(answer: "asyncio.Future[list[Row]]", rows: list[Row], error: BaseException | None) -> None:
    if answer.done():
        return
    if error is not None:
        answer.set_exception(error)
    else:
        answer.set_result(rows)
