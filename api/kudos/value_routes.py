"""Values over HTTP, for HR and admin."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, delete, get, patch, post, put
from litestar.params import FromPath, JSONBody

from api.core.access.middleware import current_actor
from api.core.idempotency import check_client_id, check_key
from api.core.openapi import Key, problems, repeated
from api.kudos import values
from api.kudos.value_schemas import CreateValue, EditValue, PlaceValue, ValueRecord, ValueRecords
from api.people.record_schemas import given

AnyRequest = Request[Any, Any, Any]
WRITE = {"policy": "organisation.write"}


@get("/values/records", opt=WRITE, tags=["Organisation"], responses=problems(), operation_id="listValueRecords")
async def list_values() -> ValueRecords:
    """All values with all fields, archived ones at the end."""
    return ValueRecords(await values.value_records())


@post(
    "/values",
    opt=WRITE,
    tags=["Organisation"],
    responses={
        **repeated(ValueRecord),
        **problems(409, 413, 422),
    },
    operation_id="createValue",
)
async def create_value(request: AnyRequest, data: JSONBody[CreateValue], key: Key = None) -> Response[ValueRecord]:
    """A new value, after the others."""
    changed, fresh = await values.create_value(
        actor=current_actor(request), fields=given(data), key=check_key(key), client_id=check_client_id(data.id)
    )
    return Response(await values.value_record(changed.id), status_code=201 if fresh else 200)


@patch(
    "/values/{value_id:str}",
    opt=WRITE,
    tags=["Organisation"],
    responses=problems(404, 409, 413, 422),
    operation_id="editValue",
)
async def edit_value(request: AnyRequest, value_id: FromPath[str], data: JSONBody[EditValue]) -> ValueRecord:
    """Change a value as it was seen; 409 if somebody has changed it meanwhile."""
    await values.edit_value(actor=current_actor(request), value_id=value_id, changes=given(data), version=data.version)
    return await values.value_record(value_id)


@put(
    "/values/{value_id:str}/place",
    opt=WRITE,
    tags=["Organisation"],
    responses=problems(404, 413, 422),
    operation_id="placeValue",
)
async def place_value(request: AnyRequest, value_id: FromPath[str], data: JSONBody[PlaceValue]) -> ValueRecords:
    """Put a value to a place among the others; the answer is the new order."""
    await values.move_value(actor=current_actor(request), value_id=value_id, place=data.place)
    return ValueRecords(await values.value_records())


@put(
    "/values/{value_id:str}/archiving",
    opt=WRITE,
    status_code=204,
    tags=["Organisation"],
    responses=problems(404),
    operation_id="archiveValue",
)
async def archive_value(request: AnyRequest, value_id: FromPath[str]) -> None:
    """It cannot be chosen any more; thanks that are tied to it stay so."""
    await values.archive_value(actor=current_actor(request), value_id=value_id)


@delete(
    "/values/{value_id:str}/archiving",
    opt=WRITE,
    tags=["Organisation"],
    responses=problems(404),
    operation_id="restoreValue",
)
async def restore_value(request: AnyRequest, value_id: FromPath[str]) -> None:
    """It can be chosen again."""
    await values.restore_value(actor=current_actor(request), value_id=value_id)


ROUTES = [list_values, create_value, edit_value, place_value, archive_value, restore_value]
