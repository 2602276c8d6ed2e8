"""My points, and what HR decides about points that look odd."""

from __future__ import annotations

from collections.abc import Mapping

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from api.core.access.actor import Actor
from api.core.access.middleware import current_actor
from api.core.errors import DomainError, NotFound
from api.core.i18n import Message
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid
from api.kudos import answers, moderation
from api.kudos import queries as kudos_queries
from api.kudos.schemas import FeedItem
from api.people.queries import people_refs
from api.points import queries, service
from api.points.records import kept_rules
from api.rewards.redemptions import titles
from frontend.web import AnyRequest, answer, field_errors, form_of, see_other, text_of, view_of

WORDS: Mapping[str, Message] = {
    "allowance": _("Points to give away"),
    "expiry": _("More than can be kept"),
    "boost": _("Extra points from Human resources"),
    "kudos": _("Thanks"),
    "addon": _("Comment"),
    "reversal": _("Taken back"),
    "redemption": _("Reward"),
    "award": _("Award"),
}
"""What moved points, by the transfer's kind."""


async def _behind(actor: Actor, about_ids: set[str]) -> dict[str, FeedItem]:
    """The thanks behind kudos' and comments' ids, as far as this person may see them."""
    of_comments = await answers.kudos_of_comments(sorted(about_ids))
    kudos = {about: of_comments.get(about, about) for about in about_ids}
    items = await kudos_queries.several(actor, sorted(set(kudos.values())))
    return {about: items[found] for about, found in kudos.items() if found in items}


async def _mine(
    request: AnyRequest, *, before: str = "", errors: Mapping[str, str] = {}, typed: str = ""
) -> Response[str]:
    actor = current_actor(request)
    rules = await kept_rules(actor.directory_revision)
    purse = await queries.purse(actor.id)
    found = await (queries.history(actor.id, before=before) if is_uuid(before) else queries.history(actor.id))
    people = await people_refs(
        sorted({line.actor_id for line in found.items if line.actor_id and line.actor_id != actor.id}), actor.language
    )
    return answer(
        request,
        "points/mine.html",
        view_of(request),
        status=422 if errors else 200,
        rules=rules,
        purse=purse,
        coming=await queries.coming(actor, rules, purse),
        lines=found.items,
        older=f"/points?before={found.next}" if found.next else "",
        items=await _behind(actor, {line.about_id for line in found.items if line.about_id}),
        people={person.id: person for person in people},
        rewards=await titles(
            actor, [line.about_id for line in found.items if line.kind in ("redemption", "refund") and line.about_id]
        ),
        words={kind: message.text(actor.language) for kind, message in WORDS.items()},
        reversals=await queries.alerts(actor.language, giver_id=actor.id) if not before else [],
        errors=errors,
        typed=typed,
    )


@get("/points", opt={"policy": "points.read"}, include_in_schema=False)
async def my_points(request: AnyRequest, before: FromQuery[str] = "") -> Response[str]:
    """What I can give, what I have earned, and how it came to be so."""
    return await _mine(request, before=before)


@post("/points/reversals/{alert_id:str}", opt={"policy": "points.object"}, status_code=200, include_in_schema=False)
async def object_to(request: AnyRequest, alert_id: FromPath[str]) -> Response[str]:
    """Say why points that HR has taken back should have stood."""
    actor = current_actor(request)
    text = text_of(await form_of(request), "objection")
    try:
        await service.object_to(actor=actor, alert_id=alert_id, text=text)
    except DomainError as error:
        if isinstance(error, NotFound):
            raise
        sentence = field_errors(error, actor.language).get("objection") or error.message.text(actor.language)
        return await _mine(request, errors={alert_id: sentence}, typed=text)
    return see_other("/points", toast="objected")


async def _alerts(request: AnyRequest, errors: Mapping[str, str]) -> Response[str]:
    actor = current_actor(request)
    alerts = await queries.alerts(actor.language)
    return answer(
        request,
        "points/alerts.html",
        view_of(request),
        status=422 if errors else 200,
        alerts=alerts,
        items=await _behind(actor, {alert.about_id for alert in alerts}),
        errors=errors,
    )


@get("/reports/points", opt={"policy": "points.manage"}, include_in_schema=False)
async def alerts_page(request: AnyRequest) -> Response[str]:
    """Points that look odd, in words, and objections."""
    return await _alerts(request, {})


@post("/reports/points/{alert_id:str}", opt={"policy": "points.manage"}, status_code=200, include_in_schema=False)
async def resolve_alert(request: AnyRequest, alert_id: FromPath[str]) -> Response[str]:
    """Leave them, or take them back with a reason that the giver reads."""
    actor = current_actor(request)
    form = await form_of(request)
    outcome = text_of(form, "outcome")
    if outcome not in ("kept", "reversed"):
        raise NotFound
    try:
        await moderation.resolve_alert(actor=actor, alert_id=alert_id, outcome=outcome, reason=text_of(form, "reason"))
    except DomainError as error:
        if isinstance(error, NotFound):
            raise
        sentence = field_errors(error, actor.language).get("reason") or error.message.text(actor.language)
        return await _alerts(request, {alert_id: sentence})
    if text_of(form, "answers") and outcome == "kept":
        return see_other("/organisation/points")
    return see_other("/reports/points", toast=f"points_{outcome}")


ROUTES = [my_points, object_to, alerts_page, resolve_alert]
