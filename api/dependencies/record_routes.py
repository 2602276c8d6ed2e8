"""Dependencies over HTTP, for HR and admin."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from api.core.access.middleware import current_actor
from api.core.idempotency import check_client_id, check_key
from api.core.openapi import Key, problems, repeated
from api.dependencies import records, service
from api.dependencies.record_schemas import CreateDependency, DependencyRecord, EditDependency
from api.people.record_schemas import given

AnyRequest = Request[Any, Any, Any]
WRITE = {"policy": "organisation.write"}


@get(
    "/dependencies/{dependency_id:str}/record",
    opt=WRITE,
    tags=["Organisation"],
    responses=problems(404),
    operation_id="getDependencyRecord",
)
async def get_dependency(dependency_id: FromPath[str]) -> DependencyRecord:
    """All fields of a dependency in both languages."""
    return await records.dependency(dependency_id)


@post(
    "/dependencies",
    opt=WRITE,
    tags=["Organisation"],
    responses={
        **repeated(DependencyRecord),
        **problems(404, 409, 413, 422),
    },
    operation_id="createDependency",
)
async def create_dependency(
    request: AnyRequest, data: JSONBody[CreateDependency], key: Key = None
) -> Response[DependencyRecord]:
    """Declare what one department delivers to another. 404: sent before, and removed since."""
    changed, fresh = await service.create_dependency(
        actor=current_actor(request), fields=given(data), key=check_key(key), client_id=check_client_id(data.id)
    )
    return Response(await records.dependency(changed.id), status_code=201 if fresh else 200)


@patch(
    "/dependencies/{dependency_id:str}",
    opt=WRITE,
    tags=["Organisation"],
    responses=problems(404, 409, 413, 422),
    operation_id="editDependency",
)
async def edit_dependency(
    request: AnyRequest, dependency_id: FromPath[str], data: JSONBody[EditDependency]
) -> DependencyRecord:
    """Change a dependency as it was seen; 409 if somebody has changed it meanwhile."""
    await service.edit_dependency(
        actor=current_actor(request), dependency_id=dependency_id, changes=given(data), version=data.version
    )
    return await records.dependency(dependency_id)


@delete(
    "/dependencies/{dependency_id:str}",
    opt=WRITE,
    tags=["Organisation"],
    responses=problems(404),
    operation_id="removeDependency",
)
async def remove_dependency(request: AnyRequest, dependency_id: FromPath[str]) -> None:
    """It is no longer so."""
    await service.remove_dependency(actor=current_actor(request), dependency_id=dependency_id)


ROUTES = [get_dependency, create_dependency, edit_dependency, remove_dependency]
