"""A team's weeks: who is away on a visit, who comes as a guest, and whether enough people are there.

A team is the departments that somebody manages, and the people who report to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import arrow
import msgspec

from api.approvals.deciders import deputised_by
from api.core import database
from api.core.access.actor import Actor
from api.core.clock import SECOND, now, utc
from api.core.errors import NotFound
from api.core.i18n import Language
from api.people.queries import department_columns
from api.people.schemas import DepartmentRef
from api.rotations.queries import department_at, visits
from api.rotations.rules import WEEKDAYS
from api.rotations.schemas import VisitOut

WEEKS = 8
STAND_IN = "('proposed', 'accepted', 'objected', 'done')"


class Headcount(msgspec.Struct, frozen=True):
    """How many people of a department are there on a day, and how many it needs to run."""

    unit: str
    day: date
    there: int
    needed: int

    @property
    def spare(self) -> int:
        """So many could still be away; below 0 people are missing."""
        return self.there - self.needed


class Roster(msgspec.Struct, frozen=True):
    """Who of some departments works when. `working`: by department, each person's weekdays as digits (0 is Monday);
    `away`: days on which a person is absent or on a visit; `minimum`: people needed from Monday to Sunday."""

    working: dict[str, dict[str, str]]
    away: dict[str, set[date]]
    minimum: dict[str, list[int]]

    def on(self, unit: str, day: date) -> Headcount:
        """The department on this day."""
        weekday = day.weekday()
        there = sum(
            str(weekday) in days and day not in self.away.get(person, ())
            for person, days in self.working.get(unit, {}).items()
        )
        return Headcount(unit, day, there, self.minimum.get(unit, [0] * 7)[weekday])

    def tightest(self, unit: str, days: Iterable[date]) -> Headcount | None:
        """The day with the least to spare among those on which somebody is needed; None if there is none."""
        found = [count for count in (self.on(unit, day) for day in days) if count.needed]
        return min(found, key=lambda count: (count.spare, count.day), default=None)


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """A week from its Monday; `staffing` are the tightest days, one of each department."""

    monday: date
    away: list[VisitOut]
    guests: list[VisitOut]
    staffing: list[Headcount]

    @property
    def friday(self) -> date:
        """Its last usual working day."""
        return self.monday + timedelta(days=4)


class Team(msgspec.Struct, frozen=True, kw_only=True):
    """What a manager sees. `waiting`: cases that wait for their decision, by the visit's uid."""

    units: list[DepartmentRef]
    weeks: list[Week]
    waiting: dict[str, str]


def days_between(starts_at: int, ends_at: int, zone: ZoneInfo) -> list[date]:
    """The days (on the clocks of `zone`) that a stretch of time touches."""
    first, last = utc(starts_at).astimezone(zone).date(), utc(ends_at - SECOND).astimezone(zone).date()
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


async def units_of(person_id: str, language: Language) -> list[DepartmentRef]:
    """The departments that this person manages, and those of the people who report to them."""
    rows = await database.fetch(
        f"""SELECT {department_columns("d", language)} FROM department d WHERE d.archived_at IS NULL
            AND (d.manager_id = {{}} OR EXISTS (SELECT 1 FROM person p WHERE p.department_id = d.id
                AND p.manager_id = {{}} AND p.deactivated_at IS NULL)) ORDER BY d.position, d.id""",
        *(person_id, person_id),
    )
    return [department_at(row, 0) for row in rows]


