"""What a search knows by now: its best plan, and what no plan exceeds."""

from __future__ import annotations

import math
from collections.abc import Callable

from scheduler.plan import TOLERANCE, gap_of
from scheduler.solver.arrays import Arrays
from scheduler.solver.bounds import granularity, trivial_bound
from scheduler.solver.limits import Limits
from scheduler.solver.state import State

OnState = Callable[[State], None]


class Best:
    """The best plan so far and the bound."""

    def __init__(self, arrays: Arrays, limits: Limits, *, precise: bool, on_state: OnState | None) -> None:
        self.arrays, self.limits, self.precise = arrays, limits, precise
        self._on_state, self._told = on_state, -math.inf
        self.bound = trivial_bound(arrays)
        self.state: State | None = None
        self.optimal = False
        self.grain = granularity(arrays)

    @property
    def score(self) -> float:
        """Of the best plan."""
        return -math.inf if self.state is None else float(self.state.score[0])

    def offer(self, state: State) -> None:
        """Take a plan if it is better."""
        if float(state.score[0]) > self.score + TOLERANCE / 1000:
            self.state = state

    def lower(self, bound: float | None) -> None:
        """A bound of a model with the cycles that are known: of no plan's if there are others."""
        if self.arrays.complete:
            self.prove(bound)

    def prove(self, bound: float | None) -> None:
        """A bound that was proven; scores are multiples of `grain`, so it may be rounded down to one."""
        if bound is None:
            return
        slack = 1e-7 if self.precise else TOLERANCE * max(1.0, abs(bound)) / 10
        bound += slack
        if self.grain and abs(bound) < 1e9 * self.grain:
            bound = math.floor((bound + slack) / self.grain + 1e-6) * self.grain
        self.bound = min(self.bound, max(bound, self.score))

    def enough(self) -> bool:
        """Whether the search has come to its end: optimal, close enough, or out of time."""
        gap = gap_of(self.score, self.bound)
        if gap == 0.0 and (not self.precise or self.bound - self.score < TOLERANCE):
            self.optimal = True
            self.bound = max(self.bound, self.score)
            return True
        close = gap is not None and 0 < gap <= self.limits.options.gap
        return self.limits.over() or (close and not self.precise)

    def tell(self, phase: str) -> None:
        """Report a phase that begins, and what there is."""
        self.limits.tell(phase, None if self.state is None else self.score, self.bound)
        if self._on_state is not None and self.state is not None and self.score > self._told:
            self._told = self.score
            self._on_state(self.state)
