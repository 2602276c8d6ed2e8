"""One thank-you with everything said about it, and what people do with it."""

from __future__ import annotations

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from api.core.access.middleware import current_actor
from api.core.errors import DomainError, NotFound
from api.core.ids import is_uuid7, uuid7
from api.core.settings import Settings
from api.kudos import answers, details, queries
from api.kudos.rules import LONGEST_COMMENT, ReactionKind
from api.points.records import kept_rules
from frontend.gifts import OFF, chosen_points, gift_of
from frontend.rendering import reactions
from frontend.web import (
    AnyRequest,
    answer,
    back_to_the_feed,
    came_from,
    field_errors,
    form_of,
    html,
    see_other,
    text_of,
    texts_of,
    view_of,
)


class Refused(msgspec.Struct, frozen=True):
    """A form on the page whose reason does not do: its address, the sentence beside it, what was typed."""

    url: str
    sentence: str
    typed: str


async def show_letter(
    request: AnyRequest,
    kudos_id: str,
    *,
    comment_error: str = "",
    comment_draft: str = "",
    points: int = 0,
    points_error: str = "",
    refused: Refused | None = None,
) -> Response[str]:
    """The page of a thank-you; with what was typed and a sentence beside it where a form does not do."""
    actor = current_actor(request)
    item = await queries.one(actor, kudos_id)
    gift = OFF
    if not item.mine and item.hidden_reason is None and any(p.id != actor.id for p in item.card.recipients):
        gift = await gift_of(actor, item.card.recipients, chosen=points, error=points_error, comment=True)
    return answer(
        request,
        "kudos/kudos.html",
        view_of(request),
        status=422 if comment_error or points_error or refused else 200,
        item=item,
        kudos=item.card,
        comments=await details.comments(actor, kudos_id),
        comment_error=comment_error,
        comment_draft=comment_draft,
        comment_limit=LONGEST_COMMENT,
        refused=refused,
        gift=gift,
        points_on=bool((await kept_rules(actor.directory_revision)).enabled),
        form_id=uuid7(),
    )


@get("/kudos/{kudos_id:str}", opt={"policy": "kudos.read"}, include_in_schema=False)
async def kudos_page(request: AnyRequest, kudos_id: FromPath[str]) -> Response[str]:
    """The permalink."""
    return await show_letter(request, kudos_id)


@post("/kudos/{kudos_id:str}/reactions", opt={"policy": "kudos.react"}, status_code=200, include_in_schema=False)
async def react(request: AnyRequest, kudos_id: FromPath[str]) -> Response[str]:
    """Add or remove a reaction; htmx gets the buttons anew."""
    actor = current_actor(request)
    form = await form_of(request)
    adding = text_of(form, "add")
    kind = adding or text_of(form, "remove")
    if kind not in set(ReactionKind):
        raise NotFound
    change = answers.add_reaction if adding else answers.remove_reaction
    await change(actor=actor, kudos_id=kudos_id, kind=ReactionKind(kind))
    view = view_of(request)
    if view.target is None:
        return see_other(came_from(request, f"/kudos/{kudos_id}", f"k-{kudos_id}"))
    return html(reactions(view, await queries.one(actor, kudos_id)))


@post("/kudos/{kudos_id:str}/comments", opt={"policy": "kudos.comment"}, status_code=200, include_in_schema=False)
async def comment(request: AnyRequest, kudos_id: FromPath[str], settings: NamedDependency[Settings]) -> Response[str]:
    """Say something about it."""
    actor = current_actor(request)
    form = await form_of(request)
    message, form_id, points = text_of(form, "message"), text_of(form, "id"), chosen_points(form)
    try:
        await answers.add_comment(
            actor=actor,
            kudos_id=kudos_id,
            message=message,
            points=points,
            undo_seconds=settings.undo_seconds,
            client_id=form_id if is_uuid7(form_id) else None,
            mentions=texts_of(form, "mention"),
        )
    except DomainError as error:
        if isinstance(error, NotFound):
            raise
        errors = field_errors(error, actor.language)
        if "points" in errors:
            return await show_letter(
                request, kudos_id, comment_draft=message, points=points, points_error=errors["points"]
            )
        sentence = errors.get("message") or error.message.text(actor.language)
        return await show_letter(request, kudos_id, comment_error=sentence, comment_draft=message, points=points)
    if view_of(request).target is None:
        return see_other(f"/kudos/{kudos_id}#comments", toast=f"comment:{kudos_id}")
    return await show_letter(request, kudos_id)


@get("/comments/{comment_id:str}/edit", opt={"policy": "kudos.comment"}, include_in_schema=False)
async def edit_comment_page(request: AnyRequest, comment_id: FromPath[str]) -> Response[str]:
    """The form with one's own comment in it."""
    actor = current_actor(request)
    kudos_id, message = await answers.own_comment_text(actor=actor, comment_id=comment_id)
    return _edit_form(request, comment_id, kudos_id, message, "")


def _edit_form(request: AnyRequest, comment_id: str, kudos_id: str, message: str, error: str) -> Response[str]:
    return answer(
        request,
        "kudos/comment_edit.html",
        view_of(request),
        status=422 if error else 200,
        comment_id=comment_id,
        kudos_id=kudos_id,
        message=message,
        mentions=[],
        error=error,
        comment_limit=LONGEST_COMMENT,
    )


@post("/comments/{comment_id:str}/edit", opt={"policy": "kudos.comment"}, status_code=200, include_in_schema=False)
async def edit_comment(request: AnyRequest, comment_id: FromPath[str]) -> Response[str]:
    """Keep the new words of a comment."""
    actor = current_actor(request)
    form = await form_of(request)
    message = text_of(form, "message")
    kudos_id, _before = await answers.own_comment_text(actor=actor, comment_id=comment_id)
    try:
        await answers.revise_comment(
            actor=actor, comment_id=comment_id, message=message, mentions=texts_of(form, "mention")
        )
    except DomainError as error:
        if isinstance(error, NotFound):
            raise
        sentence = field_errors(error, actor.language).get("message") or error.message.text(actor.language)
        return _edit_form(request, comment_id, kudos_id, message, sentence)
    return see_other(f"/kudos/{kudos_id}#c-{comment_id}", toast="edited")


@post(
    "/comments/{comment_id:str}/withdrawal", opt={"policy": "kudos.comment"}, status_code=200, include_in_schema=False
)
async def withdraw_comment(request: AnyRequest, comment_id: FromPath[str]) -> Response[str]:
    """Delete one's own comment."""
    actor, toast = current_actor(request), "comment_deleted"
    try:
        kudos_id = await answers.withdraw_comment(actor=actor, comment_id=comment_id)
    except NotFound:
        if not await answers.was_withdrawn(actor=actor, comment_id=comment_id):
            raise
        kudos_id, toast = await answers.kudos_of_comment(comment_id), "comment_gone"
        if not await queries.several(actor, [kudos_id]):
            return back_to_the_feed(request, kudos_id, toast)
    if view_of(request).target is None:
        return see_other(f"/kudos/{kudos_id}#comments", toast=toast)
    return await show_letter(request, kudos_id)


ROUTES = [kudos_page, react, comment, edit_comment_page, edit_comment, withdraw_comment]
