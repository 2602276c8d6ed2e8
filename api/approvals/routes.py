"""Approvals over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from api.approvals import deputies, queries, ruling, service
from api.approvals.rules import Decision, Rule, Who
from api.approvals.schemas import (
    ApprovalOut,
    ApprovalPage,
    ChangeRule,
    Decide,
    DecidedOut,
    DeputyList,
    NameDeputy,
    Refused,
    RuleList,
)
from api.core.access.middleware import current_actor
from api.core.clock import utc
from api.core.openapi import problems
from api.core.pages import PAGE, read_cursor
from api.core.settings import Settings

AnyRequest = Request[Any, Any, Any]
READ = {"policy": "approvals.read"}
DECIDE = {"policy": "approvals.decide"}
RULES = {"policy": "approvals.rules"}
TAGS = ["Approvals"]


@get("/approvals", opt=READ, tags=TAGS, responses=problems(422), operation_id="listApprovals")
async def list_approvals(
    request: AnyRequest,
    which: Annotated[
        queries.Which,
        QueryParameter(description="What waits for you, what you asked for (`mine`), or what you have decided."),
    ] = "waiting",
    before: Annotated[str | None, QueryParameter(description="The cursor of the page before.")] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=100)] = PAGE,
) -> ApprovalPage:
    """Cases, the newest first."""
    return await queries.listed(current_actor(request), which, before=read_cursor(before), limit=limit)


@get("/approvals/{approval_id:str}", opt=READ, tags=TAGS, responses=problems(404), operation_id="readApproval")
async def read_approval(request: AnyRequest, approval_id: FromPath[str]) -> ApprovalOut:
    """A case, and where it stands."""
    return await queries.one(current_actor(request), approval_id)


@post(
    "/approvals/decisions",
    opt=DECIDE,
    tags=TAGS,
    status_code=200,
    responses=problems(404, 409, 413, 422),
    operation_id="decideApprovals",
)
async def decide(request: AnyRequest, data: JSONBody[Decide], settings: NamedDependency[Settings]) -> DecidedOut:
    """Approve or decline one or more cases. It takes effect when it can no longer be undone.

    The same again is the same decision. Of several cases, those that cannot be decided are left out and named.
    """
    actor = current_actor(request)
    made = await service.decide(
        actor=actor,
        approval_ids=data.approvals,
        decision=Decision(data.decision),
        reason=data.reason,
        choice=data.choice,
        step=data.step,
        undo_seconds=settings.undo_seconds,
    )
    return DecidedOut(
        decision=made.id,
        decided=made.decided,
        refused=[Refused(i, message.text(actor.language)) for i, message in made.refused.items()],
        settles_at=utc(made.settles_at),
    )


@delete(
    "/approvals/decisions/{decision_id:str}",
    opt=DECIDE,
    tags=TAGS,
    responses=problems(404, 409),
    operation_id="undoDecision",
)
async def undo(request: AnyRequest, decision_id: FromPath[str]) -> None:
    """Take a decision back while its minute runs; doing so twice is once."""
    await service.undo(actor=current_actor(request), decision_id=decision_id)


@post(
    "/approvals/{approval_id:str}/cancellation",
    opt=DECIDE,
    tags=TAGS,
    status_code=204,
    responses=problems(404, 409),
    operation_id="cancelApproval",
)
async def cancel(request: AnyRequest, approval_id: FromPath[str]) -> None:
    """Take back what you have asked for."""
    await service.cancel(actor=current_actor(request), approval_id=approval_id)


@get("/deputies", opt=READ, tags=TAGS, responses=problems(), operation_id="listDeputies")
async def list_deputies(request: AnyRequest) -> DeputyList:
    """Who decides for you, and for whom you decide."""
    return await queries.deputies(current_actor(request))


@post("/deputies", opt=DECIDE, tags=TAGS, responses=problems(409, 413, 422), operation_id="nameDeputy")
async def name_deputy(request: AnyRequest, data: JSONBody[NameDeputy]) -> Response[DeputyList]:
    """Somebody decides for you for some days."""
    actor = current_actor(request)
    await deputies.name_deputy(actor=actor, deputy_id=data.deputy, from_day=data.from_day, until_day=data.until_day)
    return Response(await queries.deputies(actor), status_code=201)


@delete("/deputies/{deputyship_id:str}", opt=DECIDE, tags=TAGS, responses=problems(404), operation_id="removeDeputy")
async def remove_deputy(request: AnyRequest, deputyship_id: FromPath[str]) -> None:
    """End it."""
    await deputies.remove_deputy(actor=current_actor(request), deputyship_id=deputyship_id)


@get("/approval-rules", opt=RULES, tags=TAGS, responses=problems(), operation_id="listApprovalRules")
async def list_rules(request: AnyRequest) -> RuleList:
    """Who decides which kind of case."""
    return RuleList(await ruling.rules(current_actor(request).language))


@patch(
    "/approval-rules/{kind_name:str}",
    opt=RULES,
    tags=TAGS,
    responses=problems(404, 409, 413, 422),
    operation_id="changeApprovalRule",
)
async def change_rule(request: AnyRequest, kind_name: FromPath[str], data: JSONBody[ChangeRule]) -> RuleList:
    """Change it as it was seen; 409 if somebody has changed it meanwhile."""
    actor = current_actor(request)
    rule = Rule(
        first=Who(data.first),
        free_up_to=data.free_up_to,
        two_above=data.two_above,
        hr_above=data.hr_above,
        together=data.together,
        due_days=data.due_days,
    )
    await ruling.change_rule(actor=actor, kind=kind_name, rule=rule, version=data.version)
    return RuleList(await ruling.rules(actor.language))


ROUTES = [
    list_approvals,
    read_approval,
    decide,
    undo,
    cancel,
    list_deputies,
    name_deputy,
    remove_deputy,
    list_rules,
    change_rule,
]
