"""Feedback after a visit: two minutes, kept while it is written, then read by the other side."""

from __future__ import annotations

from typing import Any, Literal, cast
from urllib.parse import urlencode

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath, FromQuery

from api.core.access.actor import Actor
from api.core.access.middleware import current_actor
from api.core.clock import now, utc
from api.core.errors import Conflict, DomainError
from api.core.i18n import gettext_later as _
from api.dependencies.overview import overview
from api.rotations import feedback
from api.rotations.feedback_queries import all_feedback, past_visits, visit_feedback
from api.rotations.feedback_rules import MOST_ERRORS, ErrorLine, Per, Said
from api.rotations.feedback_schemas import FeedbackOut, PastVisit, VisitFeedback
from frontend.pages.organisation.forms import cents_of, number
from frontend.web import AnyRequest, answer, field_errors, form_of, html, see_other, text_of, texts_of, view_of

GIVE = {"policy": "feedback.give"}
KEPT = _("Kept. Only you see it until you send it.")
PER = {"once": _("once so far"), "day": _("per day"), "week": _("per week"), "month": _("per month")}
_PARTS = ("what", "times", "per", "minutes", "cost", "reverse")


class Line(msgspec.Struct, kw_only=True):
    """An error as it stands in the form."""

    what: str = ""
    times: str = "1"
    per: str = "week"
    minutes: str = ""
    cost: str = ""
    reverse: str = "no"


class FeedbackForm(msgspec.Struct, kw_only=True):
    """The form as it stands."""

    surprised: str = ""
    will_change: str = ""
    lines: list[Line]
    idea: bool = False
    errors: dict[str, str] = {}


def _stored(said: FeedbackOut | None, visit: PastVisit, empty: Line) -> FeedbackForm:
    if said is None:
        return FeedbackForm(lines=[empty])
    lines = [
        Line(
            what=one.what,
            times=str(one.times),
            per=one.per,
            minutes="" if one.minutes is None else str(one.minutes),
            cost="" if one.cents is None else _euros(one.cents),
            reverse="no" if one.provider == visit.home.id else "yes",
        )
        for one in said.errors
    ]
    return FeedbackForm(surprised=said.surprised, will_change=said.will_change, lines=lines or [empty])


async def _empty(actor: Actor, visit: PastVisit) -> Line:
    """An error yet to be named: it goes the way that is declared; if both are or none is, from the visitor’s side."""
    known = await overview(actor.language, actor.directory_revision)
    ways = {(edge.provider.id, edge.customer.id) for edge in known.edges}
    there, back = (visit.home.id, visit.hosting.id), (visit.hosting.id, visit.home.id)
    return Line(reverse="yes" if back in ways and there not in ways else "no")


def _euros(cents: int) -> str:
    whole, rest = divmod(cents, 100)
    return f"{whole},{rest:02}" if rest else str(whole)


def _read(sent: FormMultiDict) -> FeedbackForm:
    columns = [texts_of(sent, f"error_{part}") for part in _PARTS]
    lines = [Line(**dict(zip(_PARTS, row, strict=True))) for row in zip(*columns, strict=False)]
    return FeedbackForm(
        surprised=text_of(sent, "surprised"),
        will_change=text_of(sent, "will_change"),
        lines=lines[: MOST_ERRORS + 1] or [Line()],
        idea=bool(text_of(sent, "idea")),
    )


def _said(form: FeedbackForm) -> Said:
    return Said(surprised=form.surprised, will_change=form.will_change, errors=[line_of(one) for one in form.lines])


def line_of(line: Line) -> ErrorLine:
    """An error as services take it; what is no number is refused there."""
    return ErrorLine(
        what=line.what,
        times=number(line.times) if line.times.strip() else 1,
        per=cast(Per, line.per if line.per in PER else "week"),
        minutes=number(line.minutes) if line.minutes.strip() else None,
        cents=cast(Any, cents_of(line.cost)),
        reverse=line.reverse == "yes",
    )


@get("/feedback", opt=GIVE, include_in_schema=False)
async def feedback_page(
    request: AnyRequest, show: FromQuery[Literal["mine", "all"]] = "mine", before: FromQuery[str] = ""
) -> Response[str]:
    """One's own past visits; for HR also all that was sent."""
    actor = current_actor(request)
    context: dict[str, Any] = {"show": show, "visits": [], "said": []}
    if show == "all":
        found = await all_feedback(actor, before=before)
        context["said"], following = found.items, found.next
    else:
        mine = await past_visits(actor, before=before)
        context["visits"], following = mine.items, mine.next
    older = f"/feedback?show={show}&before={following}" if following else ""
    return answer(request, "feedback/list.html", view_of(request), per=_per(actor), older=older, **context)


