"""A search whose machine has to be made ready first says so, and does not pay for it."""

from __future__ import annotations

import time
from collections.abc import Sequence

import msgspec
import pytest

import scheduler
from api.rotations.planning import Task, Tick, pack, search, searching


def test_compiling_is_said_and_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    instance = scheduler.generate(people=24, departments=3, blocks=3, seed=1)
    plan = scheduler.solve(instance, scheduler.SolveOptions(seconds=5, seed=1))
    visits = [msgspec.structs.replace(one, block=one.block.removeprefix("w")) for one in plan.visits]
    plan = msgspec.structs.replace(plan, visits=tuple(visits))
    assert visits
    calls: list[tuple[float | None, int]] = []

    def solve(_instance: object, options: scheduler.SolveOptions, **more: object) -> scheduler.Plan:
        start, said = more["start"], more["on_progress"]
        assert isinstance(start, Sequence)
        assert callable(said)
        calls.append((options.seconds, len(start)))
        said(scheduler.Progress("bound", 1.0, 2.0, 1.0, 0.0))
        time.sleep(0.6 if len(calls) == 1 else 0)
        bound = plan.score + (3.0 if len(calls) == 1 else 4.0)
        return msgspec.structs.replace(plan, status=scheduler.Status.FEASIBLE, bound=bound)

    monkeypatch.setattr(scheduler, "solve", solve)
    monkeypatch.setattr(scheduler, "compiling", lambda: True)
    monkeypatch.setattr(searching, "_BEAT", 0.05)
    ticks: list[Tick] = []

    def say(message: object) -> None:
        assert isinstance(message, Tick)
        ticks.append(message)

    found = search(Task(instance=pack(instance), start=None, seconds=0.1, seed=1, begun=0), say)
    assert calls == [(0.1, 0), (0.1, len(plan.visits))]
    assert {tick.phase for tick in ticks} == {"compile"}
    assert found.bound == plan.score + 3.0
