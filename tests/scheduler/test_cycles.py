"""Where there are too many rings for memory, some are drawn by lot, and bounds do without them."""

from __future__ import annotations

import time

import numpy as np
import pytest

from scheduler import SolveOptions, Status, WhatIf, check, generate, solve
from scheduler.solver import cycles
from scheduler.solver.build import build
from scheduler.solver.cycles import enumerate_cycles
from tests.scheduler.hospital import ruled
from tests.scheduler.test_exchange import exchange
from tests.scheduler.tiny import tiny


def test_a_dense_graph_is_sampled_within_bounds() -> None:
    home, host = (side.ravel() for side in np.meshgrid(np.arange(300), np.arange(300), indexing="ij"))
    arcs = home != host
    begun = time.monotonic()
    found = enumerate_cycles(home[arcs], host[arcs], 4, 1)
    assert time.monotonic() - begun < 20
    assert not found["complete"]
    assert len(found["cycles"]) == 400_000
    assert (found["size"] == 2).sum() == 300 * 299 // 2  # short ones first
    assert len(np.unique(np.sort(found["cycles"], axis=1), axis=0)) == 400_000


def test_bounds_hold_for_rings_that_were_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    few = 0
    for seed in range(20):
        instance = ruled(tiny(seed), longest_ring=4)
        known = solve(instance)
        with monkeypatch.context() as patch:
            patch.setattr(cycles, "_CYCLES", 2)
            few += not build(instance).complete
            plan = solve(instance, SolveOptions(work=0))
            if plan.status not in (Status.INFEASIBLE, Status.UNKNOWN):
                assert check(instance, plan).ok, seed
                assert plan.score - 1e-6 <= known.score <= plan.bound + 1e-6, seed
                assert WhatIf(instance).bound >= known.score - 1e-6, seed
            assert known.status is Status.INFEASIBLE or plan.status is not Status.INFEASIBLE, seed
    assert few > 5


def test_exchanges_and_departments_with_a_sample_are_planned(monkeypatch: pytest.MonkeyPatch) -> None:
    pure, usual = exchange(25, 0.15, 4, 1), generate(people=60, departments=5, blocks=6, seed=3)
    best = [solve(each, SolveOptions(work=5)).score for each in (pure, usual)]
    monkeypatch.setattr(cycles, "_CYCLES", 20)
    for instance, score in zip((pure, usual), best, strict=True):
        plan = solve(instance, SolveOptions(work=0))
        assert check(instance, plan).ok
        assert 0.4 * score < plan.score <= score <= plan.bound
