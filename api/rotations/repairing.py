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
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, uuid7
from api.rotations import planning
from api.rotations.data import BanData, Basis, PersonData, basis
from api.rotations.planning import Found, Leg
from api.rotations.programmes import programme
from api.rotations.rules import check_open
from api.rotations.storing import forbid_hosts, insert_visits, visit_rows

Place = tuple[str, str, int]
"""Who sees which department in which block."""


class _Row(msgspec.Struct, frozen=True):
    """A visit of the plan that holds, as far as a repair goes."""

    person: str
    home: str
    host: str
    block: int
    group: int
    state: str
    left: bool

    @property
    def place(self) -> Place:
        """Who, where, when."""
        return self.person, self.host, self.block


async def _rows(plan_id: str) -> list[_Row]:
    rows = await database.fetch(
        """SELECT v.person_id, v.home_id, v.host_id, v.block, v.group_number, v.state, p.deactivated_at
        FROM visit v JOIN person p ON p.id = v.person_id
        WHERE v.plan_id = {} AND v.state <> 'cancelled' ORDER BY v.group_number, v.id""",
        plan_id,
    )
    return [_Row(row[0], row[1], row[2], row[3], row[4], row[5], row["deactivated_at"] is not None) for row in rows]


async def _published(programme_id: str) -> str:
    row = is_uuid(programme_id) and await database.fetch_one(
        "SELECT id FROM plan WHERE programme_id = {} AND state = 'published'", programme_id
    )
    if not row:
        raise NotFound
    return str(row["id"])


async def propose(*, actor: Actor, programme_id: str, no_host: str | None = None, from_block: int = 0) -> str:
    """Work out the smallest repair with the data of now; returns the new plan's id.

    What people and managers have said no to is among the data. `no_host`: this department takes no visitors from block
    `from_block` on, once people are told of the repair. Raises NotFound, Invalid beside "host",
    Conflict if the programme is archived.
    """
    record = await programme(programme_id)
    check_open(record.state)
    old = await _published(programme_id)
    rows = await _rows(old)
    data = await basis(programme_id, from_plan=old)
    if no_host is not None and no_host not in {host.id for host in data.hosts}:
        raise Invalid.field("host", _("Choose a department of this programme."))
    first = max(from_block, data.begun)
    closed = [(no_host, block.number) for block in data.blocks if no_host is not None and block.number >= first]
    full = msgspec.structs.replace(data, bans=[*data.bans, *(BanData(None, None, *place) for place in closed)])
    found = await asyncio.to_thread(_mend, full, rows)
    instance, fingerprint = await asyncio.to_thread(planning.prepare, full)

    @database.transaction
    async def store() -> str:
        lock = database.sql(sqlite="", postgres="FOR UPDATE")
        await database.fetch(f"SELECT 1 FROM programme WHERE id = {{}} {lock}", programme_id)
        if await _published(programme_id) != old:
            raise Conflict(_("Somebody has changed this meanwhile. Look at it as it is now, then change it again."))
        plan_id = await _store_plan(actor, programme_id, old, found, (instance, fingerprint))
        await forbid_hosts(programme_id, plan_id, closed, actor.id)
        homes = {row.person: row.home for row in rows} | {person.id: person.home for person in full.people}
        await insert_visits(await visit_rows(plan_id, found.legs, homes))
        await record_event("plan.repaired", actor_id=actor.id, subject_id=plan_id)
        return plan_id

    return await store()


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
