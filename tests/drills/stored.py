"""What the database holds, seen from outside the server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from api.app import open_database
from api.core import database
from api.core.settings import Settings
from api.points.records import forget_rules
from api.verify import verify


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[None]:
    """The database as the current one, beside whichever server is running."""
    db = open_database(Settings(database_url=url))
    await db.start()
    forget_rules()
    try:
        yield
    finally:
        await db.stop()


async def letters() -> dict[str, str]:
    """Every stored message with its kudos's id. Fails if one is stored twice."""
    rows = await database.fetch("SELECT message, id FROM kudos")
    found = {row["message"]: row["id"] for row in rows}
    assert len(found) == len(rows)
    return found


async def broken() -> list[str]:
    """What `gearmesh verify` complains of."""
    return [f"{outcome.says}: {outcome.broken}" async for outcome in verify() if outcome.broken]


async def deliveries() -> dict[str, int]:
    """How often each kudos was delivered."""
    rows = await database.fetch(
        """SELECT k.id, COUNT(e.id) AS n FROM kudos k
        LEFT JOIN event e ON e.kudos_id = k.id AND e.kind = 'kudos.delivered' GROUP BY k.id"""
    )
    return {row["id"]: row["n"] for row in rows}
