"""A prepared instance after changes is the changed instance prepared afresh."""

from __future__ import annotations

import random
from dataclasses import fields

import numpy as np
import pytest

from scheduler import Instance, Person, Status, Visit, WhatIf, generate, prepare, replan, solve
from scheduler.applying import apply
from scheduler.changes import (
    Absent,
    Allow,
    AnyChange,
    Decline,
    Forget,
    Freeze,
    Join,
    Leave,
    Limit,
    Offer,
    Present,
    Qualify,
    Seats,
    ShadowVisits,
    Staff,
)
from scheduler.solver.arrays import Arrays
from scheduler.solver.build import build
from tests.scheduler.hospital import aiming, changed
from tests.scheduler.tiny import tiny

SMALL = generate(people=60, departments=5, blocks=6, seed=3)


def differences(one: Arrays, other: Arrays) -> list[str]:
    """Fields that differ; a table of nothing but zeros is the same as none."""
    found = []
    for field in fields(Arrays):
        mine, theirs = getattr(one, field.name), getattr(other, field.name)
        if isinstance(mine, np.ndarray):
            same = not mine.any() if not theirs.size else not theirs.any() if not mine.size else None
            if same is None:
                same = mine.shape == theirs.shape and bool(np.allclose(mine, theirs))
            if not same:
                found.append(field.name)
        elif mine != theirs:
            found.append(field.name)
    return found


def some_changes(instance: Instance, seed: int, most: int = 4) -> list[AnyChange]:
    """A few changes of any kind that fit the instance."""
    r = random.Random(seed)
    who = [person.id for person in instance.people]
    where = [department.id for department in instance.departments]
    when = [block.id for block in instance.blocks]
    made: list[AnyChange] = []
    for number in range(r.randint(1, most)):
        person, host, block = r.choice(who), r.choice(where), r.choice(when)
        newcomer = Person(
            id=f"new{seed}-{number}",
            home=r.choice(where),
            absent=tuple(r.sample(when, 1)),
            seniority=r.randint(0, 3),
            qualifications=("q",),
        )
        every: list[AnyChange] = [
            Absent(person=person, blocks=(block,)),
            Present(person=person, blocks=(block,)),
            Decline(person=person, host=host, block=r.choice([None, block])),
            Allow(person=person, host=host, block=block),
            Join(person=newcomer),
            Seats(department=host, by=r.choice([-1, 1]), block=r.choice([None, block])),
            Staff(department=host, by=r.choice([-1, 1]), block=r.choice([None, block])),
            Freeze(department=host),
            Qualify(person=person, qualification="q"),
            Limit(person=person, by=r.choice([-1, 1])),
            Forget(person=person, host=host),
            ShadowVisits(),
        ]
        if next(p.home for p in instance.people if p.id == person) != host:
            every.append(Offer(person=person, host=host))
        made.append(r.choice(every))
        if len(who) > 2 and r.random() < 0.2:
            who.remove(person)
            made.append(Leave(person=person))
    return made


@pytest.mark.parametrize("first", range(0, 300, 100))
def test_changed_arrays_are_those_of_the_changed_instance(first: int) -> None:
    for seed in range(first, first + 100):
        ready = prepare(tiny(seed))
        for step in range(2):  # changes on top of changes
            ready = ready.changed(some_changes(ready.instance, 1000 * step + seed))
            assert differences(ready.arrays, build(ready.instance)) == [], (seed, step)


def test_the_plan_before_counts_for_stability() -> None:
    ready = prepare(aiming(SMALL, stability=2.0))
    person = SMALL.people[0].id
    for seed in range(10):
        visits = tuple(Visit(person=p.id, host="d1", block="w2") for p in SMALL.people[seed : seed + 20])
        stable = prepare(changed(ready.instance, previous=visits))
        ready = stable.changed([Absent(person=person, blocks=("w1", "w3")), Leave(person=SMALL.people[seed + 1].id)])
        assert differences(ready.arrays, build(ready.instance)) == []


def test_solving_what_is_prepared_is_solving_the_instance() -> None:
    assert solve(prepare(SMALL)).visits == solve(SMALL).visits


def test_old_prices_bound_every_changed_instance() -> None:
    near = 0
    for seed in range(70):
        instance = tiny(seed)
        ready = prepare(instance)
        if solve(ready).status is Status.INFEASIBLE:
            continue
        after = ready.changed(some_changes(instance, seed, most=2))
        found = ready.relaxation.bound_of(after.arrays)
        plan = solve(after)
        if plan.status is not Status.INFEASIBLE:
            assert found >= plan.score - 1e-6, seed
            near += found < float("inf")
    assert near > 15


@pytest.mark.parametrize(
    "changes",
    [
        [Seats(department="d1", by=1)],
        [Seats(department="d1", by=-1), Staff(department="d2", by=2, block="w3")],
        [Staff(department="d2", by=-1)],
        [Freeze(department="d1")],
        [Join(person=Person(id="new", home="d1", wishes={"d2": 3.0}))],
    ],
)
def test_a_warm_bound_lies_between_the_true_one_and_that_of_old_prices(changes: list[AnyChange]) -> None:
    asked, afresh = WhatIf(SMALL), WhatIf(apply(SMALL, changes)).bound
    asked.prepared.relaxation.small = False  # as a large one would be asked
    answer = asked.ask(changes, seconds=10)
    assert answer.after >= afresh - 1e-6
    assert answer.after <= afresh * 1.01


def test_a_mended_plan_has_a_bound_that_says_something() -> None:
    ready = prepare(SMALL)
    plan = solve(ready)
    changes = [Absent(person=plan.visits[0].person, blocks=("w1", "w2", "w3"))]
    unknown = replan(ready, plan, [*changes, Present(person=plan.visits[3].person, blocks=("w1",))])
    ready.relaxation  # noqa: B018 (solved when asked for)
    for mended in (replan(prepare(SMALL), plan, changes), replan(ready, plan, changes)):
        assert plan.score * 0.8 < mended.score <= mended.bound <= plan.bound * 1.01 < unknown.bound
