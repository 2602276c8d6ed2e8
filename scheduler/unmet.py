"""Required visits that a plan does not contain, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from scheduler.checker import person_faults, visit_faults
from scheduler.facts import Facts
from scheduler.model import Instance
from scheduler.plan import PlannedVisit, Reason, Unmet


def unmet(instance: Instance, visits: Sequence[PlannedVisit]) -> tuple[Unmet, ...]:
    """Every requirement that neither history nor these visits meet; reasons as codes, the commonest first."""
    if not instance.required:
        return ()
    facts = Facts(instance)
    by_person: dict[str, list[PlannedVisit]] = {}
    for visit in visits:
        by_person.setdefault(visit.person, []).append(visit)
    found = []
    for person, host, last in facts.required():
        own = by_person.get(person, [])
        if not any(v.host == host and facts.covered(facts.order[v.block])[-1] <= last for v in own):
            found.append(Unmet(person=person, host=host, reasons=_reasons(facts, person, host, last, own, visits)))
    return tuple(found)


def _reasons(
    facts: Facts,
    person: str,
    host: str,
    last: int,
    own: Sequence[PlannedVisit],
    visits: Sequence[PlannedVisit],
) -> tuple[Reason, ...]:
    """What stands against each block in time; blocks with nothing against them lack partners or are worth less."""
    counts: Counter[str] = Counter()
    examples: dict[str, Reason] = {}
    at_host = [visit for visit in visits if visit.host == host and visit.person != person]
    for start in range(last - facts.instance.rules.visit_blocks + 2):
        visit = PlannedVisit(person=person, host=host, block=facts.instance.blocks[start].id, group=-1)
        for reason in _against(facts, visit, own, at_host):
            counts[reason.code] += 1
            examples.setdefault(reason.code, reason)
    if not counts and last < facts.instance.rules.visit_blocks - 1:
        return (Reason(code="too_early", about={"host": host}),)
    return tuple(examples[code] for code, _ in counts.most_common())


def _against(
    facts: Facts, visit: PlannedVisit, own: Iterable[PlannedVisit], at_host: Iterable[PlannedVisit]
) -> list[Reason]:
    found = visit_faults(facts, visit)
    if not found:
        found = person_faults(facts, [*own, *at_host, visit])
    return found or [Reason(code="no_cover", about={"person": visit.person, "host": visit.host, "block": visit.block})]
