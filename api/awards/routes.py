"""Awards and award budgets over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, delete, get, post, put
from litestar.params import FromPath, JSONBody, QueryParameter

from api.awards import programmes, queries, service
from api.awards.schemas import (
    BudgetList,
    Fund,
    Nominate,
    NominationPage,
    ProgrammeList,
    ProgrammeRecord,
    WriteProgramme,
)
from api.core.access.middleware import current_actor
from api.core.idempotency import check_client_id, check_key
from api.core.openapi import Key, problems
from api.core.pages import PAGE, read_cursor
from api.points.service import fund_budget

AnyRequest = Request[Any, Any, Any]
READ = {"policy": "awards.read"}
NOMINATE = {"policy": "awards.nominate"}
MANAGE = {"policy": "awards.manage"}
BUDGETS = {"policy": "budgets.read"}
TAGS = ["Awards"]


@get("/awards", opt=READ, tags=TAGS, responses=problems(), operation_id="listAwards")
async def list_awards(request: AnyRequest) -> ProgrammeList:
    """The awards that colleagues can be proposed for."""
    return ProgrammeList(await queries.programmes(current_actor(request)))


@get("/nominations", opt=NOMINATE, tags=TAGS, responses=problems(422), operation_id="listNominations")
async def list_nominations(
    request: AnyRequest,
    before: Annotated[str | None, QueryParameter(description="The cursor of the page before.")] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=100)] = PAGE,
) -> NominationPage:
    """Whom you have proposed."""
    return await queries.nominations(current_actor(request), before=read_cursor(before), limit=limit)


@post("/nominations", opt=NOMINATE, tags=TAGS, responses=problems(404, 409, 413, 422), operation_id="nominate")
async def nominate(request: AnyRequest, data: JSONBody[Nominate], key: Key = None) -> Response[NominationPage]:
    """Propose a colleague for an award; its points are held in the department's budget until it is decided."""
    actor = current_actor(request)
    _id, fresh = await service.nominate(
        actor=actor,
        programme_id=data.programme,
        person_id=data.person,
        message=data.message,
        kudos_id=data.kudos,
        private=data.private,
        key=check_key(key),
        client_id=check_client_id(data.id),
    )
    return Response(await queries.nominations(actor, limit=1), status_code=201 if fresh else 200)


@post("/awards", opt=MANAGE, tags=TAGS, responses=problems(409, 413, 422), operation_id="createAward")
async def create_award(request: AnyRequest, data: JSONBody[WriteProgramme]) -> ProgrammeRecord:
    """A new award."""
    made = await programmes.write_programme(actor=current_actor(request), fields=msgspec.to_builtins(data))
    return await programmes.record(made.id)


@get("/awards/{award_id:str}/record", opt=MANAGE, tags=TAGS, responses=problems(404), operation_id="readAwardRecord")
async def award_record(award_id: FromPath[str]) -> ProgrammeRecord:
    """An award with all that HR sets."""
    return await programmes.record(award_id)


@put(
    "/awards/{award_id:str}", opt=MANAGE, tags=TAGS, responses=problems(404, 409, 413, 422), operation_id="changeAward"
)
async def change_award(request: AnyRequest, award_id: FromPath[str], data: JSONBody[WriteProgramme]) -> ProgrammeRecord:
    """Change it as it was seen."""
    await programmes.record(award_id)
    await programmes.write_programme(
        actor=current_actor(request), fields=msgspec.to_builtins(data), programme_id=award_id, version=data.version
    )
    return await programmes.record(award_id)


@put(
    "/awards/{award_id:str}/archiving",
    opt=MANAGE,
    tags=TAGS,
    status_code=204,
    responses=problems(404),
    operation_id="archiveAward",
)
async def archive_award(request: AnyRequest, award_id: FromPath[str]) -> None:
    """Nobody can be proposed for it any more."""
    await programmes.archive_programme(actor=current_actor(request), programme_id=award_id, archived=True)


@delete("/awards/{award_id:str}/archiving", opt=MANAGE, tags=TAGS, responses=problems(404), operation_id="restoreAward")
async def restore_award(request: AnyRequest, award_id: FromPath[str]) -> None:
    """It can be had again."""
    await programmes.archive_programme(actor=current_actor(request), programme_id=award_id, archived=False)


@get("/budgets", opt=BUDGETS, tags=TAGS, responses=problems(), operation_id="listBudgets")
async def list_budgets(request: AnyRequest) -> BudgetList:
    """The award budgets that you look after, those of the present period."""
    return await queries.budgets_of(current_actor(request))


@post(
    "/departments/{department_id:str}/funding",
    opt=MANAGE,
    tags=TAGS,
    status_code=200,
    responses=problems(404, 409, 413, 422),
    operation_id="fundBudget",
)
async def fund(request: AnyRequest, department_id: FromPath[str], data: JSONBody[Fund], key: Key = None) -> BudgetList:
    """Add points to a department's award budget of the present period."""
    actor = current_actor(request)
    await fund_budget(
        actor=actor,
        department_id=department_id,
        points=data.points,
        key=check_key(key),
        client_id=check_client_id(data.id),
    )
    return await queries.budgets_of(actor)


ROUTES = [
    list_awards,
    list_nominations,
    nominate,
    create_award,
    award_record,
    change_award,
    archive_award,
    restore_award,
    list_budgets,
    fund,
]
