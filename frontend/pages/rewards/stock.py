"""How many there are of a reward: counted by HR, or codes that are imported."""

from __future__ import annotations

from litestar import Response, post
from litestar.datastructures import FormMultiDict, UploadFile
from litestar.params import FromPath

from api.core.access.middleware import current_actor
from api.core.errors import DomainError, NotFound
from api.rewards import catalogue, codes, records
from frontend.pages.organisation.forms import number
from frontend.pages.rewards.manage import form_of_record, show
from frontend.web import AnyRequest, field_errors, form_of, see_other, text_of

MANAGE = {"policy": "rewards.manage"}


async def _refused(request: AnyRequest, reward_id: str, error: DomainError) -> Response[str]:
    """The reward's page with what is wrong with its stock or codes."""
    if isinstance(error, NotFound):
        raise error
    language = current_actor(request).language
    record = await records.reward_record(reward_id)
    problem = "" if error.fields else error.message.text(language)
    errors = field_errors(error, language)
    return await show(request, form_of_record(record), record, problem=problem, errors=errors, status=error.status)


@post("/organisation/rewards/{reward_id:str}/stock", opt=MANAGE, status_code=200, include_in_schema=False)
async def set_stock(request: AnyRequest, reward_id: FromPath[str]) -> Response[str]:
    """How many there are."""
    sent = await form_of(request)
    stock, seen = (number(text) if text else None for text in (text_of(sent, "stock").strip(), text_of(sent, "seen")))
    try:
        changed = await catalogue.set_stock(actor=current_actor(request), reward_id=reward_id, stock=stock, seen=seen)
    except DomainError as error:
        return await _refused(request, reward_id, error)
    return see_other(f"/organisation/rewards/{reward_id}", toast=f"changed:{changed.change_id or ''}")


@post(
    "/organisation/rewards/{reward_id:str}/codes",
    opt=MANAGE,
    status_code=200,
    include_in_schema=False,
    request_max_body_size=codes.LARGEST_LIST,
)
async def import_codes(request: AnyRequest, reward_id: FromPath[str]) -> Response[str]:
    """Add codes, pasted or from a file; or take out those that nobody has ordered."""
    actor = current_actor(request)
    sent = await form_of(request)
    try:
        if text_of(sent, "do") == "remove":
            await codes.remove_codes(actor=actor, reward_id=reward_id)
            return see_other(f"/organisation/rewards/{reward_id}", toast="codes_removed")
        done = await codes.import_codes(actor=actor, reward_id=reward_id, text=await _pasted(sent))
    except DomainError as error:
        return await _refused(request, reward_id, error)
    return see_other(f"/organisation/rewards/{reward_id}", toast=f"codes:{done.added}")


async def _pasted(sent: FormMultiDict) -> str:
    file = sent.get("file")
    if isinstance(file, UploadFile):
        content = await file.read()
        await file.close()
        if content:
            return content.decode("utf-8", "replace")
    return text_of(sent, "codes")


ROUTES = [set_stock, import_codes]
