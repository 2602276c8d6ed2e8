"""Each rule in a case where it binds: the same hospital without it has a better plan, and the checker refuses that."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest

from scheduler import (
    Department,
    Dependency,
    Forbidden,
    Instance,
    PastVisit,
    Person,
    Plan,
    PlannedVisit,
    SolveOptions,
    Status,
    Visit,
    VisitOption,
    check,
    solve,
)
from tests.scheduler.hospital import HOSPITAL, aiming, changed, department, person, ruled, weeks


class Case(NamedTuple):
    """An instance with the rule, the same without it, and what the checker calls the rule."""

    strict: Instance
    loose: Instance
    code: str


TWO_WEEKS = person(person(HOSPITAL, "Ben", max_visits=0), "Dan", max_visits=0)  # only Ada and Cleo can swap
ONE_EACH = ruled(TWO_WEEKS, max_visits=2)
PHARMACY = changed(
    HOSPITAL,
    departments=(*HOSPITAL.departments, Department(id="pharmacy", capacity=2)),
    people=(
        Person(id="Ada", home="registration"),
        Person(id="Cleo", home="billing"),
        Person(id="Eve", home="pharmacy"),
    ),
    dependencies=(
        Dependency(provider="registration", customer="billing"),
        Dependency(provider="registration", customer="pharmacy"),
        Dependency(provider="pharmacy", customer="billing"),
    ),
    rules=HOSPITAL.rules,
)
# Only the ring registration to billing to pharmacy is possible.
RING = changed(
    PHARMACY,
    people=(
        Person(id="Ada", home="registration", may_visit=(VisitOption(host="billing"),)),
        Person(id="Cleo", home="billing", may_visit=(VisitOption(host="pharmacy"),)),
        Person(id="Eve", home="pharmacy", may_visit=(VisitOption(host="registration"),)),
    ),
)
ALL_AWAY = changed(HOSPITAL, blocks=weeks(1))
LONE = changed(HOSPITAL, people=(Person(id="Ada", home="registration"),), departments=HOSPITAL.departments)
TWO_PLACES = changed(
    PHARMACY, people=(*PHARMACY.people, Person(id="Fay", home="pharmacy")), rules=ruled(PHARMACY, max_visits=2).rules
)

CASES = {
    "absence": Case(person(TWO_WEEKS, "Ada", absent=("week1", "week2")), TWO_WEEKS, "absent"),
    "holidays": Case(
        changed(
            ALL_AWAY,
            blocks=(type(weeks(1)[0])(id="week1", start=weeks(1)[0].start, end=weeks(1)[0].end, holiday=True),),
        ),
        ALL_AWAY,
        "holiday",
    ),
    "qualification": Case(department(HOSPITAL, "billing", requires=("coding",)), HOSPITAL, "qualification"),
    "minimum staffing": Case(department(ALL_AWAY, "registration", minimum=2), ALL_AWAY, "understaffed"),
    "cover worth": Case(
        ruled(department(ALL_AWAY, "registration", minimum=2), cover_worth=0.9),
        ruled(department(ALL_AWAY, "registration", minimum=2), cover_worth=1.0),
        "understaffed",
    ),
    "host capacity": Case(department(ALL_AWAY, "billing", capacity=1), ALL_AWAY, "host_full"),
    "maximum": Case(ruled(TWO_PLACES, max_visits=1), TWO_PLACES, "maximum"),
    "own maximum": Case(person(TWO_PLACES, "Ada", max_visits=0), TWO_PLACES, "maximum"),
    "gap": Case(ruled(TWO_PLACES, gap=2), TWO_PLACES, "too_close"),
    "no repeat": Case(
        changed(TWO_WEEKS, history=(PastVisit(person="Ada", host="billing", ended=date(2025, 12, 1)),)),
        changed(TWO_WEEKS, history=(PastVisit(person="Ada", host="billing", ended=date(2024, 12, 1)),)),
        "seen_recently",
    ),
    "forbidden visits": Case(changed(TWO_WEEKS, forbidden=(Forbidden(home="registration"),)), TWO_WEEKS, "forbidden"),
    "forbidden blocks": Case(
        changed(ALL_AWAY, forbidden=(Forbidden(host="billing", block="week1"),)), ALL_AWAY, "forbidden"
    ),
    "own list": Case(person(TWO_WEEKS, "Ada", may_visit=()), TWO_WEEKS, "not_offered"),
    "own list of blocks": Case(
        person(ALL_AWAY, "Ada", may_visit=(VisitOption(host="billing", blocks=()),)), ALL_AWAY, "not_offered"
    ),
    "dependencies": Case(changed(TWO_WEEKS, dependencies=()), TWO_WEEKS, "not_dependent"),
    "longest ring": Case(ruled(RING, longest_ring=2), RING, "ring_too_long"),
    "shadow visits": Case(LONE, ruled(LONE, shadow_visits=True), "shadow_not_allowed"),
    "pins": Case(
        changed(aiming(TWO_WEEKS, wishes=1.0), pins=(Visit(person="Ada", host="billing", block="week2"),)),
        person(TWO_WEEKS, "Cleo", absent=("week2",)),
        "pin_missing",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_rule_binds(name: str) -> None:
    case = CASES[name]
    strict, loose = solve(case.strict), solve(case.loose)
    assert strict.status is Status.OPTIMAL
    assert loose.status is Status.OPTIMAL
    assert strict.score < loose.score or name == "pins"
    assert check(case.strict, strict).ok
    assert check(case.loose, loose).ok


@pytest.mark.parametrize("name", CASES)
def test_the_checker_catches_a_plan_that_breaks_it(name: str) -> None:
    case = CASES[name]
    verdict = check(case.strict, solve(case.loose))
    assert case.code in {violation.code for violation in verdict.violations}


def plan_of(instance: Instance, *visits: tuple[str, str, str, int]) -> Plan:
    """A plan with these visits, right about its score."""
    made = tuple(PlannedVisit(person=p, host=h, block=b, group=g) for p, h, b, g in visits)
    said = Plan(status=Status.FEASIBLE, score=0.0, bound=0.0, gap=0.0, visits=made)
    score = check(instance, said).score
    return Plan(status=Status.FEASIBLE, score=score, bound=score, gap=0.0, visits=made)


def codes(instance: Instance, *visits: tuple[str, str, str, int]) -> list[str]:
    return [violation.code for violation in check(instance, plan_of(instance, *visits)).violations]


def test_a_swap_is_fine() -> None:
    assert codes(HOSPITAL, ("Ada", "billing", "week1", 0), ("Cleo", "registration", "week1", 0)) == []


def test_a_visit_of_two_weeks_needs_both_of_them() -> None:
    long = ruled(TWO_WEEKS, visit_blocks=2)
    assert len(solve(long).visits) == 2
    away = person(long, "Ada", absent=("week2",))
    assert solve(away).visits == ()
    assert codes(away, ("Ada", "billing", "week1", 0), ("Cleo", "registration", "week1", 0)) == ["absent"]
    assert set(codes(long, ("Ada", "billing", "week2", 0), ("Cleo", "registration", "week2", 0))) == {"beyond_end"}


def test_a_visit_of_two_weeks_takes_room_and_staff_in_both() -> None:
    long = ruled(changed(HOSPITAL, blocks=weeks(3)), visit_blocks=2)
    full = department(long, "billing", capacity=(2, 0, 2))
    visits = (("Ada", "billing", "week1", 0), ("Cleo", "registration", "week1", 0))
    assert solve(full).visits == ()
    assert codes(full, *visits) == ["host_full"]
    busy = department(long, "registration", minimum=(0, 2, 0))
    assert solve(busy).visits == ()
    assert codes(busy, *visits) == ["understaffed"]


def test_partners_are_in_one_block() -> None:
    assert "not_a_cycle" in codes(HOSPITAL, ("Ada", "billing", "week1", 0), ("Cleo", "registration", "week2", 0))


def test_two_who_go_the_same_way_are_no_swap() -> None:
    assert "not_a_cycle" in codes(HOSPITAL, ("Ada", "billing", "week1", 0), ("Ben", "billing", "week1", 0))


def test_once_is_enough_within_a_plan() -> None:
    twice = tuple(
        (who, where, week, number)
        for number, week in enumerate(("week1", "week2"))
        for who, where in (("Ada", "billing"), ("Cleo", "registration"))
    )
    assert set(codes(ONE_EACH, *twice)) == {"repeated"}


def test_a_shadow_visitor_is_no_cover() -> None:
    instance = department(ruled(ALL_AWAY, shadow_visits=True, cover_worth=1.0), "registration", minimum=2)
    alone = (("Ada", "billing", "week1", 0), ("Cleo", "registration", "week1", 1))
    assert codes(instance, *alone) == ["understaffed"]
    assert codes(instance, ("Ada", "billing", "week1", 0), ("Cleo", "registration", "week1", 0)) == []


def test_a_department_short_of_people_anyway_may_swap_but_not_get_shorter() -> None:
    short = department(ruled(ALL_AWAY, cover_worth=1.0), "registration", minimum=9)
    assert len(solve(short).visits) == 4
    assert solve(ruled(short, cover_worth=0.5)).visits == ()


@pytest.mark.parametrize(("field", "code"), [("person", "unknown_person"), ("host", "unknown_department")])
def test_a_plan_may_not_name_strangers(field: str, code: str) -> None:
    who, where = ("Zoe", "billing") if field == "person" else ("Ada", "kitchen")
    made = (PlannedVisit(person=who, host=where, block="week1", group=0),)
    plan = Plan(status=Status.FEASIBLE, score=0.0, bound=0.0, gap=0.0, visits=made)
    assert [violation.code for violation in check(HOSPITAL, plan).violations] == [code]


def test_a_plan_may_not_boast() -> None:
    plan = solve(HOSPITAL)
    said = Plan(
        status=plan.status,
        score=plan.score + 1,
        bound=plan.score - 1,
        gap=0.0,
        terms=tuple(type(t)(name=t.name, value=t.value + 1) for t in plan.terms),
        visits=plan.visits,
    )
    found = {violation.code for violation in check(HOSPITAL, said).violations}
    assert found == {"wrong_score", "wrong_term", "wrong_bound"}


def test_the_same_seed_and_work_give_the_same_plan() -> None:
    options = SolveOptions(seed=7, work=3)
    one, other = solve(TWO_PLACES, options), solve(TWO_PLACES, options)
    assert one.visits == other.visits
    assert one.bound == other.bound
