"""What is stored about a person, over HTTP."""

from __future__ import annotations

from typing import Any

from litestar import Request, post
from litestar.params import FromPath, JSONBody

from api.core.access.middleware import current_actor
from api.core.openapi import problems
from api.privacy import service
from api.privacy.schemas import ErasePerson


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


ROUTES = [erase_person]
