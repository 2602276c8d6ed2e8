"""A published plan repaired: what was declined or objected to, who has left, who cannot host.

What was accepted stays wherever that is possible. The repair is a plan like any other: HR looks at what it changes
and at its price, and publishes it; only those hear of it for whom something changes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import msgspec

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now
from api.core.errors import Conflict, Invalid, NotFound
from api.core.events import record_event
from api.core.i18n import Language
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, uuid7
from api.people.queries import department_columns, person_columns, person_ref
from api.people.schemas import DepartmentRef, PersonRef
from api.rotations import planning
from api.rotations.data import BanData, Basis, PersonData, basis
from api.rotations.mine import Answered, answers
from api.rotations.planning import Found, Leg
from api.rotations.programmes import programme
from api.rotations.queries import department_at, visits
from api.rotations.rules import check_open
from api.rotations.schemas import VisitOut
from api.rotations.storing import insert_visits, visit_rows

Place = tuple[str, str, int]
"""Who sees which department in which block."""


class Broken(msgspec.Struct, frozen=True):
    """A visit that cannot take place as planned: "declined", "objected" or "left", and what was said."""

    visit: VisitOut
    why: str
    answer: Answered | None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What a plan changes for somebody: "new", "moved", "partner" or "cancelled". Times in microseconds."""

    change: str
    person: PersonRef
    host: DepartmentRef
    starts_at: int
    ends_at: int
    accepted: bool


class Repair(msgspec.Struct, frozen=True, kw_only=True):
    """A repaired plan beside the one that holds. `score` and `before` are worths of plans."""

    changes: list[Change]
    kept: int
    score: float | None
    before: float | None


class Places(msgspec.Struct, frozen=True):
    """Departments of a programme, and its blocks to come: number, start, end (microseconds)."""

    departments: list[DepartmentRef]
    blocks: list[tuple[int, int, int]]


async def broken(programme_id: str, language: Language) -> list[Broken]:
    """What waits for a repair in the version that holds."""
    found = await visits(
        language,
        """v.programme_id = {} AND v.starts_at > {} AND v.state NOT IN ('cancelled', 'done')
            AND (v.state IN ('declined', 'objected') OR p.deactivated_at IS NOT NULL)""",
        *(programme_id, now()),
    )
    said = await answers([visit.uid for visit in found])
    return [
        Broken(visit, visit.state if visit.state in ("declined", "objected") else "left", said.get(visit.uid))
        for visit in found
    ]


class _Row(msgspec.Struct, frozen=True):
    """A visit of the plan that holds, as far as a repair goes."""

    person: str
    home: str
    host: str
    block: int
    group: int
    state: str
    uid: str
    left: bool

    @property
    def place(self) -> Place:
        """Who, where, when."""
        return self.person, self.host, self.block


async def _rows(plan_id: str) -> list[_Row]:
    rows = await database.fetch(
        """SELECT v.person_id, v.home_id, v.host_id, v.block, v.group_number, v.state, v.uid, p.deactivated_at
        FROM visit v JOIN person p ON p.id = v.person_id
        WHERE v.plan_id = {} AND v.state <> 'cancelled' ORDER BY v.group_number, v.id""",
        plan_id,
    )
    return [
        _Row(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row["deactivated_at"] is not None) for row in rows
    ]


async def _published(programme_id: str) -> str:
    row = is_uuid(programme_id) and await database.fetch_one(
        "SELECT id FROM plan WHERE programme_id = {} AND state = 'published'", programme_id
    )
    if not row:
        raise NotFound
    return str(row["id"])


