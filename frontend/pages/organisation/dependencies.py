"""Dependencies, as HR and admin look after them: a picture of the whole house, a matrix, and a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal
from urllib.parse import quote

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from api.administration.queries import history
from api.core.access.middleware import current_actor
from api.core.changes import Changed
from api.core.ids import uuid7
from api.core.money import euros
from api.dependencies import records, service
from api.dependencies.queries import edges
from api.dependencies.record_schemas import DependencyRecord
from api.dependencies.schemas import EdgeOut
from api.people.queries import departments
from frontend.changes import in_words
from frontend.map import Spot, draw
from frontend.pages.organisation.forms import RecordForm, attempt, cents_of, number, read, shown, typed_cents
from frontend.web import AnyRequest, answer, form_of, local_path, see_other, text_of, view_of

WRITE = {"policy": "organisation.write"}
HOME = "/organisation/dependencies"
FIELDS = (
    *("provider_id", "customer_id", "handover_de", "handover_en"),
    *("weight", "error_cost_cents", "error_note_de", "error_note_en"),
)
ROWS = 60

View = Literal["picture", "matrix", "table"]


def _rows(found: Sequence[EdgeOut], places: dict[str, int], focus: str, after: str) -> tuple[list[EdgeOut], str]:
    """A page of the table along the patient's way, and the last row's id if there are more."""
    chosen = [edge for edge in found if focus in ("", edge.provider.id, edge.customer.id)]
    chosen.sort(key=lambda e: (places.get(e.provider.id, 0), -e.weight, places.get(e.customer.id, 0)))
    start = next((index + 1 for index, edge in enumerate(chosen) if edge.id == after), 0)
    rows = chosen[start : start + ROWS]
    return rows, rows[-1].id if start + ROWS < len(chosen) else ""


@get("/organisation/dependencies", opt=WRITE, include_in_schema=False)
async def dependencies_page(
    request: AnyRequest,
    view: FromQuery[View] = "picture",
    focus: FromQuery[str] = "",
    add: FromQuery[Literal["", "provider", "customer"]] = "",
    after: FromQuery[str] = "",
) -> Response[str]:
    """Who serves whom. `focus` chooses a department; `add` lets one point at the other end of a new dependency."""
    language = current_actor(request).language
    places = await departments(language)
    found = await edges(language)
    chosen = next((one for one in places if one.id == focus), None)
    focus = chosen.id if chosen else ""
    rows, more = _rows(found, {one.id: index for index, one in enumerate(places)}, focus, after)
    return answer(
        request,
        "organisation/dependencies.html",
        view_of(request),
        shape=view,
        departments=places,
        chosen=chosen,
        add=add if chosen else "",
        picture=draw([Spot(one.id, one.code, one.name, one.hue) for one in places], found, focus=focus),
        cells={(edge.provider.id, edge.customer.id): edge for edge in found},
        count=len(found),
        rows=rows,
        next=f"{HOME}?view={view}&focus={focus}&after={more}" if more else "",
        here=f"{HOME}?view={view}&focus={focus}",
        costs={edge.id: euros(edge.error_cost_cents, language) for edge in rows if edge.error_cost_cents is not None},
    )


async def _show(
    request: AnyRequest, form: RecordForm, back: str, record: DependencyRecord | None = None
) -> Response[str]:
    language = current_actor(request).language
    changes = await history(language, subject=record.id, limit=8) if record else None
    return answer(
        request,
        "organisation/dependency.html",
        view_of(request),
        status=form.status,
        form=form,
        record=record,
        departments=await departments(language),
        back=back,
        changes=in_words(changes, language) if changes else [],
    )


def _form(record: DependencyRecord) -> RecordForm:
    values = shown(record, FIELDS)
    if record.error_cost_cents is not None:
        values["error_cost_cents"] = typed_cents(record.error_cost_cents)
    return RecordForm(values=values, version=record.version)


def _fields(form: RecordForm) -> dict[str, object]:
    return {
        **form.values,
        "weight": number(form.values["weight"]),
        "error_cost_cents": cents_of(form.values["error_cost_cents"]),
    }


def _back(text: str) -> str:
    """Where the form was opened from; only a page of dependencies."""
    path = local_path(text, HOME)
    return path if path.split("?")[0] == HOME else HOME


@get("/organisation/dependencies/new", opt=WRITE, include_in_schema=False)
async def new_dependency_page(
    request: AnyRequest, provider: FromQuery[str] = "", customer: FromQuery[str] = "", back: FromQuery[str] = ""
) -> Response[str]:
    """None yet; if these two have one already, that one."""
    language = current_actor(request).language
    if provider and customer:
        there = next((e for e in await edges(language) if (e.provider.id, e.customer.id) == (provider, customer)), None)
        if there is not None:
            return see_other(f"{HOME}/{there.id}?back={quote(_back(back), safe='')}")
    values = {**dict.fromkeys(FIELDS, ""), "weight": "3", "provider_id": provider, "customer_id": customer}
    return await _show(request, RecordForm(values=values, id=uuid7()), _back(back))


@post("/organisation/dependencies/new", opt=WRITE, status_code=200, include_in_schema=False)
async def create_dependency(request: AnyRequest) -> Response[str]:
    """Declare it."""
    actor = current_actor(request)
    sent = await form_of(request)
    form = await read(sent, FIELDS, (), actor)
    back = _back(text_of(sent, "back"))

    async def create() -> Changed:
        return (await service.create_dependency(actor=actor, fields=_fields(form), client_id=form.id))[0]

    changed = await attempt(form, create, actor.language)
    if changed is None:
        return await _show(request, form, back)
    return see_other(back, toast=f"changed:{changed.change_id or ''}")


@get("/organisation/dependencies/{dependency_id:str}", opt=WRITE, include_in_schema=False)
async def dependency_page(
    request: AnyRequest, dependency_id: FromPath[str], back: FromQuery[str] = ""
) -> Response[str]:
    """A dependency as it stands."""
    record = await records.dependency(dependency_id)
    return await _show(request, _form(record), _back(back), record)


@post("/organisation/dependencies/{dependency_id:str}", opt=WRITE, status_code=200, include_in_schema=False)
async def edit_dependency(request: AnyRequest, dependency_id: FromPath[str]) -> Response[str]:
    """Change it."""
    actor = current_actor(request)
    sent = await form_of(request)
    form = await read(sent, FIELDS, (), actor)
    back = _back(text_of(sent, "back"))

    async def edit() -> Changed:
        return await service.edit_dependency(
            actor=actor, dependency_id=dependency_id, changes=_fields(form), version=form.version
        )

    async def present() -> RecordForm:
        return _form(await records.dependency(dependency_id))

    changed = await attempt(form, edit, actor.language, present)
    if changed is None:
        return await _show(request, form, back, await records.dependency(dependency_id))
    return see_other(back, toast=f"changed:{changed.change_id or ''}")


@post("/organisation/dependencies/{dependency_id:str}/removal", opt=WRITE, status_code=200, include_in_schema=False)
async def remove_dependency(request: AnyRequest, dependency_id: FromPath[str]) -> Response[str]:
    """It is no longer so; the word at the foot puts it back."""
    back = _back(text_of(await form_of(request), "back"))
    changed = await service.remove_dependency(actor=current_actor(request), dependency_id=dependency_id)
    return see_other(back, toast=f"changed:{changed.change_id or ''}")


ROUTES = [
    dependencies_page,
    new_dependency_page,
    create_dependency,
    dependency_page,
    edit_dependency,
    remove_dependency,
]
