"""What happens to visits that people were told of."""

from __future__ import annotations

from api.core import database
from api.core.errors import NotFound
from api.core.events import record_event
from api.core.ids import is_uuid
from api.rotations.rules import VisitState, check_move


@database.transaction
async def change_visit_state(*, actor_id: str | None, visit_id: str, state: VisitState) -> None:
    """A published visit becomes accepted, declined, objected to, done, cancelled or proposed anew.

    Records the event "visit.<state>" about the visit. Raises NotFound, Conflict if it cannot become that.
    """
    lock = database.sql(sqlite="", postgres="FOR UPDATE OF v")
    row = is_uuid(visit_id) and await database.fetch_one(
        f"""SELECT v.state FROM visit v JOIN plan n ON n.id = v.plan_id
        WHERE v.id = {{}} AND n.state = 'published' AND v.state <> 'planned' {lock}""",
        visit_id,
    )
    if not row:
        raise NotFound
    check_move(row["state"], state)
    await database.execute("UPDATE visit SET state = {}, revision = revision + 1 WHERE id = {}", state, visit_id)
    await record_event(f"visit.{state}", actor_id=actor_id, subject_id=visit_id)