async def propose(*, actor: Actor, programme_id: str, no_host: str | None = None, from_block: int = 0) -> str:
    """Work out the smallest repair with the data of now; returns the new plan's id.

    `no_host`: this department takes no visitors from block `from_block` on. Raises NotFound, Invalid beside "host",
    Conflict if the programme is archived.
    """
    record = await programme(programme_id)
    check_open(record.state)
    old = await _published(programme_id)
    rows = await _rows(old)
    data = await basis(programme_id, from_plan=old)
    if no_host is not None and no_host not in {host.id for host in data.hosts}:
        raise Invalid.field("host", _("Choose a department of this programme."))
    said = await answers([row.uid for row in rows if row.state == "declined"])
    bans = _bans(rows, said, data, no_host, from_block)
    full = msgspec.structs.replace(data, bans=[*data.bans, *bans])
    found = await asyncio.to_thread(_mend, full, rows)
    instance, fingerprint = await asyncio.to_thread(planning.prepare, full)

    @database.transaction
    async def store() -> str:
        lock = database.sql(sqlite="", postgres="FOR UPDATE")
        await database.fetch(f"SELECT 1 FROM programme WHERE id = {{}} {lock}", programme_id)
        if await _published(programme_id) != old:
            raise Conflict(_("Somebody has changed this meanwhile. Look at it as it is now, then change it again."))
        plan_id = await _store_plan(actor, programme_id, old, found, (instance, fingerprint))
        await database.execute_many(
            """INSERT INTO programme_ban (id, programme_id, person_id, host_id, block, made_by, made_at)
            VALUES ({}, {}, {}, {}, {}, {}, {})""",
            [(uuid7(), programme_id, ban.person, ban.host, ban.block, actor.id, now()) for ban in bans],
        )
        homes = {row.person: row.home for row in rows} | {person.id: person.home for person in full.people}
        await insert_visits(await visit_rows(plan_id, found.legs, homes))
        await record_event("plan.repaired", actor_id=actor.id, subject_id=plan_id)
        return plan_id

    return await store()


def _bans(
    rows: Sequence[_Row], said: dict[str, Answered], data: Basis, no_host: str | None, from_block: int
) -> list[BanData]:
    """What answers and cancellations forbid from now on, but for what is forbidden already."""
    wanted = []
    for row in rows:
        if row.block < data.begun:
            continue
        if row.state == "objected":
            wanted.append(BanData(row.person, None, row.host, row.block))
        elif row.state == "declined":
            answer = said.get(row.uid)
            at_all = answer is not None and not answer.other_time
            wanted.append(BanData(row.person, None, row.host, None if at_all else row.block))
    if no_host is not None:
        first = max(from_block, data.begun)
        wanted += [BanData(None, None, no_host, block.number) for block in data.blocks if block.number >= first]
    there = set(data.bans)
    return [ban for ban in dict.fromkeys(wanted) if ban not in there]


def _mend(data: Basis, rows: Sequence[_Row]) -> Found:
    """As few changes as can be; what was accepted gives way only where it cannot be kept."""
    leavers = {row.person: row.home for row in rows if row.left}
    blocks = [block.number for block in data.blocks]
    gone = [
        PersonData(
            id=person, home=home, joined="", qualifications=[], seniority=0, takes_part=False, max_visits=0,
            away=blocks, wishes={},
        )
        for person, home in leavers.items()
        if home in {host.id for host in data.hosts} and person not in {one.id for one in data.people}
    ]  # fmt: skip
    ahead = [row for row in rows if row.block >= data.begun or not (row.left or row.state in ("declined", "objected"))]
    legs = [Leg(row.person, row.host, row.block, row.group) for row in ahead]
    firm = [row.place for row in ahead if row.state in ("accepted", "done") and not row.left]
    over = [row.place for row in ahead if row.block < data.begun]
    everybody = msgspec.structs.replace(data, people=[*data.people, *gone], accepted=[])
    for pins in (list(dict.fromkeys([*data.pins, *firm, *over])), over, []):
        instance = planning.with_pins(planning.build(everybody), pins)
        if planning.obstacles(instance):
            continue
        found = planning.mend(planning.from_now(instance, data.begun), legs)
        if found.status != "infeasible":
            break
    return found


