"""A visit offered to a colleague, and the colleague's answer."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.params import FromPath

from api.core.access.middleware import current_actor
from api.core.errors import Conflict, DomainError, Invalid
from api.rotations import offering, seeing
from frontend.pages.visits.mine import OWN, Refused, show_mine
from frontend.pages.visits.words import Words
from frontend.web import AnyRequest, answer, field_errors, form_of, see_other, text_of, view_of


async def _show(request: AnyRequest, visit_id: str, error: DomainError | None = None) -> Response[str]:
    actor = current_actor(request)
    visit = await seeing.seen_by(actor.id, visit_id, actor.language, is_hr=False)
    people = await offering.candidates(actor=actor, visit_id=visit_id, language=actor.language)
    return answer(
        request,
        "visits/offer.html",
        view_of(request),
        status=error.status if error else 200,
        visit=visit,
        people=people,
        errors=field_errors(error, actor.language) if error else {},
        words=Words(actor.language),
    )


@get("/visits/{visit_id:str}/offer", opt=OWN, include_in_schema=False)
async def offer_page(request: AnyRequest, visit_id: FromPath[str]) -> Response[str]:
    """Who of my department could make it."""
    return await _show(request, visit_id)


@post("/visits/{visit_id:str}/offer", opt=OWN, status_code=200, include_in_schema=False)
async def make_offer(request: AnyRequest, visit_id: FromPath[str]) -> Response[str]:
    """Ask one of them."""
    person_id = text_of(await form_of(request), "person")
    try:
        await offering.offer(actor=current_actor(request), visit_id=visit_id, person_id=person_id)
    except Invalid as error:
        return await _show(request, visit_id, error)
    return see_other("/rotations", toast="visit_offered")


@post("/offers/{offer_id:str}/withdrawal", opt=OWN, status_code=200, include_in_schema=False)
async def withdraw(request: AnyRequest, offer_id: FromPath[str]) -> Response[str]:
    """I keep it."""
    await offering.withdraw_offer(actor=current_actor(request), offer_id=offer_id)
    return see_other("/rotations", toast="offer_withdrawn")


@post("/offers/{offer_id:str}/refusal", opt=OWN, status_code=200, include_in_schema=False)
async def refuse(request: AnyRequest, offer_id: FromPath[str]) -> Response[str]:
    """Not me."""
    await offering.refuse(actor=current_actor(request), offer_id=offer_id)
    return see_other("/rotations", toast="offer_refused")


@post("/offers/{offer_id:str}/acceptance", opt=OWN, status_code=200, include_in_schema=False)
async def take(request: AnyRequest, offer_id: FromPath[str]) -> Response[str]:
    """I make it."""
    actor = current_actor(request)
    try:
        await offering.take(actor=actor, offer_id=offer_id)
    except Conflict as error:
        return await show_mine(request, Refused(error, actor, "", ""))
    return see_other("/rotations", toast="offer_taken")


ROUTES = [offer_page, make_offer, withdraw, refuse, take]