async def roster(units: Sequence[str], first: date, last: date, zone: ZoneInfo) -> Roster:
    """Who of these departments is there between two days, both included: three statements."""
    marks = database.placeholders(len(units)) or "NULL"
    begin, end = (int(utc_midnight(day, zone)) for day in (first, last + timedelta(days=1)))
    working: dict[str, dict[str, str]] = {unit: {} for unit in units}
    minimum: dict[str, list[int]] = {}
    for row in await database.fetch(
        f"""SELECT p.id, p.department_id, COALESCE(f.working_days, '01234') AS days, g.minimum
        FROM person p LEFT JOIN rotation_facts f ON f.person_id = p.id
        LEFT JOIN hosting g ON g.department_id = p.department_id
        WHERE p.department_id IN ({marks}) AND p.deactivated_at IS NULL""",
        *units,
    ):
        working[row["department_id"]][row["id"]] = row["days"]
        if row["minimum"] and row["department_id"] not in minimum:
            minimum[row["department_id"]] = msgspec.json.decode(row["minimum"], type=list[int])
    away: dict[str, set[date]] = defaultdict(set)
    for row in await database.fetch(
        f"""SELECT a.person_id, a.first_day, a.last_day FROM absence a JOIN person p ON p.id = a.person_id
        WHERE p.department_id IN ({marks}) AND a.last_day >= {{}} AND a.first_day <= {{}}""",
        *(*units, first.isoformat(), last.isoformat()),
    ):
        start = max(first, date.fromisoformat(row["first_day"]))
        stop = min(last, date.fromisoformat(row["last_day"]))
        away[row["person_id"]].update(start + timedelta(days=n) for n in range((stop - start).days + 1))
    for row in await database.fetch(
        f"""SELECT v.person_id, v.starts_at, v.ends_at FROM visit v JOIN plan n ON n.id = v.plan_id
        WHERE v.home_id IN ({marks}) AND (n.state = 'published' OR v.state = 'done') AND v.state IN {STAND_IN}
          AND v.ends_at > {{}} AND v.starts_at < {{}}""",
        *(*units, begin, end),
    ):
        away[row["person_id"]].update(days_between(row["starts_at"], row["ends_at"], zone))
    return Roster(working, dict(away), minimum)


def utc_midnight(day: date, zone: ZoneInfo) -> int:
    """When a day begins in this time zone, in microseconds."""
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()) * SECOND


async def team(person_id: str, language: Language, *, today: date, zone: ZoneInfo) -> Team:
    """The weeks from this one on; seven statements whatever the team's size."""
    units = await units_of(person_id, language)
    ids = [unit.id for unit in units]
    monday = today - timedelta(days=today.weekday())
    mondays = [monday + timedelta(weeks=n) for n in range(WEEKS)]
    last = mondays[-1] + timedelta(days=6)
    marks = database.placeholders(len(ids)) or "NULL"
    found = await visits(
        language,
        f"""v.state <> 'cancelled' AND v.ends_at > {{}} AND v.starts_at < {{}}
            AND (v.home_id IN ({marks}) OR v.host_id IN ({marks}) OR p.manager_id = {{}})""",
        *(utc_midnight(monday, zone), utc_midnight(last + timedelta(days=1), zone), *ids, *ids, person_id),
    )
    people = await roster(ids, monday, last, zone)
    weeks = []
    for start in mondays:
        begin, end = utc_midnight(start, zone), utc_midnight(start + timedelta(weeks=1), zone)
        here = [v for v in found if _at(v.starts_at) < end and _at(v.ends_at) > begin]
        guests = [v for v in here if v.host.id in ids and v.state not in ("declined", "objected")]
        # Only days on which somebody is away or comes: what weekends need is no matter of visits in the week
        days = {day for v in here for day in days_between(_at(v.starts_at), _at(v.ends_at), zone)}
        counts = (people.tightest(unit, sorted(days & {start + timedelta(days=n) for n in WEEKDAYS})) for unit in ids)
        weeks.append(
            Week(
                monday=start,
                away=[v for v in here if v not in guests],
                guests=guests,
                staffing=[count for count in counts if count is not None],
            )
        )
    return Team(units=units, weeks=weeks, waiting=await waiting_for(person_id))


def _at(moment: datetime) -> int:
    return int(moment.timestamp()) * SECOND


async def waiting_for(person_id: str) -> dict[str, str]:
    """Cases about visits that this person may decide, also as a deputy: by the visit's uid."""
    people = [person_id, *await deputised_by(person_id)]
    rows = await database.fetch(
        f"""SELECT DISTINCT a.subject_id, a.id FROM approval a
        JOIN approval_step s ON s.approval_id = a.id AND s.state = 'open' AND s.decision = ''
        JOIN approval_decider d ON d.approval_id = a.id AND d.number = s.number
        WHERE a.kind = 'rotation' AND a.state = 'open' AND a.concerned_id <> {{}} AND a.requester_id <> {{}}
          AND d.person_id IN ({database.placeholders(len(people))})""",
        *(person_id, person_id, *people),
    )
    return {row["subject_id"]: row["id"] for row in rows}


async def own_team(actor: Actor) -> Team:
    """The same for whoever looks, on their own clock. Raises NotFound for somebody who leads nobody."""
    today = arrow.get(now() // SECOND, tzinfo=actor.time_zone).date()
    found = await team(actor.id, actor.language, today=today, zone=ZoneInfo(actor.time_zone))
    if not found.units:
        raise NotFound
    return found
