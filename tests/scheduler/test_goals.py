"""Each goal on its own decides between plans that are equal otherwise; ranks decide before weights."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler import (
    DepartmentTier,
    Dependency,
    Instance,
    Objective,
    PastVisit,
    Person,
    Plan,
    Requirement,
    Status,
    Visit,
    VisitOption,
    check,
    solve,
)
from tests.scheduler.hospital import HOSPITAL, aiming, changed, department, person, ruled, weeks
from tests.scheduler.oracle import best
from tests.scheduler.test_rules import PHARMACY, RING
from tests.scheduler.tiny import tiny

NOTHING = Objective(dependency=0.0, fairness=(), wishes=0.0, shadow=0.0)
ONE_WEEK = changed(HOSPITAL, blocks=weeks(1), objective=NOTHING)
ONE_SEAT = department(department(ONE_WEEK, "billing", capacity=1), "registration", capacity=1)


def solved(instance: Instance) -> Plan:
    """The best plan, which the checker accepts."""
    plan = solve(instance)
    assert plan.status is Status.OPTIMAL
    assert check(instance, plan).ok
    return plan


def visitors(plan: Plan) -> set[str]:
    return {visit.person for visit in plan.visits}


def term(plan: Plan, name: str) -> float:
    return next(term.value for term in plan.terms if term.name == name)


def test_the_heavier_dependency_wins() -> None:
    heavy = changed(
        PHARMACY,
        blocks=weeks(1),
        objective=Objective(fairness=()),
        dependencies=(
            Dependency(provider="registration", customer="billing", weight=1.0),
            Dependency(provider="pharmacy", customer="registration", weight=5.0),
        ),
    )
    assert visitors(solved(heavy)) == {"Ada", "Eve"}


def test_wishes_choose_the_people() -> None:
    wished = person(aiming(ONE_SEAT, wishes=1.0), "Ben", wishes={"billing": 2.0})
    assert "Ben" in visitors(solved(wished))
    assert "Ben" not in visitors(solved(person(wished, "Ben", wishes={"billing": -2.0})))


def test_weights_of_single_visits_choose_the_people() -> None:
    weighted = person(ONE_SEAT, "Ben", may_visit=(VisitOption(host="billing", weight=3.0),))
    plan = solved(weighted)
    assert "Ben" in visitors(plan)
    assert term(plan, "visits") == 3.0


def test_weights_of_single_visits_choose_the_block() -> None:
    options = (VisitOption(host="billing"), VisitOption(host="billing", blocks=("week2",), weight=3.0))
    plan = solved(person(changed(ONE_SEAT, blocks=weeks(2)), "Ben", may_visit=options))
    assert ("Ben", "week2") in {(visit.person, visit.block) for visit in plan.visits}


def test_fairness_prefers_two_people_to_one_who_goes_twice() -> None:
    both = aiming(ruled(changed(HOSPITAL, blocks=weeks(2)), max_visits=2), fairness=(2.0, 0.5))
    assert visitors(solved(both)) == {"Ada", "Ben", "Cleo", "Dan"}


def test_coverage_counts_past_visits() -> None:
    covered = aiming(ONE_SEAT, coverage=(4.0, 1.0))
    assert solved(covered).score == 8.0
    past = (PastVisit(person="Ada", host="billing", ended=date(2020, 1, 1)),)
    assert solved(changed(covered, history=past)).score == 5.0


def test_departments_earn_for_a_share_of_their_people() -> None:
    shared = aiming(ONE_WEEK, departments=(DepartmentTier(share=0.5, reward=3.0),))
    assert solved(shared).score == 6.0


def test_seniority_is_mixed() -> None:
    junior = person(person(aiming(ONE_WEEK, seniority=2.0), "Ben", seniority=1), "Dan", seniority=1)
    assert term(solved(junior), "seniority") == 8.0
    assert term(solved(aiming(ONE_WEEK, seniority=2.0)), "seniority") == 4.0


def test_stability_keeps_the_previous_visit() -> None:
    before = (Visit(person="Ben", host="billing", block="week1"), Visit(person="Gone", host="billing", block="week1"))
    plan = solved(changed(aiming(ONE_SEAT, stability=1.0), previous=before))
    assert "Ben" in visitors(plan)
    assert term(plan, "stability") == 1.0


def test_shadow_visits_have_their_price() -> None:
    alone = ruled(changed(ONE_WEEK, people=HOSPITAL.people[:1]), shadow_visits=True)
    assert visitors(solved(aiming(alone, dependency=1.0, shadow=2.0))) == {"Ada"}
    assert visitors(solved(aiming(alone, dependency=1.0, shadow=4.0))) == set()


def test_required_visits_come_first_and_in_time() -> None:
    needed = changed(
        aiming(changed(ONE_SEAT, blocks=weeks(2)), wishes=1.0),
        required=(Requirement(host="billing", by="week1", people=("Ben",)),),
    )
    plan = solved(person(needed, "Ada", wishes={"billing": 50.0}))
    assert ("Ben", "week1") in {(visit.person, visit.block) for visit in plan.visits}
    assert plan.unmet == ()


def test_everybody_who_joined_must_have_seen_it() -> None:
    joined = person(person(ONE_SEAT, "Ada", joined=date(2025, 1, 1)), "Ben", joined=date(2026, 2, 1))
    needed = changed(joined, required=(Requirement(host="billing", joined_since=date(2026, 1, 1)),))
    assert "Ben" in visitors(solved(needed))


@pytest.mark.parametrize(
    ("change", "code"),
    [({"absent": ("week1",)}, "absent"), ({"may_visit": ()}, "not_offered"), ({"max_visits": 0}, "maximum")],
)
def test_what_cannot_be_met_is_listed_with_reasons(change: dict[str, object], code: str) -> None:
    needed = changed(ONE_SEAT, required=(Requirement(host="billing", people=("Ben",)),))
    (unmet,) = solved(person(needed, "Ben", **change)).unmet
    assert (unmet.person, unmet.host) == ("Ben", "billing")
    assert [reason.code for reason in unmet.reasons] == [code]


def test_a_past_visit_meets_a_requirement() -> None:
    past = (PastVisit(person="Ben", host="billing", ended=date(2020, 1, 1)),)
    needed = changed(ONE_SEAT, history=past, required=(Requirement(host="billing", people=("Ben",)),))
    plan = solved(needed)
    assert plan.unmet == ()
    assert term(plan, "required") == 0.0


def test_ranks_come_before_weights() -> None:
    instance = person(aiming(ONE_SEAT, wishes=1.0, seniority=1.0), "Ada", wishes={"billing": 9.0})
    # Weights would send Ada. Ranked first, stability keeps Ben.
    kept = changed(instance, previous=(Visit(person="Ben", host="billing", block="week1"),))
    ranked = aiming(kept, stability=0.1, lexicographic=(("stability",), ("wishes",)))
    plan = solved(ranked)
    assert "Ben" in visitors(plan)
    assert [level.terms for level in plan.levels][:3] == [("required",), ("stability",), ("wishes",)]
    assert all(level.bound == pytest.approx(level.score) for level in plan.levels)


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_ranks_agree_with_brute_force(first: int) -> None:
    levels = (("required", "dependency"), ("fairness", "coverage"), ("wishes", "visits"))
    rest = ("departments", "seniority", "stability", "shadow")
    for seed in range(first, first + 20):
        instance = aiming(tiny(seed), lexicographic=levels)
        try:
            optimum = best(instance, [*levels, rest])
        except ValueError:
            continue
        plan = solve(instance)
        if optimum is None:
            assert plan.status is Status.INFEASIBLE, seed
            continue
        assert check(instance, plan).ok, seed
        assert [level.score for level in plan.levels] == pytest.approx(optimum, abs=1e-5), seed
        assert all(level.bound >= level.score - 1e-6 for level in plan.levels), seed


def test_an_exchange_of_single_people_is_an_instance_like_any_other() -> None:
    ring = changed(RING, dependencies=(), objective=NOTHING)
    people = tuple(
        Person(id=p.id, home=p.home, may_visit=tuple(VisitOption(host=o.host, weight=1.0) for o in p.may_visit or ()))
        for p in ring.people
    )
    plan = solved(changed(ring, people=people))
    assert plan.score == 3.0
