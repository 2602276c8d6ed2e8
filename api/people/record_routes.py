"""Departments, people and the organisation over HTTP, for HR and admin."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from litestar import Request, Response, delete, get, patch, post, put
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from api.core.access.middleware import current_actor
from api.core.idempotency import check_client_id, check_key
from api.core.openapi import Key, problems, repeated
from api.core.pages import LARGEST_PAGE
from api.people import departments, editing, records, service
from api.people.record_schemas import (
    CreateDepartment,
    CreatePerson,
    DepartmentItems,
    DepartmentRecord,
    EditDepartment,
    EditOrganisation,
    EditPerson,
    Leave,
    OrganisationRecord,
    PersonPage,
    PersonRecord,
    SetRoles,
    given,
)

AnyRequest = Request[Any, Any, Any]
WRITE = {"policy": "organisation.write"}


@get(
    "/departments/records", opt=WRITE, tags=["Organisation"], responses=problems(), operation_id="listDepartmentRecords"
)
async def list_departments(request: AnyRequest, archived: FromQuery[bool] = False) -> DepartmentItems:
    """Departments with how many people and dependencies they have; or the archived ones."""
    return DepartmentItems(await records.departments(current_actor(request).language, archived=archived))


@get(
    "/departments/{department_id:str}/record",
    opt=WRITE,
    tags=["Organisation"],
    responses=problems(404),
    operation_id="getDepartmentRecord",
)
async def get_department(department_id: FromPath[str]) -> DepartmentRecord:
    """All fields of a department in both languages."""
    return await records.department(department_id)


@post(
    "/departments",
    opt=WRITE,
    tags=["Organisation"],
    responses={
        **repeated(DepartmentRecord),
        **problems(409, 413, 422),
    },
    operation_id="createDepartment",
)
async def create_department(
    request: AnyRequest, data: JSONBody[CreateDepartment], key: Key = None
) -> Response[DepartmentRecord]:
    """A new department."""
    changed, fresh = await departments.create_department(
        actor=current_actor(request), fields=given(data), key=check_key(key), client_id=check_client_id(data.id)
    )
    return Response(await records.department(changed.id), status_code=201 if fresh else 200)


@patch(
    "/departments/{department_id:str}",
    opt=WRITE,
    tags=["Organisation"],
    responses=problems(404, 409, 413, 422),
    operation_id="editDepartment",
)
async def edit_department(
    request: AnyRequest, department_id: FromPath[str], data: JSONBody[EditDepartment]
) -> DepartmentRecord:
    """Change a department as it was seen; 409 if somebody has changed it meanwhile."""
    await departments.edit_department(
        actor=current_actor(request), department_id=department_id, changes=given(data), version=data.version
    )
    return await records.department(department_id)


@put(
    "/departments/{department_id:str}/archiving",
    opt=WRITE,
    status_code=204,
    tags=["Organisation"],
    responses=problems(404, 409),
    operation_id="archiveDepartment",
)
async def archive_department(request: AnyRequest, department_id: FromPath[str]) -> None:
    """Archive a department that nobody works in and nothing depends on."""
    await departments.archive_department(actor=current_actor(request), department_id=department_id)


@delete(
    "/departments/{department_id:str}/archiving",
    opt=WRITE,
    tags=["Organisation"],
    responses=problems(404),
    operation_id="restoreDepartment",
)
async def restore_department(request: AnyRequest, department_id: FromPath[str]) -> None:
    """Bring an archived department back."""
    await departments.restore_department(actor=current_actor(request), department_id=department_id)


@get("/people/records", opt=WRITE, tags=["Organisation"], responses=problems(422), operation_id="listPersonRecords")
async def list_people(
    request: AnyRequest,
    q: Annotated[str, QueryParameter(max_length=200, description="Beginnings of a name or of an address.")] = "",
    department: FromQuery[str] = "",
    which: FromQuery[Literal["active", "left", "all"]] = "active",
    role: FromQuery[Literal["", "hr", "admin", "works_council"]] = "",
    after: Annotated[str | None, QueryParameter(description="The `next` of the page before.")] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=LARGEST_PAGE)] = records.PAGE,
) -> PersonPage:
    """People by name with what HR and admin may know; all filters given must hold."""
    language = current_actor(request).language
    return await records.people(language, q=q, department=department, which=which, role=role, after=after, limit=limit)


@get(
    "/people/{person_id:str}/record",
    opt=WRITE,
    tags=["Organisation"],
    responses=problems(404),
    operation_id="getPersonRecord",
)
async def get_person(person_id: FromPath[str]) -> PersonRecord:
    """All that HR and admin may set of a person."""
    return await records.person(person_id)


@post(
    "/people",
    opt=WRITE,
    tags=["Organisation"],
    responses={
        **repeated(PersonRecord),
        **problems(409, 413, 422),
    },
    operation_id="createPerson",
)
async def create_person(request: AnyRequest, data: JSONBody[CreatePerson], key: Key = None) -> Response[PersonRecord]:
    """Somebody new; nobody is notified."""
    changed, fresh = await editing.create_person(
        actor=current_actor(request), fields=given(data), key=check_key(key), client_id=check_client_id(data.id)
    )
    return Response(await records.person(changed.id), status_code=201 if fresh else 200)


@patch(
    "/people/{person_id:str}",
    opt=WRITE,
    tags=["Organisation"],
    responses=problems(404, 409, 413, 422),
    operation_id="editPerson",
)
async def edit_person(request: AnyRequest, person_id: FromPath[str], data: JSONBody[EditPerson]) -> PersonRecord:
    """Change a person as they were seen; 409 if somebody has changed them meanwhile."""
    await editing.edit_person(
        actor=current_actor(request), person_id=person_id, changes=given(data), version=data.version
    )
    return await records.person(person_id)


@put(
    "/people/{person_id:str}/roles",
    opt=WRITE,
    tags=["Organisation"],
    responses=problems(404, 409, 413, 422),
    operation_id="setRoles",
)
async def set_roles(request: AnyRequest, person_id: FromPath[str], data: JSONBody[SetRoles]) -> PersonRecord:
    """Give exactly these roles. Only an administrator decides about administrators and the works council."""
    await editing.set_roles(actor=current_actor(request), person_id=person_id, roles=data.roles, version=data.version)
    return await records.person(person_id)


@put(
    "/people/{person_id:str}/leaving",
    opt=WRITE,
    tags=["Organisation"],
    responses=problems(404, 409, 413, 422),
    operation_id="leave",
)
async def leave(request: AnyRequest, person_id: FromPath[str], data: JSONBody[Leave]) -> PersonRecord:
    """Somebody leaves: access ends at once, reports get another manager, thanks stay."""
    await service.leave(actor=current_actor(request), person_id=person_id, left_on=data.left_on)
    return await records.person(person_id)


@delete(
    "/people/{person_id:str}/leaving",
    opt=WRITE,
    status_code=200,
    tags=["Organisation"],
    responses=problems(404, 409),
    operation_id="comeBack",
)
async def come_back(request: AnyRequest, person_id: FromPath[str]) -> PersonRecord:
    """Somebody who left works here again."""
    await service.come_back(actor=current_actor(request), person_id=person_id)
    return await records.person(person_id)


@get("/organisation", opt=WRITE, tags=["Organisation"], responses=problems(), operation_id="getOrganisation")
async def get_organisation() -> OrganisationRecord:
    """Name, language and time zone of the house."""
    return await records.organisation()


@patch(
    "/organisation",
    opt=WRITE,
    tags=["Organisation"],
    responses=problems(409, 413, 422),
    operation_id="editOrganisation",
)
async def edit_organisation(request: AnyRequest, data: JSONBody[EditOrganisation]) -> OrganisationRecord:
    """Change name, language or time zone as they were seen; 409 if somebody has changed them meanwhile."""
    await service.describe_organisation(actor=current_actor(request), changes=given(data), version=data.version)
    return await records.organisation()


ROUTES = [
    list_departments,
    get_department,
    create_department,
    edit_department,
    archive_department,
    restore_department,
    list_people,
    get_person,
    create_person,
    edit_person,
    set_roles,
    leave,
    come_back,
    get_organisation,
    edit_organisation,
]
