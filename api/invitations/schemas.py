"""Invitations as JSON and pages show them."""

from __future__ import annotations

from datetime import datetime

import msgspec

from api.people.schemas import PersonRef


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a link that still works is for."""

    id: str
    name: str
    given_name: str
    email: str


class Addressee(msgspec.Struct, frozen=True, kw_only=True):
    """Whom an e-mail with a link goes to. `language` is theirs, else the organisation's."""

    email: str
    given_name: str
    language: str
    organisation: str
    has_password: bool


class InvitationOut(msgspec.Struct, frozen=True, kw_only=True):
    """Where a person stands on the way in. `works_until` is the last link's end, `waiting` an e-mail to be sent."""

    has_password: bool
    invited_at: datetime | None
    works_until: datetime | None
    waiting: bool


class InvitationsOut(msgspec.Struct, frozen=True, kw_only=True):
    """How many are yet to come in: `without_password` in all, `open` of them without an invitation that works.

    `sent` of `total` while a bulk invitation runs; both 0 otherwise.
    """

    without_password: int
    open: int
    running: bool
    sent: int
    total: int


class Awaited(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who has no password yet. `invited_at`: when the last link was made for them."""

    person: PersonRef
    invited_at: datetime | None


class AwaitedPage(msgspec.Struct, frozen=True):
    """Some of them, as they were entered; pass `next` as `after` for more."""

    items: list[Awaited]
    next: str | None
