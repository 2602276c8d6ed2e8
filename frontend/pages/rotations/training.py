"""Required visits: one more, one less."""

from __future__ import annotations

from litestar import Response, post
from litestar.params import FromPath

from api.core.access.middleware import current_actor
from api.core.errors import DomainError
from api.rotations import programmes
from frontend.pages.rotations.steps import PLAN, show_step
from frontend.web import AnyRequest, form_of, see_other, text_of


@post("/programmes/{programme_id:str}/training", opt=PLAN, status_code=200, include_in_schema=False)
async def add_training(request: AnyRequest, programme_id: FromPath[str]) -> Response[str]:
    """One more requirement."""
    form = await form_of(request)
    typed = {name: text_of(form, name) for name in ("home_id", "host_id", "joined_since", "by_day")}
    try:
        await programmes.add_training(actor=current_actor(request), programme_id=programme_id, **typed)
    except DomainError as error:
        if not error.fields:
            raise
        record = await programmes.programme(programme_id)
        return await show_step(request, record, "training", error=error, typed=typed)
    return see_other(f"/programmes/{programme_id}/training", toast="saved")


@post(
    "/programmes/{programme_id:str}/training/{training_id:str}/removal",
    opt=PLAN,
    status_code=200,
    include_in_schema=False,
)
async def remove_training(
    request: AnyRequest, programme_id: FromPath[str], training_id: FromPath[str]
) -> Response[str]:
    """One requirement less."""
    await programmes.remove_training(actor=current_actor(request), programme_id=programme_id, training_id=training_id)
    return see_other(f"/programmes/{programme_id}/training", toast="saved")


ROUTES = [add_training, remove_training]
