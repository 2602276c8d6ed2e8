"""Live updates: one reader of the event table in each process, many listeners.

A commit only rings a bell (in this process directly, in others by NOTIFY on PostgreSQL); what happened is
always read from the table, in the order of (txid, id), so a lost bell delays by one poll and loses nothing.
On PostgreSQL only events below the snapshot's xmin are read: above it, an older transaction may still commit.
That one may end without a bell (a sign-in noted, a refusal), so the reader looks again soon while such events wait.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence

import msgspec
import structlog

from api.core import database
from api.core.notify import EVENTS, hearing, ring

POLL_SECONDS = 5.0
UNSETTLED_SECONDS = 0.1
REPLAY_LIMIT = 500
QUEUE_LIMIT = 1_000

_log = structlog.get_logger(__name__)


class Cursor(msgspec.Struct, frozen=True, order=True):
    """A place in the order of events; as text it is the stream's event id."""

    txid: int
    id: int

    def __str__(self) -> str:
        return f"{self.txid}.{self.id}"

    @classmethod
    def read(cls, text: str | None) -> Cursor | None:
        """The cursor in a Last-Event-ID header, or None for anything that is not one of ours."""
        first, _, second = (text or "").partition(".")
        if not all(part.isascii() and part.isdigit() and len(part) <= 19 for part in (first, second)):
            return None
        cursor = cls(int(first), int(second))
        return cursor if max(cursor.txid, cursor.id) < 1 << 63 else None


class LiveEvent(msgspec.Struct, frozen=True):
    """An event as listeners get it. `audience` None: everybody may know; else only these people."""

    cursor: Cursor
    kind: str
    actor_id: str | None
    kudos_id: str | None
    audience: frozenset[str] | None


_COLUMNS = """e.txid, e.id, e.kind, e.actor_id, e.kudos_id, e.detail, k.private, k.giver_id,
    k.hidden_at, k.withdrawn_at,
    CASE WHEN k.private THEN (SELECT {join} FROM kudos_recipient r WHERE r.kudos_id = k.id) END AS recipients"""

ADDED = "notification.added"
"""Somebody is told of something; the event's detail names whom."""

# What a feed shows of; reports to HR and people's accounts are nobody else's business.
KINDS = (
    *("kudos.given", "kudos.edited", "kudos.withdrawn", "kudos.hidden", "kudos.shown"),
    *(
        "reaction.added",
        "reaction.removed",
        "comment.added",
        "comment.edited",
        "comment.withdrawn",
        "comment.hidden",
        "comment.shown",
    ),
    ADDED,
)
_KINDS = ", ".join(f"'{kind}'" for kind in KINDS)

_SETTLED = {"sqlite": "", "postgres": "AND e.txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"}
_JOIN = {"sqlite": "group_concat(r.person_id, ' ')", "postgres": "string_agg(r.person_id::text, ' ')"}


async def events_after(cursor: Cursor, *, limit: int = REPLAY_LIMIT) -> list[LiveEvent]:
    """Up to `limit` events of the KINDS after `cursor`, oldest first."""
    dialect = database.current().dialect
    rows = await database.fetch(
        f"""SELECT {_COLUMNS.replace("{join}", _JOIN[dialect])}
        FROM event e LEFT JOIN kudos k ON k.id = e.kudos_id
        WHERE (e.txid, e.id) > ({{}}, {{}}) {_SETTLED[dialect]} AND e.kind IN ({_KINDS})
        ORDER BY e.txid, e.id LIMIT {{}}""",
        *(cursor.txid, cursor.id, limit),
    )
    return [_live_event(row) for row in rows]


def _live_event(row: database.Row) -> LiveEvent:
    audience: frozenset[str] | None = None
    if row["kind"] == ADDED:
        audience = frozenset(row["detail"].split())
    elif row["private"]:
        audience = frozenset([row["giver_id"], *(row["recipients"] or "").split()])
    return LiveEvent(Cursor(row["txid"], row["id"]), row["kind"], row["actor_id"], row["kudos_id"], audience)


async def newest_cursor() -> Cursor:
    """Where a reader starts who wants only what is still to come."""
    settled = _SETTLED[database.current().dialect]
    row = await database.fetch_one(
        f"SELECT e.txid, e.id FROM event e WHERE TRUE {settled} ORDER BY e.txid DESC, e.id DESC LIMIT 1"
    )
    return Cursor(row["txid"], row["id"]) if row else Cursor(0, 0)


async def unsettled() -> bool:
    """Whether events are committed that an older transaction, still open, keeps from being read."""
    if database.current().dialect == "sqlite":
        return False
    return bool(
        await database.fetch(
            "SELECT 1 FROM event WHERE txid >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint LIMIT 1"
        )
    )


