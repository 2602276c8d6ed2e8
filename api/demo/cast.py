"""People of the demo who do what people do, by the product's own verbs: when, as whom, and with the same ids each time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from api.approvals import service as approvals
from api.approvals import steps
from api.approvals.rules import Decision
from api.core import clock, database, ids
from api.core.access.actor import Actor
from api.core.access.actors import roles_of
from api.core.clock import MINUTE
from api.demo.generate import Demo

_TICK = 1_000  # microseconds: UUIDv7 counts milliseconds


class Stage:
    """The time that verbs take for the present one; it ticks with every look."""

    def __init__(self, demo: Demo) -> None:
        self._until = demo.until
        self._at = 0
        self.ago(MINUTE)

    def ago(self, microseconds: int) -> None:
        """From here on it is so long before the demo's time."""
        self._at = self._until - microseconds

    def __call__(self) -> int:
        self._at += _TICK
        return self._at


@contextmanager
def on_stage(demo: Demo, purpose: str) -> Iterator[Stage]:
    """Meanwhile ids come from the demo's seed and times from its clock. Nothing else may run in this process."""
    stage, before = Stage(demo), (clock._now, ids._chance)
    clock._now, ids._chance = stage, Random(f"{purpose} {demo.seed}")
    try:
        yield stage
    finally:
        clock._now, ids._chance = before


async def actor(person_id: str) -> Actor:
    """Somebody as services get them."""
    row = await database.fetch_one(
        """SELECT p.*, d.code_de, d.name_de, d.hue, o.name AS house, o.time_zone AS house_zone,
            EXISTS (SELECT 1 FROM person r WHERE r.manager_id = p.id) AS leads
        FROM person p JOIN department d ON d.id = p.department_id CROSS JOIN organisation o WHERE p.id = {}""",
        person_id,
    )
    assert row is not None
    return Actor(
        id=row["id"],
        name=row["name"],
        email=row["email"],
        department_id=row["department_id"],
        department_code=row["code_de"],
        department_name=row["name_de"],
        department_hue=row["hue"],
        roles=roles_of(row["roles"], leads=bool(row["leads"])),
        language="de",
        time_zone=row["house_zone"],
        theme="",
        directory_revision=0,
        demo=True,
        organisation=row["house"],
    )


async def decide(approval_id: str, reason: str = "") -> None:
    """Whoever is asked decides, and it takes effect."""
    row = await database.fetch_one(
        "SELECT person_id FROM approval_decider WHERE approval_id = {} ORDER BY person_id LIMIT 1", approval_id
    )
    assert row is not None
    decided = await approvals.decide(
        actor=await actor(row["person_id"]),
        approval_ids=[approval_id],
        decision=Decision.DECLINE if reason else Decision.APPROVE,
        undo_seconds=0,
        reason=reason,
    )
    await steps.settle(approval_id, decided.id)
