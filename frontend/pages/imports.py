"""Bring lists in and take them out: upload, columns, errors or the difference, progress."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Stream

from api.core.access.middleware import current_actor
from api.core.errors import DomainError
from api.imports import fetching, queries, service
from api.imports.exporting import EXPORTS
from api.imports.routes import csv_of
from api.imports.rules import BUSY, FIELDS, LARGEST_FILE
from api.imports.schemas import ImportDetails, ImportOut
from frontend.web import AnyRequest, answer, field_errors, form_of, see_other, text_of, view_of

_PIECE = 64 * 1024
_FORM = 64 * 1024
"""Bytes that the form around a file may take."""

# What a part of the difference is called in the address: (thing, action).
_PARTS = {
    "departments": ("department", "new"),
    "new": ("", "new"),
    "changed": ("", "changed"),
    "leaving": ("", "leaving"),
    "left_out": ("", "left_out"),
}
_THINGS = {"people": "person", "departments": "department", "dependencies": "dependency"}


async def _index(request: AnyRequest, *, errors: dict[str, str] | None = None, kind: str = "") -> Response[str]:
    actor = current_actor(request)
    found = await queries.imports(actor.language, before=request.query_params.get("before"))
    return answer(
        request,
        "imports/imports.html",
        view_of(request),
        status=422 if errors else 200,
        imports=found,
        kinds=list(FIELDS),
        kind=kind,
        exports=EXPORTS,
        errors=errors or {},
    )


@get("/imports", opt={"policy": "organisation.write"}, include_in_schema=False)
async def imports_page(request: AnyRequest) -> Response[str]:
    """What came in, and the form for more."""
    return await _index(request)


async def _pieces(file: UploadFile) -> AsyncIterator[bytes]:
    while piece := await file.read(_PIECE):
        yield piece


@post(
    "/imports",
    opt={"policy": "organisation.write"},
    status_code=200,
    include_in_schema=False,
    request_max_body_size=LARGEST_FILE + _FORM,
)
async def upload_list(request: AnyRequest) -> Response[str]:
    """Take a file in; the import that it replaces is left."""
    actor = current_actor(request)
    form = await form_of(request)
    kind, file = text_of(form, "kind"), form.get("file")
    if not isinstance(file, UploadFile):
        return await _index(request, errors={"file": queries.choose_a_file(actor.language)}, kind=kind)
    try:
        run_id = await service.upload(actor_id=actor.id, kind=kind, file_name=file.filename, content=_pieces(file))
    except DomainError as error:
        return await _index(request, errors=field_errors(error, actor.language), kind=kind)
    finally:
        await file.close()
    if replaced := text_of(form, "replaces"):
        await service.cancel(run_id=replaced)
    return see_other(f"/imports/{run_id}")


@post("/imports/bonusly", opt={"policy": "organisation.write"}, status_code=200, include_in_schema=False)
async def read_bonusly(request: AnyRequest) -> Response[str]:
    """Begin to read another product's history."""
    actor = current_actor(request)
    token = text_of(await form_of(request), "token").strip()
    try:
        run_id, holder = await service.open_fetch(actor_id=actor.id, token=token)
    except DomainError as error:
        return await _index(request, errors=field_errors(error, actor.language))
    fetching.begin(run_id, holder, token)
    return see_other(f"/imports/{run_id}")


async def _show(
    request: AnyRequest, run_id: str, *, errors: dict[str, str] | None = None, status: int = 200, **typed: Any
) -> Response[str]:
    actor = current_actor(request)
    found = await queries.details(run_id, actor.language)
    run = found.run
    view = view_of(request)
    if view.target == "progress" and run.state not in BUSY:
        return Response("", headers={"hx-refresh": "true", "cache-control": "no-store"})
    after = request.query_params.get("after")
    show = _part(run, request.query_params.get("show", ""))
    rows = faults = None
    if run.state == "checked" and run.errors:
        faults = await queries.faults(run_id, actor.language, after=queries.read_after(after, -1))
    elif run.state == "checked" and show:
        thing, action = _PARTS[show]
        rows = await queries.rows(
            *(run_id, actor.language),
            thing=thing or _THINGS.get(run.kind or "", "kudos"),
            action=action,
            after=queries.read_after(after, 0),
        )
    return answer(
        request,
        "imports/import.html",
        view,
        status=status,
        run=run,
        busy=run.state in BUSY,
        fields=found.fields,
        columns=found.columns,
        unread=[column for column in found.columns if column.index not in _read(found, typed)],
        kinds=list(FIELDS),
        parts=[part for part in _PARTS if run.counts.get(part)],
        show=show,
        rows=rows,
        faults=faults,
        errors=errors or {},
        typed=typed,
    )


