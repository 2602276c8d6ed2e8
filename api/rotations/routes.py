"""Programmes and plans over HTTP: set up, look for a plan, read its board, change it, publish it."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Response, delete, get, patch, post, put
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from api.core.access.middleware import current_actor
from api.core.errors import Invalid
from api.core.i18n import gettext_later as _
from api.core.idempotency import check_client_id
from api.core.openapi import problems
from api.rotations import board as boards
from api.rotations import desk, editing, listing, programmes, publishing, solving
from api.rotations.board import Board
from api.rotations.plan_schemas import (
    ChangeParticipants,
    ChangeRules,
    ChangeScope,
    ChangeVisit,
    CreateRotation,
    FindPlan,
    PlanList,
    PlanOut,
    Published,
    PublishPlan,
    Reasons,
    RotationList,
    plan_out,
)
from api.rotations.programmes import RotationProgramme
from api.rotations.rules import LIVE

AnyRequest = Request[Any, Any, Any]
PLAN = {"policy": "rotations.plan"}
TAGS = ["Rotations"]
_PROGRAMME, _PLAN = "/programmes/{programme_id:str}", "/plans/{plan_id:str}"
_CHANGED = problems(404, 409, 413, 422)


@get("/programmes", opt=PLAN, tags=TAGS, responses=problems(), operation_id="listRotations")
async def list_programmes(
    archived: Annotated[bool, QueryParameter(description="Those that are archived instead.")] = False,
) -> RotationList:
    """Programmes of job rotations."""
    return RotationList(await listing.programmes(archived=archived))


@post("/programmes", opt=PLAN, tags=TAGS, responses=problems(409, 413, 422), operation_id="createRotation")
async def create_programme(request: AnyRequest, data: JSONBody[CreateRotation]) -> RotationProgramme:
    """A new programme, its blocks cut, with the usual rules."""
    made = await programmes.create_programme(
        actor=current_actor(request),
        name=data.name,
        starts_on=data.starts_on,
        ends_on=data.ends_on,
        pattern=data.pattern,
        programme_id=check_client_id(data.id),
    )
    return await programmes.programme(made)


@get(_PROGRAMME, opt=PLAN, tags=TAGS, responses=problems(404), operation_id="readRotation")
async def read_programme(programme_id: FromPath[str]) -> RotationProgramme:
    """All of a programme."""
    return await programmes.programme(programme_id)


@put(f"{_PROGRAMME}/scope", opt=PLAN, tags=TAGS, responses=_CHANGED, operation_id="changeRotationScope")
async def change_scope(
    request: AnyRequest, programme_id: FromPath[str], data: JSONBody[ChangeScope]
) -> RotationProgramme:
    """Which dependencies it is about."""
    await programmes.change_scope(
        actor=current_actor(request), programme_id=programme_id, scope=data.dependencies, version=data.version
    )
    return await programmes.programme(programme_id)


@put(f"{_PROGRAMME}/participants", opt=PLAN, tags=TAGS, responses=_CHANGED, operation_id="changeRotationPeople")
async def change_participants(
    request: AnyRequest, programme_id: FromPath[str], data: JSONBody[ChangeParticipants]
) -> RotationProgramme:
    """Who takes part."""
    await programmes.change_participants(
        actor=current_actor(request),
        programme_id=programme_id,
        participants=data.participants,
        version=data.version,
    )
    return await programmes.programme(programme_id)


@put(f"{_PROGRAMME}/rules", opt=PLAN, tags=TAGS, responses=_CHANGED, operation_id="changeRotationRules")
async def change_rules(
    request: AnyRequest, programme_id: FromPath[str], data: JSONBody[ChangeRules]
) -> RotationProgramme:
    """Rules and goals."""
    await programmes.change_rules(
        actor=current_actor(request),
        programme_id=programme_id,
        rules=data.rules,
        goals=data.goals,
        version=data.version,
    )
    return await programmes.programme(programme_id)


@get(f"{_PROGRAMME}/plans", opt=PLAN, tags=TAGS, responses=problems(404), operation_id="listPlans")
async def list_plans(programme_id: FromPath[str]) -> PlanList:
    """A programme's plans."""
    record = await programmes.programme(programme_id)
    return PlanList([plan_out(one) for one in await listing.plans(record.id)])


