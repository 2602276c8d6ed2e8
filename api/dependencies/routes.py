"""Dependencies over HTTP."""

from __future__ import annotations

from typing import Any

from litestar import Request, get
from litestar.params import FromPath

from api.core.access.middleware import current_actor
from api.core.openapi import problems
from api.dependencies.queries import edges
from api.dependencies.schemas import EdgeList
from api.people.queries import department


@get(
    "/dependencies",
    opt={"policy": "departments.read"},
    tags=["People"],
    responses=problems(),
    operation_id="listDependencies",
)
async def list_dependencies(request: Request[Any, Any, Any]) -> EdgeList:
    """Who depends on whom, the weightiest first, with the thanks of the last eight weeks."""
    return EdgeList(await edges(current_actor(request).language))


@get(
    "/departments/{department_id:str}/dependencies",
    opt={"policy": "departments.read"},
    tags=["People"],
    responses=problems(404),
    operation_id="listDepartmentDependencies",
)
async def list_department_dependencies(request: Request[Any, Any, Any], department_id: FromPath[str]) -> EdgeList:
    """Whom a department serves and who serves it."""
    language = current_actor(request).language
    found = await department(department_id, language)
    return EdgeList(await edges(language, department_id=found.id))


ROUTES = [list_dependencies, list_department_dependencies]
