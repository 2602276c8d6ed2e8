"""Thanks over HTTP."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from litestar import Request, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.types import ASGIApp

from api.core.access.actor import Actor
from api.core.access.middleware import current_actor
from api.core.idempotency import check_client_id, check_key
from api.core.openapi import Key, problems, repeated
from api.core.pages import LARGEST_PAGE, PAGE, read_cursor
from api.core.responses import ReadyJson
from api.core.settings import Settings
from api.core.text import clean, mentioned, render
from api.kudos import details, queries, service
from api.kudos.encoding import feed_json, one_json
from api.kudos.filters import FeedFilter
from api.kudos.schemas import (
    FeedOut,
    GiveKudos,
    KudosOut,
    Preview,
    PreviewKudos,
    ReviseKudos,
    ValueList,
)
from api.people.mentions import store_mentions
from api.people.queries import people_refs

_KUDOS = ResponseSpec(data_container=KudosOut, description="The kudos.", generate_examples=False)
_FEED = ResponseSpec(data_container=FeedOut, description="A page of the feed.", generate_examples=False)


async def _one(actor: Actor, kudos_id: str) -> bytes:
    return one_json(await queries.rows_of(actor, [kudos_id]))


@get(
    "/kudos",
    opt={"policy": "kudos.read"},
    tags=["Kudos"],
    responses={200: _FEED, **problems(422)},
    operation_id="listKudos",
)
async def list_kudos(
    request: Request[Any, Any, Any],
    department: FromQuery[str] = "",
    giver_department: FromQuery[str] = "",
    recipient_department: FromQuery[str] = "",
    value: FromQuery[str] = "",
    person: FromQuery[str] = "",
    mine: FromQuery[Literal["", "to_me", "from_me", "my_department"]] = "",
    q: Annotated[str, QueryParameter(max_length=200, description="Beginnings of words.")] = "",
    before: Annotated[str | None, QueryParameter(description="The `next` of the page before.")] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=LARGEST_PAGE)] = PAGE,
) -> ASGIApp:
    """The feed, newest first, as far as this person may see it. All filters given must hold."""
    chosen = FeedFilter(
        department=department,
        giver_department=giver_department,
        recipient_department=recipient_department,
        value=value,
        person=person,
        mine=mine,
        q=q,
    ).check()
    actor = current_actor(request)
    page = await queries.page(actor, chosen, before=read_cursor(before), limit=limit)
    return ReadyJson(feed_json(page))


@post(
    "/kudos",
    opt={"policy": "kudos.give"},
    tags=["Kudos"],
    responses={
        201: _KUDOS,
        **repeated(KudosOut),
        **problems(404, 409, 413, 422),
    },
    operation_id="giveKudos",
)
async def give_kudos(
    request: Request[Any, Any, Any], data: JSONBody[GiveKudos], settings: NamedDependency[Settings], key: Key = None
) -> ASGIApp:
    """Thank one or more people. It stands in the feed at once; notifications wait for the undo minute."""
    actor = current_actor(request)
    kudos_id, fresh = await service.give_kudos(
        actor=actor,
        recipients=data.recipients,
        message=data.message,
        value=data.value,
        private=data.private,
        undo_seconds=settings.undo_seconds,
        points=data.points,
        key=check_key(key),
        client_id=check_client_id(data.id),
    )
    return ReadyJson(await _one(actor, kudos_id), 201 if fresh else 200)


@post(
    "/kudos/preview",
    opt={"policy": "kudos.read"},
    status_code=200,
    tags=["Kudos"],
    responses=problems(413),
    operation_id="previewKudos",
)
async def preview_kudos(request: Request[Any, Any, Any], data: JSONBody[PreviewKudos]) -> Preview:
    """How a message will look, mentions included. Nothing is stored."""
    actor = current_actor(request)
    text = await store_mentions(clean(data.message))
    people = await people_refs(mentioned(text)[:50], actor.language)
    return Preview(render(text, {person.id: person.name for person in people}))


@get(
    "/kudos/{kudos_id:str}",
    opt={"policy": "kudos.read"},
    tags=["Kudos"],
    responses={200: _KUDOS, **problems(404)},
    operation_id="getKudos",
)
async def get_kudos(request: Request[Any, Any, Any], kudos_id: FromPath[str]) -> ASGIApp:
    """One kudos."""
    return ReadyJson(await _one(current_actor(request), kudos_id))


@patch(
    "/kudos/{kudos_id:str}",
    opt={"policy": "kudos.change"},
    tags=["Kudos"],
    responses={200: _KUDOS, **problems(404, 409, 413, 422)},
    operation_id="reviseKudos",
)
async def revise_kudos(
    request: Request[Any, Any, Any], kudos_id: FromPath[str], data: JSONBody[ReviseKudos]
) -> ASGIApp:
    """New words or another value for one's own kudos; it is marked as edited."""
    actor = current_actor(request)
    await service.revise_kudos(actor=actor, kudos_id=kudos_id, message=data.message, value=data.value)
    return ReadyJson(await _one(actor, kudos_id))


@delete(
    "/kudos/{kudos_id:str}",
    opt={"policy": "kudos.change"},
    tags=["Kudos"],
    responses=problems(404),
    operation_id="withdrawKudos",
)
async def withdraw_kudos(request: Request[Any, Any, Any], kudos_id: FromPath[str]) -> None:
    """Take one's own kudos back; its words are gone."""
    await service.withdraw_kudos(actor=current_actor(request), kudos_id=kudos_id)


@get("/values", opt={"policy": "values.read"}, tags=["People"], responses=problems(), operation_id="listValues")
async def list_values(request: Request[Any, Any, Any]) -> ValueList:
    """The organisation's values that a kudos can be tied to."""
    return ValueList(await details.values(current_actor(request).language))


ROUTES = [
    list_kudos,
    give_kudos,
    preview_kudos,
    get_kudos,
    revise_kudos,
    withdraw_kudos,
    list_values,
]
