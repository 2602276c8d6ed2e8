"""Everything that a plan is made from, read in a fixed number of statements, as plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set as AbstractSet
from datetime import date
from zoneinfo import ZoneInfo

import msgspec

from api.core import database
from api.core.clock import now, utc
from api.core.errors import NotFound
from api.core.ids import is_uuid
from api.rotations.blocks import days_of
from api.rotations.rules import Goals, Participants, Pattern, RuleSet


class BlockData(msgspec.Struct, frozen=True):
    """A block: its times in microseconds, and the days it is made of."""

    number: int
    starts_at: int
    ends_at: int
    closed: bool
    days: list[date]


class HostData(msgspec.Struct, frozen=True):
    """A department in scope."""

    id: str
    capacity: int
    minimum: list[int]
    requires: list[str]


class PersonData(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody of a department in scope. `away`: numbers of blocks."""

    id: str
    home: str
    joined: str
    qualifications: list[str]
    seniority: int
    takes_part: bool
    max_visits: int | None
    away: list[int]
    wishes: dict[str, int]


class TrainingData(msgspec.Struct, frozen=True):
    """Required visits, as HR says them."""

    id: str
    home: str | None
    host: str
    joined_since: str
    by_day: str


class BanData(msgspec.Struct, frozen=True):
    """Visits that must not be."""

    person: str | None
    home: str | None
    host: str | None
    block: int | None


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """All of it. `dependencies`: (provider, customer, weight); `history`: (person, host, day of the visit's end);
    visits as (person, host, block): `pins` stay, `accepted` ones as far as a plan can keep them by now; `previous`
    are all of the plan to keep to, with the numbers of the swaps and rings they belong to. `begun`: so many blocks are
    over or have begun; what was planned there stays, nothing is added."""

    blocks: list[BlockData]
    hosts: list[HostData]
    people: list[PersonData]
    dependencies: list[tuple[str, str, int]]
    trainings: list[TrainingData]
    bans: list[BanData]
    history: list[tuple[str, str, date]]
    rules: RuleSet
    goals: Goals
    pins: list[tuple[str, str, int]]
    previous: list[tuple[str, str, int, int]]
    accepted: list[tuple[str, str, int]] = []
    begun: int = 0


Kept = tuple[tuple[str, str, int, int], bool, str]
"""A visit (person, host, block, group), whether it is pinned, and its state."""


async def bans(programme_id: str, plan_id: str | None = None) -> list[BanData]:
    """What must not be: what HR forbids (in this draft, or in all), and what people or managers have said no to.

    Whoever declines and could come at another time, and whom a manager needs there, does not come in that block;
    whoever declines otherwise does not go there in this programme. An answer that is taken back forbids nothing.
    """
    made = await database.fetch(
        """SELECT person_id, home_id, host_id, block FROM programme_ban
        WHERE programme_id = {} AND (plan_id IS NULL OR plan_id = {}) ORDER BY id""",
        *(programme_id, plan_id),
    )
    said = await database.fetch(
        """SELECT v.person_id, v.host_id, v.block, v.starts_at, a.answer = 'declined' AND NOT a.other_time AS at_all
        FROM visit v JOIN plan n ON n.id = v.plan_id LEFT JOIN visit_answer a ON a.uid = v.uid
        WHERE n.programme_id = {} AND n.published_at IS NOT NULL AND v.state IN ('declined', 'objected')
        ORDER BY v.id""",
        programme_id,
    )
    answers = [
        BanData(row["person_id"], None, row["host_id"], None if row["at_all"] else row["block"])
        for row in said
        if row["at_all"] or row["starts_at"] > now()
    ]
    return list(dict.fromkeys([*(BanData(row[0], row[1], row[2], row[3]) for row in made), *answers]))


