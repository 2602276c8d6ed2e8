"""The history of changes over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, get, post
from litestar.params import FromPath, QueryParameter

from api.administration import queries, service
from api.administration.schemas import History, WholeUndo
from api.administration.whole import take_import_back
from api.administration.whole_queries import whole_undo
from api.core.access.middleware import current_actor
from api.core.openapi import problems

AnyRequest = Request[Any, Any, Any]


@get(
    "/changes",
    opt={"policy": "organisation.write"},
    tags=["Organisation"],
    responses=problems(422),
    operation_id="listChanges",
)
async def list_changes(
    request: AnyRequest,
    subject: Annotated[str, QueryParameter(description="The id of what was changed.")] = "",
    actor: Annotated[str, QueryParameter(description="The id of who changed it.")] = "",
    part_of: Annotated[
        str, QueryParameter(description="The id of the change that they belong to, as an import's.")
    ] = "",
    before: Annotated[str | None, QueryParameter(description="The `next` of the page before.")] = None,
) -> History:
    """What was changed, newest first."""
    language = current_actor(request).language
    return await queries.history(language, subject=subject, actor=actor, part_of=part_of, before=before)


@post(
    "/changes/{change_id:str}/undo",
    opt={"policy": "organisation.write"},
    tags=["Organisation"],
    responses=problems(404, 409, 422),
    operation_id="undoChange",
)
async def undo_change(request: AnyRequest, change_id: FromPath[str]) -> History:
    """Take a change back; the answer is the change that this makes. 409 if the thing has changed again since."""
    actor = current_actor(request)
    changed = await service.undo(actor=actor, change_id=change_id)
    return await queries.change(str(changed.change_id), actor.language)


@get(
    "/imports/{import_id:str}/undo",
    opt={"policy": "organisation.write"},
    tags=["Imports"],
    responses=problems(404),
    operation_id="getImportUndo",
)
async def get_import_undo(request: AnyRequest, import_id: FromPath[str]) -> WholeUndo:
    """What taking an import back as a whole would do, does or did, and what stays."""
    return await whole_undo(import_id, current_actor(request).language)


@post(
    "/imports/{import_id:str}/undo",
    opt={"policy": "organisation.write"},
    status_code=202,
    tags=["Imports"],
    responses=problems(404, 409),
    operation_id="undoImport",
)
async def undo_import(request: AnyRequest, import_id: FromPath[str]) -> WholeUndo:
    """Take back all that an import changed, as far as nobody has changed it since; or go on with what was left."""
    actor = current_actor(request)
    await take_import_back(actor=actor, import_id=import_id)
    return await whole_undo(import_id, actor.language)


ROUTES = [list_changes, undo_change, get_import_undo, undo_import]
