"""What one is told of: read it, choose what and how often, and get fewer e-mails without signing in."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from api.core import database
from api.core.access.middleware import current_actor
from api.core.errors import DomainError
from api.core.mail import mail_in_use
from api.core.pages import read_cursor
from api.notifications import queries, service
from api.notifications.rules import CHOOSABLE, PAGE_ONLY, Rhythm
from api.notifications.schemas import ChangeChoice, ChoiceOut
from api.notifications.words import KIND_NAMES
from frontend.web import (
    AnyRequest,
    answer,
    field_errors,
    form_of,
    outside_view,
    see_other,
    text_of,
    texts_of,
    view_of,
)


@get("/notifications", opt={"policy": "notifications.read"}, include_in_schema=False)
async def notifications_page(request: AnyRequest, before: FromQuery[str | None] = None) -> Response[str]:
    """The newest first; what is unread is marked."""
    actor = current_actor(request)
    page = await queries.page(actor, actor.language, before=read_cursor(before))
    older = f"/notifications?before={page.next}" if page.next else ""
    return answer(request, "notifications/list.html", view_of(request), items=page.items, older=older)


@post("/notifications/read", opt={"policy": "notifications.change"}, status_code=200, include_in_schema=False)
async def read_all(request: AnyRequest) -> Response[str]:
    """Mark all as read that the page showed, and those before; what has come since stays."""
    until = text_of(await form_of(request), "until")
    await service.read_all(person_id=current_actor(request).id, until=until or None)
    return see_other("/notifications", toast="all_read")


@post(
    "/notifications/{notification_id:str}/read",
    opt={"policy": "notifications.change"},
    status_code=200,
    include_in_schema=False,
)
async def read_one(request: AnyRequest, notification_id: FromPath[str]) -> Response[str]:
    """Mark one as read."""
    await service.read_one(person_id=current_actor(request).id, notification_id=notification_id)
    return see_other("/notifications")


async def _settings(request: AnyRequest, chosen: ChoiceOut, errors: dict[str, str] | None = None) -> Response[str]:
    actor = current_actor(request)
    return answer(
        request,
        "notifications/settings.html",
        view_of(request),
        status=422 if errors else 200,
        chosen=chosen,
        kinds=[(kind, KIND_NAMES[kind].text(actor.language), kind not in PAGE_ONLY) for kind in CHOOSABLE],
        mail_is_sent=mail_in_use() is not None,
        email=actor.email,
        time_zone=actor.time_zone,
        errors=errors or {},
    )


@get("/settings/notifications", opt={"policy": "notifications.read"}, include_in_schema=False)
async def settings_page(request: AnyRequest) -> Response[str]:
    """What, where and how often."""
    return await _settings(request, queries.choice_out(await queries.choice(current_actor(request).id)))


@post("/settings/notifications", opt={"policy": "notifications.change"}, status_code=200, include_in_schema=False)
async def save_settings(request: AnyRequest) -> Response[str]:
    """Keep it; what is wrong is said beside its field, and everything stays as it was chosen."""
    actor = current_actor(request)
    form = await form_of(request)
    rhythm = text_of(form, "rhythm")
    typed = ChoiceOut(
        page=texts_of(form, "page"),
        mail=texts_of(form, "mail"),
        rhythm=rhythm if rhythm in list(Rhythm) else Rhythm.NOW,
        quiet_from=text_of(form, "quiet_from"),
        quiet_until=text_of(form, "quiet_until"),
        celebrated=bool(text_of(form, "celebrated")),
    )
    change: dict[str, Any] = {name: getattr(typed, name) for name in typed.__struct_fields__}
    try:
        await service.change_choice(person_id=actor.id, change=ChangeChoice(**change))
    except DomainError as error:
        if not error.fields:
            raise
        return await _settings(request, typed, field_errors(error, actor.language))
    return see_other("/settings/notifications", toast="saved")


async def _unsubscribe(request: AnyRequest, token: str, done: str) -> Response[str]:
    await service.whose_link(token)
    row = await database.fetch_one("SELECT name, time_zone FROM organisation")
    assert row is not None  # made by the first migration
    view = outside_view(request, organisation=row["name"], time_zone=row["time_zone"])
    return answer(request, "notifications/unsubscribe.html", view, token=token, done=done)


@get("/unsubscribe/{token:str}", opt={"policy": "public"}, include_in_schema=False)
async def unsubscribe_page(request: AnyRequest, token: FromPath[str]) -> Response[str]:
    """Fewer e-mails, or none, without signing in. Looking changes nothing: mail scanners look at every link."""
    return await _unsubscribe(request, token, "")


@post("/unsubscribe/{token:str}", opt={"policy": "public"}, status_code=200, include_in_schema=False)
async def unsubscribe(request: AnyRequest, token: FromPath[str]) -> Response[str]:
    """The mail program's own button (RFC 8058) ends e-mails; the page's buttons say how many are left."""
    rhythm = text_of(await form_of(request), "rhythm") or Rhythm.NEVER
    await service.unsubscribe(token=token, rhythm=rhythm)
    return await _unsubscribe(request, token, rhythm)


ROUTES = [
    notifications_page,
    read_all,
    read_one,
    settings_page,
    save_settings,
    unsubscribe_page,
    unsubscribe,
]
