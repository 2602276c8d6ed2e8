"""The catalogue as people look at it, and ordering from it."""

from __future__ import annotations

from urllib.parse import urlencode

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from api.core.access.middleware import current_actor
from api.core.errors import DomainError, NotFound
from api.core.i18n import ngettext_later as _n
from api.core.ids import is_uuid7, uuid7
from api.core.text import clean
from api.rewards import ordering, queries, redemptions
from api.rewards.rules import Kind, Period, When, month_after
from api.rewards.schemas import RewardOut
from api.rewards.words import KINDS, MonthName
from frontend.pages.organisation.forms import number
from frontend.web import AnyRequest, answer, field_errors, form_of, see_other, text_of, view_of

READ = {"policy": "rewards.read"}
ORDER = {"policy": "rewards.order"}


class OrderForm(msgspec.Struct):
    """An order as it stands in the form."""

    id: str
    note: str = ""
    when: str = ""


@get("/rewards", opt=READ, include_in_schema=False)
async def catalogue_page(
    request: AnyRequest,
    q: FromQuery[str] = "",
    kind: FromQuery[str] = "",
    affordable: FromQuery[str] = "",
    after: FromQuery[str | None] = None,
) -> Response[str]:
    """What is offered, the cheapest first, with one's points and what is under way."""
    actor = current_actor(request)
    kind = kind if kind in set(Kind) else ""
    found = await queries.catalogue(actor, q=q[:200], kind=kind, affordable=bool(affordable), after=after)
    chosen = {"q": q, "kind": kind, "affordable": affordable}
    more = urlencode({**{name: text for name, text in chosen.items() if text}, "after": found.next or ""})
    return answer(
        request,
        "rewards/catalogue.html",
        view_of(request),
        found=found,
        under_way=await redemptions.open_redemptions(actor),
        kinds=[(code, words.text(actor.language)) for code, words in KINDS.items()],
        filtered=any(chosen.values()),
        more=f"/rewards?{more}",
        q=q,
        kind=kind,
        affordable=bool(affordable),
    )


def limit_words(item: RewardOut, language: str) -> str:
    """How many each person may have, in words."""
    count = item.limit_count or 1
    words = {
        Period.MONTH: _n("one a month", "%(n)s a month", count),
        Period.QUARTER: _n("one a quarter", "%(n)s a quarter", count),
        Period.YEAR: _n("one a year", "%(n)s a year", count),
    }
    return words.get(Period(item.limit_period or "ever"), _n("one", "%(n)s", count)).text(language)


async def _show(
    request: AnyRequest,
    reward_id: str,
    form: OrderForm,
    *,
    errors: dict[str, str] | None = None,
    problem: str = "",
    status: int = 200,
) -> Response[str]:
    actor = current_actor(request)
    found = await queries.reward(actor, reward_id)
    language = actor.language
    return answer(
        request,
        "rewards/reward.html",
        view_of(request),
        status=status,
        found=found,
        kind=KINDS[found.item.reward.kind].text(language),
        limit_words=limit_words(found.item, language) if found.item.limit_count else "",
        next_month=MonthName(month_after(found.guard.month)).text(language),
        form=form,
        errors=errors or {},
        problem=problem,
    )


@get("/rewards/{reward_id:str}", opt=READ, include_in_schema=False)
async def reward_page(request: AnyRequest, reward_id: FromPath[str]) -> Response[str]:
    """One reward and its order form."""
    return await _show(request, reward_id, OrderForm(uuid7()))


@post("/rewards/{reward_id:str}/order", opt=ORDER, status_code=200, include_in_schema=False)
async def order(request: AnyRequest, reward_id: FromPath[str]) -> Response[str]:
    """Order it. The form holds the new order's id, so that pressing twice orders once."""
    actor = current_actor(request)
    sent = await form_of(request)
    sent_id, points = text_of(sent, "id"), number(text_of(sent, "points"))
    form = OrderForm(sent_id if is_uuid7(sent_id) else uuid7(), clean(text_of(sent, "note")), text_of(sent, "when"))
    try:
        redemption_id, _fresh = await ordering.order(
            actor=actor,
            reward_id=reward_id,
            points=points if isinstance(points, int) else None,
            note=form.note,
            when=form.when or When.NOW,
            client_id=form.id,
        )
    except NotFound:
        raise
    except DomainError as error:
        problem = "" if error.fields else error.message.text(actor.language)
        errors = field_errors(error, actor.language)
        return await _show(request, reward_id, form, errors=errors, problem=problem, status=error.status)
    return see_other(f"/redemptions/{redemption_id}", toast="ordered")


ROUTES = [catalogue_page, reward_page, order]
