"""What only instances too large for an exact model do: flows, rounding, two halves at once, pins among them."""

from __future__ import annotations

from functools import cache

import msgspec
import numpy as np
import pytest

from scheduler import Instance, Plan, Progress, SolveOptions, Status, Visit, check, generate, solve
from scheduler.solver.build import build
from scheduler.solver.highs import dual_bound, run_lp
from scheduler.solver.limits import Limits
from scheduler.solver.master import build_master

pytestmark = pytest.mark.usefixtures("loops")
OPTIONS = SolveOptions(work=1, workers=2)


@cache
def instance() -> Instance:
    return generate(people=400, departments=12, blocks=12, regime="host", seed=3)


@cache
def plan() -> Plan:
    return solve(instance(), OPTIONS)


def test_two_halves_at_once_give_the_same_plan_every_time() -> None:
    again = solve(instance(), OPTIONS)
    assert again.visits == plan().visits
    assert check(instance(), again).ok
    assert check(instance(), again).score == again.score
    assert again.gap is not None
    assert again.gap < 0.01


def test_pins_among_many_people_are_kept_and_cost_little() -> None:
    pins = tuple(Visit(person=v.person, host=v.host, block=v.block) for v in plan().visits[::9])
    pinned = msgspec.structs.replace(instance(), pins=pins)
    found = solve(pinned, OPTIONS)
    assert check(pinned, found).ok
    assert set(pins) <= {Visit(person=v.person, host=v.host, block=v.block) for v in found.visits}
    assert found.gap is not None
    assert found.gap < 0.02


def test_the_first_plan_comes_before_the_bound_and_keeps_every_rule() -> None:
    heard: list[Progress] = []
    solve(instance(), OPTIONS, on_progress=heard.append)
    phases = [progress.phase for progress in heard]
    first = heard[phases.index("bound")]
    assert phases.index("bound") < phases.index("master")
    assert first.incumbent is not None
    assert first.incumbent > 0.8 * plan().score
    assert plan().status is Status.FEASIBLE


def test_any_prices_make_a_valid_bound() -> None:
    master = build_master(build(generate(people=60, departments=4, blocks=6, regime="person", seed=2)))
    lp = master.rows.lp()
    solved = run_lp(lp, Limits(SolveOptions(), None, None))
    assert solved.bound is not None
    assert solved.duals is not None
    assert abs(dual_bound(lp, solved.duals) - solved.bound) < 1e-6
    random = np.random.default_rng(1)
    for _ in range(20):
        off = solved.duals + random.normal(0.0, 1.0, len(solved.duals))
        assert dual_bound(lp, off) >= solved.bound - 1e-6
