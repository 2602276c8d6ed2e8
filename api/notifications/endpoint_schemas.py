"""Integrations as JSON shows and takes them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from api.people.schemas import DepartmentRef


class EndpointOut(msgspec.Struct, frozen=True, kw_only=True):
    """Where events go. The whole address is a secret for chats: only its host is shown; nothing of one that
    is sealed under a key that is gone."""

    id: str
    channel: str
    name: str
    host: str
    kinds: list[str]
    departments: list[DepartmentRef]
    language: str
    failing_since: datetime | None
    disabled: bool
    old_secret_until: datetime | None


class EndpointList(msgspec.Struct, frozen=True):
    """All of them, in the order in which they were added."""

    items: list[EndpointOut]


class DeliveryOut(msgspec.Struct, frozen=True, kw_only=True):
    """How one event got there. `error` is a code like "timeout" or "status_500"."""

    id: str
    kind: str
    state: str
    attempts: int
    status: int | None
    milliseconds: int | None
    error: str
    occurred_at: datetime


class DeliveryPage(msgspec.Struct, frozen=True):
    """Deliveries, the newest first; `next` is the `before` of the page after it."""

    items: list[DeliveryOut]
    next: str | None


class AddEndpoint(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Where to send what: `kinds` of events for a webhook, `departments` (ids; none: all) for a chat, whose
    `language` it speaks. `id` may be a UUIDv7 of the client's."""

    channel: Literal["webhook", "slack", "teams", "mattermost"]
    name: Annotated[str, Meta(max_length=200)]
    url: Annotated[str, Meta(max_length=4_000)]
    kinds: Annotated[list[str], Meta(max_length=50)] = []
    departments: Annotated[list[str], Meta(max_length=1_000)] = []
    language: Literal["de", "en"] = "en"
    id: str | None = None


class EndpointAdded(msgspec.Struct, frozen=True):
    """The new endpoint, and a webhook's secret, which is shown nowhere else ("" for a chat)."""

    endpoint: EndpointOut
    secret: str


class NewSecret(msgspec.Struct, frozen=True):
    """What a webhook's messages are signed with from now on; for a day the one before signs them as well."""

    secret: str
