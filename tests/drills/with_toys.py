"""The `gearmesh` command with kinds of jobs for drills: `python -m tests.drills.with_toys serve`."""

from __future__ import annotations

import asyncio
import os
import sys

from api import work
from api.core import database
from api.core.jobs import Job, JobKind, finish, report
from api.core.jobs.child import in_child

LEASE_SECONDS = 2


async def _effect(job: Job) -> None:
    """Notes that it began, works for a moment, and has its effect together with its end."""
    await database.execute("INSERT INTO attempt (job_id, process) VALUES ({}, {})", job.id, os.getpid())
    await asyncio.sleep(0.2)

    @database.transaction
    async def store() -> None:
        await finish(job)
        await database.execute("INSERT INTO effect (job_id, process) VALUES ({}, {})", job.id, os.getpid())

    await store()


async def _child(job: Job) -> None:
    """A child that only sleeps; its process id is shown as progress."""

    async def tell(process: int) -> None:
        await report(job, process, process)

    await in_child("tests.core.jobs.sums:sleep", on_message=tell)


KINDS = (
    JobKind("drill.effect", _effect, lease_seconds=LEASE_SECONDS, at_once=10),
    JobKind("drill.child", _child),
)

if __name__ == "__main__":
    work.KINDS = KINDS
    from frontend.cli import main

    sys.exit(main())
