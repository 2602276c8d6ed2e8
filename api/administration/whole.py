"""Take a whole import back: its changes one by one, the newest first, in short steps of a job.

What has changed again since stays as it is. The job goes on where it was broken off, because a change that was taken
back is not taken back twice; begun again later, it tries what is left.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from api.administration.service import undo
from api.core import database
from api.core.access.actor import Actor
from api.core.access.actors import actor_of_person
from api.core.access.policies import POLICIES, authorise
from api.core.changes import lock_directory, record_change
from api.core.errors import Conflict, DomainError, NotFound
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid
from api.core.jobs import Job, PermanentFailure, enqueue, report
from api.imports.recording import IMPORTED, TAKEN_BACK

JOB = "import.take_back"
OPEN = "NOT EXISTS (SELECT 1 FROM change u WHERE u.undoes_id = c.id)"
"""The condition on changes `c` that have not been taken back."""

TOUCHED = """EXISTS (SELECT 1 FROM change n WHERE n.subject_id = c.subject_id AND n.id > c.id AND n.undoes_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM change u WHERE u.undoes_id = n.id)
    AND (n.part_of IS NULL OR n.part_of NOT IN ({}, {}))
    AND NOT EXISTS (SELECT 1 FROM change p WHERE p.id = n.part_of AND p.part_of IN ({}, {})))"""
"""The condition on changes `c` whose things somebody has changed since, and still are: neither the import nor taking it
back, nor what followed from these. Twice the ids of both."""

_AT_ONCE = 10
"""Changes in one transaction: whoever thanks somebody meanwhile waits for these at most."""


@database.transaction
async def take_import_back(*, actor: Actor, import_id: str) -> None:
    """Begin to take back all that an import changed, or go on with what was left.

    Raises NotFound for an import that changed nothing, Conflict while it is being taken back and if all of it is.
    """
    await lock_directory()
    root = is_uuid(import_id) and await database.fetch_one(
        "SELECT id, after FROM change WHERE subject_id = {} AND kind = {}", import_id, IMPORTED
    )
    if not root:
        raise NotFound
    if not await database.fetch(f"SELECT 1 FROM change c WHERE c.part_of = {{}} AND {OPEN} LIMIT 1", root["id"]):
        raise Conflict(_("This has been taken back already."))
    row = await database.fetch_one("SELECT id FROM change WHERE undoes_id = {}", root["id"])
    if row is not None:
        if await database.fetch(
            "SELECT 1 FROM job WHERE subject_id = {} AND kind = {} AND state IN ('waiting', 'running')", row["id"], JOB
        ):
            raise Conflict(_("This import is being taken back already."))
        taking_id = row["id"]
    else:
        after = {"list": msgspec.json.decode(root["after"])["list"]}
        taking_id = await record_change(TAKEN_BACK, actor_id=actor.id, subject_id=import_id, before={}, after=after)
        await database.execute("UPDATE change SET undoes_id = {} WHERE id = {}", root["id"], taking_id)
    await enqueue(JOB, taking_id, detail=actor.id)


async def run(job: Job) -> None:
    """The job: `subject_id` is the change that takes the import back, `detail` who wants that.

    Raises PermanentFailure if they may not (any more).
    """
    actor = await actor_of_person(job.detail)
    row = await database.fetch_one("SELECT id, undoes_id FROM change WHERE id = {}", job.subject_id)
    try:
        authorise(POLICIES["organisation.write"], actor)
    except DomainError:
        raise PermanentFailure("not_allowed") from None
    if row is None:
        return
    assert actor is not None  # nobody would not have been authorised
    root_id = str(row["undoes_id"])
    count = await database.fetch_one(f"SELECT COUNT(*) AS n FROM change c WHERE c.part_of = {{}} AND {OPEN}", root_id)
    total, done, before = count["n"] if count else 0, 0, -1
    while done > before:  # what had to wait for another change is tried again
        before, last = done, "ffffffff-ffff-ffff-ffff-ffffffffffff"
        while parts := await _next(root_id, row["id"], last):
            last = parts[-1]
            done += await _step(actor=actor, taking_id=row["id"], change_ids=parts)
            if not await report(job, done, total):
                return


async def _next(root_id: str, taking_id: str, before: str) -> list[str]:
    rows = await database.fetch(
        f"""SELECT c.id FROM change c WHERE c.part_of = {{}} AND c.id < {{}} AND {OPEN} AND NOT {TOUCHED}
        ORDER BY c.id DESC LIMIT {_AT_ONCE}""",
        *(root_id, before, root_id, taking_id, root_id, taking_id),
    )
    return [row["id"] for row in rows]


@database.transaction
async def _step(*, actor: Actor, taking_id: str, change_ids: Sequence[str]) -> int:
    """Take these back, as far as they can be; returns how many could."""
    await lock_directory()
    taken = 0
    for change_id in change_ids:
        try:
            async with database.savepoint():
                await undo(actor=actor, change_id=change_id, part_of=taking_id)
        except DomainError:
            continue
        taken += 1
    return taken
