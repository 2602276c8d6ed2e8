"""The solver against brute force, on random instances of at most six people."""

from __future__ import annotations

import pytest

from scheduler import Status, check, english, solve, validate
from tests.scheduler.oracle import best
from tests.scheduler.rules_on import WITHOUT, binding
from tests.scheduler.tiny import tiny

BATCH = 50


def agree(seed: int) -> bool:
    """Same optimum, a bound not below it, a plan that the checker accepts; False if brute force would take too long."""
    instance = tiny(seed)
    try:
        optimum = best(instance)
    except ValueError:
        return False
    plan = solve(instance)
    if optimum is None:
        assert plan.status is Status.INFEASIBLE, seed
        assert plan.reasons, seed
        return True
    assert not validate(instance), seed
    verdict = check(instance, plan)
    assert verdict.ok, (seed, [english(found) for found in verdict.violations])
    assert plan.bound >= optimum[0] - 1e-6, (seed, plan.bound, optimum)
    assert plan.score == pytest.approx(optimum[0], abs=1e-6), (seed, plan.score, optimum)
    assert plan.status is Status.OPTIMAL, (seed, plan.score, plan.bound)
    return True


@pytest.mark.parametrize("first", range(0, 1000, BATCH))
def test_agrees_with_brute_force(first: int) -> None:
    assert sum(agree(seed) for seed in range(first, first + BATCH)) > 0.8 * BATCH


@pytest.mark.parametrize("seed", [3744, 7595, 10987])
def test_a_single_block_is_not_called_optimal_too_early(seed: int) -> None:
    assert agree(seed)  # the presolve of HiGHS 1.14 says that less is optimal


@pytest.mark.long
@pytest.mark.parametrize("first", range(1000, 11_000, BATCH))
def test_agrees_with_brute_force_on_many_more(first: int) -> None:
    assert sum(agree(seed) for seed in range(first, first + BATCH)) > 0.75 * BATCH


def test_every_rule_binds_in_some_of_these_instances() -> None:
    found = binding(range(1000), enough=2)
    assert [name for name in WITHOUT if found[name] < 2] == []
