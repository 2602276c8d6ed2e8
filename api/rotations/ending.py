"""What is over is done: visits and exchange meetings whose end has passed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from api.core import database
from api.core.clock import now
from api.core.events import record_event
from api.rotations.service import hold

AT_ONCE = 20
"""Visits in one transaction: whoever writes meanwhile waits for one step at most."""

_HELD = """visit v JOIN plan n ON n.id = v.plan_id AND n.state = 'published'
    JOIN person p ON p.id = v.person_id AND (p.deactivated_at IS NULL OR p.deactivated_at > v.ends_at)"""
"""Visits that took place, as far as is known: whoever had left before did not come."""


async def end_what_is_over(going_on: Callable[[int], Awaitable[bool]] | None = None) -> int:
    """Visits and meetings whose end has passed are done, each told of once; returns how many.

    `going_on` hears after each step how many there are, and says whether to go on.
    """
    count = 0
    while found := await database.transact(_end_some):
        count += found
        if going_on is not None and not await going_on(count):
            break
    return count


async def _end_some() -> int:
    at, ended = now(), 0
    for table, source, lock, thing in (
        ("visit", _HELD, hold(), "visit"),
        ("exchange_meeting", "exchange_meeting v", "", "meeting"),
    ):
        rows = await database.fetch(
            f"""UPDATE {table} SET state = 'done' WHERE state IN ('proposed', 'accepted') AND id IN (
                SELECT v.id FROM {source} WHERE v.state IN ('proposed', 'accepted') AND v.ends_at <= {{}}
                ORDER BY v.ends_at, v.id LIMIT {AT_ONCE} {lock}) RETURNING id""",
            at,
        )
        for row in sorted(rows, key=lambda row: str(row["id"])):
            await record_event(f"{thing}.done", actor_id=None, subject_id=row["id"])
        ended += len(rows)
    return ended
