"""My rotations: what comes, what was, I come, I cannot."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.params import FromPath

from api.core.access.actor import Actor
from api.core.access.middleware import current_actor
from api.core.errors import Conflict, DomainError, Invalid
from api.rotations import mine, seeing, visiting
from frontend.pages.visits.words import Words
from frontend.web import AnyRequest, answer, came_from, field_errors, form_of, see_other, text_of, view_of

OWN = {"policy": "rotations.own"}


class Refused:
    """An answer that was refused: about which visit, the sentences, what was typed."""

    def __init__(self, error: DomainError, actor: Actor, visit_id: str, reason: str) -> None:
        self.visit_id = visit_id
        self.reason = reason
        self.beside = field_errors(error, actor.language).get("reason", "")
        self.sentence = "" if self.beside else error.message.text(actor.language)
        self.status = error.status


async def show_mine(request: AnyRequest, refused: Refused | None = None) -> Response[str]:
    """All of my rotations."""
    actor = current_actor(request)
    found = await mine.mine(actor.id, actor.language)
    standing = [visit for visit in found.coming if visit.state in ("proposed", "accepted", "objected")]
    first = standing[0] if standing else None
    if any(one.fresh for one in found.news):
        await mine.mark_seen(person_id=actor.id)
    return answer(
        request,
        "visits/mine.html",
        view_of(request),
        status=refused.status if refused else 200,
        mine=found,
        first=first,
        asked=[visit for visit in found.coming if visit is first or visit.state in ("proposed", "declined")],
        later=[visit for visit in standing if visit is not first and visit.state != "proposed"],
        briefing=await seeing.briefing(first.host.id) if first else None,
        cancelled=[one for one in found.news if one.change == "cancelled"],
        offers=[one for one in found.offers if one.taker.id == actor.id],
        words=Words(actor.language),
        refused=refused,
    )


@get("/rotations", opt=OWN, include_in_schema=False)
async def rotations_page(request: AnyRequest) -> Response[str]:
    """Visits to come and past, offers, guests, the calendar."""
    return await show_mine(request)


@get("/visits/{visit_id:str}", opt=OWN, include_in_schema=False)
async def visit_page(request: AnyRequest, visit_id: FromPath[str]) -> Response[str]:
    """One visit, for whomever it concerns."""
    actor = current_actor(request)
    seen = await seeing.seen_visit(actor, visit_id)
    return answer(
        request,
        "visits/visit.html",
        view_of(request),
        visit=seen.visit,
        own=seen.own,
        briefing=seen.briefing,
        said=seen.said,
        offer=seen.offer,
        words=Words(actor.language),
    )


@post("/visits/{visit_id:str}/acceptance", opt=OWN, status_code=200, include_in_schema=False)
async def accept(request: AnyRequest, visit_id: FromPath[str]) -> Response[str]:
    """I come."""
    actor = current_actor(request)
    try:
        await visiting.accept(actor=actor, visit_id=visit_id)
    except Conflict as error:
        return await show_mine(request, Refused(error, actor, visit_id, ""))
    return see_other(came_from(request, "/rotations"), toast=f"visit_accepted:{visit_id}")


@post("/visits/{visit_id:str}/decline", opt=OWN, status_code=200, include_in_schema=False)
async def decline(request: AnyRequest, visit_id: FromPath[str]) -> Response[str]:
    """I cannot, and why."""
    actor, form = current_actor(request), await form_of(request)
    reason = text_of(form, "reason").strip() or text_of(form, "preset").strip()
    try:
        await visiting.decline(
            actor=actor, visit_id=visit_id, reason=reason, other_time=text_of(form, "other_time") == "yes"
        )
    except (Conflict, Invalid) as error:
        return await show_mine(request, Refused(error, actor, visit_id, reason))
    return see_other("/rotations", toast=f"visit_declined:{visit_id}")


@post("/visits/{visit_id:str}/answer/undo", opt=OWN, status_code=200, include_in_schema=False)
async def undo(request: AnyRequest, visit_id: FromPath[str]) -> Response[str]:
    """The answer is taken back."""
    actor = current_actor(request)
    try:
        await visiting.take_back(actor=actor, visit_id=visit_id)
    except Conflict as error:
        return await show_mine(request, Refused(error, actor, visit_id, ""))
    return see_other("/rotations", toast="visit_undone")


ROUTES = [rotations_page, visit_page, accept, decline, undo]