async def _store_plan(actor: Actor, programme_id: str, old: str, found: Found, instance: tuple[bytes, str]) -> str:
    plan_id, at = uuid7(), now()
    last = await database.fetch_one("SELECT MAX(number) AS n FROM plan WHERE programme_id = {}", programme_id)
    await database.execute(
        """INSERT INTO plan (id, programme_id, number, state, status, score, bound, gap, terms, unmet, basis_hash,
            from_plan_id, made_by, created_at, solved_at)
        VALUES ({}, {}, {}, 'ready', {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})""",
        *(plan_id, programme_id, ((last and last["n"]) or 0) + 1, found.status, found.score, found.bound, found.gap),
        *(msgspec.json.encode(found.terms).decode(), msgspec.json.encode(found.unmet).decode(), instance[1]),
        *(old, actor.id, at, at),
    )
    await database.execute("INSERT INTO plan_work (plan_id, basis) VALUES ({}, {})", plan_id, instance[0])
    return plan_id


async def repair(plan_id: str, language: Language) -> Repair:
    """What a plan would change in the one that holds: three statements. Raises NotFound."""
    row = is_uuid(plan_id) and await database.fetch_one(
        """SELECT n.score, o.id AS old_id, o.score AS before FROM plan n
        JOIN plan o ON o.programme_id = n.programme_id AND o.state = 'published' WHERE n.id = {}""",
        plan_id,
    )
    if not row:
        raise NotFound
    before, after = await _shown(row["old_id"], language), await _shown(plan_id, language)
    known = {(one["person_id"], one["host_id"]): one for one in before}
    partners = {plan: _partners(rows) for plan, rows in (("old", before), ("new", after))}
    changes, kept = [], 0
    for one in after:
        old = known.pop((one["person_id"], one["host_id"]), None)
        if old is None:
            changes.append(_change("new", one))
        elif old["starts_at"] != one["starts_at"] or old["state"] == "declined":
            changes.append(_change("moved", one, accepted=old["state"] == "accepted"))
        elif partners["old"][old[10]] != partners["new"][one[10]]:
            changes.append(_change("partner", one, accepted=old["state"] == "accepted"))
            kept += 1
        else:
            kept += 1
    changes += [
        _change("cancelled", one, accepted=one["state"] == "accepted")
        for one in known.values()
        if one["state"] not in ("done", "declined")
    ]
    return Repair(changes=changes, kept=kept, score=row["score"], before=row["before"])


async def _shown(plan_id: str, language: Language) -> list[database.Row]:
    return await database.fetch(
        f"""SELECT {person_columns("p", "d", language)}, {department_columns("o", language)}, v.id, v.person_id,
            v.host_id, v.starts_at, v.ends_at, v.state, v.group_number
        FROM visit v JOIN person p ON p.id = v.person_id JOIN department d ON d.id = p.department_id
        JOIN department o ON o.id = v.host_id
        WHERE v.plan_id = {{}} AND v.state <> 'cancelled' ORDER BY v.starts_at, v.group_number, v.id""",
        plan_id,
    )


def _partners(rows: Sequence[database.Row]) -> dict[str, frozenset[str]]:
    groups: dict[int, set[str]] = {}
    for row in rows:
        groups.setdefault(row["group_number"], set()).add(row["person_id"])
    return {row[10]: frozenset(groups[row["group_number"]] - {row["person_id"]}) for row in rows}


def _change(change: str, row: database.Row, *, accepted: bool = False) -> Change:
    return Change(
        change=change,
        person=person_ref(row, 0),
        host=department_at(row, 6),
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        accepted=accepted,
    )


async def places(programme_id: str, scope: Sequence[str], language: Language) -> Places:
    """Where and when a department of the programme may cancel: two statements."""
    blocks = await database.fetch(
        """SELECT number, starts_at, ends_at FROM programme_block WHERE programme_id = {} AND starts_at > {}
        ORDER BY number""",
        *(programme_id, now()),
    )
    marks = database.placeholders(len(scope)) or "NULL"
    units = await database.fetch(
        f"""SELECT {department_columns("d", language)} FROM department d WHERE d.id IN (
            SELECT e.provider_id FROM dependency e WHERE e.id IN ({marks})
            UNION SELECT e.customer_id FROM dependency e WHERE e.id IN ({marks})) ORDER BY d.position, d.id""",
        *(*scope, *scope),
    )
    return Places([department_at(row, 0) for row in units], [(row[0], row[1], row[2]) for row in blocks])
