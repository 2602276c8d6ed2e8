"""What happens to visits that people were told of."""

from __future__ import annotations

from api.core import database
from api.core.events import record_event
from api.rotations.rules import VisitState, check_move


def hold() -> str:
    """The end of a query over `v` (visit) and `n` (plan): until the transaction ends nobody else changes the visit,
    and no other version takes the plan's place, so that no answer goes to a version that is being replaced."""
    return database.sql(sqlite="", postgres="FOR KEY SHARE OF n FOR UPDATE OF v")


async def change_visit_state(*, actor_id: str, visit_id: str, before: VisitState, state: VisitState) -> None:
    """A visit becomes accepted, declined, objected to or proposed anew, in a transaction that holds it.

    Records the event "visit.<state>" about the visit. Raises Conflict if it cannot become that.
    """
    check_move(before, state)
    await database.execute("UPDATE visit SET state = {}, revision = revision + 1 WHERE id = {}", state, visit_id)
    await record_event(f"visit.{state}", actor_id=actor_id, subject_id=visit_id)
