"""A programme between registration and billing, plans of it that are searched for, and what is in them."""

from __future__ import annotations

import msgspec

from api.core import database
from api.core.jobs.worker import run_due
from api.rotations import programmes, publishing, solving
from api.rotations.jobs import KINDS
from api.rotations.rules import Pattern
from tests.support.house import House
from tests.support.organisation import DEPENDENCY, HELENE, Person

WEEKS = Pattern(country="")


async def spring(
    house: House,
    *,
    starts_on: str = "2026-03-02",
    ends_on: str = "2026-04-03",
    pattern: Pattern = WEEKS,
    **rules: object,
) -> str:
    """A programme (of five weeks) with one dependency in scope."""
    actor = await house.actor(HELENE)
    programme_id = await programmes.create_programme(
        actor=actor, name="Spring", starts_on=starts_on, ends_on=ends_on, pattern=pattern
    )
    await programmes.change_scope(actor=actor, programme_id=programme_id, scope=[DEPENDENCY])
    record = await programmes.programme(programme_id)
    await programmes.change_rules(
        actor=actor,
        programme_id=programme_id,
        rules=msgspec.structs.replace(record.rules, **rules),
        goals=record.goals,
    )
    return programme_id


async def searched(house: House, programme_id: str, *, from_plan: str | None = None) -> str:
    """A plan that is found; its id."""
    plan_id = await solving.find_plan(
        actor=await house.actor(HELENE), programme_id=programme_id, seconds=10, from_plan=from_plan
    )
    await run_due(KINDS)
    return plan_id


async def publish(house: House, plan_id: str, answer_by: str = "") -> None:
    """People are told of it."""
    await publishing.publish(actor=await house.actor(HELENE), plan_id=plan_id, answer_by=answer_by)


async def visit_in(plan_id: str, person: Person) -> tuple[str, int]:
    """The person's visit in a plan: its id and block."""
    row = await database.fetch_one(
        "SELECT id, block FROM visit WHERE plan_id = {} AND person_id = {} AND state <> 'cancelled'",
        *(plan_id, person.id),
    )
    assert row is not None
    return row["id"], row["block"]


async def blocks_of(plan_id: str) -> dict[str, int]:
    """In which block everybody of a plan has a visit, by person."""
    rows = await database.fetch("SELECT person_id, block FROM visit WHERE plan_id = {}", plan_id)
    return {row["person_id"]: row["block"] for row in rows}
