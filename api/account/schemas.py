"""One's own account as JSON and pages show it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta


class MeOut(msgspec.Struct, frozen=True, kw_only=True):
    """The person behind the request, with the language and time zone they are answered in."""

    id: str
    name: str
    email: str
    department_id: str
    roles: list[str]
    language: Literal["de", "en"]
    time_zone: str
    scopes: list[str] | None


class Preferences(msgspec.Struct, forbid_unknown_fields=True):
    """What to change; left out stays. An empty text means: the browser's or the organisation's."""

    language: Literal["", "de", "en"] | None = None
    time_zone: Annotated[str, Meta(max_length=64)] | None = None
    theme: Literal["", "light", "dark"] | None = None


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """What a person has chosen; an empty text leaves it to the browser or the organisation."""

    language: str
    time_zone: str
    theme: str
    organisation_time_zone: str


class SessionOut(msgspec.Struct, frozen=True, kw_only=True):
    """A browser that is signed in; `current` is the one asking."""

    id: str
    agent: str
    created_at: datetime
    last_seen_at: datetime
    current: bool


class SessionList(msgspec.Struct, frozen=True):
    """Where this person is signed in, the latest first."""

    items: list[SessionOut]


class TokenOut(msgspec.Struct, frozen=True, kw_only=True):
    """An API token that is still good; the secret itself is not kept."""

    id: str
    name: str
    scopes: list[str]
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None


class TokenList(msgspec.Struct, frozen=True):
    """This person's API tokens, the latest first."""

    items: list[TokenOut]


class CreateToken(msgspec.Struct, forbid_unknown_fields=True):
    """A new API token: a name to know it by and what it may be used for."""

    name: Annotated[str, Meta(min_length=1, max_length=80)]
    scopes: Annotated[list[str], Meta(min_length=1, max_length=10)]


class NewToken(msgspec.Struct, frozen=True):
    """The token, shown this once."""

    id: str
    token: str
