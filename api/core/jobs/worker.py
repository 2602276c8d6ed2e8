"""Runs what is due: in every server process, in `gearmesh work`, and for tests and commands once (`run_due`)."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import Sequence

import structlog

from api.core import database
from api.core.clock import SECOND, now
from api.core.jobs import leases
from api.core.jobs.kinds import Job, JobFailure, JobKind, Periodic, PermanentFailure, TemporaryFailure
from api.core.jobs.leases import LostLease
from api.core.jobs.periods import CLEAN, Calendar, cleaning
from api.core.jobs.queue import POLL_SECONDS
from api.core.notify import JOBS, hearing

WATCH_SECONDS = 1.0
"""How often a worker looks whether its running jobs are still its own, and renews their leases."""

GRACE_SECONDS = 1.0
"""How long running jobs have to end when the worker stops; then they are given back."""

_GIVE_BACK_SECONDS = 1.0
_LOOK = 32

_log = structlog.get_logger(__name__)


class Worker:
    """Looks for due jobs of its kinds and runs them, at most `at_once` of a kind at a time.

    Idle, it costs one read every POLL_SECONDS; a bell wakes it earlier. Jobs of unknown kinds stay as they are:
    a newer version's worker knows them.
    """

    def __init__(self, kinds: Sequence[JobKind], periodics: Sequence[Periodic] = ()) -> None:
        self._kinds = {kind.name: kind for kind in kinds}
        self._calendar = Calendar(periodics)
        self._bell = asyncio.Event()
        self._running: dict[str, tuple[Job, asyncio.Task[None]]] = {}
        self._leases: dict[str, int] = {}
        self._resting: dict[str, float] = {}
        self._stopping = False
        self.done = 0

    async def run(self) -> None:
        """Work until cancelled; `stop` afterwards."""
        watching = asyncio.create_task(self._watch())
        try:
            with hearing(JOBS, self._bell.set):
                while True:
                    try:
                        await self._calendar.bring()
                        pause = await self.start_due()
                    except database.DatabaseUnavailable as error:
                        _log.warning("jobs.database_unavailable", reason=str(error))
                        pause = 1.0
                    except Exception:
                        # All background work of this process hangs on this loop: it goes on.
                        _log.exception("jobs.failed")
                        pause = 1.0
                    # Not wait_for: see api.core.live.
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(pause):
                            await self._bell.wait()
                    self._bell.clear()
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)

    async def start_due(self) -> float:
        """Start all that is due and has room; returns in how many seconds to look again at the latest."""
        while True:
            free = self._free()
            if not free:
                return POLL_SECONDS
            at = now()
            found = await _look(list(free), at + POLL_SECONDS * SECOND)
            wanted: dict[str, list[str]] = {}
            for row in found:
                ids = wanted.setdefault(row["kind"], [])
                if row["due_at"] <= at and row["id"] not in self._running and len(ids) < free[row["kind"]]:
                    ids.append(row["id"])
            wanted = {kind: ids for kind, ids in wanted.items() if ids}
            if not wanted:
                later = [row["due_at"] for row in found if row["due_at"] > at]
                return self._pause(later)
            jobs = await leases.claim(wanted, self._kinds)
            for job in jobs:
                self._start(job)
            if not jobs:
                # Another worker took them: do not meet it again at the next ones.
                return random.uniform(0.02, 0.2)  # noqa: S311

    async def drain(self) -> None:
        """Run until nothing is due any more."""
        while True:
            done = self.done
            await self.start_due()
            if self._running:
                tasks = [task for _job, task in self._running.values()]
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            elif self.done == done:  # else one has ended while we looked, and made room for others of its kind
                return

    async def stop(self, grace: float = GRACE_SECONDS) -> None:
        """Let what runs end, for `grace` seconds; cancel and give back the rest."""
        self._stopping = True
        tasks = [task for _job, task in self._running.values()]
        if not tasks:
            return
        _done, late = await asyncio.wait(tasks, timeout=grace)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=_GIVE_BACK_SECONDS)

    def _free(self) -> dict[str, int]:
        free = {name: kind.at_once for name, kind in self._kinds.items()}
        for job, _task in self._running.values():
            free[job.kind] -= 1
        at = time.monotonic()
        return {name: room for name, room in free.items() if room > 0 and self._resting.get(name, 0.0) <= at}

    def _pause(self, later: Sequence[int]) -> float:
        at = now()
        period = self._calendar.next_at()
        soonest = min([*later, *([] if period is None else [period])], default=at + POLL_SECONDS * SECOND)
        return min(POLL_SECONDS, max(0.01, (soonest - at) / SECOND))

    def _start(self, job: Job) -> None:
        task = asyncio.create_task(self._work(self._kinds[job.kind], job), name=f"job {job.kind}")
        self._running[job.id] = job, task
        self._leases[job.id] = now() + job.lease_seconds * SECOND

    async def _work(self, kind: JobKind, job: Job) -> None:
        try:
            await self._attempt(kind, job)
        except Exception as error:
            # Not even its end could be noted: the lease runs out, and then somebody tries again.
            _log.warning("job.not_noted", kind=job.kind, id=job.id, reason=str(error))
        finally:
            del self._running[job.id], self._leases[job.id]
            self.done += 1
            self._bell.set()

    async def _attempt(self, kind: JobKind, job: Job) -> None:
        try:
            if job.attempts > kind.attempts:
                raise PermanentFailure("worker_died")  # again and again: nobody was left to note an error
            await kind.run(job)
            with contextlib.suppress(LostLease):  # most likely `run` has finished it
                await leases.finish(job)
        except LostLease:
            _log.info("job.lost", kind=job.kind, id=job.id)
        except asyncio.CancelledError:
            if self._stopping and await leases.give_back(job):
                _log.info("job.given_back", kind=job.kind, id=job.id)
        except Exception as error:
            if isinstance(error, TemporaryFailure) and error.rest:
                self._resting[job.kind] = time.monotonic() + error.rest
            over = await leases.put_off(job, kind, error)
            _log.warning(
                "job.failed" if over else "job.put_off",
                kind=job.kind,
                id=job.id,
                attempt=job.attempts,
                error=leases.code_of(error),
                exc_info=not isinstance(error, JobFailure),
            )

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            try:
                await self._look_after()
            except database.DatabaseUnavailable as error:
                _log.warning("jobs.database_unavailable", reason=str(error))
            except Exception:
                _log.exception("jobs.watch_failed")

    async def _look_after(self) -> None:
        """Cancel what is no longer ours, renew what has used a third of its lease."""
        if not self._running:
            return
        jobs = [job for job, _task in self._running.values()]
        for job_id in await leases.taken_away(jobs):
            if job_id in self._running:
                self._running[job_id][1].cancel()
        at = now()
        tired: dict[int, list[Job]] = {}
        for job in jobs:
            left = self._leases.get(job.id, at) - at
            full = job.lease_seconds * SECOND
            if not full * 2 // 3 < left <= full:  # more than full: the clock went back
                tired.setdefault(job.lease_seconds, []).append(job)
        for same in tired.values():
            until = await leases.renew(same)
            self._leases.update({job.id: until for job in same if job.id in self._leases})


async def _look(kinds: Sequence[str], until: int) -> list[database.Row]:
    """The first jobs of these kinds that are due until then, or whose lease ends until then."""
    of_kinds = f"kind IN ({database.placeholders(len(kinds))})"
    return await database.fetch(
        f"""SELECT id, kind, due_at FROM (SELECT id, kind, run_at AS due_at FROM job
            WHERE state = 'waiting' AND run_at <= {{}} AND {of_kinds} ORDER BY run_at LIMIT {_LOOK}) AS waiting
        UNION ALL
        SELECT id, kind, due_at FROM (SELECT id, kind, lease_until AS due_at FROM job
            WHERE state = 'running' AND lease_until <= {{}} AND {of_kinds} ORDER BY lease_until LIMIT {_LOOK}) AS held
        """,
        *(until, *kinds, until, *kinds),
    )


async def keep_working(kinds: Sequence[JobKind], periodics: Sequence[Periodic] = ()) -> None:
    """Work until cancelled; what runs then has GRACE_SECONDS to end."""
    worker = Worker([*kinds, cleaning([*periodics, CLEAN])], [*periodics, CLEAN])
    try:
        await worker.run()
    finally:
        await worker.stop()


async def run_due(kinds: Sequence[JobKind]) -> int:
    """Run everything that is due now, and what that makes due, in this process; returns how many runs that took.

    For tests and commands. Jobs that failed rest as always: they are not due any more.
    """
    worker = Worker(kinds)
    try:
        await worker.drain()
    finally:
        await worker.stop(grace=0)
    return worker.done
