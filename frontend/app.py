"""The whole product: the JSON API, the pages, the static files."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from litestar import Litestar, Request, Response
from litestar.enums import MediaType

from api.app import api_config, check_policies
from api.core.access.actor import Actor
from api.core.access.middleware import current_language
from api.core.errors import NotSignedIn
from api.core.i18n import gettext_later as _
from api.core.problems import describe, problem_response
from api.core.settings import Settings
from frontend.api_viewer import ApiViewer
from frontend.assets import serve_asset
from frontend.headers import security_headers
from frontend.pages import (
    access,
    approvals,
    awards,
    feed,
    feedback,
    give,
    imports,
    improvements,
    integrations,
    invitations,
    jobs,
    kudos,
    moderation,
    notifications,
    organisation,
    people,
    points,
    privacy,
    rewards,
    rotations,
)
from frontend.pages import settings as settings_pages
from frontend.rendering import fragments, page
from frontend.web import outside_view, see_other, view_of

PAGES = [
    *feed.ROUTES,
    *give.ROUTES,
    *kudos.ROUTES,
    *moderation.ROUTES,
    *approvals.ROUTES,
    *awards.ROUTES,
    *points.ROUTES,
    *people.ROUTES,
    *organisation.ROUTES,
    *jobs.ROUTES,
    *imports.ROUTES,
    *rotations.ROUTES,
    *feedback.ROUTES,
    *improvements.ROUTES,
    *settings_pages.ROUTES,
    *notifications.ROUTES,
    *integrations.ROUTES,
    *access.ROUTES,
    *invitations.ROUTES,
    *privacy.ROUTES,
    *rewards.ROUTES,
    serve_asset,
]


_TITLES = {
    403: _("Not for you"),
    404: _("Nothing here"),
    409: _("That has changed meanwhile"),
    422: _("Not like this"),
    503: _("Back in a moment"),
    500: _("That did not work"),
}


def show_error(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Programs get problem+json; people are asked to sign in, or get a page that says what to do."""
    path = request.url.path
    if path.startswith("/api/") or path == "/health":
        return problem_response(request, error)
    if isinstance(error, NotSignedIn):
        here = f"{path}?{request.url.query}" if request.url.query else path
        after = f"?next={quote(here, safe='/')}" if request.method == "GET" and here != "/" else ""
        return see_other(f"/sign-in{after}")
    problem, headers = describe(error, current_language(request))
    known = isinstance(request.scope.get("user"), Actor)
    view = view_of(request) if known else outside_view(request, organisation="", time_zone="UTC")
    title = _TITLES.get(problem.status, _TITLES[500]).text(view.language)
    text = page("error.html", view, title=title, detail=problem.detail, status=problem.status)
    return Response(text, status_code=problem.status, media_type=MediaType.HTML, headers=headers)


def create_app(settings: Settings) -> Litestar:
    """The product as one application. Raises LookupError if a route has no policy."""
    config = api_config(settings, viewers=[ApiViewer(schema_url="/api/openapi.json", path="/docs")])
    config.route_handlers = [*config.route_handlers, *PAGES]
    config.exception_handlers = {Exception: show_error}
    config.before_send = [*config.before_send, security_headers(settings)]
    config.on_startup = [*config.on_startup, fragments.clear]
    app = Litestar.from_config(config)
    check_policies(app)
    return app
