"""One search for one weighting: greedy start, bound, master with integers, people, then rounds of improvement."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, ParamSpec, TypeVar

import numpy as np

from scheduler.compiled import compiled
from scheduler.plan import TOLERANCE, gap_of
from scheduler.solver.arrays import Arrays, Floats, Ints
from scheduler.solver.flat import build_flat, flat_size, solve_flat
from scheduler.solver.highs import run_lp, run_mip
from scheduler.solver.limits import Limits
from scheduler.solver.master import Master, build_master
from scheduler.solver.moves import place
from scheduler.solver.people import assign
from scheduler.solver.pins import start_from_pins
from scheduler.solver.result import state_of
from scheduler.solver.ruin import cycles_by_department, ruin_and_recreate, shift_shadows
from scheduler.solver.search import fill, polish
from scheduler.solver.state import State, copy_state, empty_state

P = ParamSpec("P")
R = TypeVar("R")
OnState = Callable[[State], None]
SMALL: Final = 12_000  # variables up to which the exact model is tried first
PLAIN: Final = 300  # options up to which inner loops run as plain Python: compiling them takes longer
_PARTS: Final = 20  # looks at the clock within a round of improvement


class Search:
    """The best plan so far and the bound; phases improve them until `limits` are over."""

    def __init__(
        self, arrays: Arrays, limits: Limits, *, precise: bool = False, on_state: OnState | None = None
    ) -> None:
        """`precise`: scores carry large weights of earlier ranks, so that only absolute differences count.

        `on_state` gets each better plan, a few times a second at most.
        """
        self.arrays, self.limits, self.precise = arrays, limits, precise
        self._on_state, self._told = on_state, -math.inf
        self.bound = trivial_bound(arrays)
        self.state: State | None = None
        self.infeasible = False
        self.optimal = False
        self.grain = granularity(arrays)
        self.work = 0

    @property
    def score(self) -> float:
        """Of the best plan."""
        return -math.inf if self.state is None else float(self.state.score[0])

    def run(self, start: State | None = None) -> None:
        """All phases."""
        if self._first(start):
            self._solve()
        self._tell("done")

    def _solve(self) -> None:
        master, values = self._relax()
        if self._enough():
            return
        if len(self.arrays.starts) == 1 and not self.arrays.seniority.any():
            self._exchange(master)
            if self._enough():
                return
        if flat_size(self.arrays) <= SMALL:
            self._exact()
            if self._enough():
                return
        if values is not None:
            self._from_master(master, values)
        self._improve()

    def _first(self, start: State | None) -> bool:
        """A first plan: the pins, then whatever fits, dear departments first."""
        self._tell("first plan")
        state = start if start is not None else start_from_pins(self.arrays, self.limits)
        if state is None:
            self.infeasible = True
            return False
        self.state = copy_state(state)
        if start is None:
            self._fill(state, 0)
        self._offer(state)
        self._tell("bound")
        return not self._enough()

    def _loop(self, function: Callable[P, R]) -> Callable[P, R]:
        """An inner loop as it is, or compiled where that pays."""
        return compiled(function) if len(self.arrays.arc) > PLAIN else function

    def _fill(self, state: State, depth: int) -> None:
        """Greedily, some cycles at a time, so that a stop is heard."""
        order, some = self._order(), self._at_once(50)
        for first in range(0, max(1, len(order)), some):
            last = first + some >= len(order)
            self._loop(fill)(state, order[first : first + some], depth, last)
            if self.limits.over():
                break

    def _polish(self, state: State, seed: int) -> None:
        some = self._at_once(20_000)
        for first in range(0, len(self.arrays.arc), some):
            self._loop(polish)(state, first, min(len(self.arrays.arc), first + some), seed)
            if self.limits.over():
                break

    def _at_once(self, usual: int) -> int:
        """As much as takes a tenth of a second or so: less where each step looks at more people."""
        return max(1, min(usual, usual * 50_000 // max(1, len(self.arrays.arc))))

    def _order(self) -> Ints:
        arrays = self.arrays
        worth = np.full(len(arrays.arc_home), 0.0)
        np.maximum.at(worth, arrays.arc, arrays.value)
        value = np.where(arrays.cycles >= 0, worth[arrays.cycles] if len(worth) else 0.0, 0.0).sum(axis=1)
        return np.argsort(-value / np.maximum(1, arrays.size), kind="stable")

    def _relax(self) -> tuple[Master, Floats | None]:
        master = build_master(self.arrays)
        solved = run_lp(master.rows.lp(), self.limits)
        if solved.infeasible:
            # The pins leave no plan even in the relaxation; the first plan says otherwise only by rounding.
            return master, None
        self._lower(solved.bound)
        self._tell("master")
        return master, solved.values

    def _exchange(self, master: Master) -> None:
        """With a single block the master is exact: what it plans, people can be found for."""
        left = self.limits.seconds_left()
        solved = run_mip(
            master.rows.lp(),
            master.rows.integer,
            self.limits,
            seconds=None if left is None else 0.6 * left,
            nodes=self._nodes(100),
        )
        self._lower(solved.bound)
        if solved.values is not None:
            self._assign(master, solved.values)
        self._tell("master")

    def _nodes(self, each: int) -> int | None:
        return None if self.limits.options.seconds is not None else max(1, self.limits.options.work) * each

    def _exact(self) -> None:
        effort = None if self.limits.options.seconds is not None else max(1.0, float(self.limits.options.work))
        seconds = self.limits.seconds_left()
        answer = solve_flat(
            build_flat(self.arrays), self.limits, hint=self.state, effort=effort, seconds=seconds and seconds * 0.6
        )
        if answer.visits is not None:
            self._offer(state_of(self.arrays, answer))
        self._lower(answer.bound)
        self._tell("exact")

    def _from_master(self, master: Master, values: Floats) -> None:
        """Round the relaxation: each number of cycles up or down, the best such choice; then find the people."""
        if len(self.arrays.arc) > PLAIN:
            # A plan that is good at once: only the whole cycles of the relaxation, the rest filled greedily.
            self._assign(master, np.floor(values + 1e-6))
            self._tell("master")
            if self._enough():
                return
        low, high = np.zeros(len(values)), np.array(master.rows.lp().col_upper_)
        free = np.concatenate([master.cycles.ravel(), master.shadows.ravel()]).astype(np.int64)
        low[free], high[free] = np.floor(values[free] + 1e-6), np.ceil(values[free] - 1e-6)
        left = self.limits.seconds_left()
        solved = run_mip(
            master.rows.lp(),
            master.rows.integer,
            self.limits,
            low=low,
            high=high,
            seconds=None if left is None else min(10.0, 0.25 * left),
            nodes=None if left is not None else 20,
            gap=2e-4,
        )
        if self.limits.stopped():
            return
        self._tell("people")
        self._assign(master, solved.values if solved.values is not None else np.floor(values + 1e-6))
        self._tell("improve")

    def _assign(self, master: Master, values: Floats) -> None:
        """People for the master's numbers, in a plan of their own that starts with the pins."""
        arrays = self.arrays
        shape = (len(arrays.cycles), arrays.blocks)
        cycles, alone = np.zeros(shape, dtype=np.int64), np.zeros((len(arrays.arc_home), arrays.blocks), dtype=np.int64)
        cycles[:, arrays.starts] = np.round(values[master.cycles])
        if arrays.shadow:
            alone[:, arrays.starts] = np.round(values[master.shadows])
        if len(arrays.pins):
            return  # pins have partners of their own; the search keeps them
        state = empty_state(arrays)
        assign(arrays, state, cycles, alone, compiled_place=self._loop(place))
        for depth in (0, 1):
            self._fill(state, depth)
        for seed in range(3):
            self._polish(state, self.limits.seed + seed)
        self._offer(state)

    def _improve(self) -> None:
        """Rounds of ruin and recreate, a look at the clock between any two."""
        if self.state is None:
            return
        first, cycles = cycles_by_department(self.arrays)
        state = copy_state(self.state)
        attempts = self._at_once(400)
        for number in range(self.limits.options.work):
            for part in range(_PARTS):
                seed = self.limits.seed * 1_000_003 + number * _PARTS + part
                if len(cycles):
                    self._loop(ruin_and_recreate)(state, first, cycles, attempts, seed)
                if self.arrays.shadow and len(self.arrays.arc_home):
                    self._loop(shift_shadows)(state, max(1, attempts // 4), seed)
                if self.limits.over():
                    break
            self._polish(state, self.limits.seed + number)
            self.work = number + 1
            self._offer(state)
            self._tell("improve")
            if self._enough():
                break

    def _offer(self, state: State) -> None:
        if float(state.score[0]) > self.score + TOLERANCE / 1000:
            self.state = copy_state(state)

    def _lower(self, bound: float | None) -> None:
        """A bound that was proven; scores are multiples of `grain`, so it may be rounded down to one."""
        if bound is None:
            return
        slack = 1e-7 if self.precise else TOLERANCE * max(1.0, abs(bound)) / 10
        bound += slack
        if self.grain and abs(bound) < 1e9 * self.grain:
            bound = math.floor((bound + slack) / self.grain + 1e-6) * self.grain
        self.bound = min(self.bound, max(bound, self.score))

    def _enough(self) -> bool:
        gap = gap_of(self.score, self.bound)
        if gap == 0.0 and (not self.precise or self.bound - self.score < TOLERANCE):
            self.optimal = True
            self.bound = max(self.bound, self.score)
            return True
        close = gap is not None and 0 < gap <= self.limits.options.gap
        return self.limits.over() or (close and not self.precise)

    def _tell(self, phase: str) -> None:
        self.limits.tell(phase, None if self.state is None else self.score, self.bound)
        if self._on_state is not None and self.state is not None and self.score > self._told:
            self._told = self.score
            self._on_state(self.state)


def trivial_bound(arrays: Arrays) -> float:
    """What all people would earn if nobody stood in anybody's way: valid before anything is solved."""
    worth = arrays.value.copy()
    if arrays.extra.size:
        worth += np.where(arrays.ok, arrays.extra, -np.inf).max(axis=1, initial=-np.inf)
    worth += arrays.coverage.max(axis=1, initial=0.0)[arrays.arc] + arrays.seniority[arrays.arc]
    worth += arrays.tiers.max(axis=1, initial=0.0)[arrays.arc_home[arrays.arc]] if len(arrays.arc) else 0.0
    order = np.lexsort((-worth, arrays.person))
    person = arrays.person[order]
    rank = np.arange(len(order)) - np.searchsorted(person, person)
    rewards = np.pad(arrays.fairness, (0, int(rank.max(initial=0)) + 1))
    gains = worth[order] + rewards[rank]
    pinned = np.isin(order, arrays.pins[:, 0])
    counted = (rank < arrays.limit[person]) & ((gains > 0) | pinned)
    return float(np.where(gains > 0, gains, 0.0)[counted].sum())


def granularity(arrays: Arrays) -> float:
    """A number that every score is a multiple of, 0 if none is evident."""
    parts = [arrays.value, arrays.extra.ravel(), arrays.fairness, arrays.coverage.ravel(), arrays.tiers.ravel()]
    values = np.concatenate([*parts, arrays.seniority, np.array([arrays.shadow_cost if arrays.shadow else 0.0])])
    for factor in (1, 2, 4, 5, 10, 100, 1000):
        scaled = values * factor
        if np.all(np.abs(scaled - np.round(scaled)) < 1e-9):
            whole = np.unique(np.abs(np.round(scaled)).astype(np.int64))
            return float(np.gcd.reduce(whole)) / factor if len(whole) else 1.0
    return 0.0
