"""Erase a person, and take along what is stored about oneself."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.params import FromPath

from api.core.access.middleware import current_actor
from api.core.errors import Invalid
from api.people import queries as people
from api.privacy import service
from api.privacy.routes import download
from frontend.web import AnyRequest, answer, field_errors, form_of, see_other, text_of, view_of


async def _show(
    request: AnyRequest, person_id: str, *, typed: str = "", errors: dict[str, str] | None = None
) -> Response[str]:
    actor = current_actor(request)
    await service.check_erasable(actor, person_id)
    return answer(
        request,
        "people/erase.html",
        view_of(request),
        status=422 if errors else 200,
        person=await people.person(person_id, actor.language),
        leads=await people.leads(person_id),
        typed=typed,
        errors=errors or {},
    )


@get("/people/{person_id:str}/erase", opt={"policy": "people.erase"}, include_in_schema=False)
async def erase_page(request: AnyRequest, person_id: FromPath[str]) -> Response[str]:
    """What goes and what stays, before it cannot be undone."""
    return await _show(request, person_id)


@post("/people/{person_id:str}/erase", opt={"policy": "people.erase"}, status_code=200, include_in_schema=False)
async def erase(request: AnyRequest, person_id: FromPath[str]) -> Response[str]:
    """Erase them; their name, typed once more, confirms it."""
    actor = current_actor(request)
    name = text_of(await form_of(request), "name")
    try:
        await service.erase_person(actor=actor, person_id=person_id, name=name)
    except Invalid as error:
        return await _show(request, person_id, typed=name[:200], errors=field_errors(error, actor.language))
    return see_other(f"/people/{person_id}", toast="erased")


@get("/settings/data", opt={"policy": "account.secrets"}, include_in_schema=False)
async def my_data(request: AnyRequest) -> Response[bytes]:
    """All that is stored about oneself, as a file to keep."""
    return await download(current_actor(request))


ROUTES = [erase_page, erase, my_data]
