"""People, as HR and admin look after them: find, bring in, change, roles, leave and come back."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import arrow
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, QueryParameter

from api.administration.queries import history
from api.core.access.actor import Role
from api.core.access.middleware import current_actor
from api.core.changes import Changed
from api.core.clock import now, utc
from api.core.errors import DomainError
from api.core.ids import uuid7
from api.people import editing, records, service
from api.people.queries import departments
from api.people.record_schemas import PersonRecord
from api.people.rules import GRANTED
from frontend.changes import ROLES, day, in_words
from frontend.pages.organisation.forms import RecordForm, attempt, find, ids_of, pick, read, shown
from frontend.pages.settings import time_zones
from frontend.web import AnyRequest, answer, form_of, see_other, text_of, texts_of, view_of

WRITE = {"policy": "organisation.write"}
FIELDS = ("name", "email", "department_id", "job_de", "job_en", "language", "time_zone", "joined_on")
PEOPLE = ("manager_id", "deputy_id")


@get("/organisation", opt=WRITE, include_in_schema=False)
async def organisation_page() -> Response[str]:
    """The area begins with its people."""
    return see_other("/organisation/people")


@get("/organisation/people", opt=WRITE, include_in_schema=False)
async def people_page(
    request: AnyRequest,
    q: Annotated[str, QueryParameter(max_length=200)] = "",
    department: FromQuery[str] = "",
    which: FromQuery[Literal["active", "left", "all"]] = "active",
    role: FromQuery[str] = "",
    after: FromQuery[str | None] = None,
) -> Response[str]:
    """Everybody by name; search and filters narrow it down."""
    language = current_actor(request).language
    page = await records.people(language, q=q, department=department, which=which, role=role, after=after)
    return answer(
        request,
        "organisation/people.html",
        view_of(request),
        people=page.items,
        next=page.next,
        departments=await departments(language),
        filters={"q": q, "department": department, "which": which, "role": role},
        filtered=bool(q or department or role or which != "active"),
        first=after is None,
        roles={name: sentence.text(language) for name, sentence in ROLES.items()},
    )


async def _show(
    request: AnyRequest,
    form: RecordForm,
    record: PersonRecord | None = None,
    *,
    problem: str = "",
) -> Response[str]:
    actor = current_actor(request)
    zone = form.values["time_zone"]
    changes = await history(actor.language, subject=record.id, limit=8) if record else None
    return answer(
        request,
        "organisation/person.html",
        view_of(request),
        status=409 if problem else form.status,
        form=form,
        record=record,
        departments=await departments(actor.language),
        time_zones=[*([zone] if zone and zone not in time_zones() else []), *time_zones()],
        roles={name: sentence.text(actor.language) for name, sentence in ROLES.items()},
        mine=[role.value for role in GRANTED if actor.is_admin or role is Role.HR],
        myself=record is not None and record.id == actor.id,
        changes=in_words(changes, actor.language) if changes else [],
        problem=problem,
        today=arrow.get(utc(now())).to(actor.time_zone).format("YYYY-MM-DD"),
        left_on=day(record.left_on, actor.language) if record else "",
    )


async def _form(record: PersonRecord, request: AnyRequest) -> RecordForm:
    people = {"manager_id": record.manager_id, "deputy_id": record.deputy_id}
    return RecordForm(
        values=shown(record, FIELDS),
        picked=await pick(people, current_actor(request).language),
        version=record.version,
    )


@get("/organisation/people/new", opt=WRITE, include_in_schema=False)
async def new_person_page(request: AnyRequest, department: FromQuery[str] = "") -> Response[str]:
    """Nobody yet."""
    values = {**dict.fromkeys(FIELDS, ""), "department_id": department}
    return await _show(request, RecordForm(values=values, picked=await pick(dict.fromkeys(PEOPLE), "en"), id=uuid7()))


@post("/organisation/people/new", opt=WRITE, status_code=200, include_in_schema=False)
async def create_person(request: AnyRequest) -> Response[str]:
    """Bring somebody in."""
    actor = current_actor(request)
    sent = await form_of(request)
    form = await read(sent, FIELDS, PEOPLE, actor)
    if await find(form, sent, actor.language):
        return await _show(request, form)

    async def create() -> Changed:
        fields = {**form.values, **ids_of(form)}
        return (await editing.create_person(actor=actor, fields=fields, client_id=form.id))[0]

    changed = await attempt(form, create, actor.language)
    if changed is None:
        return await _show(request, form)
    return see_other(f"/organisation/people/{changed.id}", toast=f"changed:{changed.change_id or ''}")


@get("/organisation/people/{person_id:str}", opt=WRITE, include_in_schema=False)
async def person_page(request: AnyRequest, person_id: FromPath[str]) -> Response[str]:
    """Somebody as they stand."""
    record = await records.person(person_id)
    return await _show(request, await _form(record, request), record)


@post("/organisation/people/{person_id:str}", opt=WRITE, status_code=200, include_in_schema=False)
async def edit_person(request: AnyRequest, person_id: FromPath[str]) -> Response[str]:
    """Change somebody."""
    actor = current_actor(request)
    sent = await form_of(request)
    form = await read(sent, FIELDS, PEOPLE, actor)
    if await find(form, sent, actor.language):
        return await _show(request, form, await records.person(person_id))

    async def edit() -> Changed:
        changes = {**form.values, **ids_of(form)}
        return await editing.edit_person(actor=actor, person_id=person_id, changes=changes, version=form.version)

    async def present() -> RecordForm:
        return await _form(await records.person(person_id), request)

    changed = await attempt(form, edit, actor.language, present)
    if changed is None:
        return await _show(request, form, await records.person(person_id))
    return see_other(f"/organisation/people/{person_id}", toast=f"changed:{changed.change_id or ''}")


async def _decided(request: AnyRequest, person_id: str, changed: Any) -> Response[str]:
    """After a verb that has no fields of its own on the page: what it refuses stands at the top."""
    try:
        done = await changed
    except DomainError as error:
        record = await records.person(person_id)
        sentence = error.message.text(current_actor(request).language)
        return await _show(request, await _form(record, request), record, problem=sentence)
    return see_other(f"/organisation/people/{person_id}", toast=f"changed:{done.change_id or ''}")


@post("/organisation/people/{person_id:str}/roles", opt=WRITE, status_code=200, include_in_schema=False)
async def set_roles(request: AnyRequest, person_id: FromPath[str]) -> Response[str]:
    """Give exactly the roles that are ticked; those that this person may not decide stay."""
    actor = current_actor(request)
    sent = await form_of(request)
    record = await records.person(person_id)
    kept = [] if actor.is_admin else [role for role in record.roles if role != Role.HR]
    roles = {*texts_of(sent, "roles"), *kept}
    verb = editing.set_roles(actor=actor, person_id=person_id, roles=roles, version=text_of(sent, "version"))
    return await _decided(request, person_id, verb)


@post("/organisation/people/{person_id:str}/leaving", opt=WRITE, status_code=200, include_in_schema=False)
async def leave(request: AnyRequest, person_id: FromPath[str]) -> Response[str]:
    """They leave: access ends at once."""
    left_on = text_of(await form_of(request), "left_on")
    verb = service.leave(actor=current_actor(request), person_id=person_id, left_on=left_on)
    return await _decided(request, person_id, verb)


@post("/organisation/people/{person_id:str}/return", opt=WRITE, status_code=200, include_in_schema=False)
async def come_back(request: AnyRequest, person_id: FromPath[str]) -> Response[str]:
    """They are here again."""
    return await _decided(request, person_id, service.come_back(actor=current_actor(request), person_id=person_id))


ROUTES = [
    organisation_page,
    people_page,
    new_person_page,
    create_person,
    person_page,
    edit_person,
    set_roles,
    leave,
    come_back,
]
