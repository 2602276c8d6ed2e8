"""Ideas and improvement teams over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

import arrow
from litestar import Request, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from api.core.access.actor import Actor
from api.core.access.middleware import current_actor
from api.core.clock import now, utc
from api.core.idempotency import check_client_id, check_key
from api.core.openapi import Key, problems
from api.core.pages import PAGE, read_cursor
from api.core.settings import Settings
from api.improvements import queries, service, teams
from api.improvements.queries import IdeasShown, TeamsShown
from api.improvements.schemas import (
    AddStep,
    Decline,
    EditTeam,
    End,
    Found,
    IdeaOut,
    IdeaPage,
    Measured,
    Propose,
    TeamOut,
    TeamPage,
)

AnyRequest = Request[Any, Any, Any]
READ = {"policy": "improvements.read"}
CHANGE = {"policy": "improvements.change"}
FOUND = {"policy": "improvements.found"}
_TAGS = ["Improvements"]
_CHANGED = problems(403, 404, 409, 413, 422)
Before = Annotated[str | None, QueryParameter(description="The cursor of the page before.")]
Limit = Annotated[int, QueryParameter(ge=1, le=100)]


def today_of(actor: Actor) -> str:
    """The day that this person's clocks show (ISO)."""
    return str(arrow.get(utc(now())).to(actor.time_zone).date().isoformat())


def edge_of(provider: str | None, customer: str | None) -> tuple[str, str] | None:
    """An edge as services take it; one end alone is refused there."""
    return (provider or "", customer or "") if provider or customer else None


@get("/ideas", opt=READ, tags=_TAGS, responses=problems(422), operation_id="listIdeas")
async def list_ideas(
    request: AnyRequest, show: FromQuery[IdeasShown] = "open", before: Before = None, limit: Limit = PAGE
) -> IdeaPage:
    """What could be better, the newest first: what waits for a team, your own, or all."""
    return await queries.ideas(current_actor(request), show=show, before=read_cursor(before), limit=limit)


@post("/ideas", opt=CHANGE, tags=_TAGS, responses=problems(409, 413, 422), operation_id="proposeIdea")
async def propose_idea(request: AnyRequest, data: JSONBody[Propose], key: Key = None) -> Response[IdeaOut]:
    """Say what could be better."""
    actor = current_actor(request)
    idea_id, fresh = await service.propose_idea(
        actor=actor,
        title=data.title,
        words=data.words,
        edge=edge_of(data.provider, data.customer),
        key=check_key(key),
        client_id=check_client_id(data.id),
    )
    return Response(await queries.idea(actor, idea_id), status_code=201 if fresh else 200)


@get("/ideas/{idea_id:str}", opt=READ, tags=_TAGS, responses=problems(404), operation_id="readIdea")
async def read_idea(request: AnyRequest, idea_id: FromPath[str]) -> IdeaOut:
    """One idea."""
    return await queries.idea(current_actor(request), idea_id)


@delete("/ideas/{idea_id:str}", opt=CHANGE, tags=_TAGS, responses=problems(404, 409), operation_id="withdrawIdea")
async def withdraw_idea(request: AnyRequest, idea_id: FromPath[str]) -> None:
    """Take your own idea back; its words are gone."""
    await service.withdraw_idea(actor=current_actor(request), idea_id=idea_id)


@put(
    "/ideas/{idea_id:str}/support",
    opt=CHANGE,
    tags=_TAGS,
    status_code=204,
    responses=problems(404, 409, 422),
    operation_id="supportIdea",
)
async def support_idea(request: AnyRequest, idea_id: FromPath[str]) -> None:
    """You think so too."""
    await service.support_idea(actor=current_actor(request), idea_id=idea_id, on=True)


@delete(
    "/ideas/{idea_id:str}/support",
    opt=CHANGE,
    tags=_TAGS,
    responses=problems(404, 409, 422),
    operation_id="stopSupportingIdea",
)
async def unsupport_idea(request: AnyRequest, idea_id: FromPath[str]) -> None:
    """No longer."""
    await service.support_idea(actor=current_actor(request), idea_id=idea_id, on=False)


@put(
    "/ideas/{idea_id:str}/declining",
    opt=FOUND,
    tags=_TAGS,
    status_code=204,
    responses=problems(404, 409, 413, 422),
    operation_id="declineIdea",
)
async def decline_idea(request: AnyRequest, idea_id: FromPath[str], data: JSONBody[Decline]) -> None:
    """Say why it is not taken up."""
    await service.decline_idea(actor=current_actor(request), idea_id=idea_id, answer=data.answer)


@delete(
    "/ideas/{idea_id:str}/declining",
    opt=FOUND,
    tags=_TAGS,
    responses=problems(404, 409),
    operation_id="reopenIdea",
)
async def reopen_idea(request: AnyRequest, idea_id: FromPath[str]) -> None:
    """It waits for a team again."""
    await service.reopen_idea(actor=current_actor(request), idea_id=idea_id)


@get("/improvements", opt=READ, tags=_TAGS, responses=problems(422), operation_id="listImprovementTeams")
async def list_teams(
    request: AnyRequest, show: FromQuery[TeamsShown] = "running", before: Before = None, limit: Limit = PAGE
) -> TeamPage:
    """Improvement teams at work, or those that have ended, the newest first."""
    return await queries.teams(current_actor(request).language, show=show, before=read_cursor(before), limit=limit)


