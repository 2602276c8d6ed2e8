"""Departments, as HR and admin look after them."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from api.administration.queries import history
from api.core.access.middleware import current_actor
from api.core.changes import Changed
from api.core.errors import Conflict
from api.core.ids import uuid7
from api.people import departments, records
from api.people.record_schemas import DepartmentRecord
from api.people.rules import HUES
from frontend.changes import in_words
from frontend.pages.organisation.forms import RecordForm, attempt, find, ids_of, number, pick, read, shown
from frontend.web import AnyRequest, answer, form_of, see_other, view_of

WRITE = {"policy": "organisation.write"}
FIELDS = (
    "name_de",
    "name_en",
    "code_de",
    "code_en",
    "purpose_de",
    "purpose_en",
    "cost_centre",
    "place",
    "country",
    "hue",
)
PEOPLE = ("manager_id",)


@get("/organisation/departments", opt=WRITE, include_in_schema=False)
async def departments_page(request: AnyRequest, archived: FromQuery[bool] = False) -> Response[str]:
    """All of them, or the archived ones."""
    found = await records.departments(current_actor(request).language, archived=archived)
    return answer(request, "organisation/departments.html", view_of(request), departments=found, archived=archived)


async def _show(
    request: AnyRequest, form: RecordForm, record: DepartmentRecord | None = None, *, problem: str = ""
) -> Response[str]:
    language = current_actor(request).language
    changes = await history(language, subject=record.id, limit=8) if record else None
    return answer(
        request,
        "organisation/department.html",
        view_of(request),
        status=409 if problem else form.status,
        form=form,
        record=record,
        hues=range(1, HUES + 1),
        changes=in_words(changes, language) if changes else [],
        problem=problem,
    )


async def _form(record: DepartmentRecord, request: AnyRequest) -> RecordForm:
    picked = await pick({"manager_id": record.manager_id}, current_actor(request).language)
    return RecordForm(values=shown(record, FIELDS), picked=picked, version=record.version)


def _fields(form: RecordForm) -> dict[str, object]:
    fields: dict[str, object] = {**form.values, **ids_of(form)}
    fields["hue"] = number(form.values["hue"]) if form.values["hue"] else None
    return fields


@get("/organisation/departments/new", opt=WRITE, include_in_schema=False)
async def new_department_page(request: AnyRequest) -> Response[str]:
    """None yet."""
    picked = await pick(dict.fromkeys(PEOPLE), "en")
    return await _show(request, RecordForm(values=dict.fromkeys(FIELDS, ""), picked=picked, id=uuid7()))


@post("/organisation/departments/new", opt=WRITE, status_code=200, include_in_schema=False)
async def create_department(request: AnyRequest) -> Response[str]:
    """Make it."""
    actor = current_actor(request)
    sent = await form_of(request)
    form = await read(sent, FIELDS, PEOPLE, actor)
    if await find(form, sent, actor.language):
        return await _show(request, form)

    async def create() -> Changed:
        return (await departments.create_department(actor=actor, fields=_fields(form), client_id=form.id))[0]

    changed = await attempt(form, create, actor.language)
    if changed is None:
        return await _show(request, form)
    return see_other(f"/organisation/departments/{changed.id}", toast=f"changed:{changed.change_id or ''}")


@get("/organisation/departments/{department_id:str}", opt=WRITE, include_in_schema=False)
async def department_page(request: AnyRequest, department_id: FromPath[str]) -> Response[str]:
    """A department as it stands."""
    record = await records.department(department_id)
    return await _show(request, await _form(record, request), record)


@post("/organisation/departments/{department_id:str}", opt=WRITE, status_code=200, include_in_schema=False)
async def edit_department(request: AnyRequest, department_id: FromPath[str]) -> Response[str]:
    """Change it."""
    actor = current_actor(request)
    sent = await form_of(request)
    form = await read(sent, FIELDS, PEOPLE, actor)
    if await find(form, sent, actor.language):
        return await _show(request, form, await records.department(department_id))

    async def edit() -> Changed:
        return await departments.edit_department(
            actor=actor, department_id=department_id, changes=_fields(form), version=form.version
        )

    async def present() -> RecordForm:
        return await _form(await records.department(department_id), request)

    changed = await attempt(form, edit, actor.language, present)
    if changed is None:
        return await _show(request, form, await records.department(department_id))
    return see_other(f"/organisation/departments/{department_id}", toast=f"changed:{changed.change_id or ''}")


@post("/organisation/departments/{department_id:str}/archiving", opt=WRITE, status_code=200, include_in_schema=False)
async def archive_department(request: AnyRequest, department_id: FromPath[str]) -> Response[str]:
    """Take it out of lists; if somebody works there, the page says so."""
    actor = current_actor(request)
    try:
        changed = await departments.archive_department(actor=actor, department_id=department_id)
    except Conflict as error:
        record = await records.department(department_id)
        sentence = error.message.text(actor.language)
        return await _show(request, await _form(record, request), record, problem=sentence)
    return see_other("/organisation/departments", toast=f"changed:{changed.change_id or ''}")


@post("/organisation/departments/{department_id:str}/return", opt=WRITE, status_code=200, include_in_schema=False)
async def restore_department(request: AnyRequest, department_id: FromPath[str]) -> Response[str]:
    """Bring it back."""
    changed = await departments.restore_department(actor=current_actor(request), department_id=department_id)
    return see_other(f"/organisation/departments/{department_id}", toast=f"changed:{changed.change_id or ''}")


ROUTES = [
    departments_page,
    new_department_page,
    create_department,
    department_page,
    edit_department,
    archive_department,
    restore_department,
]
