"""What is stored about a person, over HTTP."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, JSONBody

from api.core.access.actor import Actor
from api.core.access.middleware import current_actor
from api.core.openapi import problems
from api.privacy import service
from api.privacy.export import export
from api.privacy.schemas import ErasePerson

ZIP = "application/zip"


@post(
    "/people/{person_id:str}/erasure",
    opt={"policy": "people.erase"},
    status_code=204,
    tags=["People"],
    responses=problems(404, 409, 413, 422),
    operation_id="erasePerson",
)
async def erase_person(request: Request[Any, Any, Any], person_id: FromPath[str], data: JSONBody[ErasePerson]) -> None:
    """Erase a person for good: name and texts go, ids and counts stay. For people in a browser, not for scripts."""
    await service.erase_person(actor=current_actor(request), person_id=person_id, name=data.name)


_ZIP = ResponseSpec(data_container=bytes, description="The ZIP.", media_type=ZIP, generate_examples=False)


@get(
    "/me/data",
    opt={"policy": "account.secrets"},
    tags=["Account"],
    responses={200: _ZIP, **problems()},
    operation_id="exportMyData",
)
async def export_my_data(request: Request[Any, Any, Any]) -> Response[bytes]:
    """All that is stored about oneself, as a ZIP of JSON and a page to read. For people in a browser."""
    return await download(current_actor(request))


async def download(actor: Actor) -> Response[bytes]:
    """The export as a file to keep."""
    name, content = await export(actor)
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(content, media_type=ZIP, headers=headers)


ROUTES = [erase_person, export_my_data]
