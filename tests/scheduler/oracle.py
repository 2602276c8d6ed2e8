"""Brute force: the best plan of a tiny instance by trying all sets of visits. Shares the checker, not the solver."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from scheduler.checker import check, visit_faults
from scheduler.facts import Facts, per_block
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


def plans(instance: Instance, limit: int = 1_200) -> Iterator[tuple[PlannedVisit, ...]]:
    """Every set of groups that keeps host capacity and the people's own rules; ValueError if there are too many.

    Only what more visits cannot mend again is cut off on the way; the checker judges the rest.
    """
    facts = Facts(instance)
    every = groups(instance)
    limits = {person.id: facts.limit(person) for person in instance.people}
    covered = {block: facts.covered(start) for block, start in facts.order.items()}
    room = {
        (department.id, block): per_block(department.capacity, block)
        for department in instance.departments
        for block in range(len(instance.blocks))
    }
    own: dict[str, list[tuple[str, range]]] = defaultdict(list)
    guests: Counter[tuple[str, int]] = Counter()
    count = 0
    if len(every) > 60:
        raise ValueError("too many plans")

    def clash(group: tuple[Triple, ...]) -> bool:
        for person, host, block in group:
            if len(own[person]) >= limits[person]:
                return True
            for other, at in own[person]:
                first, second = sorted((at, covered[block]), key=lambda blocks: blocks[0])
                if other == host or second[0] - first[-1] < instance.rules.gap:
                    return True
            if any(guests[host, at] >= room[host, at] for at in covered[block]):
                return True
        return False

    def extend(first: int, taken: list[int]) -> Iterator[list[int]]:
        nonlocal count
        count += 1
        if count > limit:
            raise ValueError("too many plans")
        yield taken
        for index in range(first, len(every)):
            if not clash(every[index]):
                for person, host, block in every[index]:
                    own[person].append((host, covered[block]))
                    guests.update((host, at) for at in covered[block])
                yield from extend(index + 1, [*taken, index])
                for person, host, block in every[index]:
                    own[person].pop()
                    guests.subtract((host, at) for at in covered[block])

    visits = [
        [PlannedVisit(person=person, host=host, block=block, group=number) for person, host, block in group]
        for number, group in enumerate(every)
    ]
    for taken in extend(0, []):
        yield tuple(visit for index in taken for visit in visits[index])


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
