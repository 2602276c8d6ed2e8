"""A search that was interrupted goes on from its best plan."""

from __future__ import annotations

import msgspec
import pytest

from scheduler import PlannedVisit, SolveOptions, check, generate, solve
from scheduler.model import Instance, Visit


@pytest.fixture(scope="module")
def instance() -> Instance:
    return generate(people=60, departments=5, blocks=6, regime="host", seed=4)


def test_it_hands_out_every_better_plan_and_begins_with_one_that_is_known(instance: Instance) -> None:
    told: list[tuple[PlannedVisit, ...]] = []
    best = solve(instance, SolveOptions(work=2), on_visits=told.append)
    assert told[-1] == best.visits
    scores: list[float] = []
    again = solve(
        instance,
        SolveOptions(work=1),
        start=best.visits,
        on_progress=lambda p: scores.append(-1.0 if p.incumbent is None else p.incumbent),
    )
    assert scores[1] == pytest.approx(best.score)
    assert again.score >= best.score - 1e-6
    assert check(instance, again).ok


def test_groups_that_break_a_rule_by_now_are_left_out(instance: Instance) -> None:
    best = solve(instance, SolveOptions(work=1))
    gone = best.visits[0]
    people = tuple(
        msgspec.structs.replace(p, absent=tuple(b.id for b in instance.blocks)) if p.id == gone.person else p
        for p in instance.people
    )
    changed = msgspec.structs.replace(instance, people=people)
    plan = solve(changed, SolveOptions(work=1), start=best.visits)
    assert check(changed, plan).ok
    assert gone.person not in {visit.person for visit in plan.visits}


def test_a_start_without_a_pinned_visit_is_not_used(instance: Instance) -> None:
    best = solve(instance, SolveOptions(work=1))
    pin = best.visits[0]
    pinned = msgspec.structs.replace(instance, pins=(Visit(person=pin.person, host=pin.host, block=pin.block),))
    others = [visit for visit in best.visits if visit.group != pin.group]
    plan = solve(pinned, SolveOptions(work=1), start=others)
    assert check(pinned, plan).ok
