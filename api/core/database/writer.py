"""SQLite's one writer: a thread that runs waiting bodies and lets them share a durable COMMIT."""

import asyncio
import logging
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any

from api.core.database.bodies import Alone, Work
from api.core.database.checkpoints import Checkpoints
from api.core.database.context import Body, T
from api.core.database.errors import DatabaseUnavailable
from api.core.database.lock import FileLock

_log = logging.getLogger(__name__)

GROUP_LIMIT = 256
"""Bodies that share a COMMIT at most."""

_GROUP_SECONDS = 0.2
"""How long a group of a crowd goes on taking what arrives before it commits, at most."""

_IDLE_SECONDS = 1.0


class Writer:
    """Owns the only connection that writes. Create it on the event loop that will use it."""

    def __init__(self, open_connection: Callable[[], sqlite3.Connection], path: Path, lock: FileLock) -> None:
        self.commits = 0
        self.bodies = 0
        self._open_connection = open_connection
        self._connection = open_connection()
        self._checkpoints = Checkpoints(path, lock)
        self._loop = asyncio.get_running_loop()
        self._queue: SimpleQueue[Work | None] = SimpleQueue()
        self._waiting: set[Work] = set()
        self._held: Alone | None = None  # taken from the queue, waits for the group before it
        self._company = 0  # how many shared the last COMMIT with the first
        self._closing = False  # on the event loop: nothing more is accepted
        self._stopping = False  # on the writer's thread: everything accepted is done
        self._ended = asyncio.Event()
        # A daemon, so that a process that dies without stop() does not wait for it.
        self._thread = threading.Thread(target=self._run, name="sqlite-writer", daemon=True)
        self._thread.start()

    async def transact(self, body: Body[T], *, serializable: bool) -> T:
        """Run the body and return its result once durable. Cancelling the waiter cancels only the waiting."""
        if self._closing:
            raise DatabaseUnavailable("the database is being closed")
        work = Work(body, self._loop.create_future(), serializable=serializable)
        self._waiting.add(work)
        self._queue.put(work)
        result: T = await work.answer
        return result

    async def compact(self) -> None:
        """Rewrite the file without what was deleted, and empty the log. Writes wait until it is done.

        Raises DatabaseUnavailable if the disk is full, or if readers keep the log from being emptied.
        """
        if self._closing:
            raise DatabaseUnavailable("the database is being closed")
        work = Alone(self._compact, self._loop.create_future())
        self._waiting.add(work)
        self._queue.put(work)
        await work.answer

    async def drain(self, seconds: float) -> None:
        """Accept nothing more and finish what was accepted, as far as `seconds` allow."""
        self._closing = True
        if self._waiting:
            await asyncio.wait([work.answer for work in self._waiting], timeout=seconds)

    async def stop(self, seconds: float) -> None:
        """Close the file, after the last reader did. What is not done after `seconds` is refused."""
        self._closing = True
        self._queue.put(None)
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._ended.wait()
        self._refuse_waiting("the database was closed before this was done")

    def _deliver(self, group: list[Work]) -> None:
        for work in group:
            if work not in self._waiting:
                continue
            self._waiting.discard(work)
            for callback in work.callbacks:
                try:
                    work.context.run(callback)
                except Exception:
                    _log.exception("a callback after a commit failed")
            _answer(work.answer, work.result, work.error)

    def _refuse_waiting(self, reason: str) -> None:
        if self._waiting:
            _log.error("%d transactions were not done: %s", len(self._waiting), reason)
        for work in list(self._waiting):
            work.refuse(reason)
            self._deliver([work])

    def _on_end(self) -> None:
        self._closing = True
        self._ended.set()
        self._refuse_waiting("the writer has ended")

    # What follows runs on the writer's thread.

    def _run(self) -> None:
        try:
            while not self._stopping:
                group = self._run_group()
                if group:
                    self._on_loop(self._deliver, group)
                self._checkpoints.after_group(self._connection, wrote=bool(group))
            self._checkpoints.at_stop(self._connection)
        finally:
            self._connection.close()
            self._on_loop(self._on_end)

    def _run_group(self) -> list[Work]:
        """Wait for work and commit it with all that arrives meanwhile; empty after a while without work."""
        try:
            work = self._held or self._queue.get(timeout=_IDLE_SECONDS if self._checkpoints.due else None)
        except Empty:
            return []
        self._held = None
        if work is None:
            self._stopping = True
            return []
        if isinstance(work, Alone):
            work.run(self._connection)
            return [work]
        group = [work]
        connection = self._connection
        until = monotonic() + _GROUP_SECONDS
        try:
            connection.execute("BEGIN IMMEDIATE")
            for work in group:
                work.run(connection)
                if not connection.in_transaction:
                    raise work.error or DatabaseUnavailable("the transaction was ended from within")
                if work is group[-1] and monotonic() < until:
                    group.extend(self._more(group, until))
            connection.execute("COMMIT")
        except BaseException as error:
            _log.error("a group of %d transactions was lost: %s", len(group), error)
            for lost in group:
                lost.refuse("the database could not store this", error)
            self._recover()
        else:
            self._company = len(group) - 1
            self.commits += 1
            self.bodies += sum(work.error is None for work in group)
        return group

    def _more(self, group: list[Work], until: float) -> list[Work]:
        """What has arrived meanwhile; nothing ends the group.

        A body that is alone, as the one before it was, is committed at once. In a crowd the event loop
        first goes round once: it has requests in its hands that are about to arrive, and a COMMIT for
        each of them would cost everybody more.
        """
        room = GROUP_LIMIT - len(group)
        arrived = self._arrived(room)
        if not arrived and (self._company or len(group) > 1):
            turned = threading.Event()
            self._on_loop(turned.set)
            turned.wait(until - monotonic())
            arrived = self._arrived(room)
        return arrived

    def _arrived(self, room: int) -> list[Work]:
        arrived: list[Work] = []
        with suppress(Empty):
            while len(arrived) < room and not self._stopping and self._held is None:
                work = self._queue.get_nowait()
                if work is None:
                    self._stopping = True
                elif isinstance(work, Alone):
                    self._held = work
                else:
                    arrived.append(work)
        return arrived

    def _compact(self, connection: sqlite3.Connection) -> None:
        connection.execute("VACUUM")
        if not self._checkpoints.truncate(connection):
            raise DatabaseUnavailable("readers keep the log from being emptied")

    def _recover(self) -> None:
        """Leave the lost transaction, with a new connection if this one is beyond help."""
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except sqlite3.Error:
            _log.exception("rolling back failed; opening the database anew")
            try:
                fresh = self._open_connection()
            except sqlite3.Error:
                _log.exception("opening the database anew failed")
                return
            self._connection.close()
            self._connection = fresh

    def _on_loop(self, function: Callable[..., object], *arguments: Any) -> None:
        with suppress(RuntimeError):  # the loop ended without stop(): nobody waits any more
            self._loop.call_soon_threadsafe(function, *arguments)


def _answer(answer: "asyncio.Future[Any]", result: Any, error: BaseException | None) -> None:
    if answer.done():
        return  # whoever waited has gone
    if isinstance(error, StopIteration):
        error = RuntimeError("a transaction body raised StopIteration")
    if error is not None:
        answer.set_exception(error)
    else:
        answer.set_result(result)
