"""Exchange meetings: found, called off."""

from __future__ import annotations

from litestar import Response, post
from litestar.params import FromPath

from api.core.access.middleware import current_actor
from api.core.errors import DomainError
from api.rotations import meetings, programmes
from frontend.pages.rotations.steps import PLAN, figure, show_step
from frontend.web import AnyRequest, form_of, see_other, text_of


@post("/programmes/{programme_id:str}/meetings", opt=PLAN, status_code=200, include_in_schema=False)
async def plan_meetings(request: AnyRequest, programme_id: FromPath[str]) -> Response[str]:
    """Find pairs for an hour each."""
    form = await form_of(request)
    typed = {name: text_of(form, name) for name in ("dependency", "pairs", "at", "place")}
    try:
        await meetings.plan_meetings(
            actor=current_actor(request),
            programme_id=programme_id,
            dependency_id=typed["dependency"],
            pairs=figure(form, "pairs"),
            at=typed["at"],
            place=typed["place"],
        )
    except DomainError as error:
        if not error.fields:
            raise
        return await show_step(request, await programmes.programme(programme_id), "meetings", error=error, typed=typed)
    return see_other(f"/programmes/{programme_id}/meetings", toast="saved")


@post(
    "/programmes/{programme_id:str}/meetings/{meeting_id:str}/cancellation",
    opt=PLAN,
    status_code=200,
    include_in_schema=False,
)
async def cancel_meeting(request: AnyRequest, programme_id: FromPath[str], meeting_id: FromPath[str]) -> Response[str]:
    """Call it off."""
    await meetings.cancel_meeting(actor=current_actor(request), programme_id=programme_id, meeting_id=meeting_id)
    return see_other(f"/programmes/{programme_id}/meetings", toast="saved")


ROUTES = [plan_meetings, cancel_meeting]