async def basis(programme_id: str, *, from_plan: str | None = None, plan_id: str | None = None) -> Basis:
    """What a plan of this programme is made from now; with the visits of `from_plan` as those to keep to, its pinned
    ones as pins, and what the draft `plan_id` forbids. Raises NotFound."""
    programme = is_uuid(programme_id) and await database.fetch_one(
        "SELECT pattern, time_zone, scope, participants, rules, goals FROM programme WHERE id = {}", programme_id
    )
    if not programme:
        raise NotFound
    pattern, zone = msgspec.json.decode(programme["pattern"], type=Pattern), ZoneInfo(programme["time_zone"])
    blocks = [
        BlockData(row[0], row[1], row[2], bool(row[3]), days_of(row[1], row[2], pattern, zone))
        for row in await database.fetch(
            "SELECT number, starts_at, ends_at, closed FROM programme_block WHERE programme_id = {} ORDER BY number",
            programme_id,
        )
    ]
    scope = msgspec.json.decode(programme["scope"], type=list[str])
    edges = await database.fetch(
        f"""SELECT e.provider_id, e.customer_id, e.weight FROM dependency e
        JOIN department p ON p.id = e.provider_id JOIN department c ON c.id = e.customer_id
        WHERE e.id IN ({database.placeholders(len(scope)) or "NULL"}) AND p.archived_at IS NULL
          AND c.archived_at IS NULL ORDER BY e.id""",
        *scope,
    )
    ids = sorted({end for row in edges for end in (row[0], row[1])})
    trainings = [
        TrainingData(row[0], row[1], row[2], row[3], row[4])
        for row in await database.fetch(
            "SELECT id, home_id, host_id, joined_since, by_day FROM training WHERE programme_id = {} ORDER BY id",
            programme_id,
        )
    ]
    begun = sum(block.starts_at <= now() for block in blocks)
    people = await _people(programme_id, ids, blocks, msgspec.json.decode(programme["participants"], type=Participants))
    kept, past = _without_leavers(await _visits(from_plan), begun, {person.id for person in people}, set(ids))
    ends = {block.number: utc(block.ends_at).date() for block in blocks}
    return Basis(
        blocks=blocks,
        hosts=await _hosts(ids),
        people=people,
        dependencies=[(row[0], row[1], row[2]) for row in edges],
        trainings=trainings,
        bans=await bans(programme_id, plan_id),
        history=[*await _history(ids, programme_id), *((person, host, ends[block]) for person, host, block in past)],
        rules=msgspec.json.decode(programme["rules"], type=RuleSet),
        goals=msgspec.json.decode(programme["goals"], type=Goals),
        pins=[visit[:3] for visit, pinned, state in kept if (pinned and state != "objected") or visit[2] < begun],
        accepted=[visit[:3] for visit, _pinned, state in kept if state == "accepted"],
        previous=[visit for visit, _pinned, _state in kept],
        begun=begun,
    )


async def _visits(plan_id: str | None) -> list[Kept]:
    if plan_id is None:
        return []
    rows = await database.fetch(
        """SELECT person_id, host_id, block, group_number, pinned, state FROM visit
        WHERE plan_id = {} AND state NOT IN ('cancelled', 'declined') ORDER BY person_id, block""",
        plan_id,
    )
    return [((row[0], row[1], row[2], row[3]), bool(row[4]), row[5]) for row in rows]


def _without_leavers(
    visits: list[Kept], begun: int, people: AbstractSet[str], departments: AbstractSet[str]
) -> tuple[list[Kept], list[tuple[str, str, int]]]:
    """The visits but for swaps that are over and of which somebody has left since: no plan could hold half of one.

    Second, what the others of these have seen (person, host, block).
    """
    halves = {
        visit[3] for visit, _pinned, _state in visits
        if visit[2] < begun and not (visit[0] in people and visit[1] in departments)
    }  # fmt: skip
    seen = [
        visit[:3] for visit, _pinned, _state in visits
        if visit[3] in halves and visit[0] in people and visit[1] in departments
    ]  # fmt: skip
    return [one for one in visits if one[0][3] not in halves], seen


async def _hosts(ids: list[str]) -> list[HostData]:
    rows = await database.fetch(
        f"""SELECT d.id, COALESCE(g.capacity, 1), COALESCE(g.minimum, '[0,0,0,0,0,0,0]'), COALESCE(g.requires, '[]')
        FROM department d LEFT JOIN hosting g ON g.department_id = d.id
        WHERE d.id IN ({database.placeholders(len(ids)) or "NULL"}) ORDER BY d.position, d.id""",
        *ids,
    )
    return [
        HostData(
            row[0], row[1], msgspec.json.decode(row[2], type=list[int]), msgspec.json.decode(row[3], type=list[str])
        )
        for row in rows
    ]


