"""What a department says to its visitors, by its own people; and who comes."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from api.core.access.middleware import current_actor
from api.core.errors import DomainError, NotFound
from api.people.queries import department_people
from api.rotations import hosts
from api.rotations.facts import Welcome
from frontend.pages.visits.words import Words
from frontend.web import AnyRequest, answer, field_errors, form_of, see_other, text_of, texts_of, view_of

HOST = {"policy": "rotations.host"}
_MOST_PEOPLE = 400


@get("/hosting", opt=HOST, include_in_schema=False)
async def hosting_page(request: AnyRequest) -> Response[str]:
    """To the only department one hosts for, or a choice of them."""
    found = await hosts.hosted_by(current_actor(request))
    if not found:
        raise NotFound
    if len(found) == 1:
        return see_other(f"/hosting/{found[0].id}")
    return answer(request, "visits/hosts.html", view_of(request), departments=found)


async def _show(
    request: AnyRequest,
    department_id: str,
    *,
    template: bool = False,
    error: DomainError | None = None,
    typed: Welcome | None = None,
) -> Response[str]:
    actor = current_actor(request)
    found = await hosts.welcome(actor, department_id)
    briefing = typed.briefing if typed else found.briefing
    if template and not briefing:
        briefing = "\n\n".join(f"{line.text(actor.language)}\n…" for line in hosts.TEMPLATE)
    return answer(
        request,
        "visits/host.html",
        view_of(request),
        status=error.status if error else 200,
        host=found,
        shown=typed or found,
        briefing=briefing,
        filled=template,
        buddies=set(typed.buddies) if typed else {one.id for one in found.buddies},
        people=await department_people(department_id, actor.language, limit=_MOST_PEOPLE),
        guests=await hosts.guests(department_id, actor.language),
        errors=field_errors(error, actor.language) if error else {},
        words=Words(actor.language),
    )


@get("/hosting/{department_id:str}", opt=HOST, include_in_schema=False)
async def host_page(request: AnyRequest, department_id: FromPath[str], template: FromQuery[str] = "") -> Response[str]:
    """One department; with `template` an empty briefing begins with questions."""
    return await _show(request, department_id, template=bool(template))


@post("/hosting/{department_id:str}", opt=HOST, status_code=200, include_in_schema=False)
async def save_host(request: AnyRequest, department_id: FromPath[str]) -> Response[str]:
    """Keep it."""
    form = await form_of(request)
    typed = Welcome(
        briefing=text_of(form, "briefing"),
        instruction=text_of(form, "instruction"),
        access=text_of(form, "access"),
        place=text_of(form, "place"),
        buddies=tuple(texts_of(form, "buddies")),
    )
    try:
        await hosts.save_welcome(actor=current_actor(request), department_id=department_id, texts=typed)
    except DomainError as error:
        if not error.fields:
            raise
        return await _show(request, department_id, error=error, typed=typed)
    return see_other(f"/hosting/{department_id}", toast="saved")


ROUTES = [hosting_page, host_page, save_host]
