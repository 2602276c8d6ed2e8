"""Awards: what there is, propose somebody; budgets; and what HR sets."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath, FromQuery

from api.awards import programmes, queries, service
from api.awards.rules import Nominators
from api.core.access.middleware import current_actor
from api.core.changes import Changed
from api.core.errors import Conflict, DomainError, Invalid, NotFound
from api.core.ids import is_uuid, is_uuid7, uuid7
from api.core.pages import read_cursor
from api.kudos import queries as kudos
from api.kudos.schemas import FeedItem
from api.points.service import fund_budget
from frontend.pages.organisation.forms import RecordForm, attempt, find, ids_of, number, pick, read, shown
from frontend.web import AnyRequest, answer, field_errors, form_of, see_other, text_of, texts_of, view_of

READ = {"policy": "awards.read"}
NOMINATE = {"policy": "awards.nominate"}
MANAGE = {"policy": "awards.manage"}
BUDGETS = {"policy": "budgets.read"}
_NUMBERS = ("points", "approvals")


@get("/awards", opt=READ, include_in_schema=False)
async def awards_page(
    request: AnyRequest, kudos_id: FromQuery[str] = "", before: FromQuery[str | None] = None
) -> Response[str]:
    """What colleagues can be proposed for, and whom one has proposed. `kudos_id`: propose for this thank-you."""
    actor = current_actor(request)
    page = await queries.nominations(actor, before=read_cursor(before))
    return answer(
        request,
        "awards/list.html",
        view_of(request),
        programmes=await queries.programmes(actor),
        mine=page.items,
        older=f"/awards?before={page.next}" if page.next else "",
        carry=f"?kudos_id={kudos_id}" if is_uuid(kudos_id) else "",
    )


async def _propose(
    request: AnyRequest, award_id: str, form: RecordForm, item: FeedItem | None, *, status: int = 0
) -> Response[str]:
    return answer(
        request,
        "awards/propose.html",
        view_of(request),
        status=status or form.status,
        award=await queries.programme(current_actor(request), award_id),
        form=form,
        item=item,
    )


async def _thanks(request: AnyRequest, kudos_id: str) -> FeedItem | None:
    """The thank-you that a proposal begins with."""
    found = await kudos.several(current_actor(request), [kudos_id])
    return found.get(kudos_id)


@get("/awards/{award_id:str}/propose", opt=NOMINATE, include_in_schema=False)
async def propose_page(request: AnyRequest, award_id: FromPath[str], kudos_id: FromQuery[str] = "") -> Response[str]:
    """The form; with a thank-you, its only recipient is chosen already."""
    actor = current_actor(request)
    item = await _thanks(request, kudos_id) if kudos_id else None
    people = [one.id for one in item.card.recipients if one.id != actor.id] if item else []
    form = await read(FormMultiDict([]), ("message", "private"), ("person",), actor)
    form.picked = await pick({"person": people[0] if len(people) == 1 else None}, actor.language)
    return await _propose(request, award_id, form, item)


@post("/awards/{award_id:str}/propose", opt=NOMINATE, status_code=200, include_in_schema=False)
async def propose(request: AnyRequest, award_id: FromPath[str]) -> Response[str]:
    """Propose somebody; what is wrong is said beside its field."""
    actor = current_actor(request)
    sent = await form_of(request)
    form = await read(sent, ("message", "private"), ("person",), actor)
    kudos_id = text_of(sent, "kudos")
    item = await _thanks(request, kudos_id) if kudos_id else None
    if await find(form, sent, actor.language):
        return await _propose(request, award_id, form, item)
    try:
        await service.nominate(
            actor=actor,
            programme_id=award_id,
            person_id=str(ids_of(form)["person"] or ""),
            message=form.values["message"],
            kudos_id=kudos_id or None,
            private=bool(form.values["private"]),
            client_id=form.id if is_uuid7(form.id) else None,
            mentions=texts_of(sent, "mention"),
        )
    except Invalid as error:
        form.errors = field_errors(error, actor.language)
        form.problem = form.errors.pop("kudos", "")
        return await _propose(request, award_id, form, item)
    except Conflict as error:
        form.problem = error.message.text(actor.language)
        return await _propose(request, award_id, form, item, status=409)
    return see_other("/awards", toast="proposed")


@get("/budgets", opt=BUDGETS, include_in_schema=False)
async def budgets_page(request: AnyRequest) -> Response[str]:
    """The budgets that one looks after: as a picture, and as a table."""
    return await _budgets(request)


async def _budgets(request: AnyRequest, department_id: str = "", error: str = "", typed: str = "") -> Response[str]:
    found = await queries.budgets_of(current_actor(request))
    return answer(
        request,
        "awards/budgets.html",
        view_of(request),
        status=409 if error else 200,
        found=found,
        most=max(1, *(one.total for one in found.items)) if found.items else 1,
        wrong=department_id,
        error=error,
        typed=typed,
        form_id=uuid7(),
    )


@post("/budgets/{department_id:str}/funding", opt=MANAGE, status_code=200, include_in_schema=False)
async def fund(request: AnyRequest, department_id: FromPath[str]) -> Response[str]:
    """Add points to a budget, or take free ones away."""
    actor = current_actor(request)
    form = await form_of(request)
    typed, form_id = text_of(form, "points").strip(), text_of(form, "id")
    digits = typed.removeprefix("-").removeprefix("−")
    points = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else 0
    try:
        await fund_budget(
            actor=actor,
            department_id=department_id,
            points=-points if typed[:1] in ("-", "−") else points,
            key=f"fund {form_id} {department_id}" if is_uuid7(form_id) else None,
        )
    except NotFound:
        raise
    except DomainError as error:
        sentence = next(iter(field_errors(error, actor.language).values()), error.message.text(actor.language))
        return await _budgets(request, department_id, sentence, typed)
    return see_other("/budgets", toast="saved")


@get("/organisation/awards", opt=MANAGE, include_in_schema=False)
async def programmes_page(request: AnyRequest) -> Response[str]:
    """All awards, archived ones at the end."""
    return answer(request, "awards/programmes.html", view_of(request), programmes=await programmes.records())


def _edit(request: AnyRequest, form: RecordForm, award_id: str = "", archived: bool = False) -> Response[str]:
    return answer(
        request,
        "awards/programme.html",
        view_of(request),
        status=form.status,
        form=form,
        award_id=award_id,
        archived=archived,
    )


@get("/organisation/awards/new", opt=MANAGE, include_in_schema=False)
async def new_programme_page(request: AnyRequest) -> Response[str]:
    """None yet."""
    empty = {**dict.fromkeys(programmes.FIELDS, ""), "nominators": Nominators.EVERYONE.value, "approvals": "1"}
    return _edit(request, RecordForm(values=empty, id=uuid7()))


@post("/organisation/awards/new", opt=MANAGE, status_code=200, include_in_schema=False)
async def create_programme(request: AnyRequest) -> Response[str]:
    """Make it."""
    return await _save(request, "")


@get("/organisation/awards/{award_id:str}", opt=MANAGE, include_in_schema=False)
async def programme_page(request: AnyRequest, award_id: FromPath[str]) -> Response[str]:
    """An award as it stands."""
    record = await programmes.record(award_id)
    form = RecordForm(values=shown(record, programmes.FIELDS), version=record.version)
    return _edit(request, form, award_id, record.archived)


@post("/organisation/awards/{award_id:str}", opt=MANAGE, status_code=200, include_in_schema=False)
async def edit_programme(request: AnyRequest, award_id: FromPath[str]) -> Response[str]:
    """Change it."""
    await programmes.record(award_id)
    return await _save(request, award_id)


async def _save(request: AnyRequest, award_id: str) -> Response[str]:
    actor = current_actor(request)
    form = await read(await form_of(request), programmes.FIELDS, (), actor)
    fields = {**form.values, **{name: number(form.values[name]) for name in _NUMBERS}}

    async def write() -> Changed:
        return await programmes.write_programme(
            actor=actor, fields=fields, programme_id=award_id or form.id, version=form.version
        )

    if await attempt(form, write, actor.language) is None:
        return _edit(request, form, award_id)
    return see_other("/organisation/awards", toast="saved")


@post("/organisation/awards/{award_id:str}/archiving", opt=MANAGE, status_code=200, include_in_schema=False)
async def archive_programme(request: AnyRequest, award_id: FromPath[str]) -> Response[str]:
    """Nobody can be proposed for it any more; or again."""
    archived = text_of(await form_of(request), "back") == ""
    await programmes.archive_programme(actor=current_actor(request), programme_id=award_id, archived=archived)
    return see_other("/organisation/awards", toast="saved")


ROUTES = [
    awards_page,
    propose_page,
    propose,
    budgets_page,
    fund,
    programmes_page,
    new_programme_page,
    create_programme,
    programme_page,
    edit_programme,
    archive_programme,
]
