"""Work on thanks after the answer: whoever is called otherwise now is found by the new name."""

from __future__ import annotations

from api.core import database
from api.core.i18n import gettext_later as _
from api.core.jobs import Job, JobKind, report
from api.kudos.search_index import index_kudos, indexed_names

BATCH = 50

_CONCERNED = """SELECT id FROM kudos WHERE giver_id = {}
    UNION SELECT id FROM kudos WHERE giver_department_id = {}
    UNION SELECT kudos_id FROM kudos_recipient WHERE person_id = {}
    UNION SELECT kudos_id FROM kudos_edge WHERE recipient_department_id = {}
    UNION SELECT kudos_id FROM kudos_mention WHERE person_id = {}"""


async def reindex(job: Job) -> None:
    """Make the thanks of a person or department findable by their present name; again from the start is fine."""
    rows = await database.fetch(
        f"SELECT id FROM kudos WHERE withdrawn_at IS NULL AND id IN ({_CONCERNED}) ORDER BY position DESC",
        *[job.subject_id] * 5,
    )
    ids = [row["id"] for row in rows]
    for start in range(0, len(ids), BATCH):
        await _reindex(kudos_ids=ids[start : start + BATCH])
        if not await report(job, min(start + BATCH, len(ids)), len(ids)):
            return


@database.transaction
async def _reindex(*, kudos_ids: list[str]) -> None:
    """A short step, so that kudos which are written meanwhile do not wait."""
    lock = database.sql(sqlite="", postgres="FOR UPDATE")  # nobody edits or withdraws one between look and index
    rows = await database.fetch(
        f"""SELECT id, position, message FROM kudos
        WHERE withdrawn_at IS NULL AND id IN ({database.placeholders(len(kudos_ids))}) ORDER BY id {lock}""",
        *kudos_ids,
    )
    for row in rows:
        names = await indexed_names(row["id"], row["message"])
        await index_kudos(row["position"], message=row["message"], names=names)


KINDS = (JobKind("kudos.reindex", reindex, at_once=1, title=_("Make thanks findable by new names")),)
