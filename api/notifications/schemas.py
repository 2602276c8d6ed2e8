"""Notifications and what people want of them, as JSON and pages show them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from api.people.schemas import PersonRef


class NotificationOut(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that somebody is told of. `text` is one line in the reader's language, `words_html` what was
    written (empty where nothing was), `url` the page to read on, `person` who it is about."""

    id: str
    kind: str
    text: str
    words_html: str
    words_language: str
    url: str
    person: PersonRef | None
    kudos_id: str | None
    private: bool
    sent_at: datetime
    unread: bool
    years: int


class NotificationPage(msgspec.Struct, frozen=True):
    """Notifications, the newest first; `next` is the cursor after it."""

    items: list[NotificationOut]
    next: str | None


class Unread(msgspec.Struct, frozen=True):
    """How many notifications are unread; counted up to 100."""

    unread: int


class ReadUntil(msgspec.Struct, forbid_unknown_fields=True):
    """Mark as read what is there now; with `until`, this notification and all older ones."""

    until: str | None = None


class ChoiceOut(msgspec.Struct, frozen=True, kw_only=True):
    """What a person wants to be told of, where, and how often. Quiet hours are local times like "22:00" or empty."""

    page: list[str]
    mail: list[str]
    rhythm: str
    quiet_from: str
    quiet_until: str
    celebrated: bool


_Time = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^$", max_length=5)]


class ChangeChoice(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What to change; left out stays."""

    page: Annotated[list[str], Meta(max_length=20)] | None = None
    mail: Annotated[list[str], Meta(max_length=20)] | None = None
    rhythm: Literal["now", "day", "week", "never"] | None = None
    quiet_from: _Time | None = None
    quiet_until: _Time | None = None
    celebrated: bool | None = None
