"""What happens to visits by itself: managers are asked, silence agrees, what is over is done."""

from __future__ import annotations

from functools import partial

from api.approvals.service import withdraw
from api.core import database
from api.core.i18n import gettext_later as _
from api.core.jobs import Job, JobKind, Periodic, report
from api.rotations.cases import KIND, SILENCE, ask_about, end_of_silence, let_stand
from api.rotations.ending import AT_ONCE, end_what_is_over

ASK = "rotations.ask"
OVER = Periodic("rotations.over", 600)


async def ask_managers(job: Job) -> None:
    """A version was published: managers are asked about visits that are new or moved, not about those that are off.

    A case that is open is not opened again, so that a repeated run asks nobody twice.
    """
    publication = await database.fetch_one(
        "SELECT programme_id, actor_id, at FROM publication WHERE id = {}", job.subject_id
    )
    if publication is None:
        return
    rows = await database.fetch(
        """SELECT v.uid, v.person_id, t.change, EXISTS (SELECT 1 FROM approval a WHERE a.kind = {}
            AND a.subject_id = v.uid AND a.created_at >= {}) AS asked
        FROM publication_notice t JOIN visit v ON v.id = t.visit_id
        WHERE t.publication_id = {} AND t.change <> 'partner' ORDER BY v.starts_at, v.id""",
        *(KIND, publication["at"], job.subject_id),
    )
    waiting = [row for row in rows if not row["asked"]]
    for first in range(0, len(waiting), AT_ONCE):
        await database.transact(partial(_ask, publication, waiting[first : first + AT_ONCE]))
        if not await report(job, min(first + AT_ONCE, len(waiting)), len(waiting)):
            return


async def _ask(publication: database.Row, rows: list[database.Row]) -> None:
    for row in rows:  # what stood in an earlier version is not what they would decide about
        await withdraw(kind=KIND, subject_id=row["uid"])
    about = [(row["uid"], row["person_id"]) for row in rows if row["change"] != "cancelled"]
    await ask_about(publication["programme_id"], about, requester_id=publication["actor_id"])


async def let_silence_agree(job: Job) -> None:
    """The day until which managers may object is over."""
    uids = await end_of_silence(str(job.subject_id), job.detail)
    for done, uid in enumerate(uids, 1):
        await let_stand(uid)
        if not await report(job, done, len(uids)):
            return


async def _over(job: Job) -> None:
    async def going_on(count: int) -> bool:
        return await report(job, count, count)

    await end_what_is_over(going_on)


KINDS = (
    JobKind(ASK, ask_managers, at_once=1, title=_("Ask managers about visits")),
    JobKind(SILENCE, let_silence_agree, at_once=1, title=_("End the time to object to visits")),
    JobKind(OVER.kind, _over, at_once=1, title=_("Note visits that are over")),
)
PERIODICS = (OVER,)
