"""HR's catalogue: rewards with their pictures."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict, UploadFile
from litestar.params import FromPath, FromQuery

from api.administration.queries import history
from api.core.access.middleware import current_actor
from api.core.changes import Changed
from api.core.errors import DomainError
from api.core.ids import uuid7
from api.people.rules import HUES
from api.rewards import catalogue, codes, pictures, records
from api.rewards.record_routes import ROOM
from api.rewards.record_schemas import RewardRecord
from api.rewards.rules import Fulfilment
from api.rewards.words import FIELDS as WORDS
from frontend.changes import in_words
from frontend.pages.organisation.forms import RecordForm, attempt, cents_of, number, read, shown, typed_cents
from frontend.web import AnyRequest, answer, field_errors, form_of, see_other, text_of, view_of

MANAGE = {"policy": "rewards.manage"}
FIELDS = (
    *("title_de", "title_en", "text_de", "text_en", "kind", "points", "cents", "tax_class", "fulfilment"),
    *("limit_count", "limit_period", "countries", "places", "starts_on", "ends_on", "motif", "hue"),
    *("picture_id", "alt_de", "alt_en", "stock"),
)
_NEW = {
    **dict.fromkeys(FIELDS, ""),
    "kind": "voucher",
    "tax_class": "benefit",
    "fulfilment": "hr",
    "motif": "gift",
    "hue": "3",
}
_PICTURE_ROOM = pictures.LARGEST_FILE + ROOM


@get("/organisation/rewards", opt=MANAGE, include_in_schema=False)
async def rewards_page(
    request: AnyRequest, q: FromQuery[str] = "", archived: FromQuery[str] = "", after: FromQuery[str | None] = None
) -> Response[str]:
    """The whole catalogue by title, or what is archived."""
    language = current_actor(request).language
    found = await records.reward_items(language, q=q[:200], archived=bool(archived), after=after)
    more = urlencode(
        {**({"q": q} if q else {}), **({"archived": "yes"} if archived else {}), "after": found.next or ""}
    )
    return answer(
        request,
        "rewards/manage.html",
        view_of(request),
        items=found.items,
        more=f"/organisation/rewards?{more}" if found.next else "",
        q=q,
        archived=bool(archived),
        kinds={code: words.text(language) for code, words in WORDS["kind"].items()},
    )


async def show(
    request: AnyRequest,
    form: RecordForm,
    record: RewardRecord | None = None,
    *,
    problem: str = "",
    errors: dict[str, str] | None = None,
    status: int = 0,
) -> Response[str]:
    language = current_actor(request).language
    changes = await history(language, subject=record.id, limit=8) if record else None
    with_codes = record is not None and record.fulfilment == Fulfilment.CODES
    return answer(
        request,
        "rewards/edit.html",
        view_of(request),
        status=status or (409 if problem else form.status),
        form=form,
        record=record,
        hues=range(1, HUES + 1),
        options={
            field: [(code, words.text(language)) for code, words in words_of.items()]
            for field, words_of in WORDS.items()
        },
        codes=await codes.codes(record.id) if with_codes and record else None,
        changes=in_words(changes, language) if changes else [],
        problem=problem,
        errors=errors or {},
    )


def form_of_record(record: RewardRecord) -> RecordForm:
    values = shown(record, FIELDS)
    values["cents"] = typed_cents(record.cents)
    return RecordForm(values=values, version=record.version)


def _fields(form: RecordForm) -> dict[str, object]:
    typed: dict[str, Any] = dict(form.values)
    for field in ("points", "hue"):
        typed[field] = number(typed[field])
    for field in ("limit_count", "stock"):
        typed[field] = number(typed[field]) if typed[field].strip() else None
    cents = cents_of(typed["cents"])
    typed["cents"] = 0 if cents is None else cents
    typed["picture_id"] = typed["picture_id"] or None
    return typed


async def _read(request: AnyRequest) -> tuple[RecordForm, FormMultiDict]:
    """What was sent; a picture with it is stored, and its id stays in the form whatever else is wrong."""
    actor = current_actor(request)
    sent = await form_of(request)
    form = await read(sent, FIELDS, (), actor)
    file = sent.get("picture")
    if text_of(sent, "remove_picture"):
        form.values["picture_id"] = ""
    if isinstance(file, UploadFile):
        try:
            content = await file.read(pictures.LARGEST_FILE + 1)
            if content:
                form.values["picture_id"] = await pictures.store_picture(actor=actor, content=content)
        except DomainError as error:
            form.errors = field_errors(error, actor.language)
        finally:
            await file.close()
    return form, sent


@get("/organisation/rewards/new", opt=MANAGE, include_in_schema=False)
async def new_page(request: AnyRequest) -> Response[str]:
    """None yet."""
    return await show(request, RecordForm(values=dict(_NEW), id=uuid7()))


@post(
    "/organisation/rewards/new",
    opt=MANAGE,
    status_code=200,
    include_in_schema=False,
    request_max_body_size=_PICTURE_ROOM,
)
async def create(request: AnyRequest) -> Response[str]:
    """Make it."""
    actor = current_actor(request)
    form, _sent = await _read(request)
    if form.errors:
        return await show(request, form)

    async def make() -> Changed:
        return (await catalogue.create_reward(actor=actor, fields=_fields(form), client_id=form.id))[0]

    changed = await attempt(form, make, actor.language)
    if changed is None:
        return await show(request, form)
    return see_other(f"/organisation/rewards/{changed.id}", toast=f"changed:{changed.change_id or ''}")


@get("/organisation/rewards/{reward_id:str}", opt=MANAGE, include_in_schema=False)
async def reward_page(request: AnyRequest, reward_id: FromPath[str]) -> Response[str]:
    """A reward as it stands."""
    record = await records.reward_record(reward_id)
    return await show(request, form_of_record(record), record)


@post(
    "/organisation/rewards/{reward_id:str}",
    opt=MANAGE,
    status_code=200,
    include_in_schema=False,
    request_max_body_size=_PICTURE_ROOM,
)
async def edit(request: AnyRequest, reward_id: FromPath[str]) -> Response[str]:
    """Change it."""
    actor = current_actor(request)
    record = await records.reward_record(reward_id)
    form, _sent = await _read(request)
    form.values |= {"fulfilment": record.fulfilment, "stock": "" if record.stock is None else str(record.stock)}
    if form.errors:
        return await show(request, form, record)

    async def change() -> Changed:
        return await catalogue.edit_reward(
            actor=actor, reward_id=reward_id, changes=_fields(form), version=form.version
        )

    async def present() -> RecordForm:
        return form_of_record(await records.reward_record(reward_id))

    changed = await attempt(form, change, actor.language, present)
    if changed is None:
        return await show(request, form, await records.reward_record(reward_id))
    return see_other(f"/organisation/rewards/{reward_id}", toast=f"changed:{changed.change_id or ''}")


@post("/organisation/rewards/{reward_id:str}/archiving", opt=MANAGE, status_code=200, include_in_schema=False)
async def archive(request: AnyRequest, reward_id: FromPath[str]) -> Response[str]:
    """Nobody can order it any more."""
    changed = await catalogue.archive_reward(actor=current_actor(request), reward_id=reward_id)
    return see_other("/organisation/rewards", toast=f"changed:{changed.change_id or ''}")


@post("/organisation/rewards/{reward_id:str}/return", opt=MANAGE, status_code=200, include_in_schema=False)
async def restore(request: AnyRequest, reward_id: FromPath[str]) -> Response[str]:
    """It can be ordered again."""
    changed = await catalogue.restore_reward(actor=current_actor(request), reward_id=reward_id)
    return see_other(f"/organisation/rewards/{reward_id}", toast=f"changed:{changed.change_id or ''}")


ROUTES = [
    rewards_page,
    new_page,
    create,
    reward_page,
    edit,
    archive,
    restore,
]
