"""A plan's visits as rows: read as legs, made of legs, stored some at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import msgspec

from api.core import database
from api.core.clock import now
from api.core.errors import NotFound
from api.core.ids import uuid7
from api.rotations.planning import Leg

_AT_ONCE = 500


async def legs(plan_id: str) -> list[Leg]:
    """A plan's visits as legs, but for those that are off."""
    rows = await database.fetch(
        """SELECT person_id, host_id, block, group_number FROM visit
        WHERE plan_id = {} AND state NOT IN ('cancelled', 'declined') ORDER BY group_number, id""",
        plan_id,
    )
    return [Leg(row[0], row[1], row[2], row[3]) for row in rows]


KINDS = {1: "shadow", 2: "swap"}
"""What a group of so many visits is; more make a ring."""


async def visit_rows(plan_id: str, legs_: Sequence[Leg], homes: Mapping[str, str]) -> list[dict[str, object]]:
    """The rows of these visits: times from the programme's blocks, buddies in turn, pins as in the plan before."""
    plan = await database.fetch_one(
        """SELECT n.programme_id, n.from_plan_id, m.rules FROM plan n JOIN programme m ON m.id = n.programme_id
        WHERE n.id = {}""",
        plan_id,
    )
    if plan is None:
        raise NotFound
    length = int(msgspec.json.decode(plan["rules"])["visit_blocks"])
    blocks = [
        (row[0], row[1])
        for row in await database.fetch(
            "SELECT starts_at, ends_at FROM programme_block WHERE programme_id = {} ORDER BY number",
            plan["programme_id"],
        )
    ]
    buddies: dict[str, list[str]] = {}
    for row in await database.fetch(
        """SELECT b.department_id, b.person_id FROM buddy b JOIN person p ON p.id = b.person_id
        WHERE p.deactivated_at IS NULL ORDER BY b.department_id, b.person_id"""
    ):
        buddies.setdefault(row[0], []).append(row[1])
    pins = {
        (row[0], row[1], row[2])
        for row in await database.fetch(
            "SELECT person_id, host_id, block FROM visit WHERE plan_id = {} AND pinned = {}",
            *(plan["from_plan_id"] or plan_id, True),
        )
    }
    sizes: dict[int, int] = {}
    for leg in legs_:
        sizes[leg.group] = sizes.get(leg.group, 0) + 1
    rows: list[dict[str, object]] = []
    for leg in legs_:
        hosts = [one for one in buddies.get(leg.host, []) if one != leg.person]
        visit_id = uuid7()
        rows.append(
            {
                "id": visit_id,
                "plan_id": plan_id,
                "programme_id": plan["programme_id"],
                "person_id": leg.person,
                "home_id": homes[leg.person],
                "host_id": leg.host,
                "block": leg.block,
                "blocks": length,
                "starts_at": blocks[leg.block][0],
                "ends_at": blocks[leg.block + length - 1][1],
                "kind": KINDS.get(sizes[leg.group], "ring"),
                "group_number": leg.group,
                "pinned": (leg.person, leg.host, leg.block) in pins,
                "buddy_id": hosts[leg.block % len(hosts)] if hosts else None,
                "uid": visit_id,
            }
        )
    return rows


async def insert_visits(rows: Sequence[dict[str, object]]) -> None:
    """Store rows of `visit_rows`."""
    if rows:
        columns = list(rows[0])
        await database.execute_many(
            f"INSERT INTO visit ({', '.join(columns)}) VALUES ({database.placeholders(len(columns))})",
            [tuple(row[name] for name in columns) for row in rows],
        )


async def forbid_hosts(programme_id: str, plan_id: str, places: Sequence[tuple[str, int]], actor_id: str) -> None:
    """In this draft these departments take no visitors in these blocks."""
    await database.execute_many(
        """INSERT INTO programme_ban (id, programme_id, plan_id, host_id, block, made_by, made_at)
        VALUES ({}, {}, {}, {}, {}, {}, {})""",
        [(uuid7(), programme_id, plan_id, host, block, actor_id, now()) for host, block in places],
    )


async def store_visits(plan_id: str, legs_: Sequence[Leg], homes: Mapping[str, str]) -> None:
    """Replace a plan's visits, some at a time, so that others can write between."""

    async def clear() -> None:
        await database.execute("UPDATE plan SET state = 'storing' WHERE id = {}", plan_id)
        await database.execute("DELETE FROM visit WHERE plan_id = {}", plan_id)

    rows = await visit_rows(plan_id, legs_, homes)
    await database.transact(clear)
    for first in range(0, len(rows), _AT_ONCE):
        await database.transact(partial(insert_visits, rows[first : first + _AT_ONCE]))
