"""Workers that are killed, frozen and told to end: each effect once, nothing lost."""

from __future__ import annotations

import asyncio
import signal
import time

import pytest

from api.core import database
from api.core.jobs import enqueue
from api.core.jobs.queue import POLL_SECONDS
from tests.core.jobs.test_child import alive
from tests.databases import Kind
from tests.drills.command import serving, working
from tests.drills.stored import broken, opened
from tests.drills.test_live import give
from tests.drills.waiting import until_found
from tests.drills.with_toys import LEASE_SECONDS
from tests.support.house import organisation_url
from tests.support.organisation import AYLIN, JONAS

TOYS = "tests.drills.with_toys"
JOBS = 80


@database.transaction
async def put(kind: str, number: int) -> list[str | None]:
    return [await enqueue(kind) for _ in range(number)]


async def make_tables() -> None:
    """What jobs note: that they began, and their effect."""
    for table in ("attempt", "effect"):
        await database.execute(f"CREATE TABLE {table} (job_id UUID NOT NULL, process INTEGER NOT NULL)")


async def attempts_of(process: int) -> int:
    """How many jobs a process has begun so far."""
    rows = await database.fetch("SELECT 1 FROM attempt WHERE process = {}", process)
    return len(rows)


async def in_state(state: str) -> list[database.Row]:
    return await database.fetch(
        "SELECT id, attempts, progress FROM job WHERE state = {} AND kind LIKE 'drill.%' ORDER BY id", state
    )


@pytest.mark.parametrize("fate", ["killed", pytest.param("frozen", marks=pytest.mark.long)])
async def test_what_one_replica_leaves_another_does_within_the_lease_and_each_effect_happens_once(fate: str) -> None:
    url = organisation_url("postgres")
    async with opened(url):
        await make_tables()
        async with working(url, module=TOYS) as one, serving(url, module=TOYS) as other:
            made = await put("drill.effect", JOBS)

            async def both_at_it() -> bool:
                return await attempts_of(one.process.pid) > 20 and await attempts_of(other.process.pid) > 0

            await until_found(both_at_it, 20, "both work")
            if fate == "killed":
                await one.kill()
            else:  # for longer than its leases, and then it goes on as if nothing had been
                one.process.send_signal(signal.SIGSTOP)
                await asyncio.sleep(LEASE_SECONDS + 1)
                one.process.send_signal(signal.SIGCONT)

            async def all_done() -> bool:
                return len(await in_state("done")) == JOBS

            await until_found(all_done, LEASE_SECONDS + 13, "all is done")
            again = [row["id"] for row in await in_state("done") if row["attempts"] > 1]
            assert again
            if fate == "frozen":
                one.terminate()
                assert await one.ended(5) == 0
            effects = await database.fetch("SELECT job_id FROM effect")
            assert sorted(row["job_id"] for row in effects) == sorted(str(job) for job in made)
            began = await database.fetch("SELECT job_id FROM attempt GROUP BY job_id HAVING COUNT(*) > 1")
            assert {row["job_id"] for row in began} <= set(again)  # some were taken, and not yet begun
            assert await broken() == []


async def test_a_worker_that_is_told_to_end_gives_back_what_it_cannot_finish(kind: Kind) -> None:
    """On SQLite that worker is `serve`."""
    url = organisation_url(kind)
    starting = working if kind == "postgres" else serving
    async with opened(url):
        await put("drill.child", 1)
    async with starting(url, module=TOYS) as worker, opened(url):

        async def child() -> int:
            return next((row["progress"] for row in await in_state("running")), 0)

        await until_found(child, 20, "the child runs")
        pid = await child()
        assert alive(pid)
        told = time.monotonic()
        worker.terminate()
        await worker.ended(5)
        assert time.monotonic() - told < 5
        assert not alive(pid)
        assert [row["attempts"] for row in await in_state("waiting")] == [0]
        assert "Traceback" not in worker.said


async def test_serve_can_leave_the_work_to_others() -> None:
    url = organisation_url("postgres")
    async with opened(url):
        await make_tables()
        async with serving(url, module=TOYS, serve_jobs="no") as server:
            await put("drill.effect", 1)
            await give(server, JONAS, AYLIN)
            await database.execute("UPDATE kudos SET deliver_at = 0")
            await asyncio.sleep(1.2)
            assert len(await in_state("waiting")) == 1
            assert await database.fetch("SELECT 1 FROM kudos WHERE delivered_at IS NOT NULL") == []
            async with working(url, module=TOYS) as worker:

                async def done() -> int:
                    return len(await in_state("done"))

                await until_found(done, 10, "done by the worker")
                # From now on it is woken by the other process's bell, not by its next look.
                for number in (2, 3, 4):
                    await put("drill.effect", 1)

                    async def done_as_well(number: int = number) -> bool:
                        return await done() == number

                    await until_found(done_as_well, POLL_SECONDS / 2, "done at once")
                assert await attempts_of(worker.process.pid) == 4

                async def told() -> bool:
                    return len(await database.fetch("SELECT 1 FROM notification")) == 1

                await until_found(told, 10, "thanks are delivered and told of by the worker")
