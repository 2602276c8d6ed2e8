"""Explanations against brute force: sets of changes suffice, none of their parts does, and none is overlooked."""

from __future__ import annotations

from collections import Counter
from itertools import chain, combinations

import pytest

from scheduler import Instance, Plan, PlannedVisit, Status, explain, prepare, solve
from scheduler.applying import apply
from scheduler.changes import AnyChange, Seats, ShadowVisits, Staff
from scheduler.checker import check
from scheduler.facts import Facts
from scheduler.scoring import score_terms, total
from tests.scheduler.hospital import changed
from tests.scheduler.oracle import groups
from tests.scheduler.tiny import tiny

CHANCE = ("no_cover", "home_understaffed")  # reasons that different changes lift


def possible(instance: Instance, plan: Plan, who: str, host: str, block: str, changes: tuple[AnyChange, ...]) -> bool:
    """Whether some group with this visit can be added to the plan after the changes: every group is tried."""
    after = changed(apply(instance, changes), pins=(), required=())
    number = 1 + max((visit.group for visit in plan.visits), default=-1)
    for group in groups(after):
        if (who, host, block) in group:
            more = tuple(PlannedVisit(person=p, host=h, block=b, group=number) for p, h, b in group)
            visits = (*plan.visits, *more)
            score = total(score_terms(Facts(after), visits))
            if check(after, Plan(status=Status.FEASIBLE, score=score, bound=score, gap=0.0, visits=visits)).ok:
                return True
    return False


def proper_parts(changes: tuple[AnyChange, ...]) -> list[tuple[AnyChange, ...]]:
    return list(chain.from_iterable(combinations(changes, size) for size in range(len(changes))))


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_sets_of_changes_suffice_and_none_of_their_parts_does(first: int) -> None:
    for seed in range(first, first + 20):
        instance = tiny(seed)
        plan = solve(instance)
        if plan.status is Status.INFEASIBLE:
            continue
        ready = prepare(instance)
        for person in instance.people[:2]:
            host = next(d.id for d in instance.departments if d.id != person.home)
            for found in explain(ready, plan, person=person.id, host=host):
                for changes in found.changes:
                    where = seed, person.id, host, found.block, changes
                    assert possible(instance, plan, person.id, host, found.block, changes), where
                    for part in proper_parts(changes):
                        assert not possible(instance, plan, person.id, host, found.block, part), (where, part)


def test_no_smaller_set_is_overlooked() -> None:
    compared = Counter[int]()
    for seed in range(60):
        instance = tiny(seed)
        plan = solve(instance)
        if plan.status is Status.INFEASIBLE or instance.rules.visit_blocks > 1:
            continue
        block = instance.blocks[0].id
        for person in instance.people:
            host = next(d.id for d in instance.departments if d.id != person.home)
            (found,) = explain(instance, plan, person=person.id, host=host, block=block)
            if {reason.code for reason in found.reasons} - set(CHANCE):
                continue
            few: list[AnyChange] = [ShadowVisits()]
            for place in (person.home, host):
                few += [Staff(department=place, by=-9, block=block), Seats(department=place, by=9, block=block)]
            sets = chain.from_iterable(combinations(few, size) for size in range(len(few) + 1))
            least = next(len(c) for c in sets if possible(instance, plan, person.id, host, block, c))
            assert min(map(len, found.changes), default=0) == least, (seed, person.id, least)
            compared[least] += 1
    assert compared[1] >= 5
    assert compared[2] >= 1


def test_a_planned_visit_and_a_stranger_are_said() -> None:
    instance = tiny(1)
    plan = solve(instance)
    visit = plan.visits[0]
    (found,) = explain(instance, plan, person=visit.person, host=visit.host, block=visit.block)
    assert found.planned
    assert [reason.code for reason in found.reasons] == ["planned"]
    with pytest.raises(KeyError):
        explain(instance, plan, person="nobody", host=visit.host)
