"""Jobs: taken by one, kept by a lease, tried again, given up, once in effect."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

import pytest

from api.core import database
from api.core.clock import SECOND
from api.core.database import Database
from api.core.ids import uuid7
from api.core.jobs import Job, JobKind, LostLease, PermanentFailure, enqueue, finish, report
from api.core.jobs.leases import claim
from api.core.jobs.worker import run_due
from tests.support.clock import Clock

pytestmark = pytest.mark.usefixtures("db")


async def put(kind: str = "toy", **more: Any) -> str | None:
    return await database.transact(partial(enqueue, kind, **more))


async def row(job_id: str | None) -> database.Row:
    found = await database.fetch_one("SELECT * FROM job WHERE id = {}", job_id)
    assert found is not None
    return found


async def take(kind: JobKind, job_id: str | None) -> Job:
    assert job_id
    (job,) = await claim({kind.name: [job_id]}, {kind.name: kind})
    return job


async def _nothing(_job: Job) -> None:
    pass


TOY = JobKind("toy", _nothing)


async def test_what_is_due_runs_once_with_what_it_was_given(clock: Clock) -> None:
    ran: list[tuple[str | None, str, int]] = []

    async def run(job: Job) -> None:
        ran.append((job.subject_id, job.detail, job.attempts))

    subject = uuid7()
    kind = JobKind("toy", run)
    job = await put(subject_id=subject, detail="code")
    later = await put(run_at=clock() + 60 * SECOND)
    unknown = await put("of.a.newer.version")
    assert await run_due([kind]) == 1
    assert await run_due([kind]) == 0
    assert ran == [(subject, "code", 1)]
    done = await row(job)
    assert (done["state"], done["error"], done["ended_at"] >= done["started_at"]) == ("done", "", True)
    assert (await row(unknown))["state"] == "waiting"
    clock.forward(60 * SECOND)
    assert await run_due([kind]) == 1
    assert (await row(later))["state"] == "done"


async def test_a_failure_rests_longer_each_time_and_ends_as_failed(clock: Clock) -> None:
    async def run(_job: Job) -> None:
        raise ValueError("Miriam's secret")

    kind = JobKind("toy", run, attempts=4)
    job = await put()
    rests = []
    for attempt in (1, 2, 3):
        assert await run_due([kind]) == 1
        assert await run_due([kind]) == 0
        state = await row(job)
        assert (state["state"], state["attempts"], state["error"]) == ("waiting", attempt, "ValueError")
        rests.append((state["run_at"] - clock()) / SECOND)
        clock.forward(state["run_at"] - clock())
    for rest, expected in zip(rests, (10, 20, 40), strict=True):
        assert 0.7 * expected < rest < 1.3 * expected
    assert await run_due([kind]) == 1
    assert ((await row(job))["state"], (await row(job))["error"]) == ("failed", "ValueError")


@pytest.mark.parametrize(("text", "code"), [("address_refused", "address_refused"), ("Müller!", "PermanentFailure")])
async def test_a_permanent_failure_is_not_tried_again(text: str, code: str) -> None:
    async def run(_job: Job) -> None:
        raise PermanentFailure(text)

    job = await put()
    await run_due([JobKind("toy", run)])
    assert ((await row(job))["state"], (await row(job))["error"]) == ("failed", code)


async def test_who_lost_the_lease_changes_nothing(clock: Clock) -> None:
    """A worker that was taken for dead, and then goes on."""
    job_id = await put()
    first = await take(TOY, job_id)
    assert not await claim({"toy": [first.id]}, {"toy": TOY})
    clock.forward(30 * SECOND)
    assert await report(first, 1, 2)  # keeps the lease
    clock.forward(50 * SECOND)
    assert not await claim({"toy": [first.id]}, {"toy": TOY})
    clock.forward(20 * SECOND)
    second = await take(TOY, job_id)
    assert second.attempts == 2

    async def effect(job: Job) -> None:
        await enqueue("effect", unique=job.id)
        await finish(job)

    with pytest.raises(LostLease):
        await database.transact(partial(effect, first))
    assert not await database.fetch("SELECT 1 FROM job WHERE kind = 'effect'")
    assert not await report(first, 2, 2)
    await database.transact(partial(effect, second))
    assert len(await database.fetch("SELECT 1 FROM job WHERE kind = 'effect'")) == 1
    assert (await row(job_id))["state"] == "done"


async def test_many_workers_share_many_jobs(db: Database) -> None:
    ran: list[str] = []

    async def run(job: Job) -> None:
        await asyncio.sleep(0)
        ran.append(job.id)

    kind = JobKind("toy", run, at_once=3)

    async def many() -> list[str | None]:
        return [await enqueue("toy") for _ in range(60)]

    made = await database.transact(many)
    await asyncio.gather(*(run_due([kind]) for _worker in range(3)))
    assert sorted(ran) == sorted(str(job) for job in made)
