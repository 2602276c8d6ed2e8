"""Rounds of improvement: ruin and recreate, then people; two halves of the departments at the same time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from typing import Final, ParamSpec, TypeVar

import numpy as np

from scheduler.compiled import compiled
from scheduler.solver.arrays import Arrays, Bools, Ints
from scheduler.solver.moves import place
from scheduler.solver.ruin import cycles_by_department, ruin_and_recreate, shift_shadows
from scheduler.solver.search import fill, polish
from scheduler.solver.state import JOURNAL, State

P = ParamSpec("P")
R = TypeVar("R")
PLAIN: Final = 1_000  # options up to which inner loops run as plain Python: compiling them takes longer
PARTS: Final = 20  # looks at the clock within a round of improvement
_BY_HAND: Final = 10  # attempts of plain Python that take a tenth of a second or so
_POLISHED: Final = 6  # options polished for each attempt at ruin and recreate


def inner(arrays: Arrays, function: Callable[P, R]) -> Callable[P, R]:
    """An inner loop as it is, or compiled where that pays."""
    return compiled(function) if len(arrays.arc) > PLAIN else function


def at_once(arrays: Arrays, usual: int) -> int:
    """As much as takes a tenth of a second or so: less where each step looks at more people."""
    return max(1, min(usual, usual * 50_000 // max(1, len(arrays.arc))))


class Rounds:
    """Improves plans in place; their score never falls. Equal seeds, numbers and threads give equal plans."""

    def __init__(self, arrays: Arrays, seed: int) -> None:
        self.arrays, self.seed = arrays, seed
        self.attempts = at_once(arrays, 400) if len(arrays.arc) > PLAIN else _BY_HAND
        self._first, self._cycles = cycles_by_department(arrays)
        # The first option of the department in the middle: what is below concerns others than what is above.
        homes = arrays.arc_home[arrays.arc]
        self._middle = int(np.searchsorted(homes, homes[len(homes) // 2])) if len(homes) else 0
        self._turn = 0
        self._journals = [np.zeros((JOURNAL, 3), dtype=np.int64) for _ in range(2)]

    def ready(self, state: State) -> None:
        """Load what is compiled, on a plan that may be spoilt."""
        if len(self.arrays.arc) <= PLAIN:
            return
        inner(self.arrays, polish)(state, 0, 0, 1)
        inner(self.arrays, ruin_and_recreate)(state, self._first, self._cycles, 0, 1)
        inner(self.arrays, fill)(state, np.zeros(0, dtype=np.int64), 0, False)
        inner(self.arrays, place)(state, 0, int(self.arrays.starts[0]), 0)
        if self.arrays.shadow:
            inner(self.arrays, shift_shadows)(state, 0, 1)

    def part(self, state: State, number: int, threads: int) -> None:
        """The part of a round with this number."""
        seed = (self.seed * 1_000_003 + number) % (1 << 31)
        if threads > 1 and self.arrays.departments > 3 and len(self.arrays.arc) > PLAIN:
            self._together(state, seed)
        elif len(self._cycles):
            inner(self.arrays, ruin_and_recreate)(state, self._first, self._cycles, self.attempts, seed)
        if self.arrays.shadow and len(self.arrays.arc_home):
            inner(self.arrays, shift_shadows)(state, max(1, self.attempts // 4), seed)
        self._polish(state, seed, threads)

    def _together(self, state: State, seed: int) -> None:
        """Each thread has departments of its own, and what it touches belongs to one of them."""
        inside = self._half(np.random.default_rng(seed))
        loop, jobs = inner(self.arrays, ruin_and_recreate), []
        for number, side in enumerate((inside, ~inside)):
            first, cycles = self._within(side)
            if len(cycles):
                jobs.append(partial(loop, first=first, cycles=cycles, rounds=self.attempts, seed=seed + number))
        self._share(state, jobs)

    def _polish(self, state: State, seed: int, threads: int) -> None:
        """Some options of each half, in turn."""
        loop, jobs = inner(self.arrays, polish), []
        for low, high in pairwise((0, self._middle, len(self.arrays.arc))):
            count = min(high - low, _POLISHED * self.attempts // 2)
            if count:
                first = low + self._turn * count % (high - low)
                jobs.append(partial(loop, first=first, last=min(high, first + count), seed=seed))
        self._turn += 1
        if threads > 1 and len(self.arrays.arc) > PLAIN:
            self._share(state, jobs)
        else:
            for job in jobs:
                job(state)

    def _share(self, state: State, jobs: Sequence[Callable[[State], object]]) -> None:
        """Do jobs that touch different departments at the same time."""
        views = [
            state._replace(score=np.zeros(1), journal=journal, done=np.zeros(1, dtype=np.int64))
            for journal, _ in zip(self._journals, jobs, strict=False)
        ]
        with ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(job, view) for job, view in zip(jobs, views, strict=True)]:
                done.result()
        state.score[0] += sum(float(view.score[0]) for view in views)

    def _half(self, random: np.random.Generator) -> Bools:
        """[D]: departments near one another with half of the people."""
        arrays = self.arrays
        near: list[list[int]] = [[] for _ in range(arrays.departments)]
        for home, host in zip(arrays.arc_home.tolist(), arrays.arc_host.tolist(), strict=True):
            near[home].append(host)
        inside = np.zeros(arrays.departments, dtype=bool)
        order = random.permutation(arrays.departments).tolist()
        waiting: list[int] = []
        while arrays.headcount[inside].sum() * 2 < arrays.headcount.sum():
            if not waiting:
                waiting = [next(each for each in order if not inside[each])]
            each = waiting.pop(0)
            if not inside[each]:
                inside[each] = True
                waiting += random.permutation(near[each]).astype(int).tolist() if near[each] else []
        return inside

    def _within(self, side: Bools) -> tuple[Ints, Ints]:
        """The cycles by department, without those that leave a side."""
        arrays = self.arrays
        legs = np.where(arrays.cycles >= 0, arrays.arc_home[arrays.cycles], -1)
        whole: Bools = np.logical_and.reduce(np.where(legs >= 0, side[legs], True), axis=1)
        keep = whole[self._cycles]
        first = np.append(0, np.cumsum(keep))[self._first]
        return first.astype(np.int64), self._cycles[keep]
