"""What happened, appended in the transaction that made it happen; the feed, audit and notifications read it."""

from __future__ import annotations

from api.core import database, live
from api.core.clock import now


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
    await database.together(event(kind, actor_id=actor_id, kudos_id=kudos_id, subject_id=subject_id, detail=detail))


def event(
    kind: str,
    *,
    actor_id: str | None,
    kudos_id: str | None = None,
    subject_id: str | None = None,
    detail: str = "",
) -> database.Batch:
    """The same, to be written together with what else belongs to it."""
    database.after_commit(live.wake)
    return (
        """INSERT INTO event (kind, actor_id, kudos_id, subject_id, detail, created_at)
        VALUES ({}, {}, {}, {}, {}, {})""",
        [(kind, actor_id, kudos_id, subject_id, detail, now())],
    )
