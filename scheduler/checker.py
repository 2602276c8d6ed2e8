"""An independent judge of plans: shares no code with the solver, so that neither can hide the other's mistakes.

One small function a rule, then the list of them. Each yields what breaks it, as codes with parameters.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final

import msgspec

from scheduler.facts import Facts, per_block
from scheduler.model import Instance
from scheduler.plan import TOLERANCE, Plan, PlannedVisit, Reason, Status, Term
from scheduler.scoring import score_terms, total

Rule = Callable[[Facts, Sequence[PlannedVisit]], Iterator[Reason]]


class Verdict(msgspec.Struct, frozen=True):
    """What the checker found. `score` and `terms` are its own; empty if ids are unknown."""

    violations: tuple[Reason, ...]
    score: float = 0.0
    terms: tuple[Term, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the plan keeps every rule and says the truth about its score."""
        return not self.violations


def check(instance: Instance, plan: Plan) -> Verdict:
    """Judge a plan of a valid instance: every rule broken, every wrong figure."""
    facts = Facts(instance)
    unknown = tuple(_unknown(facts, plan.visits))
    if unknown:
        return Verdict(unknown)
    violations = [found for rule in RULES for found in rule(facts, plan.visits)]
    if plan.status in (Status.INFEASIBLE, Status.UNKNOWN):
        # No plan exists or is known, so none is returned: an empty one does not contain the pins.
        violations = [found for found in violations if found.code != "pin_missing" or plan.visits]
    terms = score_terms(facts, plan.visits)
    score = total(terms)
    violations += _figures(plan, score, terms)
    return Verdict(tuple(violations), score, terms)


def visit_faults(facts: Facts, visit: PlannedVisit) -> list[Reason]:
    """What is wrong with a visit taken by itself. All ids must be known."""
    return [found for rule in VISIT_RULES for found in rule(facts, (visit,))]


def person_faults(facts: Facts, visits: Sequence[PlannedVisit]) -> list[Reason]:
    """What is wrong with visits taken together, cover and groups aside. All ids must be known."""
    return [found for rule in PERSON_RULES for found in rule(facts, visits)]


def _reason(code: str, visit: PlannedVisit, **more: str | int | float) -> Reason:
    return Reason(code=code, about={"person": visit.person, "host": visit.host, "block": visit.block, **more})


def _unknown(facts: Facts, visits: Sequence[PlannedVisit]) -> Iterator[Reason]:
    for visit in visits:
        if visit.person not in facts.people:
            yield _reason("unknown_person", visit, id=visit.person)
        if visit.host not in facts.departments:
            yield _reason("unknown_department", visit, id=visit.host)
        if visit.block not in facts.order:
            yield _reason("unknown_block", visit, id=visit.block)


def is_offered(facts: Facts, visits: Sequence[PlannedVisit]) -> Iterator[Reason]:
    """Visits follow dependencies, or the person's own list."""
    for visit in visits:
        person = facts.people[visit.person]
        if person.home == visit.host:
            yield _reason("own_department", visit)
            continue
        options = facts.options_to(person, visit.host)
        if not options:
            yield _reason("not_dependent" if person.may_visit is None else "not_offered", visit)
        elif not any(option.blocks is None or visit.block in option.blocks for option in options):
            yield _reason("not_offered", visit)


def is_available(facts: Facts, visits: Sequence[PlannedVisit]) -> Iterator[Reason]:
    """Nobody visits while absent, on a holiday or after the programme."""
    for visit in visits:
        blocks = facts.covered(facts.order[visit.block])
        if blocks[-1] >= len(facts.order):
            yield _reason("beyond_end", visit)
            continue
        for block in blocks:
            if facts.instance.blocks[block].holiday:
                yield _reason("holiday", visit, on=facts.instance.blocks[block].id)
            if block in facts.absences.get(visit.person, ()):
                yield _reason("absent", visit, on=facts.instance.blocks[block].id)


def is_qualified(facts: Facts, visits: Sequence[PlannedVisit]) -> Iterator[Reason]:
    """Visitors have the qualifications that the host requires."""
    for visit in visits:
        lacking = set(facts.departments[visit.host].requires) - set(facts.people[visit.person].qualifications)
        for qualification in sorted(lacking):
            yield _reason("qualification", visit, qualification=qualification)


def is_not_recent(facts: Facts, visits: Sequence[PlannedVisit]) -> Iterator[Reason]:
    """No visit is repeated within months."""
    for visit in visits:
        if facts.seen_recently(visit.person, visit.host, facts.instance.blocks[facts.order[visit.block]]):
            ended = facts.past[visit.person, visit.host]
            yield _reason("seen_recently", visit, ended=ended.isoformat(), months=facts.instance.rules.repeat_months)


def is_not_forbidden(facts: Facts, visits: Sequence[PlannedVisit]) -> Iterator[Reason]:
    """Forbidden visits stay away."""
    for visit in visits:
        if facts.forbidden(facts.people[visit.person], visit.host, facts.order[visit.block]):
            yield _reason("forbidden", visit)


def is_within_maximum(facts: Facts, visits: Sequence[PlannedVisit]) -> Iterator[Reason]:
    """At most so many visits a person."""
    for person, count in Counter(visit.person for visit in visits).items():
        limit = facts.limit(facts.people[person])
        if count > limit:
            yield Reason(code="maximum", about={"person": person, "visits": count, "limit": limit})


