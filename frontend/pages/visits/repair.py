"""HR mends a published plan: what is broken, what the smallest repair changes, and its price."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.params import FromPath

from api.core.access.middleware import current_actor
from api.core.errors import Conflict, DomainError, Invalid
from api.rotations import listing, programmes, repairing, repairs
from api.rotations.words import when
from frontend.pages.visits.words import Words
from frontend.web import AnyRequest, answer, field_errors, form_of, see_other, text_of, view_of

PLAN = {"policy": "rotations.plan"}


async def _show(request: AnyRequest, programme_id: str, error: DomainError | None = None) -> Response[str]:
    language = current_actor(request).language
    record = await programmes.programme(programme_id)
    plans = await listing.plans(record.id)
    holds = next((plan for plan in plans if plan.state == "published"), None)
    found = await repairs.places(record.id, record.scope, language)
    return answer(
        request,
        "visits/broken.html",
        view_of(request),
        status=error.status if error else 200,
        programme=record,
        holds=holds,
        broken=await repairs.broken(record.id, language),
        departments=found.departments,
        blocks=[(number, when(start, end, record.time_zone, language)) for number, start, end in found.blocks],
        words=Words(language),
        errors=field_errors(error, language) if error else {},
        problem=error.message.text(language) if error and not error.fields else "",
    )


@get("/programmes/{programme_id:str}/repair", opt=PLAN, include_in_schema=False)
async def broken_page(request: AnyRequest, programme_id: FromPath[str]) -> Response[str]:
    """What cannot take place as planned."""
    return await _show(request, programme_id)


@post("/programmes/{programme_id:str}/repair", opt=PLAN, status_code=200, include_in_schema=False)
async def propose(request: AnyRequest, programme_id: FromPath[str]) -> Response[str]:
    """Work out the smallest repair."""
    form = await form_of(request)
    block = text_of(form, "block")
    try:
        plan_id = await repairing.propose(
            actor=current_actor(request),
            programme_id=programme_id,
            no_host=text_of(form, "host") or None,
            from_block=int(block) if block.isascii() and block.isdigit() else 0,
        )
    except (Conflict, Invalid) as error:
        return await _show(request, programme_id, error)
    return see_other(f"/plans/{plan_id}/repair")


@get("/plans/{plan_id:str}/repair", opt=PLAN, include_in_schema=False)
async def repair_page(request: AnyRequest, plan_id: FromPath[str]) -> Response[str]:
    """What a plan would change in the one that holds."""
    language = current_actor(request).language
    plan = await listing.plan(plan_id)
    record = await programmes.programme(plan.programme_id)
    found = await repairs.repair(plan_id, language)
    return answer(
        request,
        "visits/repair.html",
        view_of(request),
        plan=plan,
        programme=record,
        repair=found,
        shown=[
            (change, when(change.starts_at, change.ends_at, record.time_zone, language)) for change in found.changes
        ],
    )


ROUTES = [broken_page, propose, repair_page]
