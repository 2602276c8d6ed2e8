"""Plans to start from: filled greedily, or with people for the master's numbers."""

from __future__ import annotations

import numpy as np

from scheduler.solver.arrays import Arrays, Floats, Ints
from scheduler.solver.limits import Limits
from scheduler.solver.master import Master
from scheduler.solver.moves import place
from scheduler.solver.people import assign
from scheduler.solver.rounds import at_once, inner
from scheduler.solver.search import fill, polish
from scheduler.solver.state import State


class Making:
    """Makes them for one set of arrays within limits."""

    def __init__(self, arrays: Arrays, limits: Limits) -> None:
        self.arrays, self.limits = arrays, limits

    def order(self) -> Ints:
        """Cycles, dear ones first."""
        arrays = self.arrays
        worth = np.full(len(arrays.arc_home), 0.0)
        np.maximum.at(worth, arrays.arc, arrays.value)
        value = np.where(arrays.cycles >= 0, worth[arrays.cycles] if len(worth) else 0.0, 0.0).sum(axis=1)
        return np.argsort(-value / np.maximum(1, arrays.size), kind="stable")

    def fill(self, state: State, depth: int) -> None:
        """Greedily, some cycles at a time, so that a stop is heard."""
        order, some = self.order(), at_once(self.arrays, 50)
        for first in range(0, max(1, len(order)), some):
            last = first + some >= len(order)
            inner(self.arrays, fill)(state, order[first : first + some], depth, last)
            if self.limits.over():
                break

    def polish(self, state: State, seed: int) -> None:
        """Hand over and trade all visits, some at a time."""
        some = at_once(self.arrays, 20_000)
        for first in range(0, len(self.arrays.arc), some):
            inner(self.arrays, polish)(state, first, min(len(self.arrays.arc), first + some), seed)
            if self.limits.over():
                break

    def least(self, master: Master, base: State) -> Ints:
        """Flows of the pins and their partners."""
        starts = self.arrays.starts
        alone = base.alone[: len(master.shadows), starts]
        return np.concatenate([base.booked[:, starts].ravel(), alone.ravel()])

    def assigned(self, master: Master, values: Floats, base: State) -> State:
        """People for the master's numbers, in a plan of their own that starts with the pins."""
        arrays = self.arrays
        cycles = np.zeros((len(arrays.cycles), arrays.blocks), dtype=np.int64)
        alone = np.zeros((len(arrays.arc_home), arrays.blocks), dtype=np.int64)
        cycles[:, arrays.starts] = np.round(values[master.cycles])
        if arrays.shadow:
            alone[:, arrays.starts] = np.round(values[master.shadows])
        state = assign(arrays, base, cycles, alone, compiled_place=inner(arrays, place), over=self.limits.over)
        for depth in (0, 1):
            self.fill(state, depth)
        for seed in range(3):
            self.polish(state, self.limits.seed + seed)
        return state
