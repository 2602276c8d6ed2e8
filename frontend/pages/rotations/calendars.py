"""Calendars elsewhere whose events are absences: subscribe, look how they are doing, end it."""

from __future__ import annotations

from collections.abc import Mapping

from litestar import Response, get, post
from litestar.params import FromPath

from api.core.access.middleware import current_actor
from api.core.errors import DomainError
from api.core.i18n import Message
from api.core.i18n import gettext_later as _
from api.people.queries import suggest_people
from api.rotations import feeds
from frontend.pages.rotations.steps import PLAN
from frontend.web import AnyRequest, answer, field_errors, form_of, see_other, text_of, view_of

_ERRORS: Mapping[str, Message] = {
    "timeout": _("no answer within ten seconds"),
    "no_such_host": _("its host does not exist"),
    "connection": _("its host does not answer"),
    "tls": _("its host cannot prove who it is"),
    "no_http": _("its host does not speak HTTP"),
    "too_large": _("it is larger than 8 MB"),
    "too_many_redirects": _("it leads in circles"),
    "too_slow": _("it takes too long to understand"),
    "no_calendar": _("there is no calendar at this address, or only a part of one"),
    "address_refused": _("its address lies inside this network, which is not allowed"),
    "host_refused": _("its address is none that can be asked"),
    "scheme_refused": _("only https:// can be asked"),
    "port_refused": _("its port cannot be asked"),
    "skipped": _("some of its events mean nothing and were left out"),
}


def _error(code: str) -> Message | None:
    if code.startswith("status_"):
        return _("its host answers with status %(status)s", status=code.removeprefix("status_"))
    return _ERRORS.get(code, _("something unexpected happened")) if code else None


async def _show(
    request: AnyRequest, *, error: DomainError | None = None, typed: dict[str, str] | None = None
) -> Response[str]:
    language = current_actor(request).language
    found = await feeds.feeds(language)
    return answer(
        request,
        "rotations/calendars.html",
        view_of(request),
        status=error.status if error else 200,
        feeds=[(one, problem.text(language) if (problem := _error(one.error)) else "") for one in found],
        typed=typed or {},
        errors=field_errors(error, language) if error else {},
    )


@get("/programmes/calendars", opt=PLAN, include_in_schema=False)
async def calendars_page(request: AnyRequest) -> Response[str]:
    """All of them."""
    return await _show(request)


@post("/programmes/calendars", opt=PLAN, status_code=200, include_in_schema=False)
async def add_calendar(request: AnyRequest) -> Response[str]:
    """Subscribe."""
    form, actor = await form_of(request), current_actor(request)
    typed = {name: text_of(form, name) for name in ("url", "person", "find_person")}
    person = typed["person"]
    if not person and typed["find_person"].strip():  # typed without script: the best that fits
        found = await suggest_people(typed["find_person"][:200], actor.language, limit=1)
        person = found[0].id if found else "-"
    try:
        await feeds.add_feed(actor=actor, url=typed["url"], person_id=person)
    except DomainError as error:
        if not error.fields:
            raise
        return await _show(request, error=error, typed=typed)
    return see_other("/programmes/calendars", toast="calendar_added")


@post("/programmes/calendars/{feed_id:str}/reading", opt=PLAN, status_code=200, include_in_schema=False)
async def read_calendar(request: AnyRequest, feed_id: FromPath[str]) -> Response[str]:
    """Ask for it once more."""
    await feeds.read_now(feed_id=feed_id)
    return see_other("/programmes/calendars", toast="calendar_added")


@post("/programmes/calendars/{feed_id:str}/removal", opt=PLAN, status_code=200, include_in_schema=False)
async def remove_calendar(request: AnyRequest, feed_id: FromPath[str]) -> Response[str]:
    """No longer."""
    await feeds.remove_feed(actor=current_actor(request), feed_id=feed_id)
    return see_other("/programmes/calendars", toast="saved")


ROUTES = [calendars_page, add_calendar, read_calendar, remove_calendar]
