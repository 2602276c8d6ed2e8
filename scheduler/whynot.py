"""Why a visit is not in a plan, and what would have to change.

Reasons come first, in a fixed order. Then sets of changes: with all of a set the visit joins the plan and nothing else
moves; without any one of them it does not (irreducible). Each set is applied and judged by the checker.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from scheduler.beside import Beside, Search
from scheduler.changes import AnyChange
from scheduler.checker import visit_faults
from scheduler.facts import per_block
from scheduler.lifting import changes_for
from scheduler.model import Instance
from scheduler.plan import Plan, PlannedVisit, Reason
from scheduler.prepared import Prepared, prepare
from scheduler.scoring import score_terms, total


class Explanation(msgspec.Struct, frozen=True):
    """`reasons` against the visit in this block, and irreducible `changes`, each of which makes it possible."""

    person: str
    host: str
    block: str
    planned: bool
    reasons: tuple[Reason, ...]
    changes: tuple[tuple[AnyChange, ...], ...]


def explain(
    instance: Instance | Prepared, plan: Plan, *, person: str, host: str, block: str | None = None
) -> list[Explanation]:
    """Why `person` does not see `host` in `block` (None: in each of them, changes for the first possible one only).

    Raises KeyError if one of them is unknown, `InstanceError` if the instance means nothing.
    """
    facts = prepare(instance).facts
    facts.people[person], facts.departments[host]
    blocks = [each.id for each in facts.instance.blocks] if block is None else [block]
    beside = Beside(facts, plan)
    visits = [PlannedVisit(person=person, host=host, block=each, group=-1) for each in blocks]
    asked = [_WhyNot(Search(facts, beside, visit)) for visit in visits]
    found = [why.explanation(with_changes=block is not None) for why in asked]
    if block is None and found and not any(each.planned for each in found):
        easiest = min(range(len(found)), key=lambda index: len(found[index].reasons))
        found[easiest] = asked[easiest].explanation(with_changes=True)
    return found


class _WhyNot:
    """One visit against the rest of a plan, which stays as it is."""

    def __init__(self, search: Search) -> None:
        self.search, self.facts, self.beside = search, search.facts, search.beside
        self.visit, self.person, self.start = search.visit, search.person, search.start
        self.own = self.beside.visits_of.get(self.visit.person, [])

    def explanation(self, *, with_changes: bool) -> Explanation:
        visit = self.visit
        if any((v.host, v.block) == (visit.host, visit.block) for v in self.own):
            return Explanation(visit.person, visit.host, visit.block, True, (self._about("planned"),), ())
        reasons = tuple(self.reasons())
        changes = tuple(changes_for(self.search, reasons)) if with_changes and reasons else ()
        return Explanation(visit.person, visit.host, visit.block, False, reasons or tuple(self.worth()), changes)

    def reasons(self) -> Iterator[Reason]:
        """In the fixed order: the visit itself, the person's other visits, host, home, cover."""
        yield from visit_faults(self.facts, self.visit)
        yield from self.others()
        if self.start + self.facts.instance.rules.visit_blocks > len(self.facts.order):
            return
        yield from self.host_full()
        if self.search.group() is None:
            yield from self.staffing()
            if not self.facts.instance.rules.shadow_visits:
                yield self._about("no_cover")

    def others(self) -> Iterator[Reason]:
        """The person's other visits."""
        limit = self.facts.limit(self.person)
        if len(self.own) >= limit:
            yield self._about("at_maximum", visits=len(self.own), limit=limit)
        for other in self.own:
            if other.host == self.visit.host:
                about: dict[str, str | int | float] = {"person": other.person, "host": other.host}
                yield Reason(code="already_planned", about={**about, "block": other.block})
            elif self.beside.near(self.facts, other, self.start):
                yield self._about("near_visit", other=other.block, gap=self.facts.instance.rules.gap)

    def host_full(self) -> Iterator[Reason]:
        """Blocks in which the host has no room."""
        host = self.visit.host
        for block in self.facts.covered(self.start):
            if self.beside.is_full(self.facts, host, block):
                about: dict[str, str | int | float] = {"host": host, "block": self.facts.instance.blocks[block].id}
                about["visitors"] = self.beside.guests[host, block]
                about["capacity"] = per_block(self.facts.departments[host].capacity, block)
                yield Reason(code="host_is_full", about=about)

    def staffing(self) -> Iterator[Reason]:
        """Home could not spare the person even with somebody in return."""
        home, arrives = self.person.home, not self.facts.instance.rules.shadow_visits
        for block in self.facts.covered(self.start):
            left, minimum = self.beside.left(self.facts, home, block, arrives=arrives)
            if left < minimum - 1e-6:
                about: dict[str, str | int | float] = {"home": home, "person": self.person.id}
                about["block"] = self.facts.instance.blocks[block].id
                about["staff"], about["minimum"] = round(left, 6), minimum
                yield Reason(code="home_understaffed", about=about)

    def worth(self) -> Iterator[Reason]:
        """Possible beside the rest of the plan: what would it bring?"""
        group = self.search.group()
        if group is not None:
            plan = self.beside.plan
            gain = total(score_terms(self.facts, (*plan.visits, *group))) - plan.score
            code = "worth_more" if gain > 1e-6 else "worth_less" if gain < -1e-6 else "worth_as_much"
            yield self._about(code, more=round(gain, 6), less=round(-gain, 6))

    def _about(self, code: str, **more: str | int | float) -> Reason:
        visit = self.visit
        return Reason(code=code, about={"person": visit.person, "host": visit.host, "block": visit.block, **more})
