"""Everything that is wrong with an instance, each with its place, so that it can be mended in one go."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from scheduler.checker import person_faults, visit_faults
from scheduler.facts import Facts
from scheduler.model import FORMAT, TERMS, Instance, Person, Value, Visit
from scheduler.plan import PlannedVisit, Reason

LARGEST: Final = 1_000_000_000
"""Numbers beyond are refused: sums of them would lose their last digits."""


class Problem(Value, frozen=True, kw_only=True):
    """What is wrong (a code with parameters) and where, as a path like `people[3].home`."""

    place: str
    reason: Reason


class InstanceError(ValueError):
    """An instance that means nothing as it stands. `problems` lists all that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems: " + "; ".join(f"{p.place}: {p.reason.code}" for p in problems[:5]))
        self.problems = tuple(problems)


def validate(instance: Instance) -> list[Problem]:
    """All problems. Contradictions (a pin that breaks a rule) are looked for once everything else is right."""
    found = meaningless(instance)
    return found or contradictions(instance)


def meaningless(instance: Instance) -> list[Problem]:
    """All problems but contradictions: what keeps the instance from meaning anything."""
    return [problem for part in PARTS for problem in part(instance)]


def require_valid(instance: Instance) -> None:
    """Raise `InstanceError` unless the instance means something. Contradictions are for the solver to report."""
    found = meaningless(instance)
    if found:
        raise InstanceError(found)


def contradictions(instance: Instance) -> list[Problem]:
    """Pins that break a rule, alone or together. The instance must mean something."""
    if not instance.pins:
        return []
    facts = Facts(instance)
    visits = [PlannedVisit(person=p.person, host=p.host, block=p.block, group=0) for p in instance.pins]
    found = []
    for index, visit in enumerate(visits):
        found += [Problem(place=f"pins[{index}]", reason=fault) for fault in visit_faults(facts, visit)]
    return found + [Problem(place="pins", reason=fault) for fault in person_faults(facts, visits)]


def _problem(place: str, code: str, **about: str | int | float) -> Problem:
    return Problem(place=place, reason=Reason(code=code, about=about))


def _version(instance: Instance) -> Iterator[Problem]:
    if instance.format != FORMAT:
        yield _problem("version", "unknown_version", version=instance.format, known=FORMAT)


def _unique(instance: Instance) -> Iterator[Problem]:
    for name, ids in (
        ("departments", [department.id for department in instance.departments]),
        ("people", [person.id for person in instance.people]),
        ("blocks", [block.id for block in instance.blocks]),
        ("pins", [f"{pin.person}, {pin.host}, {pin.block}" for pin in instance.pins]),
    ):
        counts = Counter(ids)
        if len(counts) < len(ids):
            seen: set[str] = set()
            for index, each in enumerate(ids):
                if each in seen:
                    yield _problem(f"{name}[{index}]", "duplicate", id=each)
                seen.add(each)


def _departments(instance: Instance) -> Iterator[Problem]:
    for index, department in enumerate(instance.departments):
        for field, value in (("capacity", department.capacity), ("minimum", department.minimum)):
            place = f"departments[{index}].{field}"
            if not isinstance(value, int) and len(value) != len(instance.blocks):
                yield _problem(place, "wrong_length", found=len(value), expected=len(instance.blocks))
            numbers = (value,) if isinstance(value, int) else value
            ends = {min(numbers, default=0), max(numbers, default=0)}
            yield from _amounts((place, number) for number in sorted(ends))


def _blocks(instance: Instance) -> Iterator[Problem]:
    if not instance.blocks:
        yield _problem("blocks", "empty")
    aware = {block.start.tzinfo is not None for block in instance.blocks}
    aware |= {block.end.tzinfo is not None for block in instance.blocks}
    if len(aware) > 1:
        yield _problem("blocks", "mixed_time_zones")
        return
    for index, block in enumerate(instance.blocks):
        if block.end <= block.start:
            yield _problem(f"blocks[{index}].end", "ends_before_start", start=str(block.start), end=str(block.end))
        if index and block.start < instance.blocks[index - 1].end:
            yield _problem(f"blocks[{index}].start", "overlaps", other=instance.blocks[index - 1].id)


class _Known:
    """The ids there are."""

    def __init__(self, instance: Instance) -> None:
        self.person = {person.id for person in instance.people}
        self.department = {department.id for department in instance.departments}
        self.block = {block.id for block in instance.blocks}

    def problems(self, kind: str, ids: Iterable[tuple[str, str | None]]) -> Iterator[Problem]:
        known: set[str] = getattr(self, kind)
        for place, each in ids:
            if each is not None and each not in known:
                yield _problem(place, f"unknown_{kind}", id=each)


def _people(instance: Instance) -> Iterator[Problem]:
    known = _Known(instance)
    for index, person in enumerate(instance.people):
        place = f"people[{index}]"
        if person.home not in known.department:
            yield _problem(f"{place}.home", "unknown_department", id=person.home)
        if person.absent:
            yield from known.problems("block", ((f"{place}.absent[{i}]", id) for i, id in enumerate(person.absent)))
        if person.wishes:
            yield from known.problems("department", ((f"{place}.wishes.{id}", id) for id in person.wishes))
            yield from _weights((f"{place}.wishes.{id}", value) for id, value in person.wishes.items())
        if person.max_visits is not None:
            yield from _amounts([(f"{place}.max_visits", person.max_visits)])
        if person.may_visit is not None:
            yield from _options(place, person, known)


