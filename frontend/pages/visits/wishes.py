"""What people state for themselves: where they would like to look, whether they volunteer, when they work."""

from __future__ import annotations

from litestar import Response, get, post

from api.core.access.middleware import current_actor
from api.core.errors import Invalid
from api.dependencies.queries import handovers
from api.people.queries import departments
from api.rotations import facts, queries
from frontend.pages.rotations.facts import stated_in, weekdays
from frontend.pages.visits.mine import OWN
from frontend.web import AnyRequest, answer, field_errors, form_of, me, see_other, view_of


async def _show(request: AnyRequest, error: Invalid | None = None, typed: facts.Stated | None = None) -> Response[str]:
    actor = current_actor(request)
    own = await queries.person_facts(me(actor), actor.language)
    wishes = typed.wishes if typed else {wish.department.id: wish.liking for wish in own.wishes}
    given = await handovers(actor.department_id, actor.language)
    others = {one.id: one for one in await departments(actor.language) if one.id != actor.department_id}
    return answer(
        request,
        "visits/wishes.html",
        view_of(request),
        status=error.status if error else 200,
        own=own,
        shown=typed or own,
        wishes=wishes,
        given=given,
        close=[others[one] for one in given if one in others],
        far=[one for one in others.values() if one.id not in given],
        weekdays=weekdays(request),
        errors=field_errors(error, actor.language) if error else {},
    )


@get("/rotations/wishes", opt=OWN, include_in_schema=False)
async def wishes_page(request: AnyRequest) -> Response[str]:
    """One's own wishes, and what HR has entered beside them."""
    return await _show(request)


@post("/rotations/wishes", opt=OWN, status_code=200, include_in_schema=False)
async def save_wishes(request: AnyRequest) -> Response[str]:
    """Keep them."""
    typed = facts.Stated(**stated_in(await form_of(request)))
    try:
        await facts.state_own_facts(actor=current_actor(request), facts=typed)
    except Invalid as error:
        return await _show(request, error, typed)
    return see_other("/rotations/wishes", toast="wishes_kept")


ROUTES = [wishes_page, save_wishes]
