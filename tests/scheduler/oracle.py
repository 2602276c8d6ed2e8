"""Brute force: the best plan of a tiny instance by trying all sets of visits. Shares the checker, not the solver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations

from scheduler.checker import check, visit_faults
from scheduler.facts import Facts
from scheduler.model import Instance
from scheduler.plan import Plan, PlannedVisit, Status
from scheduler.scoring import score_terms, total

Triple = tuple[str, str, str]  # person, host, block


def groups(instance: Instance) -> list[tuple[Triple, ...]]:
    """Every swap, ring and shadow visit that the rules on single visits and on groups leave."""
    facts = Facts(instance)
    by_block: dict[str, list[tuple[str, str, str]]] = defaultdict(list)  # home, host, person
    for person in instance.people:
        for department in instance.departments:
            for slot in instance.blocks:
                visit = PlannedVisit(person=person.id, host=department.id, block=slot.id, group=0)
                if not visit_faults(facts, visit):
                    by_block[slot.id].append((person.home, department.id, person.id))
    found: list[tuple[Triple, ...]] = []
    for block, moves in by_block.items():
        if instance.rules.shadow_visits:
            found += [((person, host, block),) for _, host, person in moves]
        for size in range(2, instance.rules.longest_ring + 1):
            for chosen in combinations(moves, size):
                if _is_cycle(chosen):
                    found.append(tuple((person, host, block) for _, host, person in chosen))
    return found


def _is_cycle(moves: Sequence[tuple[str, str, str]]) -> bool:
    step = {home: host for home, host, _ in moves}
    if len(step) < len(moves):
        return False
    at, seen = moves[0][0], 0
    while at in step and seen <= len(moves):
        at, seen = step[at], seen + 1
        if at == moves[0][0]:
            break
    return at == moves[0][0] and seen == len(moves)


def plans(instance: Instance, limit: int = 2_000) -> Iterator[tuple[PlannedVisit, ...]]:
    """Every set of groups that keeps host capacity and the people's own rules; ValueError if there are too many."""
    facts = Facts(instance)
    every = groups(instance)
    people = {person.id: facts.limit(person) for person in instance.people}
    count = 0
    if len(every) > 60:
        raise ValueError("too many plans")

    @cache
    def near(one: str, other: str) -> bool:
        first, second = sorted((facts.order[one], facts.order[other]))
        return second - facts.covered(first)[-1] < instance.rules.gap

    def clash(chosen: list[Triple], group: tuple[Triple, ...]) -> bool:
        for person, host, block in group:
            own = [visit for visit in chosen if visit[0] == person]
            if len(own) >= people[person] or any(near(visit[2], block) or visit[1] == host for visit in own):
                return True
        return False

    def extend(first: int, chosen: list[Triple], taken: list[int]) -> Iterator[list[int]]:
        nonlocal count
        count += 1
        if count > limit:
            raise ValueError("too many plans")
        yield taken
        for index in range(first, len(every)):
            if not clash(chosen, every[index]):
                yield from extend(index + 1, chosen + list(every[index]), [*taken, index])

    for taken in extend(0, [], []):
        yield tuple(
            PlannedVisit(person=person, host=host, block=block, group=number)
            for number, index in enumerate(taken)
            for person, host, block in every[index]
        )


def best(instance: Instance, levels: Sequence[Sequence[str]] = ()) -> tuple[float, ...] | None:
    """The best score (of each level, if there are any) of a plan that the checker accepts; None if there is none."""
    facts = Facts(instance)
    top: tuple[float, ...] | None = None
    for visits in plans(instance):
        terms = score_terms(facts, visits)
        values = {term.name: term.value for term in terms}
        score = tuple(round(sum(values[name] for name in level), 6) for level in levels) if levels else (total(terms),)
        if top is None or score > top:
            said = total(terms)
            plan = Plan(status=Status.FEASIBLE, score=said, bound=said, gap=0.0, visits=visits)
            if check(instance, plan).ok:
                top = score
    return top
