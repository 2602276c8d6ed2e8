"""At the door of every route: who is it, may they come in, and does the request come from our own pages."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware

from api.core.access.actor import Actor
from api.core.access.actors import actor_of_session, actor_of_token
from api.core.access.policies import POLICIES, authorise
from api.core.errors import Forbidden, NotSignedIn
from api.core.i18n import Language, language_or_none, preferred_language
from api.core.i18n import gettext_later as _
from api.core.settings import Settings

if TYPE_CHECKING:
    from litestar.types import ASGIApp, Receive, Scope, Send

SESSION_COOKIE = "gearmesh_session"
LANGUAGE_COOKIE = "gearmesh_language"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def session_cookie_name(settings: Settings) -> str:
    """The cookie's name; over https the prefix makes browsers refuse it from anywhere but this very host."""
    return f"__Host-{SESSION_COOKIE}" if settings.secure else SESSION_COOKIE


def _cookie(header: str, name: str) -> str:
    # The common case by hand: SimpleCookie costs ten times as much and rejects whole headers for one odd cookie.
    for part in header.split(";"):
        key, _sep, value = part.strip().partition("=")
        if key == name:
            if value.startswith('"'):
                try:
                    return SimpleCookie(part)[name].value
                except (CookieError, KeyError):
                    return ""
            return value
    return ""


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:  # not an origin that a browser sends
        return "?"


class AccessMiddleware(ASGIMiddleware):
    """Sets `scope["user"]` (an Actor or None) and the language, and enforces the route's policy.

    Raises NotSignedIn, Forbidden; a route without a policy is refused as well, though no app starts with one.
    """

    scopes = (ScopeType.HTTP,)

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._cookie_name = session_cookie_name(settings)
        self._host = urlsplit(settings.base_url).netloc.lower()

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Look at the request's headers once, then let it pass or raise."""
        name = scope["route_handler"].opt.get("policy")
        method = str(scope.get("method"))
        if name is None and method != "OPTIONS":
            raise Forbidden
        cookies = authorization = accept_language = ""
        headers: dict[bytes, str] = {}
        for key, value in scope["headers"]:
            if key == b"cookie":
                cookies = value.decode("latin-1") if not cookies else f"{cookies}; {value.decode('latin-1')}"
            elif key == b"authorization":
                authorization = value.decode("latin-1")
            elif key == b"accept-language":
                accept_language = value.decode("latin-1")
            elif key in (b"sec-fetch-site", b"origin", b"host"):
                headers[key] = value.decode("latin-1")
        if not scope["path"].startswith("/api/"):
            authorization = ""  # pages know browsers only; a proxy's own password is none of our business
        chosen = language_or_none(_cookie(cookies, LANGUAGE_COOKIE)) if cookies else None
        actor: Actor | None = None
        if name is not None and name != "public":
            if chosen:
                accept_language = chosen
            actor = await self._actor(authorization, cookies, accept_language)
        if method not in _SAFE and not authorization:
            self._check_origin(headers)
        language = actor.language if actor else chosen or preferred_language(accept_language, "en")
        scope["user"] = actor
        scope["auth"] = None
        scope["state"]["language"] = language
        if name is not None:
            authorise(POLICIES[name], actor)
        await next_app(scope, receive, send)

    async def recognise(self, connection: ASGIConnection) -> None:  # type: ignore[type-arg]
        """Set `scope["user"]` and the language of a request that no route was found for, by its cookies alone."""
        header = connection.headers.get("cookie", "")
        chosen = language_or_none(_cookie(header, LANGUAGE_COOKIE))
        accepted: str = chosen if chosen else connection.headers.get("accept-language", "")
        actor = await self._actor("", header, accepted)
        connection.scope["user"] = actor
        connection.scope["state"]["language"] = actor.language if actor else preferred_language(accepted, "en")

    async def _actor(self, authorization: str, cookies: str, accept_language: str) -> Actor | None:
        if authorization:
            scheme, _sep, token = authorization.partition(" ")
            if scheme.lower() != "bearer" or not token.strip():
                raise NotSignedIn(_("Send the API token as “Authorization: Bearer …”."))
            actor = await actor_of_token(token.strip(), accept_language=accept_language)
            if actor is None:
                raise NotSignedIn(_("This API token is not valid, or no longer."))
            return actor
        cookie = _cookie(cookies, self._cookie_name) if cookies else ""
        if not cookie:
            return None
        return await actor_of_session(cookie, accept_language=accept_language, keep_days=self._settings.session_days)

    def _check_origin(self, headers: dict[bytes, str]) -> None:
        """Refuse unsafe requests that a browser sends on behalf of another site.

        The order of Go's net/http CrossOriginProtection: Sec-Fetch-Site where the browser says it, else
        Origin against Host; neither means that it is no browser.
        """
        site = headers.get(b"sec-fetch-site")
        if site is not None:
            if site in ("same-origin", "none"):
                return
        else:
            origin = headers.get(b"origin")
            if origin is None:
                return
            if _host_of(origin) in {headers.get(b"host", "").lower(), self._host} - {""}:
                return
        raise Forbidden(_("This request came from another site and was not carried out."))


def current_actor(connection: ASGIConnection) -> Actor:  # type: ignore[type-arg]
    """The signed-in person of a request; the route's policy has seen to it that there is one."""
    actor = connection.scope["user"]
    if not isinstance(actor, Actor):
        raise NotSignedIn
    return actor


def base_of(connection: ASGIConnection, settings: Settings) -> str:  # type: ignore[type-arg]
    """The address that people reach this by, without a slash at its end: as configured, or as they came."""
    return settings.base_url or str(connection.base_url).rstrip("/")


def current_language(connection: ASGIConnection) -> Language:  # type: ignore[type-arg]
    """The language of this request's reader."""
    language = connection.scope["state"].get("language")
    if language is None:  # an error before the door, as for an unknown path
        accepted = connection.headers.get("accept-language", "")
        cookie = language_or_none(connection.cookies.get(LANGUAGE_COOKIE, ""))
        return cookie or preferred_language(accepted, "en")
    return language  # type: ignore[no-any-return]
