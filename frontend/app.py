"""The whole product: the JSON API, the pages, the static files."""

from __future__ import annotations

from litestar import Litestar

from api.app import api_config, check_policies
from api.core.settings import Settings
from frontend.api_viewer import ApiViewer
from frontend.assets import serve_asset
from frontend.errors import Errors
from frontend.headers import security_headers
from frontend.pages import (
    access,
    approvals,
    awards,
    feed,
    feedback,
    give,
    import_undo,
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
    rewriting,
    rotations,
    visits,
)
from frontend.pages import settings as settings_pages
from frontend.rendering import fragments

PAGES = [
    *feed.ROUTES,
    *give.ROUTES,
    *rewriting.ROUTES,
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
    *visits.ROUTES,
    *feedback.ROUTES,
    *improvements.ROUTES,
    *import_undo.ROUTES,
    *settings_pages.ROUTES,
    *notifications.ROUTES,
    *integrations.ROUTES,
    *access.ROUTES,
    *invitations.ROUTES,
    *privacy.ROUTES,
    *rewards.ROUTES,
    serve_asset,
]


def create_app(settings: Settings) -> Litestar:
    """The product as one application. Raises LookupError if a route has no policy."""
    config = api_config(settings, viewers=[ApiViewer(schema_url="/api/openapi.json", path="/docs")])
    config.route_handlers = [*config.route_handlers, *PAGES]
    config.exception_handlers = {Exception: Errors(settings)}
    config.before_send = [*config.before_send, security_headers(settings)]
    config.on_startup = [*config.on_startup, fragments.clear]
    app = Litestar.from_config(config)
    check_policies(app)
    return app
