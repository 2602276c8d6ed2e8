"""How often each rule of the random tiny instances is on, and how often it binds: without it, the optimum is another.

python -m tests.scheduler.rules_on 300    # counts over so many seeds
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import msgspec

from scheduler import Block, Department, Dependency, Instance, Person, Status, VisitOption, solve
from tests.scheduler.hospital import aiming, changed, ruled
from tests.scheduler.tiny import tiny


def _people(instance: Instance, **fields: object) -> Instance:
    return changed(instance, people=tuple(msgspec.structs.replace(person, **fields) for person in instance.people))


def _departments(instance: Instance, **fields: object) -> Instance:
    return changed(instance, departments=tuple(msgspec.structs.replace(d, **fields) for d in instance.departments))


def _any_block(person: Person) -> Person:
    options = person.may_visit
    if options is None:
        return person
    free = tuple(VisitOption(host=option.host, weight=option.weight) for option in options)
    return msgspec.structs.replace(person, may_visit=free)


def _unweighted(person: Person) -> Person:
    options = person.may_visit
    if options is None:
        return person
    same = tuple(VisitOption(host=option.host, blocks=option.blocks) for option in options)
    return msgspec.structs.replace(person, may_visit=same)


def _everybody_depends(instance: Instance) -> Instance:
    have = {frozenset((link.provider, link.customer)) for link in instance.dependencies}
    names = [department.id for department in instance.departments]
    more = (
        Dependency(provider=one, customer=other)
        for index, one in enumerate(names)
        for other in names[index + 1 :]
        if frozenset((one, other)) not in have
    )
    return changed(instance, dependencies=(*instance.dependencies, *more))


def _working(block: Block) -> Block:
    return msgspec.structs.replace(block, holiday=False)


def _same_days(instance: Instance) -> Instance:
    return changed(instance, blocks=tuple(map(_working, instance.blocks)))


def _each(edit: Callable[[Person], Person]) -> Callable[[Instance], Instance]:
    return lambda instance: changed(instance, people=tuple(map(edit, instance.people)))


def _roomy(department: Department) -> Department:
    return msgspec.structs.replace(department, capacity=9)


WITHOUT: Final[dict[str, Callable[[Instance], Instance]]] = {
    "absence": lambda i: _people(i, absent=()),
    "holidays": _same_days,
    "qualification": lambda i: _departments(i, requires=()),
    "minimum staffing": lambda i: _departments(i, minimum=0),
    "cover worth": lambda i: ruled(i, cover_worth=1.0),
    "host capacity": lambda i: changed(i, departments=tuple(map(_roomy, i.departments))),
    "maximum": lambda i: ruled(i, max_visits=9),
    "own maximum": lambda i: _people(i, max_visits=None),
    "gap": lambda i: ruled(i, gap=1),
    "no repeat": lambda i: ruled(i, repeat_months=0),
    "visits of several blocks": lambda i: ruled(i, visit_blocks=1),
    "forbidden visits": lambda i: changed(i, forbidden=()),
    "own list": lambda i: _people(i, may_visit=None),
    "own list of blocks": _each(_any_block),
    "dependencies": _everybody_depends,
    "longest ring": lambda i: ruled(i, longest_ring=4),
    "shadow visits": lambda i: ruled(i, shadow_visits=False),
    "pins": lambda i: changed(i, pins=()),
    "required visits": lambda i: changed(i, required=()),
    "dependency weight": lambda i: aiming(i, dependency=0.0),
    "coverage": lambda i: aiming(i, coverage=()),
    "fairness": lambda i: aiming(i, fairness=()),
    "departments' share": lambda i: aiming(i, departments=()),
    "wishes": lambda i: _people(i, wishes={}),
    "weights of visits": _each(_unweighted),
    "seniority": lambda i: aiming(i, seniority=0.0),
    "stability": lambda i: aiming(i, stability=0.0),
    "price of a shadow visit": lambda i: aiming(i, shadow=0.0),
}
"""Every rule and goal by its name: the same instance without it."""


def optimum(instance: Instance) -> float:
    """By the solver, which brute force is known to agree with; minus infinity if there is no plan."""
    plan = solve(instance)
    return float("-inf") if plan.status is Status.INFEASIBLE else plan.score


def switched_on(instance: Instance) -> Iterator[tuple[str, Instance]]:
    """The rules that are on, each with the instance without it."""
    for name, without in WITHOUT.items():
        other = without(instance)
        if other != instance:
            yield name, other


def binding(seeds: Iterable[int], enough: int) -> Counter[str]:
    """In how many instances each rule binds; those that bind in `enough` of them are counted no further."""
    found: Counter[str] = Counter()
    for seed in seeds:
        instance = tiny(seed)
        best: float | None = None
        for name, other in switched_on(instance):
            if found[name] < enough:
                best = optimum(instance) if best is None else best
                found[name] += abs(optimum(other) - best) > 1e-6 if best > float("-inf") else optimum(other) > best
        if all(found[name] >= enough for name in WITHOUT):
            break
    return found


def main() -> None:
    """Count."""
    count = int(sys.argv[1])
    on = Counter(name for seed in range(count) for name, _ in switched_on(tiny(seed)))
    bind = binding(range(count), count + 1)
    print(f"| of {count} instances | on | binding |\n|---|---|---|")
    for name in WITHOUT:
        print(f"| {name} | {on[name]} | {bind[name]} |")


if __name__ == "__main__":
    main()
