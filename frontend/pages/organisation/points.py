"""How the organisation uses points, as HR and admin set it; extra points from HR."""

from __future__ import annotations

from litestar import Response, get, post

from api.core.access.middleware import current_actor
from api.core.errors import DomainError
from api.core.ids import is_uuid7, uuid7
from api.people.queries import suggest_people
from api.points import records, service
from api.points.settings import FIELDS
from frontend.pages.organisation.forms import CHOOSE, Picked, RecordForm, attempt, number, pick, read
from frontend.web import AnyRequest, answer, field_errors, form_of, see_other, text_of, view_of

WRITE = {"policy": "organisation.write"}
_TEXTS = ("rhythm", "levels", "budget_rhythm")


async def _stored() -> RecordForm:
    rules = await records.rules()
    values = {name: str(getattr(rules, name)) for name in FIELDS}
    return RecordForm(values=values, version=records.version_of_rules(rules))


async def _show(request: AnyRequest, form: RecordForm, boost: RecordForm | None = None) -> Response[str]:
    actor = current_actor(request)
    empty = RecordForm(values={"points": ""}, picked=await pick({"person": None}, actor.language), id=uuid7())
    shown = boost or empty
    return answer(
        request,
        "organisation/points.html",
        view_of(request),
        status=max(form.status, shown.status),
        form=form,
        boost=shown,
    )


@get("/organisation/points", opt=WRITE, include_in_schema=False)
async def points_page(request: AnyRequest) -> Response[str]:
    """The settings as they stand."""
    return await _show(request, await _stored())


@post("/organisation/points", opt=WRITE, status_code=200, include_in_schema=False)
async def edit_points(request: AnyRequest) -> Response[str]:
    """Change them."""
    actor = current_actor(request)
    form = await read(await form_of(request), FIELDS, (), actor)
    changes = {name: value if name in _TEXTS else number(value) for name, value in form.values.items()}
    changed = await attempt(
        form,
        lambda: records.change_settings(actor=actor, changes=changes, version=form.version),
        actor.language,
        _stored,
    )
    if changed is None:
        return await _show(request, form)
    return see_other("/organisation/points", toast=f"changed:{changed.change_id or ''}")


@post("/organisation/points/boosts", opt={"policy": "points.manage"}, status_code=200, include_in_schema=False)
async def boost(request: AnyRequest) -> Response[str]:
    """Add points to somebody's giving pot, once."""
    actor = current_actor(request)
    sent = await form_of(request)
    form = await read(sent, ("points",), ("person",), actor)
    picked = form.picked["person"]
    if picked.person is None and picked.find:
        picked.found = await suggest_people(picked.find, actor.language, limit=12)
        if len(picked.found) == 1 and text_of(sent, "do") != "find":
            form.picked["person"] = picked = Picked(person=picked.found[0])
    if picked.person is None:
        if text_of(sent, "do") != "find":
            form.errors = {"person": CHOOSE.text(actor.language)}
        return await _show(request, await _stored(), form)
    points = number(form.values["points"])
    try:
        await service.boost(
            actor=actor,
            people=[picked.person.id],
            points=points if isinstance(points, int) else 0,
            client_id=form.id if is_uuid7(form.id) else None,
        )
    except DomainError as error:
        errors = field_errors(error, actor.language) or {"points": error.message.text(actor.language)}
        form.errors = {{"people": "person"}.get(name, name): sentence for name, sentence in errors.items()}
        return await _show(request, await _stored(), form)
    return see_other("/organisation/points", toast="boosted")


ROUTES = [points_page, edit_points, boost]
