"""What a plan is worth, counted visit by visit: the checker's own scoring, in plain Python."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from scheduler.facts import Facts
from scheduler.model import TERMS
from scheduler.plan import PlannedVisit, Term


def score_terms(facts: Facts, visits: Sequence[PlannedVisit]) -> tuple[Term, ...]:
    """Each term of the score, weighted, in the order of `TERMS`. All ids must be known."""
    goals = facts.instance.objective
    people = facts.people
    sides = Counter((people[visit.person].home, visit.host) for visit in visits)
    levels = {(people[v.person].home, v.host, people[v.person].seniority) for v in visits}
    leaving = Counter(people[visit.person].home for visit in visits)
    previous = {(visit.person, visit.host, visit.block) for visit in facts.instance.previous}
    groups = Counter(visit.group for visit in visits)
    values = {
        "required": goals.required * _met(facts, visits),
        "dependency": goals.dependency * sum(facts.weights.get(side, 0.0) * count for side, count in sides.items()),
        "coverage": _coverage(facts, sides),
        "fairness": sum(_first(goals.fairness, count) for count in Counter(v.person for v in visits).values()),
        "departments": sum(_departments(facts, name, count) for name, count in leaving.items()),
        "wishes": goals.wishes * sum(people[visit.person].wishes.get(visit.host, 0.0) for visit in visits),
        "visits": sum(_own_weight(facts, visit) for visit in visits),
        "seniority": goals.seniority * sum((home, host) in facts.weights for home, host, _ in levels),
        "stability": goals.stability * len({(v.person, v.host, v.block) for v in visits} & previous),
        "shadow": -goals.shadow * sum(size == 1 for size in groups.values()),
    }
    return tuple(Term(name=name, value=float(values[name]) + 0.0) for name in TERMS)


def total(terms: Iterable[Term]) -> float:
    """The score."""
    return math.fsum(term.value for term in terms)


def _first(rewards: Sequence[float], count: int) -> float:
    return sum(rewards[:count])


def _met(facts: Facts, visits: Iterable[PlannedVisit]) -> int:
    ends: dict[tuple[str, str], int] = {}
    for visit in visits:
        end = facts.covered(facts.order[visit.block])[-1]
        key = visit.person, visit.host
        ends[key] = min(ends.get(key, end), end)
    return sum(ends.get((person, host), last + 1) <= last for person, host, last in facts.required())


def _coverage(facts: Facts, sides: Counter[tuple[str, str]]) -> float:
    rewards = facts.instance.objective.coverage
    if not rewards:
        return 0.0
    before = Counter((facts.people[person].home, host) for person, host in _past_visits(facts))
    return sum(
        _first(rewards, before[side] + count) - _first(rewards, before[side])
        for side, count in sides.items()
        if side in facts.weights
    )


def _past_visits(facts: Facts) -> Iterable[tuple[str, str]]:
    return ((visit.person, visit.host) for visit in facts.instance.history)


def _departments(facts: Facts, name: str, count: int) -> float:
    worth = 0.0
    for tier in facts.instance.objective.departments:
        width = min(count, math.ceil(tier.share * facts.headcount[name] - 1e-9))
        worth += tier.reward * width
        count -= width
    return worth


def _own_weight(facts: Facts, visit: PlannedVisit) -> float:
    options = facts.options_to(facts.people[visit.person], visit.host)
    return max((o.weight for o in options if o.blocks is None or visit.block in o.blocks), default=0.0)