@post("/improvements", opt=FOUND, tags=_TAGS, responses=problems(409, 413, 422), operation_id="foundImprovementTeam")
async def found_team(request: AnyRequest, data: JSONBody[Found], key: Key = None) -> Response[TeamOut]:
    """Found a team, from ideas or without."""
    actor = current_actor(request)
    team_id, fresh = await teams.found_team(
        actor=actor,
        texts={"name": data.name, "goal": data.goal, "measure": data.measure, "unit": data.unit},
        better=data.better,
        members=data.members,
        lead_id=data.lead,
        edge=edge_of(data.provider, data.customer),
        ideas=data.ideas,
        before=data.before,
        today=today_of(actor),
        key=check_key(key),
        client_id=check_client_id(data.id),
    )
    return Response(await queries.team(actor, team_id), status_code=201 if fresh else 200)


@get("/improvements/{team_id:str}", opt=READ, tags=_TAGS, responses=problems(404), operation_id="readImprovementTeam")
async def read_team(request: AnyRequest, team_id: FromPath[str]) -> TeamOut:
    """A team with its members, steps and values."""
    return await queries.team(current_actor(request), team_id)


@put("/improvements/{team_id:str}", opt=CHANGE, tags=_TAGS, responses=_CHANGED, operation_id="changeImprovementTeam")
async def edit_team(request: AnyRequest, team_id: FromPath[str], data: JSONBody[EditTeam]) -> TeamOut:
    """Change its words, lead or members."""
    actor = current_actor(request)
    await teams.edit_team(
        actor=actor,
        team_id=team_id,
        texts={"name": data.name, "goal": data.goal, "measure": data.measure, "unit": data.unit},
        better=data.better,
        lead_id=data.lead,
        members=data.members,
        version=data.version,
    )
    return await queries.team(actor, team_id)


@post(
    "/improvements/{team_id:str}/steps", opt=CHANGE, tags=_TAGS, responses=_CHANGED, operation_id="addImprovementStep"
)
async def add_step(request: AnyRequest, team_id: FromPath[str], data: JSONBody[AddStep]) -> TeamOut:
    """Something to do."""
    actor = current_actor(request)
    await teams.add_step(actor=actor, team_id=team_id, what=data.what, person_id=data.person, by_day=data.by_day)
    return await queries.team(actor, team_id)


@delete(
    "/improvements/{team_id:str}/steps/{step_id:str}",
    opt=CHANGE,
    tags=_TAGS,
    responses=problems(403, 404, 409),
    operation_id="removeImprovementStep",
)
async def remove_step(request: AnyRequest, team_id: FromPath[str], step_id: FromPath[str]) -> None:
    """It is not to be done any more."""
    await teams.remove_step(actor=current_actor(request), team_id=team_id, step_id=step_id)


@put(
    "/improvements/{team_id:str}/steps/{step_id:str}/doing",
    opt=CHANGE,
    tags=_TAGS,
    status_code=204,
    responses=problems(403, 404, 409),
    operation_id="finishImprovementStep",
)
async def finish_step(request: AnyRequest, team_id: FromPath[str], step_id: FromPath[str]) -> None:
    """It is done."""
    await teams.finish_step(actor=current_actor(request), team_id=team_id, step_id=step_id, done=True)


@delete(
    "/improvements/{team_id:str}/steps/{step_id:str}/doing",
    opt=CHANGE,
    tags=_TAGS,
    responses=problems(403, 404, 409),
    operation_id="unfinishImprovementStep",
)
async def unfinish_step(request: AnyRequest, team_id: FromPath[str], step_id: FromPath[str]) -> None:
    """Not yet, after all."""
    await teams.finish_step(actor=current_actor(request), team_id=team_id, step_id=step_id, done=False)


@put(
    "/improvements/{team_id:str}/values/{day:str}",
    opt=CHANGE,
    tags=_TAGS,
    responses=_CHANGED,
    operation_id="measureImprovement",
)
async def measure(request: AnyRequest, team_id: FromPath[str], day: FromPath[str], data: JSONBody[Measured]) -> TeamOut:
    """The measure on a day."""
    actor = current_actor(request)
    await teams.measure(actor=actor, team_id=team_id, day=day, value=data.value)
    return await queries.team(actor, team_id)


@delete(
    "/improvements/{team_id:str}/values/{day:str}",
    opt=CHANGE,
    tags=_TAGS,
    responses=problems(403, 404, 409, 422),
    operation_id="removeImprovementValue",
)
async def unmeasure(request: AnyRequest, team_id: FromPath[str], day: FromPath[str]) -> None:
    """It was not measured then."""
    await teams.measure(actor=current_actor(request), team_id=team_id, day=day, value=None)


@put("/improvements/{team_id:str}/end", opt=CHANGE, tags=_TAGS, responses=_CHANGED, operation_id="endImprovementTeam")
async def end_team(
    request: AnyRequest, team_id: FromPath[str], data: JSONBody[End], settings: NamedDependency[Settings]
) -> TeamOut:
    """It has done its work: what came of it, and thanks to everybody in it."""
    actor = current_actor(request)
    await teams.end_team(
        actor=actor,
        team_id=team_id,
        result=data.result,
        after=data.after,
        today=today_of(actor),
        message=data.message,
        undo_seconds=settings.undo_seconds,
    )
    return await queries.team(actor, team_id)


@delete(
    "/improvements/{team_id:str}/end",
    opt=CHANGE,
    tags=_TAGS,
    responses=problems(403, 404, 409),
    operation_id="reopenImprovementTeam",
)
async def reopen_team(request: AnyRequest, team_id: FromPath[str]) -> None:
    """It goes on after all."""
    await teams.reopen_team(actor=current_actor(request), team_id=team_id)


ROUTES = [
    list_ideas,
    propose_idea,
    read_idea,
    withdraw_idea,
    support_idea,
    unsupport_idea,
    decline_idea,
    reopen_idea,
    list_teams,
    found_team,
    read_team,
    edit_team,
    add_step,
    remove_step,
    finish_step,
    unfinish_step,
    measure,
    unmeasure,
    end_team,
    reopen_team,
]
