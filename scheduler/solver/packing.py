"""A packing of cycles and its relaxation: column generation over all cycles, odd-set cuts, prices that make a bound."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

import numpy as np

from scheduler.solver.arrays import Bools, Floats, Ints
from scheduler.solver.highs import run_simplex
from scheduler.solver.limits import Limits
from scheduler.solver.rows import INFINITY, Rows

_MORE: Final = 2_000  # cycles that join in a round
_CUTS: Final = 60  # in a round


@dataclass(eq=False)
class Packing:
    """Cycles by place and worth; `chosen` is the best packing so far, `bound` what none exceeds."""

    places: Ints  # [C, 4] departments, one more than the last where shorter
    worth: Floats  # [C]
    chosen: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    score: float = 0.0
    bound: float = np.inf
    cuts: list[tuple[int, int, int]] = field(default_factory=list)
    reduced: Floats | None = None  # [C] reduced costs at the bound
    count: int = 0
    settled: bool = False  # an integer program over all cycles that matter has done what it could

    def good(self) -> Ints:
        """Cycles that cost the relaxation least."""
        assert self.reduced is not None
        return np.argpartition(-self.reduced, min(len(self.reduced) - 1, 6 * self.count))[: 6 * self.count]


def generate_columns(packing: Packing, active: Ints, limits: Limits) -> tuple[Ints, Floats] | None:
    """The relaxation over all cycles: those with a positive reduced cost join until there are none."""
    while True:
        solved = run_simplex(packing_model(packing, active).lp(), limits)
        if solved.values is None or solved.duals is None or solved.bound is None:
            return None
        reduced = _reduced(packing, np.maximum(solved.duals, 0.0))
        # With duals rounded as they are, places' prices and what cycles earn beyond them still bound every packing.
        count = packing.count
        rest = float(np.maximum(solved.duals, 0.0).sum())
        worst = float(reduced.max(initial=0.0))
        if worst <= 1e-7:
            packing.bound = min(packing.bound, rest + max(0.0, worst) * count)
            packing.reduced = reduced
            return active, solved.values
        if limits.over():
            packing.bound = min(packing.bound, rest + worst * count)
            return None
        more = np.flatnonzero(reduced > 1e-7)
        more = more[np.argsort(-reduced[more], kind="stable")[:_MORE]]
        keep = active[reduced[active] > -0.3 * packing.worth.max()]
        active = np.union1d(keep, more)


def packing_model(packing: Packing, active: Ints, *, cuts: bool = True) -> Rows:
    rows, count = Rows(), packing.count
    columns = rows.add_columns((len(active),), cost=packing.worth[active], high=INFINITY, integer=True)
    once = rows.add_rows((count,), low=-INFINITY, high=1.0)
    for place in packing.places[active].T:
        used = place < count
        rows.put(once[place[used]], columns[used], 1.0)
    for cut in packing.cuts if cuts else ():
        row = rows.add_rows((1,), low=-INFINITY, high=1.0)
        rows.put(row, columns[_cut_by(packing.places[active], cut)], 1.0)
    return rows


def _cut_by(places: Ints, cut: tuple[int, int, int]) -> Bools:
    """Cycles that take two or three of the places."""
    taken: Bools = np.isin(places, cut).sum(axis=1) >= 2
    return taken


def _reduced(packing: Packing, duals: Floats) -> Floats:
    count = packing.count
    prices = np.append(duals[:count], 0.0)
    reduced: Floats = packing.worth - prices[packing.places].sum(axis=1)
    for cut, price in zip(packing.cuts, duals[count:].tolist(), strict=True):
        if price > 1e-9:
            reduced[_cut_by(packing.places, cut)] -= price
    return reduced


def separate(packing: Packing, active: Ints, values: Floats) -> bool:
    """Cuts that the relaxation breaks, worst first; False if there are none."""
    used = values > 1e-6
    places, share = packing.places[active[used]], values[used]
    count = packing.count
    broken: dict[tuple[int, int, int], float] = {}
    near: dict[int, set[int]] = {}
    for row in places.tolist():
        for one, other in combinations([p for p in row if p < count], 2):
            near.setdefault(one, set()).add(other)
            near.setdefault(other, set()).add(one)
    for one in near:
        for other in near[one]:
            for third in near[one] & near[other]:
                if one < other < third:
                    cut = one, other, third
                    taken = float(share[_cut_by(places, cut)].sum())
                    if taken > 1.0 + 1e-4:
                        broken[cut] = taken
    worst = sorted((cut for cut in broken if cut not in packing.cuts), key=lambda cut: (-broken[cut], cut))[:_CUTS]
    packing.cuts += worst
    return bool(worst)
