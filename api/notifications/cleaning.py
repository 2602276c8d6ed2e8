"""What has been read long ago, and how deliveries went, does not stay for ever."""

from __future__ import annotations

from api.core import database
from api.core.clock import DAY, now
from api.core.jobs import Job

NOTIFICATIONS_STAY = 180 * DAY
DELIVERIES_STAY = 30 * DAY
_AT_ONCE = 1_000


async def clean(_job: Job) -> None:
    """Remove what is older than that, in short steps."""
    for table, kept, rest in (
        ("notification", NOTIFICATIONS_STAY, "mail <> 'waiting'"),
        ("delivery", DELIVERIES_STAY, "state <> 'waiting'"),
    ):
        while len(await _remove(table, now() - kept, rest)) == _AT_ONCE:
            pass


async def _remove(table: str, before: int, rest: str) -> list[database.Row]:
    return await database.fetch(
        f"""DELETE FROM {table} WHERE id IN (
            SELECT id FROM {table} WHERE created_at < {{}} AND {rest} LIMIT {_AT_ONCE}) RETURNING id""",
        before,
    )
