"""A plan as text: a table a block, what it is worth, and what stands against required visits."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.model import Instance
from scheduler.plan import Kind, Plan
from scheduler.words import english

_ARROWS = {Kind.SWAP: "swap", Kind.RING: "ring", Kind.SHADOW: "shadow visit"}


def summary(plan: Plan) -> Iterator[str]:
    """What the plan is worth and what is known about it."""
    gap = "unknown" if plan.gap is None else f"{100 * plan.gap:.2f} %"
    yield f"{plan.status.value}: score {plan.score:g}, no plan exceeds {plan.bound:g} (gap {gap})"
    kinds = [group.kind for group in plan.groups()]
    counted = ", ".join(
        f"{kinds.count(kind)} {name}{'s' * (kinds.count(kind) != 1)}" for kind, name in _ARROWS.items() if kind in kinds
    )
    yield f"{len(plan.visits)} visits: {counted or 'none'}"
    for term in plan.terms:
        if term.value:
            yield f"  {term.name:<12} {term.value:>12g}"
    for number, level in enumerate(plan.levels, 1):
        yield f"  rank {number} ({', '.join(level.terms)}): {level.score:g} of at most {level.bound:g}"
    for reason in plan.reasons:
        yield f"  {english(reason)}"
    for missing in plan.unmet:
        yield f"  required, but not planned: {missing.person} to {missing.host}"
        for reason in missing.reasons:
            yield f"    {english(reason)}"


def table(plan: Plan, instance: Instance | None = None) -> Iterator[str]:
    """The groups in order of their blocks; names, homes and dates if the instance is there."""
    homes = {person.id: person.home for person in instance.people} if instance else {}
    order = {block.id: number for number, block in enumerate(instance.blocks)} if instance else {}
    dates = (
        {b.id: f" ({b.start:%Y-%m-%d %H:%M} to {b.end:%Y-%m-%d %H:%M})" for b in instance.blocks} if instance else {}
    )
    groups = sorted(plan.groups(), key=lambda group: (order.get(group.visits[0].block, 0), group.visits[0].block))
    before = ""
    for group in groups:
        block = group.visits[0].block
        if block != before:
            yield ""
            yield f"{block}{dates.get(block, '')}"
            before = block
        moves = [
            f"{v.person} ({homes[v.person]}) to {v.host}" if v.person in homes else f"{v.person} to {v.host}"
            for v in group.visits
        ]
        yield f"  {_ARROWS[group.kind]:<13}{'; '.join(moves)}"
