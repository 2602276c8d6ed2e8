"""The JSON API as an application of its own, and the parts of it that the whole product builds on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from litestar import Litestar, Router
from litestar.config.app import AppConfig
from litestar.di import Provide
from litestar.openapi.plugins import OpenAPIRenderPlugin
from litestar.types import ControllerRouterHandler

from api import streams
from api.account import routes as account
from api.administration import routes as administration
from api.approvals import routes as approvals
from api.awards import routes as awards
from api.core import live, notify
from api.core.access.middleware import AccessMiddleware
from api.core.access.policies import POLICIES
from api.core.database import Database, migrate
from api.core.openapi import openapi_config
from api.core.problems import problem_response
from api.core.settings import Settings
from api.dependencies import overview
from api.dependencies import record_routes as dependency_records
from api.dependencies import routes as dependencies
from api.health import health
from api.imports import fetching
from api.imports import routes as imports
from api.improvements import routes as improvements
from api.invitations import routes as invitations
from api.jobs import routes as jobs
from api.kudos import answer_routes as answers
from api.kudos import moderation_routes as moderation
from api.kudos import routes as kudos
from api.kudos import value_routes as values
from api.kudos.cards import cache
from api.kudos.details import forget_values
from api.migrations import MIGRATIONS
from api.notifications import endpoint_routes as endpoints
from api.notifications import routes as notifications
from api.notifications import secrets as endpoint_secrets
from api.people import record_routes as records
from api.people import routes as people
from api.points import routes as points
from api.points.records import forget_rules
from api.privacy import routes as privacy
from api.registry import TABLES
from api.rewards import fulfil_routes as fulfilment
from api.rewards import keys
from api.rewards import record_routes as reward_records
from api.rewards import routes as rewards
from api.rotations import feedback_routes as feedback
from api.rotations import routes as rotations
from api.rotations import visit_routes as visits
from api.work import background, equip

LARGEST_BODY = 256 * 1024


def open_database(settings: Settings, *, exclusive: bool = False) -> Database:
    """The database of these settings, its tables bound, not yet started."""
    return Database(settings.database_url, TABLES, exclusive=exclusive, pool_max=settings.database_connections)


def lifespan(settings: Settings) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    """Database, schema, live updates, deliveries and jobs, for as long as the app runs."""

    @asynccontextmanager
    async def run(_app: Litestar) -> AsyncIterator[None]:
        database = open_database(settings, exclusive=True)
        await database.start()
        try:
            await migrate(database, MIGRATIONS)
            cache.clear()
            overview.forget()
            forget_values()
            forget_rules()
            equip(settings)
            await keys.check_key()
            await keys.seal_all()
            await endpoint_secrets.seal_all()
            await live.start()
            work = background() if settings.serve_jobs or settings.on_sqlite else []
            tasks = [asyncio.create_task(part) for part in (notify.listen(), *work)]
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
                await fetching.stop()
                await live.stop()
        finally:
            await database.stop()

    return run


def check_policies(app: Litestar) -> None:
    """Raise LookupError for a route that names no row of the policy table."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", None) or [route.route_handler]:  # type: ignore[union-attr]
            if getattr(handler, "http_methods", None) == {"OPTIONS"}:
                continue
            if handler.opt.get("policy") not in POLICIES:
                raise LookupError(f"the route {route.path} ({handler}) names no policy of the table")


def api_config(settings: Settings, *, viewers: Sequence[OpenAPIRenderPlugin] = ()) -> AppConfig:
    """The API's part of an application: routes, door, errors, description."""
    handlers: list[ControllerRouterHandler] = [
        *kudos.ROUTES,
        *answers.ROUTES,
        *moderation.ROUTES,
        *points.ROUTES,
        *people.ROUTES,
        *dependencies.ROUTES,
        *imports.ROUTES,
        *records.ROUTES,
        *dependency_records.ROUTES,
        *values.ROUTES,
        *administration.ROUTES,
        *invitations.ROUTES,
        *privacy.ROUTES,
        *account.ROUTES,
        *streams.ROUTES,
        *notifications.ROUTES,
        *endpoints.ROUTES,
        *approvals.ROUTES,
        *awards.ROUTES,
        *jobs.ROUTES,
        *rewards.ROUTES,
        *reward_records.ROUTES,
        *fulfilment.ROUTES,
        *rotations.ROUTES,
        *visits.ROUTES,
        *improvements.ROUTES,
        *feedback.ROUTES,
    ]
    return AppConfig(
        route_handlers=[health, Router(path="/api/v1", route_handlers=handlers)],
        middleware=[AccessMiddleware(settings)],
        dependencies={"settings": Provide(lambda: settings, use_cache=True, sync_to_thread=False)},
        exception_handlers={Exception: problem_response},
        openapi_config=openapi_config(viewers),
        lifespan=[lifespan(settings)],
        request_max_body_size=LARGEST_BODY,
    )


def create_app(settings: Settings) -> Litestar:
    """The JSON API alone. Raises LookupError if a route has no policy."""
    app = Litestar.from_config(api_config(settings))
    check_policies(app)
    return app
