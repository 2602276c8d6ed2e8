"""The work of rotations: looking for plans."""

from __future__ import annotations

from api.core import database
from api.core.i18n import gettext_later as _
from api.core.jobs import Job, JobKind
from api.core.jobs.kinds import PermanentFailure
from api.rotations.solving import KIND, solve

LEASE_SECONDS = 15
"""A search goes on so soon after its server died; its child has died with it."""
_TITLE = _("Find a plan for job rotations")


async def solve_or_say(job: Job) -> None:
    """Search; a search that can never succeed is marked, so that its page says so."""
    try:
        await solve(job)
    except PermanentFailure:
        await database.execute(
            "UPDATE plan SET state = 'failed' WHERE id = {} AND state IN ('waiting', 'solving', 'storing')",
            job.subject_id,
        )
        raise


KINDS = (JobKind(KIND, run=solve_or_say, attempts=20, lease_seconds=LEASE_SECONDS, at_once=1, title=_TITLE),)
