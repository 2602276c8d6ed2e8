"""What was answered about a visit, kept beside its state. Each is part of a transaction."""

from __future__ import annotations

from api.core import database
from api.core.clock import now
from api.rotations.rules import VisitState


async def note_answer(
    *, uid: str, person_id: str, answer: VisitState, reason: str = "", other_time: bool = False
) -> None:
    """Keep what was answered last."""
    await database.execute(
        """INSERT INTO visit_answer (uid, person_id, answer, reason, other_time, at) VALUES ({}, {}, {}, {}, {}, {})
        ON CONFLICT (uid) DO UPDATE SET person_id = excluded.person_id, answer = excluded.answer,
            reason = excluded.reason, other_time = excluded.other_time, at = excluded.at""",
        *(uid, person_id, answer, reason, other_time, now()),
    )


async def touch_plan(plan_id: str) -> None:
    """Whoever has looked at the plan's visits looks again."""
    await database.execute("UPDATE plan SET version = version + 1 WHERE id = {}", plan_id)


async def end_offers(visit_id: str) -> None:
    """Nobody is asked any more to make a visit that is off or in question."""
    await database.execute(
        "UPDATE visit_offer SET state = 'withdrawn', ended_at = {} WHERE visit_id = {} AND state = 'open'",
        *(now(), visit_id),
    )