async def _people(programme_id: str, ids: list[str], blocks: list[BlockData], who: Participants) -> list[PersonData]:
    in_scope = f"p.department_id IN ({database.placeholders(len(ids)) or 'NULL'}) AND p.deactivated_at IS NULL"
    days = [day for block in blocks for day in block.days]
    first, last = (days[0].isoformat(), days[-1].isoformat()) if days else ("", "")
    away: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in await database.fetch(
        f"""SELECT a.person_id, a.first_day, a.last_day FROM absence a JOIN person p ON p.id = a.person_id
        WHERE {in_scope} AND a.last_day >= {{}} AND a.first_day <= {{}}""",
        *(*ids, first, last),
    ):
        away[row[0]].append((row[1], row[2]))
    visits: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in await database.fetch(
        f"""SELECT v.person_id, v.starts_at, v.ends_at FROM visit v JOIN plan n ON n.id = v.plan_id
        JOIN person p ON p.id = v.person_id
        WHERE {in_scope} AND v.programme_id <> {{}} AND n.state = 'published' AND v.ends_at > {{}}
          AND v.state IN ('proposed', 'accepted', 'objected')""",
        *(*ids, programme_id, blocks[0].starts_at if blocks else 0),
    ):
        visits[row[0]].append((row[1], row[2]))
    wishes: dict[str, dict[str, int]] = defaultdict(dict)
    for row in await database.fetch(
        f"""SELECT w.person_id, w.department_id, w.liking FROM wish w JOIN person p ON p.id = w.person_id
        WHERE {in_scope} ORDER BY w.person_id, w.department_id""",
        *ids,
    ):
        if row[1] in ids and row[2]:
            wishes[row[0]][row[1]] = row[2]
    rows = await database.fetch(
        f"""SELECT p.id, p.department_id, p.joined_on, f.qualifications, f.seniority, f.working_days, f.volunteer,
            f.max_visits
        FROM person p LEFT JOIN rotation_facts f ON f.person_id = p.id WHERE {in_scope} ORDER BY p.id""",
        *ids,
    )
    excluded, included = set(who.excluded), set(who.included)
    usual = _Away(blocks)
    return [
        PersonData(
            id=row[0],
            home=row[1],
            joined=row[2],
            qualifications=msgspec.json.decode(row[3], type=list[str]) if row[3] else [],
            seniority=row[4] or 0,
            takes_part=row[0] in included
            or (
                row[0] not in excluded
                and (not who.departments or row[1] in who.departments)
                and (bool(row[6]) or not who.volunteers)
            ),
            max_visits=row[7],
            away=usual.blocks("01234" if row[5] is None else row[5], away.get(row[0], []), visits.get(row[0], [])),
            wishes=wishes.get(row[0], {}),
        )
        for row in rows
    ]


class _Away:
    """In which blocks somebody is away. Who works on none of a block's days is; so is who is absent on one of them, or
    on a visit of another programme."""

    def __init__(self, blocks: list[BlockData]) -> None:
        self._times = [(block.starts_at, block.ends_at) for block in blocks]
        self._days = [[(day.isoformat(), str(day.weekday())) for day in block.days] for block in blocks]
        self._usual: dict[str, list[int]] = {}

    def blocks(self, working: str, absences: list[tuple[str, str]], visits: list[tuple[int, int]]) -> list[int]:
        if working not in self._usual:
            self._usual[working] = [
                number
                for number, days in enumerate(self._days)
                if not any(weekday in working for _day, weekday in days)
            ]
        if not absences and not visits:
            return self._usual[working]
        busy = {
            number
            for number, (start, end) in enumerate(self._times)
            if any(begin < end and start < stop for begin, stop in visits)
        }
        absent = {
            number
            for number, days in enumerate(self._days)
            if any(weekday in working and first <= day <= last for day, weekday in days for first, last in absences)
        }
        return sorted(absent | busy | set(self._usual[working]))


async def _history(ids: list[str], programme_id: str) -> list[tuple[str, str, date]]:
    """Visits of other programmes; those of this one are in its plan."""
    rows = await database.fetch(
        f"""SELECT v.person_id, v.host_id, MAX(v.ends_at) FROM visit v JOIN person p ON p.id = v.person_id
        WHERE v.state = 'done' AND v.programme_id <> {{}} AND p.deactivated_at IS NULL
          AND p.department_id IN ({database.placeholders(len(ids)) or "NULL"})
        GROUP BY v.person_id, v.host_id ORDER BY v.person_id, v.host_id""",
        *(programme_id, *ids),
    )
    return [(row[0], row[1], utc(row[2]).date()) for row in rows if row[1] in ids]
