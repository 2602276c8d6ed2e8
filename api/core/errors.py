"""Errors that help: each knows its HTTP status and says in a person's language what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from api.core.i18n import Message
from api.core.i18n import gettext_later as _


class DomainError(Exception):
    """Something that the product's rules refuse.

    `fields` maps a form field (or JSON member) to the sentence to show beside it. `code` is stable, for
    programs; the sentences are for people.
    """

    status: ClassVar[int] = 400
    code: ClassVar[str] = "refused"

    def __init__(
        self,
        message: Message,
        *,
        fields: Mapping[str, Message] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message.source)
        self.message = message
        self.fields: Mapping[str, Message] = fields or {}
        self.headers: Mapping[str, str] = headers or {}


class Invalid(DomainError):
    """What was sent cannot be accepted as it is; `fields` says what to change."""

    status = 422
    code = "invalid"

    @classmethod
    def field(cls, name: str, message: Message) -> Invalid:
        """The common case: one field, one sentence."""
        return cls(message, fields={name: message})


class NotSignedIn(DomainError):
    """Nobody is signed in, or the session or token is no longer good."""

    status = 401
    code = "not_signed_in"

    def __init__(self, message: Message = _("Please sign in.")) -> None:
        super().__init__(message, headers={"WWW-Authenticate": 'Bearer realm="gearmesh"'})


class Forbidden(DomainError):
    """The person is known but may not do this."""

    status = 403
    code = "forbidden"

    def __init__(self, message: Message = _("You may not do this.")) -> None:
        super().__init__(message)


class NotFound(DomainError):
    """Does not exist, or not for this person: the two are never told apart."""

    status = 404
    code = "not_found"

    def __init__(self, message: Message = _("This does not exist, or it is not meant for you.")) -> None:
        super().__init__(message)


class Conflict(DomainError):
    """The request is fine, but what it meets has moved on."""

    status = 409
    code = "conflict"


class TooMany(DomainError):
    """Asked too often; `retry_after` says in how many seconds it may be tried again."""

    status = 429
    code = "too_many"

    def __init__(self, message: Message, *, retry_after: int) -> None:
        super().__init__(message, headers={"Retry-After": str(retry_after)})
        self.retry_after = retry_after
