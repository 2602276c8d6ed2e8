"""Reactions and comments over HTTP."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from api.core.access.middleware import current_actor
from api.core.idempotency import check_client_id, check_key
from api.core.openapi import Key, problems, repeated
from api.core.settings import Settings
from api.kudos import answers, details, queries
from api.kudos.rules import ReactionKind
from api.kudos.schemas import CommentList, CommentView, ReactionName, ReviseComment, WriteComment


@put(
    "/kudos/{kudos_id:str}/reactions/{kind:str}",
    opt={"policy": "kudos.react"},
    status_code=204,
    tags=["Kudos"],
    responses=problems(404, 409),
    operation_id="addReaction",
)
async def add_reaction(request: Request[Any, Any, Any], kudos_id: FromPath[str], kind: FromPath[ReactionName]) -> None:
    """React to a kudos; twice is once."""
    await answers.add_reaction(actor=current_actor(request), kudos_id=kudos_id, kind=ReactionKind(kind))


@delete(
    "/kudos/{kudos_id:str}/reactions/{kind:str}",
    opt={"policy": "kudos.react"},
    tags=["Kudos"],
    responses=problems(404, 409),
    operation_id="removeReaction",
)
async def remove_reaction(
    request: Request[Any, Any, Any], kudos_id: FromPath[str], kind: FromPath[ReactionName]
) -> None:
    """Take a reaction back."""
    await answers.remove_reaction(actor=current_actor(request), kudos_id=kudos_id, kind=ReactionKind(kind))


@get(
    "/kudos/{kudos_id:str}/comments",
    opt={"policy": "kudos.read"},
    tags=["Kudos"],
    responses=problems(404),
    operation_id="listComments",
)
async def list_comments(request: Request[Any, Any, Any], kudos_id: FromPath[str]) -> CommentList:
    """All comments of a kudos, oldest first."""
    actor = current_actor(request)
    await queries.one(actor, kudos_id)
    return CommentList(await details.comments(actor, kudos_id))


@post(
    "/kudos/{kudos_id:str}/comments",
    opt={"policy": "kudos.comment"},
    tags=["Kudos"],
    responses={
        **repeated(CommentView),
        **problems(404, 409, 413, 422),
    },
    operation_id="addComment",
)
async def add_comment(
    request: Request[Any, Any, Any],
    kudos_id: FromPath[str],
    data: JSONBody[WriteComment],
    settings: NamedDependency[Settings],
    key: Key = None,
) -> Response[CommentView]:
    """Comment on a kudos."""
    actor = current_actor(request)
    comment_id, fresh = await answers.add_comment(
        actor=actor,
        kudos_id=kudos_id,
        message=data.message,
        points=data.points,
        undo_seconds=settings.undo_seconds,
        key=check_key(key),
        client_id=check_client_id(data.id),
    )
    return Response(await details.comment(actor, comment_id), status_code=201 if fresh else 200)


@patch(
    "/comments/{comment_id:str}",
    opt={"policy": "kudos.comment"},
    tags=["Kudos"],
    responses=problems(404, 409, 413, 422),
    operation_id="reviseComment",
)
async def revise_comment(
    request: Request[Any, Any, Any], comment_id: FromPath[str], data: JSONBody[ReviseComment]
) -> CommentView:
    """New words for one's own comment; it is marked as edited."""
    actor = current_actor(request)
    await answers.revise_comment(actor=actor, comment_id=comment_id, message=data.message)
    return await details.comment(actor, comment_id)


@delete(
    "/comments/{comment_id:str}",
    opt={"policy": "kudos.comment"},
    tags=["Kudos"],
    responses=problems(404),
    operation_id="withdrawComment",
)
async def withdraw_comment(request: Request[Any, Any, Any], comment_id: FromPath[str]) -> None:
    """Delete one's own comment."""
    await answers.withdraw_comment(actor=current_actor(request), comment_id=comment_id)


ROUTES = [
    add_reaction,
    remove_reaction,
    list_comments,
    add_comment,
    revise_comment,
    withdraw_comment,
]
