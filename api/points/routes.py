"""Points over HTTP."""

from __future__ import annotations

from typing import Any

from litestar import Request, get

from api.core.access.actor import Role
from api.core.access.middleware import current_actor
from api.core.openapi import problems
from api.points import queries
from api.points.records import kept_rules
from api.points.schemas import PurseOut


@get("/points", opt={"policy": "points.read"}, tags=["Account"], responses=problems(), operation_id="getPoints")
async def get_points(request: Request[Any, Any, Any]) -> PurseOut:
    """What one can give and has received."""
    actor = current_actor(request)
    rules = await kept_rules(actor.directory_revision)
    purse = await queries.purse(actor.id)
    return PurseOut(
        enabled=bool(rules.enabled),
        giving=purse.giving,
        ringfenced=purse.ringfenced,
        earned=purse.earned,
        held=purse.held,
        most_each=rules.month_limit(actor.roles, manages=Role.MANAGER in actor.roles),
        levels=[level.points for level in rules.named_levels()],
    )


ROUTES = [get_points]
