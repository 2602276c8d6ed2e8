"""An improvement team's form: founded from an idea, its words, lead and members changed later."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath, FromQuery

from api.core.access.actor import Actor
from api.core.access.middleware import current_actor
from api.core.errors import Conflict, DomainError
from api.core.ids import is_uuid, is_uuid7, uuid7
from api.improvements import queries, teams
from api.improvements.routes import today_of
from api.improvements.rules import read_value
from api.people.queries import people_refs, suggest_people
from api.people.schemas import PersonRef
from frontend.pages.improvements.ideas import CHANGE, FOUND, chosen_edge, edges_of
from frontend.web import AnyRequest, answer, field_errors, form_of, see_other, text_of, texts_of, view_of

TEXTS = ("name", "goal", "measure", "unit")


class TeamForm(msgspec.Struct, kw_only=True):
    """A team's form as it stands."""

    values: dict[str, str]
    members: Sequence[PersonRef] = ()
    find: str = ""
    found: Sequence[PersonRef] = ()
    errors: dict[str, str] = {}
    problem: str = ""


async def _read(sent: FormMultiDict, actor: Actor) -> TeamForm:
    names = (*TEXTS, "better", "edge", "before", "lead", "idea", "id", "version")
    form = TeamForm(
        values={name: text_of(sent, name) for name in names},
        members=await people_refs(texts_of(sent, "member")[:100], actor.language),
        find=text_of(sent, "find").strip()[:200],
    )
    if form.find:
        chosen = {one.id for one in form.members}
        found = await suggest_people(form.find, actor.language, limit=20)
        form.found = [one for one in found if one.id not in chosen]
        if text_of(sent, "do") != "find" and len(form.found) == 1:
            form.members, form.found, form.find = [*form.members, *form.found], [], ""
        elif text_of(sent, "do") != "find":
            form.find, form.found = "", []
    return form


async def _show_form(request: AnyRequest, form: TeamForm, team_id: str = "") -> Response[str]:
    return answer(
        request,
        "improvements/form.html",
        view_of(request),
        status=409 if form.problem else 422 if form.errors else 200,
        form=form,
        team_id=team_id,
        edges=[] if team_id else await edges_of(request),
    )


@get("/improvements/new", opt=FOUND, include_in_schema=False)
async def new_team_page(request: AnyRequest, idea: FromQuery[str] = "") -> Response[str]:
    """A new team, begun with an idea: its words, its author, who leads the two departments."""
    actor = current_actor(request)
    values = dict.fromkeys((*TEXTS, "edge", "before", "idea", "version"), "")
    values |= {"better": "less", "lead": actor.id, "id": uuid7()}
    members = [actor.id]
    if is_uuid(idea):
        taken = await queries.idea(actor, idea)
        values |= {"name": taken.title, "goal": taken.words, "idea": taken.id}
        members.append(taken.author.id)
        if taken.edge:
            pair = {taken.edge.provider.id, taken.edge.customer.id}
            edges = await edges_of(request)
            found = next((one for one in edges if {one.provider.id, one.customer.id} == pair), None)
            values["edge"] = found.id if found else ""
    form = TeamForm(values=values, members=await people_refs(members, actor.language))
    return await _show_form(request, form)


@post("/improvements/new", opt=FOUND, status_code=200, include_in_schema=False)
async def found(request: AnyRequest) -> Response[str]:
    """Found it."""
    actor = current_actor(request)
    sent = await form_of(request)
    form = await _read(sent, actor)
    if text_of(sent, "do") == "find":
        return await _show_form(request, form)
    values = form.values
    try:
        team_id, _fresh = await teams.found_team(
            actor=actor,
            texts={name: values[name] for name in TEXTS},
            better="more" if values["better"] == "more" else "less",
            members=[one.id for one in form.members],
            lead_id=_lead(form, actor),
            edge=chosen_edge(await edges_of(request), values["edge"]),
            ideas=[values["idea"]] if values["idea"] else [],
            before=read_value(values["before"], "before") if values["before"].strip() else None,
            today=today_of(actor),
            client_id=values["id"] if is_uuid7(values["id"]) else None,
        )
    except Conflict as error:
        form.problem = error.message.text(actor.language)
        return await _show_form(request, form)
    except DomainError as error:
        if not error.fields:
            raise
        form.errors = field_errors(error, actor.language)
        return await _show_form(request, form)
    return see_other(f"/improvements/{team_id}", toast="team_founded")


def _lead(form: TeamForm, actor: Actor) -> str:
    """Whom the form names, if they are still a member; else whoever sends it."""
    ids = [one.id for one in form.members]
    return form.values["lead"] if form.values["lead"] in ids else actor.id if actor.id in ids or not ids else ids[0]


@get("/improvements/{team_id:str}/edit", opt=CHANGE, include_in_schema=False)
async def edit_page(request: AnyRequest, team_id: FromPath[str]) -> Response[str]:
    """Its words, lead and members."""
    actor = current_actor(request)
    team = await queries.team(actor, team_id)
    values = {name: getattr(team, name) for name in TEXTS}
    values |= {"better": team.better, "lead": team.lead.id, "version": str(team.version), "id": "", "idea": ""}
    members = await people_refs([one.person.id for one in team.members], actor.language)
    return await _show_form(request, TeamForm(values=values, members=members), team_id)


@post("/improvements/{team_id:str}/edit", opt=CHANGE, status_code=200, include_in_schema=False)
async def edit(request: AnyRequest, team_id: FromPath[str]) -> Response[str]:
    """Change them; whoever changed them meanwhile is not overwritten unseen."""
    actor = current_actor(request)
    sent = await form_of(request)
    form = await _read(sent, actor)
    if text_of(sent, "do") == "find":
        return await _show_form(request, form, team_id)
    values = form.values
    try:
        await teams.edit_team(
            actor=actor,
            team_id=team_id,
            texts={name: values[name] for name in TEXTS},
            better="more" if values["better"] == "more" else "less",
            lead_id=_lead(form, actor),
            members=[one.id for one in form.members],
            version=int(values["version"]) if values["version"].isascii() and values["version"].isdigit() else 0,
        )
    except Conflict as error:
        form.problem = error.message.text(actor.language)
        team = await queries.team(actor, team_id)
        form.values["version"] = str(team.version)
        return await _show_form(request, form, team_id)
    except DomainError as error:
        if not error.fields:
            raise
        form.errors = field_errors(error, actor.language)
        return await _show_form(request, form, team_id)
    return see_other(f"/improvements/{team_id}", toast="saved")


ROUTES = [new_team_page, found, edit_page, edit]
