"""Why a visit is not in a plan, and what would have to change.

Reasons come first, in a fixed order. Then sets of changes: with all of a set the visit joins the plan and nothing else
moves; without any one of them it does not (irreducible). Each set is applied and judged by the checker.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, combinations
from typing import Final

import msgspec

from scheduler.applying import apply
from scheduler.changes import (
    Allow,
    AnyChange,
    Forget,
    Limit,
    Offer,
    Present,
    Qualify,
    Seats,
    ShadowVisits,
    Staff,
)
from scheduler.checker import check, visit_faults
from scheduler.facts import Facts, per_block
from scheduler.model import Instance, Person
from scheduler.plan import Plan, PlannedVisit, Reason, Status
from scheduler.scoring import score_terms, total

_LARGEST: Final = 4  # changes in a set at most, beside those that no set can do without


class Explanation(msgspec.Struct, frozen=True):
    """`reasons` against the visit in this block, and irreducible `changes`, each of which makes it possible."""

    person: str
    host: str
    block: str
    planned: bool
    reasons: tuple[Reason, ...]
    changes: tuple[tuple[AnyChange, ...], ...]


def explain(instance: Instance, plan: Plan, *, person: str, host: str, block: str | None = None) -> list[Explanation]:
    """Why `person` does not see `host` in `block` (None: in each of them, changes for the first possible one only).

    Raises KeyError if one of them is unknown.
    """
    facts = Facts(instance)
    facts.people[person], facts.departments[host]
    blocks = [each.id for each in instance.blocks] if block is None else [instance.blocks[facts.order[block]].id]
    asked = [_WhyNot(facts, plan, PlannedVisit(person=person, host=host, block=each, group=-1)) for each in blocks]
    found = [why.explanation(with_changes=block is not None) for why in asked]
    if block is None and found and not any(each.planned for each in found):
        easiest = min(range(len(found)), key=lambda index: len(found[index].reasons))
        found[easiest] = asked[easiest].explanation(with_changes=True)
    return found


class _WhyNot:
    """One visit against the rest of a plan, which stays as it is."""

    def __init__(self, facts: Facts, plan: Plan, visit: PlannedVisit) -> None:
        self.facts, self.plan, self.visit = facts, plan, visit
        self.person = facts.people[visit.person]
        self.start = facts.order[visit.block]
        self.own = [v for v in plan.visits if v.person == visit.person]
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

    def explanation(self, *, with_changes: bool) -> Explanation:
        visit = self.visit
        planned = any((v.host, v.block) == (visit.host, visit.block) for v in self.own)
        if planned:
            reason = Reason(code="planned", about={"person": visit.person, "host": visit.host, "block": visit.block})
            return Explanation(visit.person, visit.host, visit.block, True, (reason,), ())
        reasons = tuple(self.reasons())
        changes = tuple(self.changes(reasons)) if with_changes else ()
        return Explanation(visit.person, visit.host, visit.block, False, reasons or tuple(self.worth()), changes)

    def reasons(self) -> Iterator[Reason]:
        """In the fixed order: the visit itself, the person's other visits, host, home, cover."""
        visit = self.visit
        yield from visit_faults(self.facts, visit)
        yield from self.others()
        if self.start + self.facts.instance.rules.visit_blocks > len(self.facts.order):
            return
        yield from self.host_full(visit.host)
        if self.group() is None:
            yield from self.staffing()
            if not self.facts.instance.rules.shadow_visits:
                yield self._about("no_cover")

    def others(self) -> Iterator[Reason]:
        limit = self.facts.limit(self.person)
        if len(self.own) >= limit:
            yield self._about("at_maximum", visits=len(self.own), limit=limit)
        for other in self.own:
            if other.host == self.visit.host:
                yield Reason(
                    code="already_planned",
                    about={"person": other.person, "host": other.host, "block": other.block},
                )
            elif self._near(other, self.start):
                yield self._about("near_visit", other=other.block, gap=self.facts.instance.rules.gap)

    def host_full(self, host: str) -> Iterator[Reason]:
        for block in self.facts.covered(self.start):
            capacity = per_block(self.facts.departments[host].capacity, block)
            if self.guests[host, block] >= capacity:
                name = self.facts.instance.blocks[block].id
                about: dict[str, str | int | float] = {"host": host, "block": name}
                yield Reason(
                    code="host_is_full", about={**about, "visitors": self.guests[host, block], "capacity": capacity}
                )

    def staffing(self) -> Iterator[Reason]:
        """Home could not spare the person even with somebody in return."""
        for block in self.facts.covered(self.start):
            left, minimum = self._left(self.person.home, block, arrives=not self.facts.instance.rules.shadow_visits)
            if left < minimum - 1e-6:
                name = self.facts.instance.blocks[block].id
                about: dict[str, str | int | float] = {"home": self.person.home, "person": self.person.id}
                yield Reason(
                    code="home_understaffed",
                    about={**about, "block": name, "staff": round(left, 6), "minimum": minimum},
                )

    def worth(self) -> Iterator[Reason]:
        """Possible beside the rest of the plan: what would it bring?"""
        group = self.group()
        if group is not None:
            gain = total(score_terms(self.facts, (*self.plan.visits, *group))) - self.plan.score
            code = "worth_more" if gain > 1e-6 else "worth_less" if gain < -1e-6 else "worth_as_much"
            yield self._about(code, more=round(gain, 6), less=round(-gain, 6))

    def group(self) -> tuple[PlannedVisit, ...] | None:
        """The visit with free people who make it a swap or ring beside the plan, or alone if that is allowed."""
        number = max((v.group for v in self.plan.visits), default=-1) + 1
        if self.start + self.facts.instance.rules.visit_blocks > len(self.facts.order):
            return None
        for path in self._paths():
            legs = [self.visit.person]
            for home, host in zip(path, [*path[1:], self.person.home], strict=True):
                who = self._somebody(home, host)
                if who is None:
                    break
                legs.append(who)
            else:
                hosts = [*path, self.person.home]
                if all(self._room(home) for home in hosts):
                    return tuple(
                        PlannedVisit(person=who, host=host, block=self.visit.block, group=number)
                        for who, host in zip(legs, hosts, strict=True)
                    )
        home = self.person.home
        if self.facts.instance.rules.shadow_visits and not any(self.host_full(self.visit.host)):
            alone = (self._left(home, block, arrives=False) for block in self.facts.covered(self.start))
            if all(left >= minimum - 1e-6 for left, minimum in alone):
                return (msgspec.structs.replace(self.visit, group=number),)
        return None

    def changes(self, reasons: Sequence[Reason]) -> Iterator[tuple[AnyChange, ...]]:
        """Smallest sets first, none that contains another; each is applied and checked."""
        needed = [change for reason in reasons for change in self._lifts(reason)]
        if any(
            reason.code in ("beyond_end", "holiday", "own_department", "already_planned", "near_visit")
            for reason in reasons
        ):
            return  # no change of these can make it: the visit would have to be another one
        extra = [change for change in self._helpers() if change not in needed]
        found: list[tuple[AnyChange, ...]] = []
        for chosen in chain.from_iterable(combinations(extra, size) for size in range(_LARGEST)):
            if len(found) >= 3:
                return
            if any(set(map(repr, one[len(needed) :])) <= set(map(repr, chosen)) for one in found):
                continue
            candidate = (*needed, *chosen)
            if candidate and self._possible(candidate):
                irreducible = self._reduced(candidate)
                if irreducible not in found and self._verified(irreducible):
                    found.append(irreducible)
                    yield irreducible

    def _lifts(self, reason: Reason) -> Iterator[AnyChange]:
        """What lifts a reason that nothing else can."""
        visit, about = self.visit, reason.about
        match reason.code:
            case "absent":
                yield Present(person=visit.person, blocks=(str(about["on"]),))
            case "qualification":
                yield Qualify(person=visit.person, qualification=str(about["qualification"]))
            case "seen_recently":
                yield Forget(person=visit.person, host=visit.host)
            case "forbidden":
                yield Allow(person=visit.person, host=visit.host, block=visit.block)
            case "not_dependent" | "not_offered":
                yield Offer(person=visit.person, host=visit.host)
            case "at_maximum":
                yield Limit(person=visit.person, by=int(about["visits"]) - int(about["limit"]) + 1)
            case "host_is_full":
                by = int(about["visitors"]) - int(about["capacity"]) + 1
                yield Seats(department=visit.host, block=str(about["block"]), by=by)
            case _:
                return

    def _helpers(self) -> Iterator[AnyChange]:
        """What may help where there is a choice: shadow visits, staff, room at home for whoever comes in return."""
        names = [self.facts.instance.blocks[block].id for block in self.facts.covered(self.start)]
        if not self.facts.instance.rules.shadow_visits:
            yield ShadowVisits()
        for department in (self.person.home, self.visit.host):
            for name in names:
                yield Staff(department=department, by=-1, block=name)
        for name in names:
            yield Seats(department=self.person.home, by=1, block=name)

    def _possible(self, changes: Sequence[AnyChange]) -> bool:
        why = _WhyNot(Facts(apply(self.facts.instance, changes)), self.plan, self.visit)
        return not any(why.reasons()) and why.group() is not None

    def _reduced(self, changes: tuple[AnyChange, ...]) -> tuple[AnyChange, ...]:
        kept = list(changes)
        for change in changes:
            without = [other for other in kept if other is not change]
            if self._possible(without):
                kept = without
        return tuple(kept)

    def _verified(self, changes: Sequence[AnyChange]) -> bool:
        """The checker accepts the plan with the visit in the changed instance."""
        instance = apply(self.facts.instance, changes)
        why = _WhyNot(Facts(instance), self.plan, self.visit)
        visits = (*self.plan.visits, *(why.group() or ()))
        score = total(score_terms(why.facts, visits))
        plan = Plan(status=Status.FEASIBLE, score=score, bound=score, gap=0.0, visits=visits)
        return check(instance, plan).ok

    def _paths(self) -> Iterator[list[str]]:
        """Departments from the host back home: the host alone for a swap, one or two more for a ring."""
        home, host = self.person.home, self.visit.host
        yield [host]
        others = [name for name in self.facts.departments if name not in (home, host)]
        for size in range(1, self.facts.instance.rules.longest_ring - 1):
            for between in _walks(others, size, self._linked, host, home):
                yield [host, *between]

    def _linked(self, home: str, host: str) -> bool:
        return (home, host) in self.facts.weights or self._has_own_lists

    @property
    def _has_own_lists(self) -> bool:
        return any(person.may_visit is not None for person in self.facts.instance.people)

    def _somebody(self, home: str, host: str) -> str | None:
        for person in self._people[home]:
            if self._free(person, host):
                return person.id
        return None

    @property
    def _people(self) -> dict[str, list[Person]]:
        cached: dict[str, list[Person]] | None = getattr(self.facts, "_by_home", None)
        if cached is None:
            cached = defaultdict(list)
            for person in self.facts.instance.people:
                cached[person.home].append(person)
            self.facts._by_home = cached  # type: ignore[attr-defined]
        return cached

    def _free(self, person: Person, host: str) -> bool:
        own = self.visits_of.get(person.id, [])
        if person.id == self.visit.person or len(own) >= self.facts.limit(person):
            return False
        if any(v.host == host or self._near(v, self.start) for v in own):
            return False
        visit = PlannedVisit(person=person.id, host=host, block=self.visit.block, group=-1)
        return not visit_faults(self.facts, visit)

    def _room(self, department: str) -> bool:
        for block in self.facts.covered(self.start):
            if self.guests[department, block] >= per_block(self.facts.departments[department].capacity, block):
                return False
            left, minimum = self._left(department, block, arrives=True)
            if left < minimum - 1e-6:
                return False
        return True

    def _left(self, department: str, block: int, *, arrives: bool) -> tuple[float, int]:
        """People left if one more goes, and how many there must be."""
        present = self.facts.present[department][block]
        worth = self.facts.instance.rules.cover_worth
        left = present - self.out[department, block] - 1 + worth * (self.cover[department, block] + arrives)
        return left, min(present, per_block(self.facts.departments[department].minimum, block))

    def _near(self, other: PlannedVisit, start: int) -> bool:
        first, second = sorted((self.facts.order[other.block], start))
        return second - self.facts.covered(first)[-1] < self.facts.instance.rules.gap

    def _about(self, code: str, **more: str | int | float) -> Reason:
        visit = self.visit
        return Reason(code=code, about={"person": visit.person, "host": visit.host, "block": visit.block, **more})


def _walks(others: Sequence[str], size: int, linked: object, host: str, home: str) -> Iterator[tuple[str, ...]]:
    assert callable(linked)
    if size == 1:
        yield from ((one,) for one in others if linked(host, one) and linked(one, home))
    else:
        for one in others:
            if linked(host, one):
                for rest in _walks([name for name in others if name != one], size - 1, linked, one, home):
                    yield (one, *rest)
