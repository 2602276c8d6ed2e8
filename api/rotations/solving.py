"""Finding a plan: a durable job that searches in a child process and keeps the best plan so far.

Whatever ends the server, the search goes on from there; whatever ends the search, its best plan stays.
"""

from __future__ import annotations

import asyncio
import random
from functools import partial
from typing import Any

import msgspec

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now
from api.core.errors import Conflict, Invalid, NotFound
from api.core.events import record_event
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, uuid7
from api.core.jobs import Job, LostLease, enqueue, finish, report
from api.core.jobs.child import in_child
from api.rotations import planning
from api.rotations.data import basis
from api.rotations.planning import Fault, Found, Task, Tick
from api.rotations.programmes import programme
from api.rotations.rules import LIVE, check_open
from api.rotations.storing import forbid_hosts, legs, store_visits

KIND = "rotations.solve"
SEARCH = "api.rotations.planning:search"
SECONDS = (5, 3600)
STOP_SECONDS = 0.5
"""How often a search looks whether somebody finds its plan good enough."""
POINTS = 160
"""Of a curve; with more, every other one goes."""


@database.transaction
async def find_plan(
    *, actor: Actor, programme_id: str, seconds: int = 60, from_plan: str | None = None, plan_id: str | None = None
) -> str:
    """Queue a search; returns the new plan's id. With `from_plan` it keeps that one's pinned visits and stays close
    to the others. Raises NotFound, Invalid beside "seconds", Conflict without dependencies in scope."""
    record = await programme(programme_id, lock=True)
    check_open(record.state)
    if not SECONDS[0] <= seconds <= SECONDS[1]:
        raise Invalid.field("seconds", _("From %(low)s to %(high)s.", low=SECONDS[0], high=SECONDS[1]))
    if not record.scope:
        raise Conflict(_("Choose the dependencies first: visits go along them."))
    if from_plan is not None and not (
        is_uuid(from_plan)
        and await database.fetch("SELECT 1 FROM plan WHERE id = {} AND programme_id = {}", from_plan, record.id)
    ):
        raise NotFound
    last = await database.fetch_one("SELECT MAX(number) AS number FROM plan WHERE programme_id = {}", record.id)
    new_id = plan_id if plan_id and is_uuid(plan_id) else uuid7()
    made = await database.fetch(
        """INSERT INTO plan (id, programme_id, number, state, seed, seconds, from_plan_id, made_by, created_at)
        VALUES ({}, {}, {}, 'waiting', {}, {}, {}, {}, {}) ON CONFLICT (id) DO NOTHING RETURNING id""",
        *(new_id, record.id, ((last and last["number"]) or 0) + 1, random.randint(1, 2**30), seconds),  # noqa: S311
        *(from_plan, actor.id, now()),
    )
    if made:
        forbidden = await database.fetch("SELECT host_id, block FROM programme_ban WHERE plan_id = {}", from_plan)
        await forbid_hosts(record.id, new_id, [(row[0], row[1]) for row in forbidden], actor.id)
        job_id = await enqueue(KIND, new_id)
        await database.execute("UPDATE plan SET job_id = {} WHERE id = {}", job_id, new_id)
        await record_event("plan.asked", actor_id=actor.id, subject_id=new_id)
    return new_id


@database.transaction
async def stop_search(*, actor: Actor, plan_id: str) -> None:
    """Good enough: the search ends within a second or so and keeps its best plan. Calm if it has ended."""
    if is_uuid(plan_id):
        await database.execute("UPDATE plan SET stop_asked = {} WHERE id = {}", True, plan_id)
        await record_event("plan.stopped", actor_id=actor.id, subject_id=plan_id)


@database.transaction
async def discard_plan(*, actor: Actor, plan_id: str) -> str:
    """A plan nobody was told of goes for good, a search for one ends; returns the programme's id.

    Raises NotFound, Conflict if people were told of it.
    """
    row = is_uuid(plan_id) and await database.fetch_one(
        "SELECT programme_id, published_at FROM plan WHERE id = {}", plan_id
    )
    if not row:
        raise NotFound
    if row["published_at"] is not None:
        raise Conflict(_("People were told of this plan; it is kept."))
    await database.execute("UPDATE plan SET from_plan_id = NULL WHERE from_plan_id = {}", plan_id)
    for table in ("visit", "plan_edit", "plan_work", "programme_ban"):
        await database.execute(f"DELETE FROM {table} WHERE plan_id = {{}}", plan_id)
    await database.execute("DELETE FROM plan WHERE id = {}", plan_id)
    await record_event("plan.discarded", actor_id=actor.id, subject_id=plan_id)
    return str(row["programme_id"])


async def solve(job: Job) -> None:
    """The job: prepare once, search for what is left of the time, store."""
    plan_id = str(job.subject_id)
    row = await database.fetch_one("SELECT * FROM plan WHERE id = {}", plan_id)
    if row is None or row["state"] not in LIVE:
        return
    work = await _work_of(row)
    search = _Search(job, plan_id, work)
    left = row["seconds"] - work["spent"]
    if left > 0 and not row["stop_asked"]:
        begun = await database.fetch_one(
            "SELECT COUNT(*) AS n FROM programme_block WHERE programme_id = {} AND starts_at <= {}",
            *(row["programme_id"], now()),
        )
        task = Task(
            instance=work["basis"],
            start=work["best"],
            seconds=left,
            seed=row["seed"],
            begun=begun["n"] if begun else 0,
        )
        found = await search.run(task)
    else:
        found = search.best_so_far()
    await _store(job, plan_id, found, work["basis"])


