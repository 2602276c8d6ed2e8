"""Calendars elsewhere whose events are absences: asked every hour; what was read last stays while one is down."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import msgspec

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now, utc
from api.core.errors import Invalid, NotFound
from api.core.events import record_event
from api.core.i18n import Language
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, uuid7
from api.core.jobs import Job, enqueue, finish
from api.core.jobs.child import in_child
from api.core.jobs.kinds import ChildFailed, PermanentFailure
from api.core.outgoing import Forbidden, Unreachable, get, outside_in_use
from api.people.queries import person_columns, person_ref
from api.people.schemas import PersonRef
from api.rotations.absence_calendars import Away, Read, Wanted

KIND = "rotations.calendar"
READER = "api.rotations.absence_calendars:read"
MOST_BYTES = 8 * 1024 * 1024
MOST_FEEDS = 500
READ_SECONDS = 20.0
BEFORE, AFTER = timedelta(days=60), timedelta(days=3 * 366)
"""So far back and ahead absences are kept."""
PATIENCE = 3
"""HR hears of a calendar that could not be had so often in a row; of one that is none, at once."""


class FeedOut(msgspec.Struct, frozen=True, kw_only=True):
    """A subscribed calendar; of its address only the host is shown. `person`: all of it is theirs. `error` is a code
    of api.core.outgoing, "no_calendar", "too_slow" or "skipped"."""

    id: str
    host: str
    person: PersonRef | None
    tried_at: datetime | None
    read_at: datetime | None
    found: int
    error: str


async def feeds(language: Language) -> list[FeedOut]:
    """All of them, one statement."""
    rows = await database.fetch(
        f"""SELECT f.id, f.url, f.tried_at, f.read_at, f.found, f.error, {person_columns("p", "d", language)}
        FROM absence_feed f LEFT JOIN person p ON p.id = f.person_id LEFT JOIN department d ON d.id = p.department_id
        ORDER BY f.id LIMIT {MOST_FEEDS}"""
    )
    return [
        FeedOut(
            id=row[0],
            host=urlsplit(row["url"]).hostname or "",
            person=person_ref(row, 6) if row[6] else None,
            tried_at=utc(row["tried_at"]) if row["tried_at"] else None,
            read_at=utc(row["read_at"]) if row["read_at"] else None,
            found=row["found"],
            error=row["error"],
        )
        for row in rows
    ]


@database.transaction
async def add_feed(*, actor: Actor, url: str, person_id: str = "") -> str:
    """Subscribe to a calendar, of one person or of whom its events name; it is read at once. Returns its id.

    Raises Invalid beside "url" or "person".
    """
    url = url.strip()
    if url.lower().startswith("webcal://"):
        url = f"https://{url[9:]}"
    parts = urlsplit(url)
    if parts.scheme not in ("https", "http") or not parts.hostname or len(url) > 2_000 or not url.isascii():
        raise Invalid.field("url", _("Write the calendar’s address, like https://calendar.example.org/absences.ics."))
    if person_id and not (
        is_uuid(person_id)
        and await database.fetch("SELECT 1 FROM person WHERE id = {} AND deactivated_at IS NULL", person_id)
    ):
        raise Invalid.field("person", _("Choose somebody who works here."))
    count = await database.fetch_one("SELECT COUNT(*) AS n FROM absence_feed")
    if count is not None and count["n"] >= MOST_FEEDS:
        raise Invalid.field("url", _("At most %(n)s calendars.", n=MOST_FEEDS))
    feed_id = uuid7()
    await database.execute(
        "INSERT INTO absence_feed (id, person_id, url, added_by, added_at) VALUES ({}, {}, {}, {}, {})",
        *(feed_id, person_id or None, url, actor.id, now()),
    )
    await enqueue(KIND, feed_id)
    await record_event("absence_feed.added", actor_id=actor.id, subject_id=feed_id)
    return feed_id


@database.transaction
async def remove_feed(*, actor: Actor, feed_id: str) -> None:
    """No longer, and its absences go; calm if it is gone already."""
    if is_uuid(feed_id) and await database.fetch("DELETE FROM absence_feed WHERE id = {} RETURNING id", feed_id):
        await database.execute("DELETE FROM absence WHERE source = {}", feed_id)
        await record_event("absence_feed.removed", actor_id=actor.id, subject_id=feed_id)


@database.transaction
async def read_now(*, feed_id: str) -> None:
    """Ask for it once more. Raises NotFound."""
    if not is_uuid(feed_id) or not await database.fetch("SELECT 1 FROM absence_feed WHERE id = {}", feed_id):
        raise NotFound
    await enqueue(KIND, feed_id)


async def ask_all(_job: Job) -> None:
    """The periodic job: a job for each."""

    async def body() -> None:
        for row in await database.fetch("SELECT id FROM absence_feed ORDER BY id"):
            await enqueue(KIND, row["id"])

    await database.transact(body)


async def read_feed(job: Job) -> None:
    """Fetch, understand, replace; what cannot be had or understood changes nothing but the feed's own state."""
    row = await database.fetch_one("SELECT url, person_id FROM absence_feed WHERE id = {}", job.subject_id)
    if row is None:
        return
    try:
        content = await get(row["url"], allowed=outside_in_use().allowed, most_bytes=MOST_BYTES)
        read = await _understood(content)
    except (Forbidden, Unreachable, PermanentFailure) as error:
        await _failed(job, str(error), at_once=isinstance(error, PermanentFailure))
    except ChildFailed as error:
        await _failed(job, error.name, at_once=True)
    except TimeoutError:
        await _failed(job, "too_slow", at_once=True)
    else:
        await _store(job, row["person_id"], read)


