"""Values and the house itself, as HR and admin look after them."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.params import FromPath

from api.core.access.middleware import current_actor
from api.core.changes import Changed
from api.core.ids import uuid7
from api.kudos import values
from api.kudos.value_schemas import ValueRecord
from api.people import records, service
from frontend.pages.organisation.forms import RecordForm, attempt, number, read, shown
from frontend.pages.settings import time_zones
from frontend.web import AnyRequest, answer, form_of, see_other, text_of, view_of

WRITE = {"policy": "organisation.write"}
FIELDS = ("name_de", "name_en", "hint_de", "hint_en")
HOUSE = ("name", "language", "time_zone")


@get("/organisation/values", opt=WRITE, include_in_schema=False)
async def values_page(request: AnyRequest) -> Response[str]:
    """All values in their order."""
    return answer(request, "organisation/values.html", view_of(request), values=await values.value_records())


def _show(request: AnyRequest, form: RecordForm, record: ValueRecord | None = None) -> Response[str]:
    return answer(request, "organisation/value.html", view_of(request), status=form.status, form=form, record=record)


@get("/organisation/values/new", opt=WRITE, include_in_schema=False)
async def new_value_page(request: AnyRequest) -> Response[str]:
    """None yet."""
    return _show(request, RecordForm(values=dict.fromkeys(FIELDS, ""), id=uuid7()))


@post("/organisation/values/new", opt=WRITE, status_code=200, include_in_schema=False)
async def create_value(request: AnyRequest) -> Response[str]:
    """Make it."""
    actor = current_actor(request)
    form = await read(await form_of(request), FIELDS, (), actor)

    async def create() -> Changed:
        return (await values.create_value(actor=actor, fields=form.values, client_id=form.id))[0]

    changed = await attempt(form, create, actor.language)
    if changed is None:
        return _show(request, form)
    return see_other("/organisation/values", toast=f"changed:{changed.change_id or ''}")


def _form(record: ValueRecord) -> RecordForm:
    return RecordForm(values=shown(record, FIELDS), version=record.version)


@get("/organisation/values/{value_id:str}", opt=WRITE, include_in_schema=False)
async def value_page(request: AnyRequest, value_id: FromPath[str]) -> Response[str]:
    """A value as it stands."""
    record = await values.value_record(value_id)
    return _show(request, _form(record), record)


@post("/organisation/values/{value_id:str}", opt=WRITE, status_code=200, include_in_schema=False)
async def edit_value(request: AnyRequest, value_id: FromPath[str]) -> Response[str]:
    """Change it."""
    actor = current_actor(request)
    form = await read(await form_of(request), FIELDS, (), actor)

    async def edit() -> Changed:
        return await values.edit_value(actor=actor, value_id=value_id, changes=form.values, version=form.version)

    async def present() -> RecordForm:
        return _form(await values.value_record(value_id))

    changed = await attempt(form, edit, actor.language, present)
    if changed is None:
        return _show(request, form, await values.value_record(value_id))
    return see_other("/organisation/values", toast=f"changed:{changed.change_id or ''}")


@post("/organisation/values/{value_id:str}/place", opt=WRITE, status_code=200, include_in_schema=False)
async def place_value(request: AnyRequest, value_id: FromPath[str]) -> Response[str]:
    """Move it up or down."""
    place = number(text_of(await form_of(request), "place"))
    actor = current_actor(request)
    changed = await values.move_value(actor=actor, value_id=value_id, place=place if isinstance(place, int) else 0)
    return see_other("/organisation/values", toast=f"changed:{changed.change_id or ''}")


@post("/organisation/values/{value_id:str}/archiving", opt=WRITE, status_code=200, include_in_schema=False)
async def archive_value(request: AnyRequest, value_id: FromPath[str]) -> Response[str]:
    """It cannot be chosen any more."""
    changed = await values.archive_value(actor=current_actor(request), value_id=value_id)
    return see_other("/organisation/values", toast=f"changed:{changed.change_id or ''}")


@post("/organisation/values/{value_id:str}/return", opt=WRITE, status_code=200, include_in_schema=False)
async def restore_value(request: AnyRequest, value_id: FromPath[str]) -> Response[str]:
    """It can be chosen again."""
    changed = await values.restore_value(actor=current_actor(request), value_id=value_id)
    return see_other("/organisation/values", toast=f"changed:{changed.change_id or ''}")


def _show_house(request: AnyRequest, form: RecordForm) -> Response[str]:
    zone = form.values["time_zone"]
    zones = [*([zone] if zone not in time_zones() else []), *time_zones()]
    return answer(request, "organisation/house.html", view_of(request), status=form.status, form=form, time_zones=zones)


async def _house() -> RecordForm:
    record = await records.organisation()
    return RecordForm(values=shown(record, HOUSE), version=record.version)


@get("/organisation/house", opt=WRITE, include_in_schema=False)
async def house_page(request: AnyRequest) -> Response[str]:
    """Name, language and time zone of the organisation."""
    return _show_house(request, await _house())


@post("/organisation/house", opt=WRITE, status_code=200, include_in_schema=False)
async def edit_house(request: AnyRequest) -> Response[str]:
    """Change them."""
    actor = current_actor(request)
    form = await read(await form_of(request), HOUSE, (), actor)

    async def edit() -> Changed:
        return await service.describe_organisation(actor=actor, changes=form.values, version=form.version)

    changed = await attempt(form, edit, actor.language, _house)
    if changed is None:
        return _show_house(request, form)
    return see_other("/organisation/house", toast=f"changed:{changed.change_id or ''}")


ROUTES = [
    values_page,
    new_value_page,
    create_value,
    value_page,
    edit_value,
    place_value,
    archive_value,
    restore_value,
    house_page,
    edit_house,
]
