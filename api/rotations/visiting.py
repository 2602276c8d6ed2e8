"""What people say to visits that they were told of: I come, I cannot, I can after all."""

from __future__ import annotations

import msgspec

from api.approvals.rules import check_decline
from api.approvals.service import withdraw
from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now
from api.core.errors import Conflict, NotFound
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid
from api.core.text import clean
from api.rotations.cases import KIND, ask_about
from api.rotations.noting import end_offers, note_answer, touch_plan
from api.rotations.rules import VisitState
from api.rotations.service import change_visit_state, hold


class OwnVisit(msgspec.Struct, frozen=True):
    """One's own visit as it is stored."""

    id: str
    uid: str
    plan_id: str
    programme_id: str
    person_id: str
    home_id: str
    host_id: str
    state: VisitState
    starts_at: int


_COLUMNS = ", ".join(f"v.{name}" for name in OwnVisit.__struct_fields__)


async def own_visit(person_id: str, visit_id: str, *, lock: bool = False) -> OwnVisit:
    """A published visit of this person; `lock` holds it until the transaction ends. Raises NotFound."""
    row = is_uuid(visit_id) and await database.fetch_one(
        f"""SELECT {_COLUMNS} FROM visit v JOIN plan n ON n.id = v.plan_id
        WHERE v.id = {{}} AND v.person_id = {{}} AND n.state = 'published' AND v.state NOT IN ('planned', 'cancelled')
        {hold() if lock else ""}""",
        *(visit_id, person_id),
    )
    if not row:
        raise NotFound
    return OwnVisit(*tuple(row))


def check_ahead(visit: OwnVisit) -> None:
    """Raises Conflict once the visit has begun."""
    if visit.starts_at <= now():
        raise Conflict(_("This visit has begun; nothing can be changed any more."))


@database.transaction
async def accept(*, actor: Actor, visit_id: str) -> None:
    """I come. Doing it twice is fine. Raises NotFound, Conflict if it has begun or is declined."""
    visit = await own_visit(actor.id, visit_id, lock=True)
    if visit.state == "accepted":
        return
    check_ahead(visit)
    if visit.state == "objected":
        raise Conflict(_("Your manager objects to this visit. Human resources look for another way."))
    await change_visit_state(actor_id=actor.id, visit_id=visit.id, before=visit.state, state="accepted")
    await note_answer(uid=visit.uid, person_id=actor.id, answer="accepted")


@database.transaction
async def decline(*, actor: Actor, visit_id: str, reason: str, other_time: bool = False) -> None:
    """I cannot come. `other_time`: at another time I could. Doing it twice is fine.

    Raises NotFound, Invalid without a reason, Conflict if it has begun.
    """
    visit = await own_visit(actor.id, visit_id, lock=True)
    if visit.state == "declined":
        return
    check_ahead(visit)
    reason = clean(reason)
    check_decline(reason)
    await change_visit_state(actor_id=actor.id, visit_id=visit.id, before=visit.state, state="declined")
    await note_answer(uid=visit.uid, person_id=actor.id, answer="declined", reason=reason, other_time=other_time)
    await touch_plan(visit.plan_id)
    await withdraw(kind=KIND, subject_id=visit.uid)
    await end_offers(visit.id)


@database.transaction
async def take_back(*, actor: Actor, visit_id: str) -> None:
    """The answer is taken back: the visit asks again. Doing it twice is fine.

    Possible until the visit begins, and for a declined one until a repaired plan takes its place. Raises NotFound,
    Conflict.
    """
    visit = await own_visit(actor.id, visit_id, lock=True)
    if visit.state == "proposed":
        return
    check_ahead(visit)
    if visit.state not in ("accepted", "declined"):
        raise Conflict(_("This visit is not in a state in which that is possible. Look at it as it is now."))
    await change_visit_state(actor_id=actor.id, visit_id=visit.id, before=visit.state, state="proposed")
    await database.execute("DELETE FROM visit_answer WHERE uid = {}", visit.uid)
    if visit.state == "declined":
        await touch_plan(visit.plan_id)
        await ask_about(visit.programme_id, [(visit.uid, visit.person_id)], requester_id=None)
