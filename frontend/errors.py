"""What people see when something went wrong: what to do, and the ways to everything else beside it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from urllib.parse import quote

from litestar import Request, Response
from litestar.enums import MediaType
from litestar.types import ASGIApp, Receive, Scope, Send

from api.core import database
from api.core.access.actor import Actor
from api.core.access.middleware import AccessMiddleware, current_language
from api.core.errors import NotSignedIn
from api.core.i18n import gettext_later as _
from api.core.problems import describe, problem_response
from api.core.settings import Settings
from frontend.rendering import page
from frontend.web import outside_view, see_other, view_of

_TITLES = {
    403: _("Not for you"),
    404: _("Nothing here"),
    409: _("That has changed meanwhile"),
    422: _("Not like this"),
    503: _("Back in a moment"),
    500: _("That did not work"),
}

_Request = Request[Any, Any, Any]


class Errors:
    """Programs get problem+json; people are asked to sign in, or get a page that says what to do."""

    def __init__(self, settings: Settings) -> None:
        self._door = AccessMiddleware(settings)

    def __call__(self, request: _Request, error: Exception) -> Response[Any]:
        path = request.url.path
        if path.startswith("/api/") or path == "/health":
            return problem_response(request, error)
        if isinstance(error, NotSignedIn):
            here = f"{path}?{request.url.query}" if request.url.query else path
            after = f"?next={quote(here, safe='/')}" if request.method == "GET" and here != "/" else ""
            return see_other(f"/sign-in{after}")
        if "route_handler" not in request.scope:
            return _Unrouted(self._door, error)
        return _page(request, error)


class _Unrouted(Response[str]):
    """The page for an address without a route: nobody at a door has asked yet who it is, so that comes first."""

    def __init__(self, door: AccessMiddleware, error: Exception) -> None:
        super().__init__("")
        self._door = door
        self._error = error

    def to_asgi_response(self, request: _Request, **more: Any) -> ASGIApp:  # type: ignore[override]
        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            with suppress(database.DatabaseUnavailable):  # then as for a stranger
                await self._door.recognise(request)
            response = _page(request, self._error)
            await response.to_asgi_response(request=request, **more)(scope, receive, send)

        return answer


def _page(request: _Request, error: Exception) -> Response[str]:
    problem, headers = describe(error, current_language(request))
    known = isinstance(request.scope.get("user"), Actor)
    view = view_of(request) if known else outside_view(request, organisation="", time_zone="UTC")
    title = _TITLES.get(problem.status, _TITLES[500]).text(view.language)
    text = page("error.html", view, title=title, detail=problem.detail, status=problem.status)
    return Response(text, status_code=problem.status, media_type=MediaType.HTML, headers=headers)
