"""The work of rotations: looking for plans, reading calendars."""

from __future__ import annotations

from api.core import database
from api.core.errors import NotFound
from api.core.i18n import gettext_later as _
from api.core.jobs import Job, JobKind, Periodic
from api.core.jobs.kinds import PermanentFailure
from api.rotations import feeds
from api.rotations.solving import KIND, solve

LEASE_SECONDS = 15
"""A search goes on so soon after its server died; its child has died with it."""
_CALENDARS = Periodic("rotations.calendars", 3600)


async def solve_or_say(job: Job) -> None:
    """Search; a search that can never succeed is marked, so that its page says so."""
    try:
        await solve(job)
    except NotFound:  # discarded meanwhile
        return
    except PermanentFailure:
        await database.execute(
            "UPDATE plan SET state = 'failed' WHERE id = {} AND state IN ('waiting', 'solving', 'storing')",
            job.subject_id,
        )
        raise


KINDS = (
    JobKind(
        *(KIND, solve_or_say),
        attempts=20,
        lease_seconds=LEASE_SECONDS,
        at_once=1,
        title=_("Find a plan for job rotations"),
    ),
    JobKind(_CALENDARS.kind, feeds.ask_all, title=_("Have calendars with absences read")),
    JobKind(feeds.KIND, feeds.read_feed, attempts=3, at_once=2, title=_("Read a calendar with absences")),
)
PERIODICS = (_CALENDARS,)
