"""After a plan is made: explanations that hold, plans that change as little as can be, questions about other worlds."""

from __future__ import annotations

import pytest

from scheduler import (
    Explanation,
    Instance,
    Person,
    Plan,
    WhatIf,
    changed_instance,
    check,
    explain,
    generate,
    pairings,
    replan,
    solve,
    solve_after,
)
from scheduler.applying import apply
from scheduler.changes import Absent, AnyChange, Decline, Freeze, Join, Leave, Limit, Present, Seats, Staff
from tests.scheduler.hospital import HOSPITAL, aiming, changed, department, person, weeks

ONE_WEEK = changed(HOSPITAL, blocks=weeks(1))
SMALL = generate(people=60, departments=5, blocks=6, seed=3)


def why(instance: Instance, who: str = "Ada", host: str = "billing", block: str = "week1") -> Explanation:
    """The explanation of a visit that is not in the best plan."""
    (found,) = explain(instance, solve(instance), person=who, host=host, block=block)
    return found


@pytest.mark.parametrize(
    ("instance", "code"),
    [
        (person(ONE_WEEK, "Ada", absent=("week1",)), "absent"),
        (department(ONE_WEEK, "billing", requires=("coding",)), "qualification"),
        (person(ONE_WEEK, "Ada", max_visits=0), "at_maximum"),
        (department(ONE_WEEK, "billing", capacity=0), "host_is_full"),
        (department(ONE_WEEK, "registration", minimum=2), "home_understaffed"),
        (changed(ONE_WEEK, people=HOSPITAL.people[:2]), "no_cover"),
        (changed(ONE_WEEK, dependencies=()), "not_dependent"),
    ],
)
def test_the_first_reason_is_the_one_that_matters(instance: Instance, code: str) -> None:
    assert why(instance).reasons[0].code == code


def test_reasons_come_in_their_order() -> None:
    bad = department(person(ONE_WEEK, "Ada", absent=("week1",), max_visits=0), "billing", capacity=0, requires=("x",))
    codes = [reason.code for reason in why(bad).reasons]
    assert codes == ["absent", "qualification", "at_maximum", "host_is_full", "no_cover"]


def test_a_visit_that_is_not_worth_it_says_so() -> None:
    unloved = person(aiming(ONE_WEEK, fairness=()), "Ada", wishes={"billing": -50.0})
    (reason,) = why(person(person(unloved, "Ben", max_visits=0), "Dan", max_visits=0)).reasons
    assert reason.code == "worth_less"
    assert reason.about["less"] == 44.0


def test_a_planned_visit_is_no_question() -> None:
    assert why(ONE_WEEK).planned


def test_sets_of_changes_are_irreducible_and_hold() -> None:
    bad = department(person(ONE_WEEK, "Ada", absent=("week1",), max_visits=0), "billing", capacity=0)
    found = why(bad)
    assert found.changes[0] == (
        Present(person="Ada", blocks=("week1",)),
        Limit(person="Ada", by=1),
        Seats(department="billing", by=1, block="week1"),
    )
    for changes in found.changes:
        assert "Ada" in {visit.person for visit in solve(apply(bad, changes)).visits}
        for change in changes:
            rest = [other for other in changes if other is not change]
            assert "Ada" not in {visit.person for visit in solve(apply(bad, rest)).visits}


def kept(old: Plan, new: Plan) -> tuple[int, int]:
    """How many visits went and came."""
    before = {(v.person, v.host, v.block) for v in old.visits}
    after = {(v.person, v.host, v.block) for v in new.visits}
    return len(before - after), len(after - before)


def test_a_free_colleague_stands_in() -> None:
    one_seat = department(department(ONE_WEEK, "billing", capacity=1), "registration", capacity=1)
    plan = solve(one_seat)
    away = next(v.person for v in plan.visits if v.host == "billing")
    changes = [Absent(person=away, blocks=("week1",))]
    new = replan(one_seat, plan, changes)
    assert kept(plan, new) == (1, 1)
    assert check(changed_instance(one_seat, plan, changes), new).ok


def test_nothing_changes_without_a_change() -> None:
    plan = solve(SMALL)
    new = replan(SMALL, plan, [])
    assert kept(plan, new) == (0, 0)
    assert new.score == pytest.approx(plan.score)


@pytest.mark.parametrize("seed", range(8))
def test_no_more_changes_than_visits_lost_and_their_partners(seed: int) -> None:
    plan = solve(SMALL)
    one, other = plan.visits[seed], plan.visits[-1 - seed]
    changes: list[AnyChange] = [
        Absent(person=one.person, blocks=(one.block,)),
        Decline(person=other.person, host=other.host),
        Leave(person=plan.visits[seed + 5].person),
        Join(person=Person(id="new", home="d1")),
    ]
    new = replan(SMALL, plan, changes)
    after = changed_instance(SMALL, plan, changes)
    assert check(after, new).ok
    lost = [v for v in plan.visits if v.person in {one.person, plan.visits[seed + 5].person} or v == other]
    groups = {v.group for v in lost}
    partners = [v for v in plan.visits if v.group in groups]
    assert kept(plan, new)[0] <= len(partners)
    assert kept(plan, new)[1] <= len(lost)


def test_solving_again_keeps_what_is_worth_keeping() -> None:
    plan = solve(SMALL)
    stable = aiming(SMALL, stability=100.0)
    changes = [Absent(person=plan.visits[0].person, blocks=tuple(block.id for block in SMALL.blocks))]
    new = solve_after(stable, plan, changes)
    assert kept(plan, new)[0] <= len([v for v in plan.visits if v.person == plan.visits[0].person]) * 3
    assert check(changed_instance(stable, plan, changes), new).ok


def test_what_if_gives_the_bound_of_the_changed_instance() -> None:
    asked = WhatIf(SMALL)
    for changes in ([Seats(department="d1", by=1)], [Seats(department="d1", by=-1)], [Staff(department="d2", by=1)]):
        assert asked.ask(changes).after == pytest.approx(WhatIf(apply(SMALL, changes)).bound)
    frozen = asked.ask([Freeze(department="d1")])
    assert frozen.after < frozen.before
    assert asked.ask([Join(person=Person(id="new", home="d1"))]).after >= asked.bound - 1e-6


def test_prices_foretell_small_steps() -> None:
    asked = WhatIf(SMALL)
    for price in asked.prices(most=5):
        after = asked.ask([Seats(department=price.department, by=1, block=price.block)]).after
        assert asked.bound <= after + 1e-6
        assert after <= asked.bound + price.seat + 1e-6


def test_pairings_say_who_meets_when_and_why() -> None:
    instance = HOSPITAL
    (pair,) = pairings(instance, solve(instance))
    assert (pair.provider, pair.customer, pair.weight) == ("registration", "billing", 3.0)
    assert pair.planned == (2, 2)
    assert pair.seen_before == (0, 0)
    assert set(pair.blocks) <= {"week1", "week2"}
