"""Who has a job: taken for a while under a token, kept while it runs, given up, done.

Every change of a running job asks for the token, so that a worker who was taken for dead changes nothing any more.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

from api.core import database
from api.core.clock import SECOND, now
from api.core.ids import uuid7
from api.core.jobs.kinds import ChildFailed, Job, JobFailure, JobKind, PermanentFailure

FIRST_PAUSE = 10 * SECOND
"""How long a job rests after its first failure; each further one doubles it. Ten attempts last over an hour."""

LONGEST_PAUSE = 3600 * SECOND

_CODE = re.compile(r"[A-Za-z0-9_.:-]{1,80}")


class LostLease(Exception):
    """The job is no longer this worker's: another took it over, it was cancelled, or it is done already."""


async def claim(wanted: Mapping[str, Sequence[str]], kinds: Mapping[str, JobKind]) -> list[Job]:
    """Take those of the jobs (ids by kind) that are still to be had, each under a token of its own claim."""

    async def body() -> list[Job]:
        return [job for kind, ids in wanted.items() for job in await _claim(kinds[kind], ids)]

    return await database.transact(body)


async def _claim(kind: JobKind, ids: Sequence[str]) -> list[Job]:
    at, token = now(), uuid7()
    lock = database.sql(sqlite="", postgres="FOR UPDATE SKIP LOCKED")
    rows = await database.fetch(
        f"""UPDATE job SET state = 'running', attempts = attempts + 1, started_at = {{}}, lease_token = {{}},
            lease_until = {{}} WHERE id IN (
            SELECT id FROM job WHERE id IN ({database.placeholders(len(ids))})
            AND (state = 'waiting' AND run_at <= {{}} OR state = 'running' AND lease_until <= {{}}) {lock})
        RETURNING id, kind, subject_id, detail, attempts""",
        *(at, token, at + kind.lease_seconds * SECOND, *ids, at, at),
    )
    # RETURNING promises no order; ids are in the order of their making.
    return sorted((Job(**row, lease_token=token, lease_seconds=kind.lease_seconds) for row in rows), key=_id)


def _id(job: Job) -> str:
    return job.id


async def finish(job: Job) -> None:
    """Mark the job as done, inside the transaction that holds its effect: both happen or neither.

    Raises LostLease if the job is no longer this worker's, and then the effect must not happen either. On
    PostgreSQL nobody else takes the job while that transaction is open.
    """
    if not await _leave(job, "state = 'done', error = '', lease_until = NULL, ended_at = {}", now()):
        raise LostLease(job.id)


async def report(job: Job, progress: int, total: int) -> bool:
    """Save how far the job is, for people who wait, and keep the lease.

    False: it is no longer this worker's, most likely because somebody cancelled it. Stop then.
    """
    return await _leave(
        job, "progress = {}, total = {}, lease_until = {}", progress, total, now() + job.lease_seconds * SECOND
    )


async def give_back(job: Job) -> bool:
    """Let another worker have it at once; this attempt does not count."""
    return await _leave(
        job, "state = 'waiting', attempts = attempts - 1, lease_token = NULL, lease_until = NULL, run_at = {}", now()
    )


async def put_off(job: Job, kind: JobKind, error: Exception) -> bool:
    """After a failure: later again, or never if the kind's attempts are used up. True if it failed for good."""
    permanent = isinstance(error, PermanentFailure) or job.attempts >= kind.attempts
    if permanent:
        await _leave(job, "state = 'failed', error = {}, lease_until = NULL, ended_at = {}", code_of(error), now())
    else:
        await _leave(
            job,
            "state = 'waiting', error = {}, lease_token = NULL, lease_until = NULL, run_at = {}",
            *(code_of(error), now() + pause_after(job.attempts)),
        )
    return permanent


async def _leave(job: Job, change: str, *values: object) -> bool:
    changed = await database.fetch(
        f"UPDATE job SET {change} WHERE id = {{}} AND lease_token = {{}} AND state = 'running' RETURNING id",
        *(*values, job.id, job.lease_token),
    )
    return bool(changed)


def pause_after(attempts: int) -> int:
    """Microseconds to rest after so many attempts: doubling, capped, a quarter more or less by chance."""
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(attempts - 1, 20))
    return int(longest * random.uniform(0.75, 1.25))  # noqa: S311


def code_of(error: Exception) -> str:
    """What the table may hold of an error: the code of a failure that is known, else the exception's class."""
    if isinstance(error, ChildFailed):
        return error.name
    code = str(error) if isinstance(error, JobFailure) else ""
    return code if _CODE.fullmatch(code) else type(error).__name__


async def taken_away(jobs: Sequence[Job]) -> set[str]:
    """The ids of those among these running jobs that others have cancelled, taken over or removed."""
    rows = await database.fetch(
        f"""SELECT id, lease_token FROM job WHERE id IN ({database.placeholders(len(jobs))})
        AND state IN ('running', 'done')""",
        *(job.id for job in jobs),
    )
    tokens = {row["id"]: row["lease_token"] for row in rows}
    return {job.id for job in jobs if tokens.get(job.id) != job.lease_token}


async def renew(jobs: Sequence[Job]) -> int:
    """Keep these running jobs of one kind for another lease; returns until when (microseconds)."""
    until = now() + jobs[0].lease_seconds * SECOND
    # A job whose own transaction holds its row is safe from others and is renewed another time.
    lock = database.sql(sqlite="", postgres="FOR UPDATE SKIP LOCKED")
    mine = " OR ".join(["id = {} AND lease_token = {}"] * len(jobs))
    await database.execute(
        f"""UPDATE job SET lease_until = {{}} WHERE id IN (
            SELECT id FROM job WHERE state = 'running' AND ({mine}) {lock})""",
        *(until, *(part for job in jobs for part in (job.id, job.lease_token))),
    )
    return until
