"""Notifications over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, get, patch, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from api.core.access.middleware import current_actor
from api.core.openapi import problems
from api.core.pages import LARGEST_PAGE, PAGE, read_cursor
from api.notifications import queries, service
from api.notifications.schemas import ChangeChoice, ChoiceOut, NotificationPage, ReadUntil, Unread


@get(
    "/notifications",
    opt={"policy": "notifications.read"},
    tags=["Notifications"],
    responses=problems(422),
    operation_id="listNotifications",
)
async def list_notifications(
    request: Request[Any, Any, Any],
    before: FromQuery[str | None] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=LARGEST_PAGE)] = PAGE,
) -> NotificationPage:
    """What this person is told of, the newest first."""
    actor = current_actor(request)
    return await queries.page(actor, actor.language, before=read_cursor(before), limit=limit)


@get(
    "/notifications/unread",
    opt={"policy": "notifications.read"},
    tags=["Notifications"],
    responses=problems(),
    operation_id="countUnread",
)
async def count_unread(request: Request[Any, Any, Any]) -> Unread:
    """How many notifications are unread, up to 100."""
    return Unread(await queries.unread(current_actor(request).id))


@post(
    "/notifications/read",
    opt={"policy": "notifications.change"},
    status_code=204,
    tags=["Notifications"],
    responses=problems(404, 413),
    operation_id="readNotifications",
)
async def read_notifications(request: Request[Any, Any, Any], data: JSONBody[ReadUntil]) -> None:
    """Mark all as read, or one and those before it."""
    await service.read_all(person_id=current_actor(request).id, until=data.until)


@post(
    "/notifications/{notification_id:str}/read",
    opt={"policy": "notifications.change"},
    status_code=204,
    tags=["Notifications"],
    responses=problems(404),
    operation_id="readNotification",
)
async def read_notification(request: Request[Any, Any, Any], notification_id: FromPath[str]) -> None:
    """Mark one as read; doing so twice is once."""
    await service.read_one(person_id=current_actor(request).id, notification_id=notification_id)


@get(
    "/notification-settings",
    opt={"policy": "notifications.read"},
    tags=["Notifications"],
    responses=problems(),
    operation_id="getNotificationSettings",
)
async def get_choice(request: Request[Any, Any, Any]) -> ChoiceOut:
    """What this person wants to be told of, where, and how often."""
    return queries.choice_out(await queries.choice(current_actor(request).id))


@patch(
    "/notification-settings",
    opt={"policy": "notifications.change"},
    status_code=204,
    tags=["Notifications"],
    responses=problems(413, 422),
    operation_id="changeNotificationSettings",
)
async def change_choice(request: Request[Any, Any, Any], data: JSONBody[ChangeChoice]) -> None:
    """Change it; what is left out stays."""
    await service.change_choice(person_id=current_actor(request).id, change=data)


ROUTES = [list_notifications, count_unread, read_notifications, read_notification, get_choice, change_choice]
