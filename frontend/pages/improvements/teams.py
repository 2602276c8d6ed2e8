"""Improvement teams at work, and ended with thanks."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from api.core.access.middleware import current_actor
from api.core.errors import DomainError, Invalid
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid7, uuid7
from api.core.pages import read_cursor
from api.core.settings import Settings
from api.improvements import queries, teams
from api.improvements.queries import TeamsShown
from api.improvements.routes import today_of
from api.improvements.rules import may_found, read_value
from api.improvements.schemas import TeamOut
from frontend.pages.improvements.ideas import CHANGE, READ
from frontend.web import AnyRequest, answer, field_errors, form_of, see_other, text_of, view_of


@get("/improvements", opt=READ, include_in_schema=False)
async def teams_page(
    request: AnyRequest, show: FromQuery[TeamsShown] = "running", before: FromQuery[str | None] = None
) -> Response[str]:
    """Teams at work, or those that have ended."""
    actor = current_actor(request)
    found = await queries.teams(actor.language, show=show, before=read_cursor(before))
    return answer(
        request,
        "improvements/list.html",
        view_of(request),
        teams=found.items,
        show=show,
        older=f"/improvements?show={show}&before={found.next}" if found.next else "",
        founds=may_found(actor),
    )


async def _show(request: AnyRequest, team: TeamOut, *, at: str = "", **typed: Any) -> Response[str]:
    actor = current_actor(request)
    errors = typed.pop("errors", {})
    return answer(
        request,
        "improvements/team.html",
        view_of(request),
        status=422 if errors else 200,
        team=team,
        today=today_of(actor),
        at=at,
        typed=typed,
        errors=errors,
    )


@get("/improvements/{team_id:str}", opt=READ, include_in_schema=False)
async def team_page(request: AnyRequest, team_id: FromPath[str]) -> Response[str]:
    """A team with its goal, measure, steps and people."""
    return await _show(request, await queries.team(current_actor(request), team_id))


@post("/improvements/{team_id:str}/steps", opt=CHANGE, status_code=200, include_in_schema=False)
async def add_step(request: AnyRequest, team_id: FromPath[str]) -> Response[str]:
    """Something to do."""
    actor = current_actor(request)
    sent = await form_of(request)
    typed = {name: text_of(sent, name) for name in ("what", "person", "by_day")}
    try:
        await teams.add_step(
            actor=actor, team_id=team_id, what=typed["what"], person_id=typed["person"] or None, by_day=typed["by_day"]
        )
    except Invalid as error:
        errors = field_errors(error, actor.language)
        return await _show(request, await queries.team(actor, team_id), at="step", errors=errors, **typed)
    return see_other(f"/improvements/{team_id}#steps")


@post("/improvements/{team_id:str}/steps/{step_id:str}/doing", opt=CHANGE, status_code=200, include_in_schema=False)
async def finish_step(request: AnyRequest, team_id: FromPath[str], step_id: FromPath[str]) -> Response[str]:
    """It is done, or not yet after all."""
    done = text_of(await form_of(request), "done") == "yes"
    await teams.finish_step(actor=current_actor(request), team_id=team_id, step_id=step_id, done=done)
    return see_other(f"/improvements/{team_id}#steps")


@post("/improvements/{team_id:str}/steps/{step_id:str}/removal", opt=CHANGE, status_code=200, include_in_schema=False)
async def remove_step(request: AnyRequest, team_id: FromPath[str], step_id: FromPath[str]) -> Response[str]:
    """It is not to be done any more."""
    await teams.remove_step(actor=current_actor(request), team_id=team_id, step_id=step_id)
    return see_other(f"/improvements/{team_id}#steps")


@post("/improvements/{team_id:str}/values", opt=CHANGE, status_code=200, include_in_schema=False)
async def note_value(request: AnyRequest, team_id: FromPath[str]) -> Response[str]:
    """The measure on a day; or it was not measured then (`do` is "remove")."""
    actor = current_actor(request)
    sent = await form_of(request)
    typed = {"day": text_of(sent, "day"), "value": text_of(sent, "value")}
    try:
        value = None if text_of(sent, "do") == "remove" else read_value(typed["value"])
        await teams.measure(actor=actor, team_id=team_id, day=typed["day"], value=value)
    except Invalid as error:
        errors = field_errors(error, actor.language)
        return await _show(request, await queries.team(actor, team_id), at="value", errors=errors, **typed)
    return see_other(f"/improvements/{team_id}#measure")


async def _ending(
    request: AnyRequest, team: TeamOut, values: dict[str, str], errors: dict[str, str] | None = None
) -> Response[str]:
    return answer(
        request,
        "improvements/end.html",
        view_of(request),
        status=422 if errors else 200,
        team=team,
        values=values,
        errors=errors or {},
    )


@get("/improvements/{team_id:str}/ending", opt=CHANGE, include_in_schema=False)
async def ending_page(request: AnyRequest, team_id: FromPath[str]) -> Response[str]:
    """What came of it, the measure now, and a thank-you to all the others, begun."""
    actor = current_actor(request)
    team = await queries.team(actor, team_id)
    if team.state == "ended" or not team.may_lead:
        return see_other(f"/improvements/{team_id}")
    goal = team.goal if len(team.goal) <= 200 else team.name
    words = _("Thank you for “%(name)s”. What we set out for: %(goal)s", name=team.name, goal=goal)
    values = {"id": uuid7(), "result": "", "after": "", "message": words.text(actor.language)}
    return await _ending(request, team, values)


@post("/improvements/{team_id:str}/ending", opt=CHANGE, status_code=200, include_in_schema=False)
async def end(request: AnyRequest, team_id: FromPath[str], settings: NamedDependency[Settings]) -> Response[str]:
    """End it, and thank."""
    actor = current_actor(request)
    sent = await form_of(request)
    values = {name: text_of(sent, name) for name in ("id", "result", "after", "message")}
    try:
        thanks = await teams.end_team(
            actor=actor,
            team_id=team_id,
            result=values["result"],
            after=read_value(values["after"], "after") if values["after"].strip() else None,
            today=today_of(actor),
            message=values["message"],
            undo_seconds=settings.undo_seconds,
            kudos_id=values["id"] if is_uuid7(values["id"]) else None,
        )
    except DomainError as error:
        if not error.fields:
            raise
        return await _ending(request, await queries.team(actor, team_id), values, field_errors(error, actor.language))
    toast = f"given:{thanks}:{settings.undo_seconds}" if thanks else "saved"
    return see_other(f"/improvements/{team_id}", toast=toast)


@post("/improvements/{team_id:str}/reopening", opt=CHANGE, status_code=200, include_in_schema=False)
async def reopen(request: AnyRequest, team_id: FromPath[str]) -> Response[str]:
    """It goes on after all."""
    await teams.reopen_team(actor=current_actor(request), team_id=team_id)
    return see_other(f"/improvements/{team_id}", toast="saved")


ROUTES = [
    teams_page,
    team_page,
    add_step,
    finish_step,
    remove_step,
    note_value,
    ending_page,
    end,
    reopen,
]