def _read(found: ImportDetails, typed: Mapping[str, Any]) -> set[int | None]:
    """The columns that are read, as chosen or else as guessed."""
    return set(typed["mapping"].values()) if "mapping" in typed else {field.column for field in found.fields}


def _part(run: ImportOut, asked: str) -> str:
    """The part of the difference that is shown: the one asked for, else the first that is not empty."""
    there = [part for part in _PARTS if run.counts.get(part)]
    return asked if asked in there else (there[0] if there else "")


@get("/imports/{import_id:str}", opt={"policy": "organisation.write"}, include_in_schema=False)
async def import_page(request: AnyRequest, import_id: FromPath[str]) -> Response[str]:
    """An import at whatever stage it is."""
    return await _show(request, import_id)


@post("/imports/{import_id:str}/kind", opt={"policy": "organisation.write"}, status_code=200, include_in_schema=False)
async def choose_kind(request: AnyRequest, import_id: FromPath[str]) -> Response[str]:
    """It is another kind of list than it seemed to be."""
    await service.change_kind(run_id=import_id, kind=text_of(await form_of(request), "kind"))
    return see_other(f"/imports/{import_id}")


@post("/imports/{import_id:str}/check", opt={"policy": "organisation.write"}, status_code=200, include_in_schema=False)
async def check_list(request: AnyRequest, import_id: FromPath[str]) -> Response[str]:
    """Compare the list with what is stored, with the columns as chosen; or once more."""
    actor = current_actor(request)
    form = await form_of(request)
    mapping = {
        name.removeprefix("column-"): int(value)
        for name, value in form.multi_items()
        if name.startswith("column-") and isinstance(value, str) and value.isascii() and value.isdigit()
    }
    complete = bool(text_of(form, "complete"))
    again = bool(text_of(form, "again"))
    try:
        await service.start_check(run_id=import_id, mapping=None if again else mapping, complete=complete)
    except DomainError as error:
        if not error.fields:
            raise
        errors = field_errors(error, actor.language)
        return await _show(request, import_id, errors=errors, status=422, mapping=mapping, complete=complete)
    return see_other(f"/imports/{import_id}")


@post("/imports/{import_id:str}/apply", opt={"policy": "organisation.write"}, status_code=200, include_in_schema=False)
async def apply_list(request: AnyRequest, import_id: FromPath[str]) -> Response[str]:
    """Carry the difference out."""
    typed = text_of(await form_of(request), "leaving").replace(".", "").replace(",", "").strip()
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else None
    try:
        await service.start_apply(run_id=import_id, leaving=number)
    except DomainError as error:
        errors = field_errors(error, current_actor(request).language) or {
            "run": error.message.text(current_actor(request).language)
        }
        return await _show(request, import_id, errors=errors, status=error.status, leaving=typed)
    return see_other(f"/imports/{import_id}")


@post("/imports/{import_id:str}/cancel", opt={"policy": "organisation.write"}, status_code=200, include_in_schema=False)
async def cancel_import(import_id: FromPath[str]) -> Response[str]:
    """Leave it; nothing has changed."""
    await service.cancel(run_id=import_id)
    return see_other("/imports", toast="import_cancelled")


@post("/imports/{import_id:str}/token", opt={"policy": "organisation.write"}, status_code=200, include_in_schema=False)
async def continue_import(request: AnyRequest, import_id: FromPath[str]) -> Response[str]:
    """Go on reading where it stopped."""
    token = text_of(await form_of(request), "token").strip()
    try:
        holder = await service.continue_fetch(run_id=import_id, token=token)
    except DomainError as error:
        if not error.fields:
            raise
        errors = field_errors(error, current_actor(request).language)
        return await _show(request, import_id, errors=errors, status=422)
    fetching.begin(import_id, holder, token)
    return see_other(f"/imports/{import_id}")


@get("/exports/{what:str}", opt={"policy": "organisation.write"}, include_in_schema=False)
async def export_list(what: FromPath[str]) -> Stream:
    """A list as CSV."""
    return csv_of(what.removesuffix(".csv"))


ROUTES = [
    imports_page,
    upload_list,
    read_bonusly,
    import_page,
    choose_kind,
    check_list,
    apply_list,
    cancel_import,
    continue_import,
    export_list,
]
