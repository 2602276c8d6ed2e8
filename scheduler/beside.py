"""What a plan leaves free for one more group: room, staff and people, block by block."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from scheduler.checker import visit_faults
from scheduler.facts import Facts, per_block
from scheduler.model import Person
from scheduler.plan import Plan, PlannedVisit


class Beside:
    """A plan counted once; what it leaves free is asked with the facts of the instance or of one changed a little."""

    def __init__(self, facts: Facts, plan: Plan) -> None:
        self.plan = plan
        sizes = Counter(v.group for v in plan.visits)
        self.guests: Counter[tuple[str, int]] = Counter()
        self.out: Counter[tuple[str, int]] = Counter()
        self.cover: Counter[tuple[str, int]] = Counter()
        self.visits_of: dict[str, list[PlannedVisit]] = defaultdict(list)
        for v in plan.visits:
            self.visits_of[v.person].append(v)
            for block in facts.covered(facts.order[v.block]):
                self.guests[v.host, block] += 1
                self.out[facts.people[v.person].home, block] += 1
                self.cover[v.host, block] += sizes[v.group] > 1
        self.people: dict[str, list[Person]] = defaultdict(list)
        for person in facts.instance.people:
            self.people[person.home].append(person)

    def is_full(self, facts: Facts, host: str, block: int) -> bool:
        """Whether a department has no room for one more visitor in a block."""
        return self.guests[host, block] >= per_block(facts.departments[host].capacity, block)

    def left(self, facts: Facts, home: str, block: int, *, arrives: bool) -> tuple[float, int]:
        """People left if one more goes, and how many there must be."""
        present = facts.present[home][block]
        worth = facts.instance.rules.cover_worth
        left = present - self.out[home, block] - 1 + worth * (self.cover[home, block] + arrives)
        return left, min(present, per_block(facts.departments[home].minimum, block))

    def can_spare(self, facts: Facts, home: str, start: int, *, arrives: bool) -> bool:
        """Whether a department can do without one more person, with or without a visitor in return."""
        both = (self.left(facts, home, block, arrives=arrives) for block in facts.covered(start))
        return all(left >= minimum - 1e-6 for left, minimum in both)

    def near(self, facts: Facts, other: PlannedVisit, start: int) -> bool:
        """Whether a visit that starts then is too close to another one."""
        first, second = sorted((facts.order[other.block], start))
        return second - facts.covered(first)[-1] < facts.instance.rules.gap


class Search:
    """Groups that would make one visit a swap, a ring or a shadow visit beside a plan."""

    def __init__(self, facts: Facts, beside: Beside, visit: PlannedVisit) -> None:
        self.facts, self.beside, self.visit = facts, beside, visit
        self.person = facts.people[visit.person]
        self.start = facts.order[visit.block]
        self.free: dict[tuple[str, str], str | None] = {}

    def after(self, facts: Facts) -> Search:
        """The same with other numbers of departments or rules, which leave people as free as they were."""
        found = Search(facts, self.beside, self.visit)
        found.free = self.free
        return found

    def group(self) -> tuple[PlannedVisit, ...] | None:
        """The visit with free people who make it a swap or ring, or alone if that may be; None if neither."""
        home, visit = self.person.home, self.visit
        number = max((v.group for v in self.beside.plan.visits), default=-1) + 1
        if self.start + self.facts.instance.rules.visit_blocks > len(self.facts.order):
            return None
        for path in self._paths() if self._room(visit.host) and self._room(home) else ():
            hosts = [*path, home]
            if all(self._room(host) for host in path[1:]):
                legs = [self._somebody(one, other) for one, other in zip(path, hosts[1:], strict=True)]
                found = [visit.person, *(leg for leg in legs if leg is not None)]
                if len(found) == len(hosts):
                    return tuple(
                        PlannedVisit(person=who, host=host, block=visit.block, group=number)
                        for who, host in zip(found, hosts, strict=True)
                    )
        alone = self.facts.instance.rules.shadow_visits and not any(
            self.beside.is_full(self.facts, visit.host, block) for block in self.facts.covered(self.start)
        )
        if alone and self.beside.can_spare(self.facts, home, self.start, arrives=False):
            return (PlannedVisit(person=visit.person, host=visit.host, block=visit.block, group=number),)
        return None

    def _room(self, department: str) -> bool:
        """Whether a department can be part of one more swap or ring."""
        blocks = self.facts.covered(self.start)
        return not any(self.beside.is_full(self.facts, department, block) for block in blocks) and (
            self.beside.can_spare(self.facts, department, self.start, arrives=True)
        )

    def _paths(self) -> Iterator[list[str]]:
        """Departments from the host back home: the host alone for a swap, one or two more for a ring."""
        home, host = self.person.home, self.visit.host
        yield [host]
        for size in range(1, self.facts.instance.rules.longest_ring - 1):
            for between in self._walks(size, (home, host), home):
                yield [host, *between]

    def _walks(self, size: int, taken: Sequence[str], home: str) -> Iterator[tuple[str, ...]]:
        """So many departments that lead from the last one taken back home."""
        for one in self.facts.links.get(taken[-1], ()):
            if one in taken or not self._room(one):
                continue
            if size > 1:
                yield from ((one, *rest) for rest in self._walks(size - 1, (*taken, one), home))
            elif home in self.facts.links.get(one, ()):
                yield (one,)

    def _somebody(self, home: str, host: str) -> str | None:
        if (home, host) not in self.free:
            people = self.beside.people[home]
            self.free[home, host] = next((p.id for p in people if self._is_free(p, host)), None)
        return self.free[home, host]

    def _is_free(self, person: Person, host: str) -> bool:
        own = self.beside.visits_of.get(person.id, [])
        if person.id == self.visit.person or len(own) >= self.facts.limit(person):
            return False
        if any(v.host == host or self.beside.near(self.facts, v, self.start) for v in own):
            return False
        visit = PlannedVisit(person=person.id, host=host, block=self.visit.block, group=-1)
        return not visit_faults(self.facts, visit)
