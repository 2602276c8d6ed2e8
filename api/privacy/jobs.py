"""After somebody was erased: the database's own leftovers.

SQLite keeps what was deleted in free pages, in gaps of pages, in its log, and the words of the full-text index in
segments until they are merged. So the index is merged in short steps and the file rewritten. PostgreSQL's
autovacuum removes dead rows by itself; files of a database server are its administrator's.
"""

from __future__ import annotations

import arrow

from api.core import database
from api.core.clock import now, utc
from api.core.database.sqlite import EmbeddedEngine
from api.core.i18n import gettext_later as _
from api.core.jobs import Job, JobKind, enqueue
from api.privacy.service import SCRUB

STEP = 500
"""Pages of the index merged in one transaction: some hundredths of a second."""

LARGE = 256 * 1024 * 1024
"""Bytes; rewriting a larger file holds up writes for longer than people should notice, and waits for the night."""

NIGHT = 3
"""The hour, in the organisation's time zone."""


async def _scrub(job: Job) -> None:
    engine = database.current().engine
    if not isinstance(engine, EmbeddedEngine):
        return
    await _merge_index()
    if engine.bytes > LARGE and job.detail != "night":
        await database.transact(_wait_for_the_night)
        return
    await engine.compact()


async def _merge_index() -> None:
    """All segments of the index become one, without the words that were deleted (FTS5's “merge”, stepwise)."""

    async def step(pages: int) -> bool:
        before = await _changes()
        await database.execute("INSERT INTO kudos_search (kudos_search, rank) VALUES ('merge', {})", pages)
        return await _changes() - before >= 2

    async def first() -> bool:
        return await step(-STEP)

    async def next_one() -> bool:
        return await step(STEP)

    more = await database.transact(first)
    while more:
        more = await database.transact(next_one)


async def _changes() -> int:
    row = await database.fetch_one("SELECT total_changes() AS n")
    assert row is not None
    return int(row["n"])


async def _wait_for_the_night() -> None:
    row = await database.fetch_one("SELECT time_zone FROM organisation")
    assert row is not None  # made by the first migration
    local = arrow.get(utc(now())).to(row["time_zone"])
    night = local.replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    if night <= local:
        night = night.shift(days=1)
    at = int(night.timestamp() * 1_000_000)
    await enqueue(SCRUB, detail="night", run_at=at, unique=str(at))


KINDS = (
    JobKind(
        SCRUB, run=_scrub, at_once=1, lease_seconds=300, title=_("Wipe what was erased from the file and the search")
    ),
)
