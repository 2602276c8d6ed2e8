"""A programme of registration and billing that people were told of, without looking for a plan."""

from __future__ import annotations

import asyncio

from api.core import database
from api.core.clock import now
from api.core.ids import uuid7
from api.core.jobs.worker import run_due
from api.rotations import planning
from api.rotations.data import basis
from api.rotations.planning import Leg
from api.rotations.rules import Pattern
from api.rotations.storing import insert_visits, visit_rows
from api.work import KINDS
from tests.support.house import House
from tests.support.organisation import (
    AYLIN,
    BILLING,
    MIRIAM,
    REGISTRATION,
    Department,
    Person,
)
from tests.support.rotations import WEEKS, publish, spring

SWAP = ((AYLIN, REGISTRATION, 1, 0), (MIRIAM, BILLING, 1, 0))
"""Aylin and Miriam change places in the week of 16 March 2026; the programme begins on the 9th."""

Planned = tuple[Person, Department, int, int]


async def planned(programme_id: str, *visits: Planned) -> str:
    """A finished draft with these visits; returns its id."""
    data = await basis(programme_id)
    instance, fingerprint = await asyncio.to_thread(planning.prepare, data)
    last = await database.fetch_one("SELECT COUNT(*) AS n FROM plan WHERE programme_id = {}", programme_id)
    plan_id = uuid7()
    await database.execute(
        """INSERT INTO plan (id, programme_id, number, state, status, score, basis_hash, created_at)
        VALUES ({}, {}, {}, 'ready', 'feasible', 0, {}, {})""",
        *(plan_id, programme_id, (last["n"] if last else 0) + 1, fingerprint, now()),
    )
    await database.execute("INSERT INTO plan_work (plan_id, basis) VALUES ({}, {})", plan_id, instance)
    legs = [Leg(person.id, host.id, block, group) for person, host, block, group in visits]
    homes = {person.id: person.department.id for person, _host, _block, _group in visits}
    await insert_visits(await visit_rows(plan_id, legs, homes))
    return plan_id


async def published(house: House, *visits: Planned, answer_by: str = "", pattern: Pattern = WEEKS) -> tuple[str, str]:
    """Seven weeks from 9 March 2026 whose visits (the SWAP unless others are given) people were told of: the ids of
    the programme and of the plan."""
    programme_id = await spring(house, starts_on="2026-03-09", ends_on="2026-04-24", pattern=pattern, gap=1)
    plan_id = await planned(programme_id, *(visits or SWAP))
    await publish(house, plan_id, answer_by)
    await run_due(KINDS)
    return programme_id, plan_id


async def visit_of(person: Person) -> str:
    """The id of this person's visit in the version that holds."""
    row = await database.fetch_one(
        """SELECT v.id FROM visit v JOIN plan n ON n.id = v.plan_id
        WHERE v.person_id = {} AND n.state = 'published' AND v.state <> 'cancelled'""",
        person.id,
    )
    assert row is not None
    return str(row["id"])


async def states() -> dict[str, str]:
    """The state of each visit in the version that holds, by the person's given name."""
    rows = await database.fetch(
        """SELECT p.given_name, v.state FROM visit v JOIN plan n ON n.id = v.plan_id JOIN person p ON p.id = v.person_id
        WHERE n.state = 'published' AND v.state <> 'cancelled' ORDER BY p.given_name"""
    )
    return {row["given_name"]: row["state"] for row in rows}
