"""Before and after people are told: what has changed since, what breaks a rule, who was told what."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.params import FromPath

from api.core.access.middleware import current_actor
from api.core.clock import utc
from api.core.errors import Conflict, DomainError
from api.people.queries import people_refs
from api.rotations import board as boards
from api.rotations import desk, listing, programmes, publishing
from frontend.pages.rotations.difference_words import difference_words
from frontend.pages.rotations.naming import heads_of, namer_of, names_of
from frontend.pages.rotations.steps import PLAN
from frontend.web import AnyRequest, answer, field_errors, form_of, see_other, text_of, view_of

_SHOWN_FAULTS = 30


@get("/plans/{plan_id:str}/publication", opt=PLAN, include_in_schema=False)
async def publication_page(request: AnyRequest, plan_id: FromPath[str]) -> Response[str]:
    """Before people are told: what has changed since, what breaks a rule, who was told before."""
    return await _show_publication(request, plan_id)


async def _show_publication(request: AnyRequest, plan_id: str, error: DomainError | None = None) -> Response[str]:
    language = current_actor(request).language
    plan = await listing.plan(plan_id)
    record = await programmes.programme(plan.programme_id)
    board = await boards.board(plan.id, record.id, record.scope, language)
    heads = heads_of(record, board.blocks, language)
    differences, worth = await desk.changed_data(await desk.desk(plan.id))
    people = sorted({person for one in differences for person in one.people})[:60]
    names = {one.id: one.name for one in await people_refs(people, language)}
    namer = namer_of(board, heads, names | await names_of(worth.faults[:_SHOWN_FAULTS], board, language))
    versions = await publishing.publications(record.id, language)
    return answer(
        request,
        "rotations/publication.html",
        view_of(request),
        status=error.status if error else 200,
        plan=plan,
        programme=record,
        visits=len(board.cells),
        people=len({cell.person_id for cell in board.cells}),
        departments=len({place for cell in board.cells for place in (cell.home_id, cell.host_id)}),
        differences=[difference_words(one, namer, language) for one in differences],
        faults=[namer.reason(fault, language) for fault in worth.faults[:_SHOWN_FAULTS]],
        fault_count=len(worth.faults),
        versions=[(one, utc(one.at)) for one in versions],
        errors=field_errors(error, language) if error else {},
        problem=error.message.text(language) if error and not error.fields else "",
    )


@post("/plans/{plan_id:str}/publication", opt=PLAN, status_code=200, include_in_schema=False)
async def publish_plan(request: AnyRequest, plan_id: FromPath[str]) -> Response[str]:
    """Tell people."""
    answer_by = text_of(await form_of(request), "answer_by")
    try:
        await publishing.publish(actor=current_actor(request), plan_id=plan_id, answer_by=answer_by)
    except DomainError as error:
        if not error.fields and not isinstance(error, Conflict):
            raise
        return await _show_publication(request, plan_id, error)
    return see_other(f"/plans/{plan_id}/publication", toast="plan_published")


ROUTES = [publication_page, publish_plan]
