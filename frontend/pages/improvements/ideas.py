"""Ideas: read, support, propose, answer."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from api.core.access.middleware import current_actor
from api.core.errors import DomainError
from api.core.ids import is_uuid7, uuid7
from api.core.pages import read_cursor
from api.dependencies.overview import overview
from api.dependencies.schemas import EdgeOut
from api.improvements import queries, service
from api.improvements.queries import IdeasShown
from api.improvements.rules import LONGEST, may_found
from frontend.web import AnyRequest, answer, came_from, field_errors, form_of, see_other, text_of, view_of

READ = {"policy": "improvements.read"}
CHANGE = {"policy": "improvements.change"}
FOUND = {"policy": "improvements.found"}
IDEAS = "/improvements/ideas"


async def edges_of(request: AnyRequest) -> list[EdgeOut]:
    """All declared dependencies, those of the reader's department first."""
    actor = current_actor(request)
    known = await overview(actor.language, actor.directory_revision)
    return sorted(known.edges, key=lambda edge: actor.department_id not in (edge.provider.id, edge.customer.id))


def chosen_edge(edges: list[EdgeOut], edge_id: str) -> tuple[str, str] | None:
    """Provider and customer of the edge with this id."""
    found = next((edge for edge in edges if edge.id == edge_id), None)
    return (found.provider.id, found.customer.id) if found else None


@get("/improvements/ideas", opt=READ, include_in_schema=False)
async def ideas_page(
    request: AnyRequest, show: FromQuery[IdeasShown] = "open", before: FromQuery[str | None] = None
) -> Response[str]:
    """The newest first."""
    return await _list(request, show, before)


async def _list(
    request: AnyRequest, show: IdeasShown, before: str | None = None, wrong: str = "", typed: str = "", error: str = ""
) -> Response[str]:
    actor = current_actor(request)
    found = await queries.ideas(actor, show=show, before=read_cursor(before))
    return answer(
        request,
        "improvements/ideas.html",
        view_of(request),
        status=422 if error else 200,
        ideas=found.items,
        show=show,
        older=f"{IDEAS}?show={show}&before={found.next}" if found.next else "",
        founds=may_found(actor),
        wrong=wrong,
        typed=typed,
        error=error,
    )


async def _form(request: AnyRequest, values: dict[str, str], errors: dict[str, str] | None = None) -> Response[str]:
    return answer(
        request,
        "improvements/idea.html",
        view_of(request),
        status=422 if errors else 200,
        values=values,
        errors=errors or {},
        edges=await edges_of(request),
        longest=LONGEST,
    )


@get("/improvements/ideas/new", opt=CHANGE, include_in_schema=False)
async def new_idea_page(request: AnyRequest, edge: FromQuery[str] = "") -> Response[str]:
    """The empty form, or with an edge chosen."""
    return await _form(request, {"id": uuid7(), "title": "", "words": "", "edge": edge})


@post("/improvements/ideas/new", opt=CHANGE, status_code=200, include_in_schema=False)
async def propose(request: AnyRequest) -> Response[str]:
    """Say it."""
    actor = current_actor(request)
    sent = await form_of(request)
    values = {name: text_of(sent, name) for name in ("id", "title", "words", "edge")}
    try:
        idea_id, _fresh = await service.propose_idea(
            actor=actor,
            title=values["title"],
            words=values["words"],
            edge=chosen_edge(await edges_of(request), values["edge"]),
            client_id=values["id"] if is_uuid7(values["id"]) else None,
        )
    except DomainError as error:
        if not error.fields:
            raise
        return await _form(request, values, field_errors(error, actor.language))
    return see_other(f"{IDEAS}#i-{idea_id}", toast="idea_proposed")


@post("/improvements/ideas/{idea_id:str}/support", opt=CHANGE, status_code=200, include_in_schema=False)
async def support(request: AnyRequest, idea_id: FromPath[str]) -> Response[str]:
    """One thinks so too, or no longer."""
    on = text_of(await form_of(request), "on") == "yes"
    await service.support_idea(actor=current_actor(request), idea_id=idea_id, on=on)
    return see_other(came_from(request, IDEAS, f"i-{idea_id}"))


@post("/improvements/ideas/{idea_id:str}/answer", opt=FOUND, status_code=200, include_in_schema=False)
async def decline(request: AnyRequest, idea_id: FromPath[str]) -> Response[str]:
    """Not for now, and why."""
    actor = current_actor(request)
    typed = text_of(await form_of(request), "answer")
    try:
        await service.decline_idea(actor=actor, idea_id=idea_id, answer=typed)
    except DomainError as error:
        if not error.fields:
            raise
        return await _list(request, "open", None, idea_id, typed, field_errors(error, actor.language)["answer"])
    return see_other(f"{IDEAS}?show=all#i-{idea_id}", toast="idea_answered")


@post("/improvements/ideas/{idea_id:str}/reopening", opt=FOUND, status_code=200, include_in_schema=False)
async def reopen(request: AnyRequest, idea_id: FromPath[str]) -> Response[str]:
    """It waits for a team again."""
    await service.reopen_idea(actor=current_actor(request), idea_id=idea_id)
    return see_other(f"{IDEAS}#i-{idea_id}", toast="saved")


@post("/improvements/ideas/{idea_id:str}/withdrawal", opt=CHANGE, status_code=200, include_in_schema=False)
async def withdraw(request: AnyRequest, idea_id: FromPath[str]) -> Response[str]:
    """One's own idea goes."""
    await service.withdraw_idea(actor=current_actor(request), idea_id=idea_id)
    return see_other(f"{IDEAS}?show=mine", toast="idea_withdrawn")


ROUTES = [ideas_page, new_idea_page, propose, support, decline, reopen, withdraw]