def is_seen_once(facts: Facts, visits: Sequence[PlannedVisit]) -> Iterator[Reason]:
    """Nobody sees a department twice in a plan."""
    for (person, host), count in Counter((visit.person, visit.host) for visit in visits).items():
        if count > 1:
            yield Reason(code="repeated", about={"person": person, "host": host, "visits": count})


def is_spaced(facts: Facts, visits: Sequence[PlannedVisit]) -> Iterator[Reason]:
    """Enough blocks between two visits of a person."""
    by_person: dict[str, list[PlannedVisit]] = defaultdict(list)
    for visit in visits:
        by_person[visit.person].append(visit)
    for own in by_person.values():
        own.sort(key=lambda visit: facts.order[visit.block])
        for first, second in pairwise(own):
            apart = facts.order[second.block] - facts.covered(facts.order[first.block])[-1]
            if apart < facts.instance.rules.gap:
                yield _reason("too_close", second, other=first.block, gap=facts.instance.rules.gap)


def is_hosted(facts: Facts, visits: Sequence[PlannedVisit]) -> Iterator[Reason]:
    """A department has room for its visitors."""
    guests: Counter[tuple[str, int]] = Counter()
    for visit in visits:
        guests.update((visit.host, block) for block in _within(facts, visit))
    for (host, block), count in sorted(guests.items()):
        capacity = per_block(facts.departments[host].capacity, block)
        if count > capacity:
            when = facts.instance.blocks[block].id
            about: dict[str, str | int | float] = {"host": host, "block": when}
            yield Reason(code="host_full", about={**about, "visitors": count, "capacity": capacity})


def is_staffed(facts: Facts, visits: Sequence[PlannedVisit]) -> Iterator[Reason]:
    """Enough people stay or arrive. A department short of people even without visits must not get shorter."""
    sizes = Counter(visit.group for visit in visits)
    out: Counter[tuple[str, int]] = Counter()
    cover: Counter[tuple[str, int]] = Counter()
    for visit in visits:
        for block in _within(facts, visit):
            out[facts.people[visit.person].home, block] += 1
            if sizes[visit.group] > 1:
                cover[visit.host, block] += 1
    for (home, block), leaving in sorted(out.items()):
        minimum = per_block(facts.departments[home].minimum, block)
        present = facts.present[home][block]
        spare = max(0, present - minimum)
        arriving = facts.instance.rules.cover_worth * cover[home, block]
        if leaving - arriving > spare + 1e-6:
            yield Reason(
                code="understaffed",
                about={
                    "home": home,
                    "block": facts.instance.blocks[block].id,
                    "staff": round(present - leaving + arriving, 6),
                    "minimum": minimum,
                },
            )


def is_grouped(facts: Facts, visits: Sequence[PlannedVisit]) -> Iterator[Reason]:
    """A group is one shadow visit, or a cycle of different departments in one block."""
    groups: dict[int, list[PlannedVisit]] = defaultdict(list)
    for visit in visits:
        groups[visit.group].append(visit)
    rules = facts.instance.rules
    for number, group in sorted(groups.items()):
        if len(group) == 1:
            if not rules.shadow_visits:
                yield _reason("shadow_not_allowed", group[0], group=number)
            continue
        step = {facts.people[visit.person].home: visit.host for visit in group}
        walk = [group[0].host]
        while len(walk) < len(group) and walk[-1] in step:
            walk.append(step[walk[-1]])
        one_block = len({visit.block for visit in group}) == 1
        if len(step) < len(group) or set(walk) != set(step) or not one_block:
            yield _reason("not_a_cycle", group[0], group=number)
        if len(group) > rules.longest_ring:
            yield _reason("ring_too_long", group[0], group=number, size=len(group), limit=rules.longest_ring)


def has_pins(facts: Facts, visits: Sequence[PlannedVisit]) -> Iterator[Reason]:
    """Pinned visits stay."""
    planned = {(visit.person, visit.host, visit.block) for visit in visits}
    for pin in facts.instance.pins:
        if (pin.person, pin.host, pin.block) not in planned:
            yield Reason(code="pin_missing", about={"person": pin.person, "host": pin.host, "block": pin.block})


def _within(facts: Facts, visit: PlannedVisit) -> Iterator[int]:
    return (block for block in facts.covered(facts.order[visit.block]) if block < len(facts.order))


def _figures(plan: Plan, score: float, terms: Sequence[Term]) -> Iterator[Reason]:
    slack = TOLERANCE * max(1.0, abs(score))
    if abs(plan.score - score) > slack:
        yield Reason(code="wrong_score", about={"said": plan.score, "counted": score})
    said = {term.name: term.value for term in plan.terms}
    for term in terms if said else ():
        if abs(said.get(term.name, 0.0) - term.value) > slack:
            about: dict[str, str | int | float] = {"term": term.name, "said": said.get(term.name, 0.0)}
            yield Reason(code="wrong_term", about={**about, "counted": term.value})
    if plan.bound < score - slack and plan.status is not Status.INFEASIBLE:
        yield Reason(code="wrong_bound", about={"said": plan.bound, "counted": score})


VISIT_RULES: Final[tuple[Rule, ...]] = (*(is_offered, is_available, is_qualified, is_not_recent, is_not_forbidden),)
PERSON_RULES: Final[tuple[Rule, ...]] = (is_within_maximum, is_seen_once, is_spaced, is_hosted)
RULES: Final[tuple[Rule, ...]] = (*VISIT_RULES, *PERSON_RULES, is_staffed, is_grouped, has_pins)
