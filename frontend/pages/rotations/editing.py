"""A plan changed by hand on its board; what a change would bring or cost before it is made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from litestar import Response, post
from litestar.params import FromPath

from api.core.access.middleware import current_actor
from api.core.errors import Conflict, DomainError
from api.rotations import editing, edits
from frontend.pages.organisation.forms import number
from frontend.pages.rotations.plans import Asked, By, show_plan
from frontend.pages.rotations.steps import PLAN
from frontend.web import AnyRequest, form_of, see_other, text_of


async def _edit(
    request: AnyRequest, plan_id: str, visit_id: str, verb: Callable[[], Awaitable[object]], toast: str = "plan_changed"
) -> Response[str]:
    """Do it and show the board with the same visit; what is refused is said there."""
    by: By = "people" if request.query_params.get("by") == "people" else "departments"
    try:
        await verb()
    except DomainError as error:
        if not error.fields and not isinstance(error, Conflict):
            raise
        return await show_plan(request, plan_id, Asked(by=by, visit=visit_id), error=error)
    chosen = f"&visit={visit_id}" if visit_id else ""
    return see_other(f"/plans/{plan_id}?by={by}{chosen}#chosen", toast=toast)


@post("/plans/{plan_id:str}/visits/{visit_id:str}/move", opt=PLAN, status_code=200, include_in_schema=False)
async def move_visit(request: AnyRequest, plan_id: FromPath[str], visit_id: FromPath[str]) -> Response[str]:
    """Into another block."""
    block = number(text_of(await form_of(request), "block"))
    actor = current_actor(request)
    return await _edit(
        *(request, plan_id, visit_id),
        lambda: editing.move(
            actor=actor, plan_id=plan_id, visit_id=visit_id, block=block if isinstance(block, int) else -1
        ),
    )


@post("/plans/{plan_id:str}/visits/{visit_id:str}/person", opt=PLAN, status_code=200, include_in_schema=False)
async def hand_over(request: AnyRequest, plan_id: FromPath[str], visit_id: FromPath[str]) -> Response[str]:
    """To a colleague."""
    person_id = text_of(await form_of(request), "person")
    actor = current_actor(request)
    return await _edit(
        *(request, plan_id, visit_id),
        lambda: editing.hand_over(actor=actor, plan_id=plan_id, visit_id=visit_id, person_id=person_id),
    )


@post("/plans/{plan_id:str}/visits/{visit_id:str}/pin", opt=PLAN, status_code=200, include_in_schema=False)
async def pin_visit(request: AnyRequest, plan_id: FromPath[str], visit_id: FromPath[str]) -> Response[str]:
    """It stays, or need not stay any more."""
    pinned = text_of(await form_of(request), "pinned") == "yes"
    actor = current_actor(request)
    return await _edit(
        *(request, plan_id, visit_id),
        lambda: editing.pin(actor=actor, plan_id=plan_id, visit_id=visit_id, pinned=pinned),
    )


@post("/plans/{plan_id:str}/visits/{visit_id:str}/removal", opt=PLAN, status_code=200, include_in_schema=False)
async def remove_visit(request: AnyRequest, plan_id: FromPath[str], visit_id: FromPath[str]) -> Response[str]:
    """Out of the plan, with its swap or ring."""
    actor = current_actor(request)
    return await _edit(request, plan_id, "", lambda: editing.remove(actor=actor, plan_id=plan_id, visit_id=visit_id))


@post("/plans/{plan_id:str}/visits/{visit_id:str}/ban", opt=PLAN, status_code=200, include_in_schema=False)
async def forbid_visit(request: AnyRequest, plan_id: FromPath[str], visit_id: FromPath[str]) -> Response[str]:
    """Not this person there."""
    actor = current_actor(request)
    return await _edit(request, plan_id, "", lambda: editing.forbid(actor=actor, plan_id=plan_id, visit_id=visit_id))


@post("/plans/{plan_id:str}/undo", opt=PLAN, status_code=200, include_in_schema=False)
async def undo_edit(request: AnyRequest, plan_id: FromPath[str]) -> Response[str]:
    """Take the last change back."""
    actor = current_actor(request)
    return await _edit(request, plan_id, "", lambda: edits.undo(actor=actor, plan_id=plan_id), toast="plan_undone")


@post("/plans/{plan_id:str}/mending", opt=PLAN, status_code=200, include_in_schema=False)
async def mend_plan(request: AnyRequest, plan_id: FromPath[str]) -> Response[str]:
    """Keep every rule again, with as few changes as can be."""
    actor = current_actor(request)
    return await _edit(request, plan_id, "", lambda: editing.mend(actor=actor, plan_id=plan_id))


ROUTES = [move_visit, hand_over, pin_visit, remove_visit, forbid_visit, undo_edit, mend_plan]
