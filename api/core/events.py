"""What happened, appended in the transaction that made it happen; the feed, audit and notifications read it."""

from __future__ import annotations

from collections.abc import Sequence

from api.core import database, live
from api.core.clock import now

_INSERT = """INSERT INTO event (kind, actor_id, kudos_id, subject_id, detail, created_at)
    VALUES ({}, {}, {}, {}, {}, {})"""


async def record_event(
    kind: str,
    *,
    actor_id: str | None,
    kudos_id: str | None = None,
    subject_id: str | None = None,
    detail: str = "",
) -> None:
    """Append an event to the running transaction; open streams hear of it once that is durable.

    `kind` is "<thing>.<past participle>". Ids and codes only: an erased person leaves no trace here.
    """
    await record_events([event(kind, actor_id=actor_id, kudos_id=kudos_id, subject_id=subject_id, detail=detail)])


async def record_events(events: Sequence[database.Batch]) -> None:
    """The same for many, in their order, at once."""
    await database.execute_many(_INSERT, [row for _template, rows in events for row in rows])


def event(
    kind: str,
    *,
    actor_id: str | None,
    kudos_id: str | None = None,
    subject_id: str | None = None,
    detail: str = "",
) -> database.Batch:
    """One that is still to be written, together with what else belongs to it."""
    database.after_commit(live.wake)
    return _INSERT, [(kind, actor_id, kudos_id, subject_id, detail, now())]
