"""People and departments over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, get
from litestar.params import FromPath, QueryParameter

from api.core.access.middleware import current_actor
from api.core.openapi import problems
from api.people import queries
from api.people.schemas import DepartmentList, DepartmentOut, PeopleList, PersonOut


@get("/people", opt={"policy": "people.read"}, tags=["People"], responses=problems(), operation_id="suggestPeople")
async def suggest_people(
    request: Request[Any, Any, Any],
    q: Annotated[str, QueryParameter(max_length=200, description="Beginnings of a name or a department.")] = "",
    limit: Annotated[int, QueryParameter(ge=1, le=50)] = queries.SUGGESTIONS,
) -> PeopleList:
    """People by the beginnings of their names or of their department's name, for suggestions."""
    return PeopleList(await queries.suggest_people(q, current_actor(request).language, limit=limit))


@get(
    "/people/{person_id:str}",
    opt={"policy": "people.read"},
    tags=["People"],
    responses=problems(404),
    operation_id="getPerson",
)
async def get_person(request: Request[Any, Any, Any], person_id: FromPath[str]) -> PersonOut:
    """One person."""
    return await queries.person(person_id, current_actor(request).language)


@get(
    "/departments",
    opt={"policy": "departments.read"},
    tags=["People"],
    responses=problems(),
    operation_id="listDepartments",
)
async def list_departments(request: Request[Any, Any, Any]) -> DepartmentList:
    """All departments, along the patient's way."""
    return DepartmentList(await queries.departments(current_actor(request).language))


@get(
    "/departments/{department_id:str}",
    opt={"policy": "departments.read"},
    tags=["People"],
    responses=problems(404),
    operation_id="getDepartment",
)
async def get_department(request: Request[Any, Any, Any], department_id: FromPath[str]) -> DepartmentOut:
    """One department."""
    return await queries.department(department_id, current_actor(request).language)


ROUTES = [suggest_people, get_person, list_departments, get_department]
