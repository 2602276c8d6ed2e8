"""Imports and exports over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, delete, get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Stream

from api.core.access.middleware import current_actor
from api.core.openapi import problems
from api.imports import exporting, fetching, queries, service
from api.imports.rules import LARGEST_FILE, Action, Thing
from api.imports.schemas import (
    FaultList,
    ImportDetails,
    ImportList,
    ImportOut,
    RowList,
    StartApply,
    StartCheck,
    StartFetch,
)

AnyRequest = Request[Any, Any, Any]
_TAGS = ["Imports"]


@get("/imports", opt={"policy": "organisation.write"}, tags=_TAGS, responses=problems(422), operation_id="listImports")
async def list_imports(request: AnyRequest, before: FromQuery[str | None] = None) -> ImportList:
    """Imports, newest first."""
    return await queries.imports(current_actor(request).language, before=before)


@post(
    "/imports",
    opt={"policy": "organisation.write"},
    tags=_TAGS,
    responses=problems(413, 422),
    operation_id="uploadImport",
    request_max_body_size=LARGEST_FILE,
)
async def upload_import(
    request: AnyRequest,
    kind: Annotated[str, QueryParameter(description="people, departments, dependencies or history.")] = "",
    file_name: Annotated[str, QueryParameter(max_length=200)] = "",
) -> ImportDetails:
    """Send a CSV file as the request's body, up to 64 MB. Nothing changes until it is checked and applied."""
    actor = current_actor(request)
    run_id = await service.upload(actor_id=actor.id, kind=kind, file_name=file_name, content=request.stream())
    return await queries.details(run_id, actor.language)


@post(
    "/imports/bonusly",
    opt={"policy": "organisation.write"},
    tags=_TAGS,
    responses=problems(413, 422),
    operation_id="importBonusly",
)
async def import_bonusly(request: AnyRequest, data: JSONBody[StartFetch]) -> ImportOut:
    """Read Bonusly's history with an API token of theirs, which is kept in memory only while it is read."""
    actor = current_actor(request)
    run_id, holder = await service.open_fetch(actor_id=actor.id, token=data.token)
    fetching.begin(run_id, holder, data.token)
    return await queries.one_import(run_id, actor.language)


@post(
    "/imports/{import_id:str}/token",
    opt={"policy": "organisation.write"},
    tags=_TAGS,
    responses=problems(404, 409, 413, 422),
    operation_id="continueImport",
)
async def continue_import(request: AnyRequest, import_id: FromPath[str], data: JSONBody[StartFetch]) -> ImportOut:
    """Go on reading where it stopped."""
    holder = await service.continue_fetch(run_id=import_id, token=data.token)
    fetching.begin(import_id, holder, data.token)
    return await queries.one_import(import_id, current_actor(request).language)


@get(
    "/imports/{import_id:str}",
    opt={"policy": "organisation.write"},
    tags=_TAGS,
    responses=problems(404),
    operation_id="getImport",
)
async def get_import(request: AnyRequest, import_id: FromPath[str]) -> ImportDetails:
    """An import: how far it is, what it does, and its columns while these can be chosen."""
    return await queries.details(import_id, current_actor(request).language)


@post(
    "/imports/{import_id:str}/check",
    opt={"policy": "organisation.write"},
    status_code=202,
    tags=_TAGS,
    responses=problems(404, 409, 413, 422),
    operation_id="checkImport",
)
async def check_import(request: AnyRequest, import_id: FromPath[str], data: JSONBody[StartCheck]) -> ImportOut:
    """Compare the list with what is stored: ends in the state "checked", with errors or with a difference."""
    await service.start_check(run_id=import_id, mapping=data.mapping, kind=data.kind, complete=data.complete)
    return await queries.one_import(import_id, current_actor(request).language)


@get(
    "/imports/{import_id:str}/rows",
    opt={"policy": "organisation.write"},
    tags=_TAGS,
    responses=problems(404, 422),
    operation_id="listImportRows",
)
async def list_rows(
    request: AnyRequest,
    import_id: FromPath[str],
    thing: FromQuery[Thing] = "person",
    action: FromQuery[Action] = "new",
    after: FromQuery[str | None] = None,
) -> RowList:
    """The difference, a page at a time."""
    return await queries.rows(
        *(import_id, current_actor(request).language),
        thing=thing,
        action=action,
        after=queries.read_after(after, 0),
    )


@get(
    "/imports/{import_id:str}/errors",
    opt={"policy": "organisation.write"},
    tags=_TAGS,
    responses=problems(404, 422),
    operation_id="listImportErrors",
)
async def list_faults(request: AnyRequest, import_id: FromPath[str], after: FromQuery[str | None] = None) -> FaultList:
    """What is wrong, row by row."""
    actor = current_actor(request)
    return await queries.faults(import_id, actor.language, after=queries.read_after(after, -1))


@post(
    "/imports/{import_id:str}/application",
    opt={"policy": "organisation.write"},
    status_code=202,
    tags=_TAGS,
    responses=problems(404, 409, 413, 422),
    operation_id="applyImport",
)
async def apply_import(request: AnyRequest, import_id: FromPath[str], data: JSONBody[StartApply]) -> ImportOut:
    """Carry the difference out. Cannot be cancelled from here on."""
    await service.start_apply(run_id=import_id, leaving=data.leaving)
    return await queries.one_import(import_id, current_actor(request).language)


@delete(
    "/imports/{import_id:str}",
    opt={"policy": "organisation.write"},
    status_code=204,
    tags=_TAGS,
    responses=problems(404, 409),
    operation_id="cancelImport",
)
async def cancel_import(import_id: FromPath[str]) -> None:
    """Leave it; nothing has changed. 409 once it is being applied."""
    await service.cancel(run_id=import_id)


@get(
    "/exports/{what:str}",
    opt={"policy": "organisation.write"},
    tags=_TAGS,
    responses=problems(404),
    media_type="text/csv",
    operation_id="exportList",
)
async def export_list(what: FromPath[str]) -> Stream:
    """people, departments or dependencies as CSV, for spreadsheets and for importing again."""
    return csv_of(what)


def csv_of(what: str) -> Stream:
    """The answer with a list. Raises NotFound."""
    exporting.check_list(what)
    headers = {"content-disposition": f'attachment; filename="{what}.csv"', "cache-control": "no-store"}
    return Stream(exporting.export(what), media_type="text/csv; charset=utf-8", headers=headers)


ROUTES = [
    list_imports,
    upload_import,
    import_bonusly,
    continue_import,
    get_import,
    check_import,
    list_rows,
    list_faults,
    apply_import,
    cancel_import,
    export_list,
]
