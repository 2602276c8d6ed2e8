"""What waits for one's decision, what one asked for, and who stands in."""

from __future__ import annotations

import arrow
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from api.approvals import deputies, queries, service
from api.approvals.rules import Decision
from api.approvals.schemas import ApprovalOut
from api.awards.queries import budgets_of
from api.awards.schemas import BudgetList
from api.core.access.actor import Actor, Role
from api.core.access.middleware import current_actor
from api.core.clock import SECOND, now
from api.core.errors import Conflict, DomainError, Invalid
from api.core.ids import is_uuid7, uuid7
from api.core.pages import read_cursor
from api.core.settings import Settings
from frontend.pages.organisation.forms import RecordForm, find, ids_of, read
from frontend.web import AnyRequest, answer, came_from, field_errors, form_of, see_other, text_of, texts_of, view_of

READ = {"policy": "approvals.read"}
DECIDE = {"policy": "approvals.decide"}


class Wrong:
    """A decision that was refused: which cases it was about, the sentence, and what was typed."""

    def __init__(self, error: DomainError, actor: Actor, ids: list[str], reason: str) -> None:
        sentence = field_errors(error, actor.language).get("reason", "")
        self.ids = ids
        self.reason = reason
        self.beside = sentence
        self.sentence = "" if sentence else error.message.text(actor.language)
        self.status = error.status


async def _list(request: AnyRequest, which: queries.Which, before: str | None, wrong: Wrong | None) -> Response[str]:
    actor = current_actor(request)
    page = await queries.listed(actor, which, before=read_cursor(before))
    return answer(
        request,
        "approvals/list.html",
        view_of(request),
        status=wrong.status if wrong else 200,
        which=which,
        items=page.items,
        waiting=[item for item in page.items if item.step is not None],
        older=f"/approvals?which={which}&before={page.next}" if page.next else "",
        deputies=await queries.deputies(actor) if which == "waiting" else None,
        budgets=await _budgets(actor) if which == "waiting" else None,
        wrong=wrong,
    )


async def _budgets(actor: Actor) -> BudgetList | None:
    """What whoever leads a department has left for awards; HR, who see all, have a page for it."""
    if actor.is_hr or Role.MANAGER not in actor.roles:
        return None
    found = await budgets_of(actor)
    return found if any(one.total for one in found.items) else None


@get("/approvals", opt=READ, include_in_schema=False)
async def approvals_page(
    request: AnyRequest, which: FromQuery[queries.Which] = "waiting", before: FromQuery[str | None] = None
) -> Response[str]:
    """What waits, what I asked for, or what I decided."""
    return await _list(request, which, before, None)


async def _one(request: AnyRequest, item: ApprovalOut, wrong: Wrong | None = None) -> Response[str]:
    return answer(
        request,
        "approvals/case.html",
        view_of(request),
        status=wrong.status if wrong else 200,
        item=item,
        wrong=wrong,
    )


@get("/approvals/{approval_id:str}", opt=READ, include_in_schema=False)
async def approval_page(request: AnyRequest, approval_id: FromPath[str]) -> Response[str]:
    """A case, and where it stands."""
    return await _one(request, await queries.one(current_actor(request), approval_id))


def _reason(form: FormMultiDict) -> str:
    """What was typed, else the sentence that was chosen."""
    return text_of(form, "reason").strip() or text_of(form, "preset").strip()


@post("/approvals/decisions", opt=DECIDE, status_code=200, include_in_schema=False)
async def decide(request: AnyRequest, settings: NamedDependency[Settings]) -> Response[str]:
    """Approve or decline what is chosen; the next page offers to take it back."""
    actor = current_actor(request)
    form = await form_of(request)
    ids, reason, step = texts_of(form, "approval")[:100], _reason(form), text_of(form, "step")
    back = came_from(request, "/approvals")
    if text_of(form, "decision") not in list(Decision) or not ids:
        return see_other(back, toast="" if ids else "none_ticked")
    decision = Decision(text_of(form, "decision"))
    try:
        made = await service.decide(
            actor=actor,
            approval_ids=ids,
            decision=decision,
            reason=reason,
            choice=text_of(form, "choice"),
            step=int(step) if step.isascii() and step.isdigit() and len(step) < 3 else None,
            undo_seconds=settings.undo_seconds,
        )
    except (Conflict, Invalid) as error:
        return await _list(request, "waiting", None, Wrong(error, actor, ids, reason))
    seconds = max(0, round((made.settles_at - now()) / SECOND))
    return see_other(
        "/approvals", toast=f"decided:{made.id}:{seconds}:{decision.value}:{len(made.decided)}:{len(made.refused)}"
    )


@post("/approvals/decisions/{decision_id:str}/undo", opt=DECIDE, status_code=200, include_in_schema=False)
async def undo(request: AnyRequest, decision_id: FromPath[str]) -> Response[str]:
    """Take a decision back."""
    await service.undo(actor=current_actor(request), decision_id=decision_id)
    return see_other("/approvals", toast="undecided")


@post("/approvals/{approval_id:str}/cancellation", opt=DECIDE, status_code=200, include_in_schema=False)
async def cancel(request: AnyRequest, approval_id: FromPath[str]) -> Response[str]:
    """Take back what one asked for."""
    await service.cancel(actor=current_actor(request), approval_id=approval_id)
    return see_other("/approvals?which=mine", toast="request_cancelled")


async def _show_deputies(request: AnyRequest, form: RecordForm) -> Response[str]:
    found = await queries.deputies(current_actor(request))
    return answer(request, "approvals/deputies.html", view_of(request), status=form.status, form=form, found=found)


@get("/approvals/deputies", opt=READ, include_in_schema=False)
async def deputies_page(request: AnyRequest) -> Response[str]:
    """Who decides for me, and for whom I decide."""
    actor = current_actor(request)
    today = arrow.get(now() // SECOND, tzinfo=actor.time_zone).date().isoformat()
    empty = await read(FormMultiDict([("from_day", today)]), ("from_day", "until_day"), ("deputy",), actor)
    return await _show_deputies(request, empty)


@post("/approvals/deputies", opt=DECIDE, status_code=200, include_in_schema=False)
async def name_deputy(request: AnyRequest) -> Response[str]:
    """Somebody decides for me for some days."""
    actor = current_actor(request)
    sent = await form_of(request)
    form = await read(sent, ("from_day", "until_day"), ("deputy",), actor)
    if await find(form, sent, actor.language):
        return await _show_deputies(request, form)
    try:
        await deputies.name_deputy(
            actor=actor,
            deputy_id=str(ids_of(form)["deputy"] or ""),
            from_day=form.values["from_day"],
            until_day=form.values["until_day"],
            client_id=form.id if is_uuid7(form.id) else uuid7(),
        )
    except Conflict as error:
        form.problem = error.message.text(actor.language)
        return await _show_deputies(request, form)
    except Invalid as error:
        form.errors = field_errors(error, actor.language)
        return await _show_deputies(request, form)
    return see_other("/approvals/deputies", toast="saved")


@post("/approvals/deputies/{deputyship_id:str}/end", opt=DECIDE, status_code=200, include_in_schema=False)
async def remove_deputy(request: AnyRequest, deputyship_id: FromPath[str]) -> Response[str]:
    """Nobody stands in by this any more."""
    await deputies.remove_deputy(actor=current_actor(request), deputyship_id=deputyship_id)
    return see_other("/approvals/deputies", toast="deputy_removed")


ROUTES = [
    approvals_page,
    deputies_page,
    approval_page,
    decide,
    undo,
    cancel,
    name_deputy,
    remove_deputy,
]
