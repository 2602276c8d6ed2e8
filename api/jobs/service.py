"""What an admin does with background work: try again, and cancel."""

from __future__ import annotations

from functools import partial

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now
from api.core.errors import Conflict, NotFound
from api.core.events import record_event
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid
from api.core.notify import JOBS, ring


@database.transaction
async def retry(*, actor: Actor, job_id: str) -> None:
    """Let what failed, was cancelled or rests run now, with all its attempts before it.

    Raises NotFound, and Conflict if it is running or done.
    """
    changed = is_uuid(job_id) and await database.fetch_one(
        """UPDATE job SET state = 'waiting', run_at = {}, attempts = 0, lease_token = NULL, ended_at = NULL
        WHERE id = {} AND state IN ('failed', 'cancelled', 'waiting') RETURNING kind""",
        *(now(), job_id),
    )
    if not changed:
        raise await _refusal(job_id)
    database.after_commit(partial(ring, JOBS))
    await record_event("job.retried", actor_id=actor.id, subject_id=job_id, detail=changed["kind"])


@database.transaction
async def cancel(*, actor: Actor, job_id: str) -> None:
    """Stop it: what has not begun never does, what runs is ended within seconds, and has no further effect.

    Raises NotFound, and Conflict if it has ended.
    """
    changed = is_uuid(job_id) and await database.fetch_one(
        """UPDATE job SET state = 'cancelled', ended_at = {}, lease_until = NULL
        WHERE id = {} AND state IN ('waiting', 'running') RETURNING kind""",
        *(now(), job_id),
    )
    if not changed:
        raise await _refusal(job_id)
    await record_event("job.cancelled", actor_id=actor.id, subject_id=job_id, detail=changed["kind"])


async def _refusal(job_id: str) -> NotFound | Conflict:
    there = is_uuid(job_id) and await database.fetch_one("SELECT 1 FROM job WHERE id = {}", job_id)
    return Conflict(_("This has moved on meanwhile. Look at the list again.")) if there else NotFound()
