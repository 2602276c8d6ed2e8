"""Jobs: taken by one, kept by a lease, tried again, given up, once in effect."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest

from api.core import database, notify
from api.core.clock import SECOND
from api.core.database import Database
from api.core.ids import uuid7
from api.core.jobs import Job, JobKind, LostLease, PermanentFailure, TemporaryFailure, enqueue, finish, report
from api.core.jobs.kinds import ChildFailed
from api.core.jobs.leases import claim
from api.core.jobs.queue import POLL_SECONDS
from api.core.jobs.worker import Worker, run_due
from tests.drills.waiting import until, until_found
from tests.support.clock import Clock

pytestmark = pytest.mark.usefixtures("db")


async def put(kind: str = "toy", **more: Any) -> str | None:
    return await database.transact(partial(enqueue, kind, **more))


async def rung() -> None:
    """Wait until other processes have been told of what was enqueued: on PostgreSQL that is a commit of its own."""
    await asyncio.gather(*(task for task in notify._ringing.values() if not task.done()))


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


async def test_known_failures_leave_their_code_and_a_permanent_one_is_not_tried_again(db: Database) -> None:
    for error, state, code in (
        (PermanentFailure("address_refused"), "failed", "address_refused"),
        (PermanentFailure("Müller!"), "failed", "PermanentFailure"),
        (TemporaryFailure("timeout"), "waiting", "timeout"),
        (ChildFailed("ValueError", "Müller"), "waiting", "ValueError"),
    ):

        async def run(_job: Job, error: Exception = error) -> None:
            raise error

        job = await put()
        await run_due([JobKind("toy", run)])
        assert ((await row(job))["state"], (await row(job))["error"]) == (state, code)


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


@asynccontextmanager
async def working(*kinds: JobKind) -> AsyncIterator[None]:
    """A worker that goes on by itself, and is stopped at the end."""
    worker = Worker(kinds)
    running = asyncio.create_task(worker.run())
    try:
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await worker.stop(grace=0)


async def test_a_bell_wakes_it_a_long_run_keeps_its_lease_and_cancelling_ends_it(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.core.jobs.worker.WATCH_SECONDS", 0.02)
    begun: list[Job] = []
    ended: list[str] = []

    async def run(job: Job) -> None:
        begun.append(job)
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(job.id)

    async with working(JobKind("toy", run, lease_seconds=60)):
        await asyncio.sleep(0.05)  # it has looked and found nothing
        job_id = await put()
        await until(lambda: bool(begun), 5, "the bell is heard")
        for _ in range(3):
            clock.forward(30 * SECOND)
            before = (await row(job_id))["lease_until"]

            async def renewed(before: int = before) -> bool:
                return int((await row(job_id))["lease_until"]) > before

            await until_found(renewed, 5, "the lease is renewed")
        assert not await claim({"toy": [begun[0].id]}, {"toy": TOY})
        await database.execute("UPDATE job SET state = 'cancelled' WHERE id = {}", job_id)
        await until(lambda: bool(ended), 5, "the run ends")
        assert not await report(begun[0], 1, 1)
        assert (await row(job_id))["state"] == "cancelled"
        other = await put()
        await until(lambda: len(begun) == 2, 5, "it goes on")

    async def given_back() -> bool:
        left = await row(other)
        return (left["state"], left["attempts"]) == ("waiting", 0)

    await until_found(given_back, 5, "it is given back by the worker that stopped")


async def test_a_job_that_ends_its_workers_is_given_up(clock: Clock) -> None:
    kind = JobKind("toy", _nothing, attempts=2)
    job = await put()
    for _ in range(2):
        await take(kind, job)
        clock.forward(61 * SECOND)
    assert await run_due([kind]) == 1
    assert ((await row(job))["state"], (await row(job))["error"]) == ("failed", "worker_died")


async def test_a_kind_does_not_take_the_place_of_another(db: Database) -> None:
    """Many slow ones wait; the one after them, of another kind, runs beside them."""
    release = asyncio.Event()
    most = running = 0

    async def slow(_job: Job) -> None:
        nonlocal most, running
        running += 1
        most = max(most, running)
        await release.wait()
        running -= 1

    async def quick(_job: Job) -> None:
        release.set()

    for _ in range(40):
        await put("slow")
    await put("quick")
    assert await run_due([JobKind("slow", slow, at_once=2), JobKind("quick", quick)]) == 41
    assert most == 2


async def test_idle_it_reads_once_and_writes_nothing(db: Database) -> None:
    await put("of.a.newer.version")
    await rung()
    worker = Worker([TOY, JobKind("other", _nothing)])
    commits = db.engine.commits
    with database.count_statements() as counted:
        assert await worker.start_due() == POLL_SECONDS
    assert (counted.n, db.engine.commits) == (1, commits)


async def test_a_unique_key_is_once_ever_for_its_kind(db: Database) -> None:
    assert await put(unique="a")
    assert await put(unique="a") is None
    assert await put("other", unique="a")
    await run_due([TOY])
    assert await put(unique="a") is None
    assert sum(job is not None for job in await asyncio.gather(*(put(unique="b") for _ in range(8)))) == 1


async def test_a_kind_rests_when_no_job_of_it_would_get_what_it_needs() -> None:
    tried: list[str] = []

    async def run(job: Job) -> None:
        tried.append(job.id)
        if len(tried) == 1:
            raise TemporaryFailure("connection_refused", rest=0.2)

    jobs = [await put() for _number in range(3)]
    other = await put("other")
    worker = Worker([JobKind("toy", run, at_once=1), JobKind("other", _nothing)])
    await worker.drain()
    assert len(tried) == 1
    attempts = sorted([(await row(job))["attempts"] for job in jobs])
    assert attempts == [0, 0, 1], "nobody else used up an attempt"
    assert (await row(other))["state"] == "done"
    await asyncio.sleep(0.25)
    await worker.drain()
    assert len(tried) == 3
