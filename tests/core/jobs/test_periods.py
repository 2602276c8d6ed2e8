"""Jobs that come by themselves, whatever the clock does; and how those that are over go."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from api.core import database
from api.core.clock import DAY, HOUR, MINUTE, WEEK
from api.core.database import Database
from api.core.jobs import JobKind, Periodic, enqueue
from api.core.jobs.periods import CLEAN, KEYS_KEPT_FOR, Calendar, cleaning
from api.core.jobs.worker import run_due
from tests.core.jobs.test_worker import TOY, rung
from tests.support.clock import Clock

pytestmark = pytest.mark.usefixtures("db")
HOURLY = Periodic("hourly", 3600)
DAILY = Periodic("daily", 24 * 3600)


async def came(kind: str) -> list[int]:
    """The periods, as hours or days since the test began, whose jobs there are."""
    rows = await database.fetch("SELECT unique_key FROM job WHERE kind = {}", kind)
    every = {"hourly": 24, "daily": 1}[kind]
    return sorted(int(row["unique_key"].partition(":")[2]) - 20_000 * every for row in rows)


async def test_a_period_has_one_job_whatever_clocks_restarts_and_replicas_do(clock: Clock) -> None:
    """The test begins at the beginning of a day."""
    one, other = Calendar([HOURLY, DAILY]), Calendar([HOURLY, DAILY])
    await asyncio.gather(*(calendar.bring() for calendar in (one, other) for _ in range(3)))
    assert (await came("hourly"), await came("daily")) == ([0], [0])
    clock.forward(30 * MINUTE)
    await one.bring()
    assert await came("hourly") == [0]
    clock.forward(30 * MINUTE)
    await other.bring()
    await one.bring()
    assert await came("hourly") == [0, 1]
    clock.forward(-HOUR)  # back into the first hour: it has been
    for calendar in (one, other, Calendar([HOURLY, DAILY])):
        await calendar.bring()
    assert await came("hourly") == [0, 1]
    clock.forward(5 * HOUR)  # nobody was up for the hours in between: they are gone, but the present one comes
    await Calendar([HOURLY, DAILY]).bring()
    assert await came("hourly") == [0, 1, 5]
    clock.forward(365 * DAY)  # a clock that was wrong for a moment does not stop what comes after
    await one.bring()
    clock.forward(-365 * DAY + HOUR)
    await one.bring()
    assert await came("hourly") == [0, 1, 5, 6, 365 * 24 + 5]
    assert await came("daily") == [0, 365]


async def test_looking_costs_nothing_within_a_period_and_writes_nothing_after_a_restart(
    db: Database, clock: Clock
) -> None:
    calendar = Calendar([HOURLY])
    await calendar.bring()
    await rung()
    commits = db.engine.commits
    with database.count_statements() as counted:
        await calendar.bring()
    assert counted.n == 0
    with database.count_statements() as counted:
        await Calendar([HOURLY]).bring()
    assert (counted.n, db.engine.commits) == (1, commits)


async def test_what_is_over_goes_after_a_week_and_keys_stay_as_long_as_they_must(clock: Clock) -> None:
    monthly = Periodic("monthly", 30 * 24 * 3600)

    async def put() -> None:
        await enqueue("toy")
        await enqueue("toy", unique="birthday")
        await enqueue("hourly", unique="1")
        await enqueue("monthly", unique="1")
        await enqueue("failing")

    async def fail(_job: object) -> None:
        raise OSError

    await database.transact(put)
    kinds = [TOY, *(JobKind(kind, TOY.run) for kind in ("hourly", "monthly")), JobKind("failing", fail, attempts=1)]
    await run_due(kinds)
    clean = cleaning([HOURLY, monthly, CLEAN])

    async def left_after(time: int) -> list[tuple[str, str | None]]:
        clock.forward(time)
        await database.transact(partial(enqueue, CLEAN.kind))
        await run_due([clean])
        rows = await database.fetch("SELECT kind, unique_key FROM job WHERE kind <> {} ORDER BY kind, id", CLEAN.kind)
        return [(row["kind"], row["unique_key"]) for row in rows]

    failed, key, month = ("failing", None), ("toy", "toy:birthday"), ("monthly", "monthly:1")
    assert len(await left_after(WEEK - HOUR)) == 5
    assert await left_after(2 * HOUR) == [failed, month, key]
    assert await left_after(60 * DAY) == [failed, key]
    assert await left_after(KEYS_KEPT_FOR) == [failed]
