"""Headers that every answer carries: what the browser may load and who may frame us."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.core.settings import Settings

if TYPE_CHECKING:
    from litestar.types import BeforeMessageSendHookHandler, Message, Scope

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)


def security_headers(settings: Settings) -> BeforeMessageSendHookHandler:
    """A hook that adds them when an answer starts.

    A hook and no middleware: addresses that do not exist and requests that a guard refuses are answered
    outside of any route's middleware, and those pages need the headers too.
    """
    headers = [
        (b"content-security-policy", POLICY.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"same-origin"),
        (b"cross-origin-opener-policy", b"same-origin"),
    ]
    if settings.secure:
        headers.append((b"strict-transport-security", b"max-age=31536000"))

    async def add(message: Message, scope: Scope) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *headers]

    return add
