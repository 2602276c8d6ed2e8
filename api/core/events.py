"""What happened, appended in the transaction that made it happen; the feed, audit and notifications read it."""

from __future__ import annotations

from collections.abc import Sequence

from api.core import database, live
from api.core.clock import now
from api.core.database.bulk import Columns

_OF_KUDOS = Columns.of("event", "kind:text actor_id:uuid kudos_id:uuid created_at:bigint")


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
    template, rows = event(kind, actor_id=actor_id, kudos_id=kudos_id, subject_id=subject_id, detail=detail)
    await database.execute(template, *rows[0])


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
    return (
        """INSERT INTO event (kind, actor_id, kudos_id, subject_id, detail, created_at)
        VALUES ({}, {}, {}, {}, {}, {})""",
        [(kind, actor_id, kudos_id, subject_id, detail, now())],
    )


async def record_kudos_events(kind: str, kudos: Sequence[tuple[str | None, str]]) -> None:
    """The same for many kudos at once, (actor, kudos) each, in one statement."""
    if kudos:
        at = now()
        await _OF_KUDOS.insert([(kind, actor_id, kudos_id, at) for actor_id, kudos_id in kudos])
        database.after_commit(live.wake)
