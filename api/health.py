"""Is the service ready?"""

from __future__ import annotations

import msgspec
from litestar import get

from api import __version__
from api.core import database
from api.core.openapi import problems


class Health(msgspec.Struct, frozen=True):
    """Ready to serve: the database answers."""

    status: str
    version: str


@get(
    "/health",
    opt={"policy": "public"},
    tags=["Service"],
    security=[{}],  # nothing is asked for; Litestar would leave an empty list out
    responses=problems(public=True),
    operation_id="health",
)
async def health() -> Health:
    """200 once the service is ready, 503 while the database cannot be reached."""
    await database.fetch_one("SELECT 1 FROM organisation")
    return Health("ok", __version__)