def _options(place: str, person: Person, known: _Known) -> Iterator[Problem]:
    for number, option in enumerate(person.may_visit or ()):
        here = f"{place}.may_visit[{number}]"
        if option.host == person.home:
            yield _problem(f"{here}.host", "own_department", person=person.id, host=option.host)
        yield from known.problems("department", [(f"{here}.host", option.host)])
        yield from known.problems("block", ((f"{here}.blocks[{i}]", id) for i, id in enumerate(option.blocks or ())))
        yield from _weights([(f"{here}.weight", option.weight)])


def _dependencies(instance: Instance) -> Iterator[Problem]:
    known = _Known(instance)
    for index, dependency in enumerate(instance.dependencies):
        place = f"dependencies[{index}]"
        ids = [(f"{place}.provider", dependency.provider), (f"{place}.customer", dependency.customer)]
        yield from known.problems("department", ids)
        if dependency.provider == dependency.customer:
            yield _problem(place, "depends_on_itself", id=dependency.provider)
        yield from _amounts([(f"{place}.weight", dependency.weight)])


def _references(instance: Instance) -> Iterator[Problem]:
    known = _Known(instance)
    for name, visits in (("pins", instance.pins), ("previous", instance.previous)):
        yield from _visits(name, visits, known, strict=name == "pins")
    for index, past in enumerate(instance.history):
        yield from known.problems("person", [(f"history[{index}].person", past.person)])
        yield from known.problems("department", [(f"history[{index}].host", past.host)])
    for index, ban in enumerate(instance.forbidden):
        place = f"forbidden[{index}]"
        yield from known.problems("person", [(f"{place}.person", ban.person)])
        yield from known.problems("department", [(f"{place}.home", ban.home), (f"{place}.host", ban.host)])
        yield from known.problems("block", [(f"{place}.block", ban.block)])
    for index, requirement in enumerate(instance.required):
        place = f"required[{index}]"
        yield from known.problems("department", [(f"{place}.host", requirement.host)])
        yield from known.problems("block", [(f"{place}.by", requirement.by)])
        yield from known.problems("person", ((f"{place}.people[{i}]", id) for i, id in enumerate(requirement.people)))
        if not requirement.people and requirement.joined_since is None:
            yield _problem(place, "nobody_required")


def _visits(name: str, visits: Sequence[Visit], known: _Known, *, strict: bool) -> Iterator[Problem]:
    # A previous plan may name people who have left; a pin may not.
    for index, visit in enumerate(visits):
        if strict:
            yield from known.problems("person", [(f"{name}[{index}].person", visit.person)])
            yield from known.problems("department", [(f"{name}[{index}].host", visit.host)])
            yield from known.problems("block", [(f"{name}[{index}].block", visit.block)])


def _rules(instance: Instance) -> Iterator[Problem]:
    rules = instance.rules
    limits: tuple[tuple[str, float, float, float], ...] = (
        ("max_visits", rules.max_visits, 0, LARGEST),
        ("gap", rules.gap, 1, LARGEST),
        ("repeat_months", rules.repeat_months, 0, 1200),
        ("visit_blocks", rules.visit_blocks, 1, max(1, len(instance.blocks))),
        ("cover_worth", rules.cover_worth, 0, 1),
        ("longest_ring", rules.longest_ring, 2, 4),
    )
    for field, value, low, high in limits:
        if not low <= value <= high:
            yield _problem(f"rules.{field}", "out_of_range", value=value, low=low, high=high)


def _objective(instance: Instance) -> Iterator[Problem]:
    goals = instance.objective
    weights = (*("dependency", "wishes", "seniority", "stability", "required", "shadow"),)
    yield from _amounts((f"objective.{field}", getattr(goals, field)) for field in weights)
    tiers = [tier.reward for tier in goals.departments]
    for field, rewards in (("coverage", goals.coverage), ("fairness", goals.fairness), ("departments", tiers)):
        yield from _amounts((f"objective.{field}[{index}]", value) for index, value in enumerate(rewards))
        if any(later > earlier for earlier, later in pairwise(rewards)):
            yield _problem(f"objective.{field}", "increasing")
    yield from _amounts((f"objective.departments[{i}].share", t.share) for i, t in enumerate(goals.departments))
    named = [term for level in goals.lexicographic for term in level]
    for term in named:
        if term not in TERMS:
            yield _problem("objective.lexicographic", "unknown_term", id=term)
    for term, count in Counter(named).items():
        if count > 1:
            yield _problem("objective.lexicographic", "duplicate", id=term)


def _weights(values: Iterable[tuple[str, float]]) -> Iterator[Problem]:
    """Numbers of either sign."""
    for place, value in values:
        if not math.isfinite(value):
            yield _problem(place, "not_finite")
        elif abs(value) > LARGEST:
            yield _problem(place, "too_large", value=value, most=LARGEST)


def _amounts(values: Iterable[tuple[str, float]]) -> Iterator[Problem]:
    """Numbers from 0 on."""
    for place, value in values:
        if value < 0:
            yield _problem(place, "negative", value=value)
        else:
            yield from _weights([(place, value)])


PARTS: Final[tuple[Callable[[Instance], Iterator[Problem]], ...]] = (
    *(_version, _unique, _departments, _blocks, _people, _dependencies, _references, _rules, _objective),
)