async def _understood(content: bytes) -> Read:
    house = await database.fetch_one("SELECT time_zone FROM organisation")
    today = utc(now()).date()
    wanted = Wanted(
        content,
        house["time_zone"] if house else "UTC",
        (today - BEFORE).isoformat(),
        (today + AFTER).isoformat(),
    )
    async with asyncio.timeout(READ_SECONDS):
        found: Read = await in_child(READER, wanted, returns=Read)
    return found


@database.transaction
async def _failed(job: Job, code: str, *, at_once: bool) -> None:
    await finish(job)
    row = await database.fetch_one(
        "UPDATE absence_feed SET tried_at = {}, error = {}, failures = failures + 1 WHERE id = {} RETURNING failures",
        *(now(), code, job.subject_id),
    )
    if row is not None and row["failures"] == (1 if at_once else PATIENCE):
        await record_event("absence_feed.failed", actor_id=None, subject_id=job.subject_id, detail=code)


@database.transaction
async def _store(job: Job, person_id: str | None, read: Read) -> None:
    await finish(job)
    feed_id = str(job.subject_id)
    wanted = sorted(set(await _rows(person_id, read.away)))
    present = await database.fetch("SELECT person_id, first_day, last_day FROM absence WHERE source = {}", feed_id)
    if sorted(tuple(row) for row in present) != wanted:
        await database.execute("DELETE FROM absence WHERE source = {}", feed_id)
        await database.execute_many(
            "INSERT INTO absence (id, person_id, first_day, last_day, source) VALUES ({}, {}, {}, {}, {})",
            [(uuid7(), *row, feed_id) for row in wanted],
        )
        await record_event("absence_feed.changed", actor_id=None, subject_id=feed_id)
    await database.execute(
        "UPDATE absence_feed SET tried_at = {}, read_at = {}, failures = 0, error = {}, found = {} WHERE id = {}",
        *(now(), now(), "skipped" if read.skipped else "", len(wanted), feed_id),
    )


async def _rows(person_id: str | None, away: list[Away]) -> list[tuple[str, str, str]]:
    """Absences as (person, first day, last day); whom nobody here knows is left out."""
    if person_id is not None:
        return [(person_id, one.first_day, one.last_day) for one in away]
    people = {
        row["email"].lower(): row["id"]
        for row in await database.fetch("SELECT id, email FROM person WHERE deactivated_at IS NULL")
    }
    return [(people[who], one.first_day, one.last_day) for one in away for who in one.who if who in people]
