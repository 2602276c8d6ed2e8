"""Who thanks whom: declared dependencies by weight, some thanks without agreement, some edges silent."""

from __future__ import annotations

from dataclasses import dataclass

from api.core.clock import DAY, WEEK
from api.demo.draws import Draws, Weighted
from api.demo.hospital import BONDS, UNITS
from api.demo.rhythm import Moment

# Thanks (from, to) that nobody has agreed upon, and how often they are said, in the measure of a bond's weight.
UNDECLARED: tuple[tuple[str, str, float], ...] = (
    ("pharmacy", "laboratory", 3.0),
    ("registration", "billing", 2.5),
    ("laboratory", "ward_3a", 2.0),
    ("laboratory", "ward_5b", 2.0),
    ("radiology", "ward_3a", 2.0),
    ("radiology", "ward_5b", 1.2),
    ("sterile", "theatres", 3.0),
    ("coding", "billing", 2.0),
    ("it", "registration", 1.5),
    ("it", "billing", 1.0),
    ("facilities", "theatres", 1.0),
    ("facilities", "sterile", 0.8),
    ("facilities", "ward_5b", 1.0),
    ("ward_3a", "ward_5b", 2.5),
    ("ward_5b", "ward_3a", 2.5),
    ("ward_5b", "icu", 1.5),
    ("ward_5b", "facilities", 1.0),
    ("pharmacy", "ward_5b", 1.5),
    ("icu", "it", 0.7),
    ("hr", "it", 0.8),
    ("billing", "hr", 0.7),
    ("registration", "facilities", 0.6),
)
_OWN = 0.07  # of all letters stay within a department
_SHARED = 0.04  # of all letters thank two departments at once
_QUIET = 0.25  # how much was said on a silent edge before it fell silent
_WORKS = {"office": {"office"}, "long": {"office", "long"}, "round_the_clock": {"office", "long", "night"}}


@dataclass(frozen=True, slots=True)
class Edge:
    """Thanks from a giver's department to one department, or (`recipients` of two) to both at once."""

    giver: str
    recipients: tuple[str, ...]
    silent_since: int = 0


class Edges:
    """Draws an edge for a moment, so that nobody writes who is not at work and silent edges are silent."""

    def __init__(self, *, until: int, draws: Draws) -> None:
        self.draws = draws
        edges: list[tuple[Edge, float]] = []
        customers: dict[str, list[str]] = {}
        for bond in BONDS:
            silent = until - bond.silent_weeks * WEEK - DAY if bond.silent_weeks else 0
            temper = 0.6 + 0.8 * draws.chance()
            edge = Edge(bond.customer, (bond.provider,), silent)
            edges.append((edge, bond.weight**1.4 * (_QUIET if silent else temper)))
            if not silent:
                customers.setdefault(bond.customer, []).append(bond.provider)
        edges += [(Edge(giver, (recipient,)), weight * 0.8) for giver, recipient, weight in UNDECLARED]
        across = sum(weight for _, weight in edges)
        own = across * _OWN / sum(unit.size for unit in UNITS)
        edges += [(Edge(unit.key, (unit.key,)), own * unit.size) for unit in UNITS]
        self.customers = {giver: tuple(providers) for giver, providers in customers.items()}
        rhythms = {unit.key: _WORKS[unit.rhythm] for unit in UNITS}
        self.by_shift = {
            shift: Weighted(
                [edge for edge, _ in edges],
                [weight if shift in rhythms[edge.giver] else 0.0 for edge, weight in edges],
            )
            for shift in ("office", "long", "night")
        }

    def draw(self, when: Moment) -> Edge:
        """An edge on which somebody may write at this moment."""
        while True:
            edge = self.by_shift[when.shift].draw(self.draws)
            if not edge.silent_since or when.at < edge.silent_since:
                break
        providers = self.customers.get(edge.giver, ())
        if edge.recipients[0] in providers and len(providers) > 1 and self.draws.chance() < _SHARED:
            first = edge.recipients[0]
            second = self.draws.one([provider for provider in providers if provider != first])
            return Edge(edge.giver, (first, second))
        return edge
