"""Which dependent departments a plan pairs in which blocks, and why: weight and coverage so far."""

from __future__ import annotations

from collections import Counter, defaultdict

import msgspec

from scheduler.facts import Facts
from scheduler.model import Instance
from scheduler.plan import Plan


class Pairing(msgspec.Struct, frozen=True):
    """Two departments that depend on one another. Visits go from `provider` to `customer` or come back."""

    provider: str
    customer: str
    weight: float
    seen_before: tuple[int, int]  # past visits by people of the provider, of the customer
    planned: tuple[int, int]  # the same in this plan
    blocks: tuple[str, ...]  # blocks with visits between the two


def pairings(instance: Instance, plan: Plan) -> list[Pairing]:
    """All declared dependencies, those that matter most and were seen least first."""
    facts = Facts(instance)
    before = Counter((facts.people[v.person].home, v.host) for v in instance.history)
    now = Counter((facts.people[v.person].home, v.host) for v in plan.visits)
    blocks: dict[tuple[str, str], set[int]] = defaultdict(set)
    for visit in plan.visits:
        blocks[facts.people[visit.person].home, visit.host].add(facts.order[visit.block])
    found = []
    for dependency in instance.dependencies:
        there, back = (dependency.provider, dependency.customer), (dependency.customer, dependency.provider)
        found.append(
            Pairing(
                provider=dependency.provider,
                customer=dependency.customer,
                weight=dependency.weight,
                seen_before=(before[there], before[back]),
                planned=(now[there], now[back]),
                blocks=tuple(instance.blocks[index].id for index in sorted(blocks[there] | blocks[back])),
            )
        )
    return sorted(found, key=lambda pairing: (-pairing.weight, sum(pairing.seen_before)))