async def settle_restored() -> None:
    """Events restored from another PostgreSQL's dump carry that one's transaction numbers: make them old."""
    if database.current().dialect == "postgres":
        await database.execute("UPDATE event SET txid = 0 WHERE txid > pg_current_xact_id()::text::bigint")


class Hub:
    """The process's reader of events and those who listen to it. `cursor` is how far it has read."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[LiveEvent | None]] = set()
        self._bell = asyncio.Event()
        self.cursor = Cursor(0, 0)
        self._tasks: list[asyncio.Task[None]] = []
        self.closed = False

    async def start(self) -> None:
        """Begin after the newest event of now."""
        await database.transact(settle_restored)
        self.cursor = await newest_cursor()
        self._tasks = [asyncio.create_task(self._read())]

    def close(self) -> None:
        """End every stream, now: the server waits for them before it stops."""
        self.closed = True
        for queue in self._listeners:
            queue.put_nowait(None)

    async def stop(self) -> None:
        """Close and end the reader."""
        self.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _read(self) -> None:
        with hearing(EVENTS, self._bell.set):
            await self._keep_reading()

    async def _keep_reading(self) -> None:
        pause = POLL_SECONDS
        while True:
            # Not wait_for: before Python 3.12 it swallows a cancellation that meets the bell, and the server
            # would never stop.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._bell.wait()
            self._bell.clear()
            pause = POLL_SECONDS
            try:
                # Asked before reading: what settles in between is read, what comes later rings the bell.
                if self._listeners and await unsettled():
                    pause = UNSETTLED_SECONDS
                await self._pass_on()
            except database.DatabaseUnavailable as error:
                _log.warning("live.database_unavailable", reason=str(error))
                await asyncio.sleep(1)
            except Exception:
                # Every stream of this process hangs on this task: it goes on, and the cursor has lost nothing.
                _log.exception("live.failed")
                await asyncio.sleep(1)

    async def _pass_on(self) -> None:
        if not self._listeners:
            newest = await newest_cursor()
            if not self._listeners:
                # Nobody to tell: only remember where a later listener starts. (Who came while we asked has
                # started before `newest` and must be told what lies between.)
                self.cursor = max(self.cursor, newest)
                return
        while events := await events_after(self.cursor):
            self.cursor = events[-1].cursor
            for queue in self._listeners:
                self._offer(queue, events)

    @staticmethod
    def _offer(queue: asyncio.Queue[LiveEvent | None], events: Sequence[LiveEvent]) -> None:
        if queue.qsize() + len(events) > QUEUE_LIMIT:
            # Too slow to keep up: end the stream; the browser comes back with Last-Event-ID and loses nothing.
            queue.put_nowait(None)
            return
        for event in events:
            queue.put_nowait(event)

    async def follow(self, after: Cursor | None, *, heartbeat: float) -> AsyncIterator[LiveEvent | None]:
        """Events after `after` (or from now on), without gap or repeat; None every `heartbeat` idle seconds.

        Ends when the server stops, or when the listener is too slow and should come back.
        """
        queue: asyncio.Queue[LiveEvent | None] = asyncio.Queue()
        self._listeners.add(queue)
        self._bell.set()  # the reader did not look for what is unsettled while nobody listened
        try:
            # A cursor from the future is from before a restore: such a listener starts with what is new.
            position = min(after, await newest_cursor()) if after else self.cursor
            while missed := await events_after(position):
                for event in missed:
                    yield event
                position = missed[-1].cursor
            while not self.closed:
                try:
                    async with asyncio.timeout(heartbeat):
                        event_or_end = await queue.get()
                except TimeoutError:
                    yield None
                    continue
                if event_or_end is None:
                    return
                if event_or_end.cursor > position:
                    position = event_or_end.cursor
                    yield event_or_end
        finally:
            self._listeners.discard(queue)


_hub: Hub | None = None


def hub() -> Hub:
    """The running process's hub."""
    if _hub is None:
        raise RuntimeError("live updates are not running")
    return _hub


async def start() -> None:
    """Start the hub of this process."""
    global _hub
    _hub = Hub()
    await _hub.start()


async def stop() -> None:
    """Stop it; harmless if it never ran."""
    global _hub
    if _hub is not None:
        await _hub.stop()
    _hub = None


def close_streams() -> None:
    """End every open stream of this process (called when it is told to stop)."""
    if _hub is not None:
        _hub.close()


def wake() -> None:
    """Called after a commit that recorded events."""
    ring(EVENTS)
