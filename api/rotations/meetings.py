"""Exchange meetings: two people of dependent departments explain to each other what they do with each other's work.

For where a swap is too much. Pairs are found among those who are there that day and on no visit.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import SECOND, utc
from api.core.errors import Conflict, Invalid, NotFound
from api.core.events import record_event
from api.core.i18n import Language
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, uuid7
from api.core.text import one_line
from api.people.queries import person_columns, person_ref
from api.people.schemas import PersonRef
from api.rotations.blocks import free_days
from api.rotations.programmes import RotationProgramme, programme
from api.rotations.rules import check_open

MOST_PAIRS = 50
HOUR = 3600 * SECOND


class MeetingOut(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting of two people, in the house's time zone."""

    id: str
    one: PersonRef
    other: PersonRef
    starts_at: datetime
    ends_at: datetime
    place: str
    state: str


async def meetings(record: RotationProgramme, language: Language) -> list[MeetingOut]:
    """A programme's meetings that are not off, in the order of time."""
    rows = await database.fetch(
        f"""SELECT x.id, x.starts_at, x.ends_at, x.place, x.state, {person_columns("p", "d", language)},
            {person_columns("q", "e", language)}
        FROM exchange_meeting x JOIN person p ON p.id = x.one_id JOIN department d ON d.id = p.department_id
        JOIN person q ON q.id = x.other_id JOIN department e ON e.id = q.department_id
        WHERE x.programme_id = {{}} AND x.state <> 'cancelled' ORDER BY x.starts_at, x.id LIMIT 500""",
        record.id,
    )
    zone = ZoneInfo(record.time_zone)
    return [
        MeetingOut(
            id=row[0],
            starts_at=utc(row[1]).astimezone(zone),
            ends_at=utc(row[2]).astimezone(zone),
            place=row[3],
            state=row[4],
            one=person_ref(row, 5),
            other=person_ref(row, 11),
        )
        for row in rows
    ]


@database.transaction
async def plan_meetings(
    *, actor: Actor, programme_id: str, dependency_id: str, pairs: int, at: str, place: str = ""
) -> int:
    """So many pairs of the two departments meet for an hour, a pair a day at the time `at`; returns how many found one.

    People who have no meeting in this programme yet come first. Raises NotFound, Conflict, Invalid.
    """
    record = await programme(programme_id, lock=True)
    check_open(record.state)
    if not 1 <= pairs <= MOST_PAIRS:
        raise Invalid.field("pairs", _("From %(low)s to %(high)s.", low=1, high=MOST_PAIRS))
    try:
        hour = time.fromisoformat(at)
    except ValueError:
        raise Invalid.field("at", _("Write times as in 08:00.")) from None
    edge = is_uuid(dependency_id) and await database.fetch_one(
        "SELECT provider_id, customer_id FROM dependency WHERE id = {}", dependency_id
    )
    if not edge:
        raise Invalid.field("dependency", _("Choose a dependency."))
    made = await _pairs(record, (edge["provider_id"], edge["customer_id"]), pairs, hour)
    await database.execute_many(
        """INSERT INTO exchange_meeting (id, programme_id, one_id, other_id, starts_at, ends_at, place, state)
        VALUES ({}, {}, {}, {}, {}, {}, {}, 'proposed')""",
        [(uuid7(), record.id, one, other, start, start + HOUR, one_line(place)[:200]) for one, other, start in made],
    )
    if made:
        await record_event("meeting.proposed", actor_id=actor.id, subject_id=record.id)
    return len(made)


async def _pairs(
    record: RotationProgramme, units: tuple[str, str], pairs: int, hour: time
) -> list[tuple[str, str, int]]:
    """On each open day the first of both departments who are there, until there are enough."""
    first, last = date.fromisoformat(record.starts_on), date.fromisoformat(record.ends_on)
    closed, zone = free_days(record.pattern, first, last), ZoneInfo(record.time_zone)
    waiting = [await _people(record.id, unit) for unit in units]
    busy = await _busy(units)
    made: list[tuple[str, str, int]] = []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if len(made) == pairs or not all(waiting):
            break
        if day in closed or day.weekday() not in record.pattern.weekdays:
            continue
        start = int(datetime.combine(day, hour, tzinfo=zone).timestamp()) * SECOND
        found = [_free(people, busy, day, start) for people in waiting]
        one, other = found
        if one is not None and other is not None:
            made.append((one, other, start))
            waiting = [[person for person in people if person[0] not in found] for people in waiting]
    return made


async def _people(programme_id: str, unit: str) -> list[tuple[str, str]]:
    """People of a department with their working days, those without a meeting in the programme."""
    rows = await database.fetch(
        """SELECT p.id, COALESCE(f.working_days, '01234') FROM person p
        LEFT JOIN rotation_facts f ON f.person_id = p.id
        WHERE p.department_id = {} AND p.deactivated_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM exchange_meeting x WHERE x.programme_id = {} AND x.state <> 'cancelled'
            AND (x.one_id = p.id OR x.other_id = p.id)) ORDER BY p.search, p.id""",
        *(unit, programme_id),
    )
    return [(row[0], row[1]) for row in rows]


class _Busy(msgspec.Struct):
    """When people of both departments are away (days) or on a visit (microseconds)."""

    away: dict[str, list[tuple[str, str]]]
    visits: dict[str, list[tuple[int, int]]]


async def _busy(units: tuple[str, str]) -> _Busy:
    found = _Busy({}, {})
    for row in await database.fetch(
        """SELECT a.person_id, a.first_day, a.last_day FROM absence a JOIN person p ON p.id = a.person_id
        WHERE p.department_id IN ({}, {})""",
        *units,
    ):
        found.away.setdefault(row[0], []).append((row[1], row[2]))
    for row in await database.fetch(
        """SELECT v.person_id, v.starts_at, v.ends_at FROM visit v JOIN plan n ON n.id = v.plan_id
        WHERE v.home_id IN ({}, {}) AND n.state = 'published' AND v.state NOT IN ('cancelled', 'declined')""",
        *units,
    ):
        found.visits.setdefault(row[0], []).append((row[1], row[2]))
    return found


def _free(people: Sequence[tuple[str, str]], busy: _Busy, day: date, start: int) -> str | None:
    text = day.isoformat()
    for person, working in people:
        there = str(day.weekday()) in working
        away = any(first <= text <= last for first, last in busy.away.get(person, ()))
        visits = any(begin < start + HOUR and start < end for begin, end in busy.visits.get(person, ()))
        if there and not away and not visits:
            return person
    return None


@database.transaction
async def cancel_meeting(*, actor: Actor, programme_id: str, meeting_id: str) -> None:
    """It is off; calm if it is already. Raises NotFound, Conflict once it has taken place."""
    row = (
        is_uuid(meeting_id)
        and is_uuid(programme_id)
        and await database.fetch_one(
            "SELECT state FROM exchange_meeting WHERE id = {} AND programme_id = {}", meeting_id, programme_id
        )
    )
    if not row:
        raise NotFound
    if row["state"] == "done":
        raise Conflict(_("This meeting has taken place."))
    if row["state"] != "cancelled":
        await database.execute(
            "UPDATE exchange_meeting SET state = 'cancelled', revision = revision + 1 WHERE id = {}", meeting_id
        )
        await record_event("meeting.cancelled", actor_id=actor.id, subject_id=meeting_id)