@post(f"{_PROGRAMME}/plans", opt=PLAN, tags=TAGS, responses=_CHANGED, operation_id="findPlan")
async def find_plan(request: AnyRequest, programme_id: FromPath[str], data: JSONBody[FindPlan]) -> PlanOut:
    """Begin to look for a plan; read it again to see how it is going."""
    made = await solving.find_plan(
        actor=current_actor(request),
        programme_id=programme_id,
        seconds=data.seconds,
        from_plan=data.from_plan,
        plan_id=check_client_id(data.id),
    )
    return plan_out(await listing.plan(made))


@get(_PLAN, opt=PLAN, tags=TAGS, responses=problems(404), operation_id="readPlan")
async def read_plan(plan_id: FromPath[str]) -> PlanOut:
    """A plan, or how the search for it is going."""
    found = await listing.plan(plan_id)
    return plan_out(found, await listing.search(found) if found.state in LIVE else None)


@delete(_PLAN, opt=PLAN, tags=TAGS, responses=problems(404, 409), operation_id="removePlan")
async def remove_plan(request: AnyRequest, plan_id: FromPath[str]) -> None:
    """A plan nobody was told of goes, and a search for one ends."""
    await solving.discard_plan(actor=current_actor(request), plan_id=plan_id)


@get(f"{_PLAN}/board", opt=PLAN, tags=TAGS, responses=problems(404), operation_id="readBoard")
async def read_board(request: AnyRequest, plan_id: FromPath[str]) -> Board:
    """Its visits, its blocks, and who will have seen whom."""
    found = await listing.plan(plan_id)
    record = await programmes.programme(found.programme_id)
    return await boards.board(found.id, record.id, record.scope, current_actor(request).language)


@get(f"{_PLAN}/reasons", opt=PLAN, tags=TAGS, responses=problems(404), operation_id="explainPlan")
async def explain_plan(plan_id: FromPath[str], person: FromQuery[str], host: FromQuery[str]) -> Reasons:
    """Why this person does not see this department, and what would make it possible."""
    return Reasons(await desk.why_not(await desk.desk(plan_id), person_id=person, host_id=host))


@post(f"{_PLAN}/stop", opt=PLAN, tags=TAGS, status_code=204, responses=problems(404), operation_id="stopSearch")
async def stop_search(request: AnyRequest, plan_id: FromPath[str]) -> None:
    """Good enough: the search ends in a moment and keeps its best plan."""
    found = await listing.plan(plan_id)
    await solving.stop_search(actor=current_actor(request), plan_id=found.id)


@patch(
    f"{_PLAN}/visits/{{visit_id:str}}",
    opt=PLAN,
    tags=TAGS,
    status_code=204,
    responses=_CHANGED,
    operation_id="changeVisit",
)
async def change_visit(
    request: AnyRequest, plan_id: FromPath[str], visit_id: FromPath[str], data: JSONBody[ChangeVisit]
) -> None:
    """Move it, hand it over, pin or loosen it. What breaks a rule is kept and named on the board."""
    actor = current_actor(request)
    if [data.block, data.person, data.pinned].count(None) != 2:
        raise Invalid(_("Change one thing at a time."))
    if data.block is not None:
        await editing.move(actor=actor, plan_id=plan_id, visit_id=visit_id, block=data.block)
    elif data.person is not None:
        await editing.hand_over(actor=actor, plan_id=plan_id, visit_id=visit_id, person_id=data.person)
    elif data.pinned is not None:
        await editing.pin(actor=actor, plan_id=plan_id, visit_id=visit_id, pinned=data.pinned)


@post(f"{_PLAN}/publication", opt=PLAN, tags=TAGS, responses=_CHANGED, operation_id="publishPlan")
async def publish_plan(request: AnyRequest, plan_id: FromPath[str], data: JSONBody[PublishPlan]) -> Response[Published]:
    """Tell people of it, in place of the programme's plan before; only of what changes for them."""
    made = await publishing.publish(actor=current_actor(request), plan_id=plan_id, answer_by=data.answer_by)
    return Response(Published(made), status_code=201)


ROUTES = [
    list_programmes,
    create_programme,
    read_programme,
    change_scope,
    change_participants,
    change_rules,
    list_plans,
    find_plan,
    read_plan,
    remove_plan,
    read_board,
    explain_plan,
    stop_search,
    change_visit,
    publish_plan,
]
