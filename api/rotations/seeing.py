"""One visit, for whomever it concerns, with what its host says to visitors."""

from __future__ import annotations

import msgspec

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now, utc
from api.core.errors import NotFound
from api.core.i18n import Language
from api.core.ids import is_uuid
from api.rotations.mine import Answered, OfferOut, answers, offers
from api.rotations.queries import visits
from api.rotations.schemas import VisitOut


class Briefing(msgspec.Struct, frozen=True, kw_only=True):
    """What the hosting department says to its visitors; texts may be empty."""

    briefing: str
    instruction: str
    access: str
    place: str


class SeenVisit(msgspec.Struct, frozen=True, kw_only=True):
    """A visit as one of its people sees it. `said`: what was answered last, where it does not take place; `offer`:
    one's own that waits for a colleague."""

    visit: VisitOut
    own: bool
    briefing: Briefing
    said: Answered | None
    offer: OfferOut | None


async def briefing(department_id: str) -> Briefing:
    """What the department says to its visitors."""
    row = await database.fetch_one(
        "SELECT briefing, instruction, access, place FROM hosting WHERE department_id = {}", department_id
    )
    return Briefing(**{name: row[name] if row else "" for name in Briefing.__struct_fields__})


async def seen_by(person_id: str, visit_id: str, language: Language, *, is_hr: bool) -> VisitOut:
    """A visit that concerns this person: their own, one of their partners', guests' or people's. Raises NotFound."""
    if not is_uuid(visit_id):
        raise NotFound
    concerns = "TRUE" if is_hr else """(v.person_id = {} OR v.buddy_id = {} OR p.manager_id = {} OR h.manager_id = {}
        OR o.manager_id = {} OR EXISTS (SELECT 1 FROM visit w WHERE w.plan_id = v.plan_id
            AND w.group_number = v.group_number AND w.person_id = {} AND w.state <> 'cancelled'))"""  # fmt: skip
    found = await visits(
        language,
        f"v.id = {{}} AND v.state <> 'cancelled' AND {concerns}",
        *(visit_id, *([] if is_hr else [person_id] * 6)),
    )
    if not found:
        raise NotFound
    return found[0]


async def seen_visit(actor: Actor, visit_id: str) -> SeenVisit:
    """All of it, in at most five statements. Raises NotFound."""
    visit = await seen_by(actor.id, visit_id, actor.language, is_hr=actor.is_hr)
    own = visit.person.id == actor.id
    said = await answers([visit.uid]) if visit.state in ("declined", "objected") else {}
    waiting: list[OfferOut] = []
    if own and visit.starts_at > utc(now()):
        waiting = await offers(actor.language, "o.visit_id = {} AND o.from_id = {}", visit.id, actor.id)
    return SeenVisit(
        visit=visit,
        own=own,
        briefing=await briefing(visit.host.id),
        said=said.get(visit.uid),
        offer=waiting[0] if waiting else None,
    )