def _per(actor: Actor) -> dict[str, str]:
    return {per: words.text(actor.language) for per, words in PER.items()}


async def _show(
    request: AnyRequest, found: VisitFeedback, form: FeedbackForm | None = None, *, change: bool = False
) -> Response[str]:
    actor = current_actor(request)
    empty = await _empty(actor, found.visit)
    sent = found.mine is not None and found.mine.state == "sent"
    until = found.mine.change_until if found.mine is not None else None
    changeable = until is not None and until > utc(now())
    writing = found.visit.side is not None and (not sent or (change and changeable))
    return answer(
        request,
        "feedback/visit.html",
        view_of(request),
        status=422 if form and form.errors else 200,
        visit=found.visit,
        mine=found.mine,
        others=found.others,
        form=(form or _stored(found.mine, found.visit, empty)) if writing else None,
        sent=sent,
        changeable=changeable,
        thanks=_thanks(actor, found.visit) if found.mine and not writing else "",
        per=_per(actor),
    )


@get("/feedback/{visit_id:str}", opt=GIVE, include_in_schema=False)
async def visit_page(request: AnyRequest, visit_id: FromPath[str], change: FromQuery[bool] = False) -> Response[str]:
    """A visit: one's own feedback to be written or changed, or what both sides have said."""
    return await _show(request, await visit_feedback(current_actor(request), visit_id), change=change)


@post("/feedback/{visit_id:str}", opt=GIVE, status_code=200, include_in_schema=False)
async def write_feedback(request: AnyRequest, visit_id: FromPath[str]) -> Response[str]:
    """Send it; or keep it (`do` is "keep"), or keep it and show room for another error ("more").

    With `change` what was sent already is changed instead, and nothing is kept before that.
    """
    actor = current_actor(request)
    sent = await form_of(request)
    form, do, change = _read(sent), text_of(sent, "do"), bool(text_of(sent, "change"))
    try:
        if change and do != "more":
            await feedback.change_feedback(actor=actor, visit_id=visit_id, said=_said(form))
        elif change:
            pass
        elif do in ("keep", "more"):
            await feedback.save_feedback(actor=actor, visit_id=visit_id, said=_said(form))
        else:
            await feedback.send_feedback(actor=actor, visit_id=visit_id, said=_said(form), idea=form.idea)
    except Conflict:
        return see_other(f"/feedback/{visit_id}")  # sent in another tab, or long ago: there it stands
    except DomainError as error:
        if not error.fields:
            raise
        form.errors = field_errors(error, actor.language)
        return await _show(request, await visit_feedback(actor, visit_id), form, change=change)
    if change and do != "more":
        return see_other(f"/feedback/{visit_id}", toast="saved")
    if do == "keep":
        return see_other(f"/feedback/{visit_id}", toast="draft_kept")
    found = await visit_feedback(actor, visit_id)
    if do == "more":
        form.lines.append(await _empty(actor, found.visit))
        return await _show(request, found, form, change=change)
    return see_other(_thanks(actor, found.visit) or f"/feedback/{visit_id}", toast="feedback_sent")


@post("/feedback/{visit_id:str}/draft", opt=GIVE, status_code=200, include_in_schema=False)
async def keep_draft(request: AnyRequest, visit_id: FromPath[str]) -> Response[str]:
    """Keep what is being typed; the script sends it after a pause."""
    actor = current_actor(request)
    await feedback.save_feedback(actor=actor, visit_id=visit_id, said=_said(_read(await form_of(request))))
    return html(KEPT.text(actor.language))


def _thanks(actor: Actor, visit: PastVisit) -> str:
    """The form for a thank-you to the other side, begun; nothing where nobody is known there."""
    if visit.side == "visitor":
        if visit.host is None:
            return f"/give?{urlencode({'department': visit.hosting.id})}"
        to, words = visit.host.id, _("Thank you for letting me look over your shoulder in %(name)s.",
                                     name=visit.hosting.name)  # fmt: skip
    else:
        to, words = visit.visitor.id, _("Thank you for the day with us in %(name)s.", name=visit.hosting.name)
    return f"/give?{urlencode({'to': to, 'words': words.text(actor.language) + ' '})}"


@get("/feedback/{visit_id:str}/draft", opt=GIVE, include_in_schema=False)
async def back_to_visit(visit_id: FromPath[str]) -> Response[str]:
    """This page answers forms only."""
    return see_other(f"/feedback/{visit_id}")


ROUTES = [feedback_page, visit_page, write_feedback, keep_draft, back_to_visit]
