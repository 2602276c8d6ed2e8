"""Minimal sets of changes that make a visit possible beside a plan which stays as it is.

Every reason against the visit itself has one change that lifts it and none instead, so those changes are in every set.
Where there is a choice (cover, staff, room at home), all sets of the few changes that can matter are tried, small ones
first, skipping those that contain one already found. Changes only ever relax, so a set found this way is irreducible,
and if none is found, none of at most `LARGEST` such changes suffices. That is complete where CP-SAT's assumption cores
would be one core out of many, and needs no solver: beside a fixed plan a group is a walk over departments.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, combinations
from typing import Final

from scheduler.applying import apply
from scheduler.beside import Search
from scheduler.changes import Allow, AnyChange, Forget, Limit, Offer, Present, Qualify, Seats, ShadowVisits, Staff
from scheduler.checker import PERSON_RULES, VISIT_RULES, is_grouped, is_staffed
from scheduler.facts import Facts, per_block
from scheduler.plan import PlannedVisit, Reason
from scheduler.prepared import touched

LARGEST: Final = 4  # changes in a set at most, beside those that no set can do without
MOST: Final = 3  # sets
_HOPELESS: Final = ("beyond_end", "holiday", "own_department", "already_planned", "near_visit")


def changes_for(search: Search, reasons: Sequence[Reason]) -> Iterator[tuple[AnyChange, ...]]:
    """Smallest sets first, none that contains another; each is applied and judged by the checker's rules."""
    if any(reason.code in _HOPELESS for reason in reasons):
        return  # the visit would have to be another one, or the person's other visits would
    needed = tuple(change for reason in reasons for change in _lifts(search.visit, reason))
    lifted = Search(_lifted(search.facts, needed), search.beside, search.visit)
    helpers = list(_helpers(lifted))
    found: list[frozenset[str]] = []
    for chosen in chain.from_iterable(combinations(helpers, size) for size in range(LARGEST + 1)):
        names = frozenset(map(repr, chosen))
        if any(one <= names for one in found) or not (needed or chosen):
            continue
        group = lifted.after(_lifted(lifted.facts, chosen)).group()
        if group is not None and is_kept(search, (*needed, *chosen), group):
            found.append(names)
            yield (*needed, *chosen)
            if len(found) == MOST:
                return


def _lifted(facts: Facts, changes: Sequence[AnyChange]) -> Facts:
    return facts.changed(apply(facts.instance, changes), touched(changes)) if changes else facts


def _lifts(visit: PlannedVisit, reason: Reason) -> Iterator[AnyChange]:
    """What lifts a reason that nothing else can."""
    about = reason.about
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


def _helpers(search: Search) -> Iterator[AnyChange]:
    """What may help where there is a choice: shadow visits; staff, and room for whoever comes, where that is short."""
    facts, beside, home = search.facts, search.beside, search.person.home
    if not facts.instance.rules.shadow_visits:
        yield ShadowVisits()
    blocks = [(block, facts.instance.blocks[block].id) for block in facts.covered(search.start)]
    for department in (home, search.visit.host):
        for block, name in blocks:
            left, minimum = beside.left(facts, department, block, arrives=department != home)
            if left < minimum - 1e-6:
                # A minimum above those who are there anyway has to fall below them first.
                asked = per_block(facts.departments[department].minimum, block)
                yield Staff(department=department, by=minimum - asked - 1, block=name)
    for block, name in blocks:
        if beside.is_full(facts, home, block):
            by = beside.guests[home, block] - per_block(facts.departments[home].capacity, block) + 1
            yield Seats(department=home, by=by, block=name)


def is_kept(search: Search, changes: Sequence[AnyChange], group: Sequence[PlannedVisit]) -> bool:
    """Whether the plan with this group keeps every rule after the changes, by the checker's own rules.

    Looks only where the group can matter: at its visits, its people, and all departments in its blocks.
    """
    facts = Facts(apply(search.facts.instance, changes))
    covered = set(facts.covered(search.start))
    plan, own = search.beside.plan, {visit.person for visit in group}
    there = [v for v in plan.visits if covered & set(facts.covered(facts.order[v.block]))]
    theirs = [v for v in plan.visits if v.person in own]
    if any(found for rule in (*VISIT_RULES, is_grouped) for found in rule(facts, group)):
        return False
    if any(found for rule in PERSON_RULES[:3] for found in rule(facts, [*theirs, *group])):
        return False
    names = {facts.instance.blocks[block].id for block in covered}
    around = (found for rule in (PERSON_RULES[3], is_staffed) for found in rule(facts, [*there, *group]))
    return not any(found.about["block"] in names for found in around)
