"""What this slice stores about a person: for their export, and gone when they are erased."""

from __future__ import annotations

from typing import Any

from api.approvals import steps
from api.approvals.rules import State
from api.core import database
from api.core.clock import utc
from api.core.erasing import PLAIN_MARK, forget_in
from api.core.events import record_event
from api.people.privacy import whom


async def erase(person_id: str) -> None:
    """What they asked for ends, what they wrote when declining goes, and their name from what others wrote; nobody
    stands in any more. Part of a transaction. That a case was decided stays, under an id that names nobody."""
    rows = await database.fetch(
        "SELECT id FROM approval WHERE state = 'open' AND (requester_id = {} OR concerned_id = {}) ORDER BY id",
        *(person_id, person_id),
    )
    for row in rows:
        case = await steps.lock_case(row["id"])
        if case.state is State.OPEN:
            await steps.cancel(case)
            await record_event("approval.cancelled", actor_id=None, subject_id=case.id)
    # What was written about them goes as well
    await database.execute(
        """UPDATE approval_step SET reason = '' WHERE reason <> '' AND (decided_by = {} OR approval_id IN (
            SELECT id FROM approval WHERE requester_id = {} OR concerned_id = {}))""",
        *(person_id, person_id, person_id),
    )
    for gone in await whom(person_id):
        await forget_in("approval_step", "reason", gone, mark=PLAIN_MARK, key="decision_id")
    await database.execute("DELETE FROM deputyship WHERE person_id = {} OR deputy_id = {}", person_id, person_id)


async def about(person_id: str) -> dict[str, Any]:
    """What they asked for, what they decided, who stood in."""
    asked = await database.fetch(
        """SELECT a.id, a.kind, a.amount, a.state, a.created_at, a.ended_at FROM approval a
        WHERE a.requester_id = {} ORDER BY a.position""",
        person_id,
    )
    decided = await database.fetch(
        """SELECT a.id, a.kind, s.decision, s.reason, s.decided_at FROM approval_step s
        JOIN approval a ON a.id = s.approval_id WHERE s.decided_by = {} ORDER BY s.decided_at""",
        person_id,
    )
    deputies = await database.fetch(
        """SELECT person_id, deputy_id, from_day, until_day FROM deputyship WHERE person_id = {} OR deputy_id = {}
        ORDER BY from_at""",
        *(person_id, person_id),
    )
    return {
        "asked": [
            {
                **{name: row[name] for name in ("id", "kind", "amount", "state")},
                "at": utc(row["created_at"]),
                "ended_at": utc(row["ended_at"]) if row["ended_at"] is not None else None,
            }
            for row in asked
        ],
        "decided": [
            {
                **{name: row[name] for name in ("id", "kind", "decision", "reason")},
                "at": utc(row["decided_at"]),
            }
            for row in decided
        ],
        "deputies": [
            {"stood_in_for_you": row["person_id"] == person_id, "from": row["from_day"], "until": row["until_day"]}
            for row in deputies
        ],
    }