async def _work_of(row: database.Row) -> dict[str, Any]:
    """What the search works on, made when it first begins."""
    plan_id = row["id"]
    found = await database.fetch_one("SELECT basis, best, curve, spent FROM plan_work WHERE plan_id = {}", plan_id)
    if found is None:
        data = await basis(row["programme_id"], from_plan=row["from_plan_id"], plan_id=plan_id)
        instance, fingerprint = await asyncio.to_thread(planning.prepare, data)
        start = None
        if row["from_plan_id"] is not None:
            start = planning.pack(await legs(row["from_plan_id"]))

        async def begin() -> None:
            await database.execute(
                """INSERT INTO plan_work (plan_id, basis, best) VALUES ({}, {}, {})
                ON CONFLICT (plan_id) DO NOTHING""",
                *(plan_id, instance, start),
            )
            await database.execute(
                "UPDATE plan SET state = 'solving', basis_hash = {} WHERE id = {} AND state = 'waiting'",
                *(fingerprint, plan_id),
            )

        await database.transact(begin)
        return {"basis": instance, "best": start, "curve": [], "spent": 0.0}
    return {
        "basis": bytes(found["basis"]),
        "best": bytes(found["best"]) if found["best"] is not None else None,
        "curve": msgspec.json.decode(found["curve"], type=list[tuple[float, float | None, float | None]]),
        "spent": found["spent"],
    }


class _Search:
    """One run of the child: what it says is kept, and it is ended when somebody asks."""

    def __init__(self, job: Job, plan_id: str, work: dict[str, Any]) -> None:
        self._job, self._plan_id = job, plan_id
        self._before, self._curve = float(work["spent"]), list(work["curve"])
        self._best: bytes | None = work["best"]
        self._score: float | None = None
        self._bound: float | None = None

    async def run(self, task: Task) -> Found:
        """The child's result, or the best plan so far once somebody asked to stop."""
        child = asyncio.create_task(in_child(SEARCH, task, on_message=self._heard, returns=Found))
        stop = asyncio.create_task(self._asked_to_stop())
        try:
            await asyncio.wait({child, stop}, return_when=asyncio.FIRST_COMPLETED)
            if child.done():
                found: Found = await child
                return found
            stop.result()
            return self.best_so_far()
        finally:
            for task_ in (child, stop):
                task_.cancel()
            await asyncio.gather(child, stop, return_exceptions=True)

    def best_so_far(self) -> Found:
        """What is known without the child; its score is counted when it is stored."""
        score = self._score if self._score is not None else 0.0
        bound = self._bound if self._bound is not None else score
        legs_ = planning.unpack_legs(self._best) if self._best else []
        return Found(status="stopped", score=score, bound=max(bound, score), gap=None, terms={}, legs=legs_)

    async def _asked_to_stop(self) -> None:
        while True:
            await asyncio.sleep(STOP_SECONDS)
            row = await database.fetch_one("SELECT stop_asked FROM plan WHERE id = {}", self._plan_id)
            if row is None:
                raise LostLease(self._job.id)
            if row["stop_asked"] and self._best is not None:
                return

    async def _heard(self, message: Any) -> None:
        tick = msgspec.convert(message, Tick, strict=False)
        self._best = tick.best or self._best
        self._score, self._bound = tick.score, tick.bound
        spent = self._before + tick.seconds
        self._curve.append((round(spent, 1), tick.score, tick.bound))
        if len(self._curve) > POINTS:
            self._curve = [*self._curve[:-1:2], self._curve[-1]]
        await database.transact(partial(self._keep, tick, spent))

    async def _keep(self, tick: Tick, spent: float) -> None:
        if not await report(self._job, int(spent), 0):
            raise LostLease(self._job.id)
        better = ", best = {}" if tick.best else ""
        await database.execute(
            f"UPDATE plan_work SET curve = {{}}, phase = {{}}, spent = {{}}{better} WHERE plan_id = {{}}",
            *(msgspec.json.encode(self._curve).decode(), tick.phase, spent),
            *([tick.best] if tick.best else []),
            self._plan_id,
        )
        await database.execute(
            "UPDATE plan SET score = {}, bound = {} WHERE id = {}", tick.score, tick.bound, self._plan_id
        )


async def _store(job: Job, plan_id: str, found: Found, instance: bytes) -> None:
    """The plan's visits, some at a time, then its figures together with the job's end."""
    unpacked = await asyncio.to_thread(planning.unpack, instance)
    worth = await asyncio.to_thread(planning.judge, unpacked, found.legs)
    if worth.faults and found.status == "stopped":
        # Only what it began with was there by then, and that does not keep every rule with the data of now
        found = msgspec.structs.replace(found, status="unknown", legs=[], reasons=[Fault("pins_undecided", {})])
        worth = await asyncio.to_thread(planning.judge, unpacked, found.legs)
    without = found.status in ("infeasible", "unknown")
    if worth.faults and not without:
        raise RuntimeError(f"the search returned a plan that breaks {worth.faults[0].code}")
    bound = max(found.bound, worth.score)
    await store_visits(plan_id, found.legs, planning.homes(unpacked))

    async def end() -> None:
        await finish(job)
        gap = (bound - worth.score) / abs(worth.score) if worth.score else None
        await database.execute(
            """UPDATE plan SET state = {}, status = {}, score = {}, bound = {}, gap = {}, terms = {}, unmet = {},
                reasons = {}, ways = {}, solved_at = {} WHERE id = {}""",
            *("infeasible" if without else "ready", found.status, worth.score, bound, gap, _json(worth.terms)),
            *(_json(found.unmet), _json(found.reasons), _json(found.ways), now(), plan_id),
        )
        await record_event("plan.found", actor_id=None, subject_id=plan_id, detail=found.status)

    await database.transact(end)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
