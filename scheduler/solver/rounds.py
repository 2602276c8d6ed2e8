"""Rounds of improvement: ruin and recreate, then people; two halves of the departments at the same time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, ParamSpec, TypeVar

import numpy as np

from scheduler.compiled import compiled
from scheduler.solver.arrays import Arrays, Bools, Ints
from scheduler.solver.ruin import cycles_by_department, ruin_and_recreate, shift_shadows
from scheduler.solver.search import polish
from scheduler.solver.state import JOURNAL, State

P = ParamSpec("P")
R = TypeVar("R")
PLAIN: Final = 300  # options up to which inner loops run as plain Python: compiling them takes longer
PARTS: Final = 20  # looks at the clock within a round of improvement
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
        self.attempts = at_once(arrays, 400)
        self._first, self._cycles = cycles_by_department(arrays)
        self._next = 0

    def part(self, state: State, number: int, threads: int) -> None:
        """The part of a round with this number."""
        seed = self.seed * 1_000_003 + number
        if threads > 1 and self.arrays.departments > 3 and len(self.arrays.arc) > PLAIN:
            self._together(state, seed)
        elif len(self._cycles):
            inner(self.arrays, ruin_and_recreate)(state, self._first, self._cycles, self.attempts, seed)
        if self.arrays.shadow and len(self.arrays.arc_home):
            inner(self.arrays, shift_shadows)(state, max(1, self.attempts // 4), seed)
        size = len(self.arrays.arc)
        count = min(size, _POLISHED * self.attempts)
        inner(self.arrays, polish)(state, self._next, min(size, self._next + count), seed)
        self._next = (self._next + count) % max(1, size)

    def _together(self, state: State, seed: int) -> None:
        """Each thread has departments of its own, and what it touches belongs to one of them."""
        random = np.random.default_rng(seed)
        inside = self._half(random)
        views, jobs = [], []
        with ThreadPoolExecutor(2) as pool:
            for side in (inside, ~inside):
                first, cycles = self._within(side)
                view = state._replace(
                    score=np.zeros(1), journal=np.zeros((JOURNAL, 3), dtype=np.int64), done=np.zeros(1, dtype=np.int64)
                )
                views.append(view)
                if len(cycles):
                    loop = inner(self.arrays, ruin_and_recreate)
                    jobs.append(pool.submit(loop, view, first, cycles, self.attempts, seed + len(views)))
            for job in jobs:
                job.result()
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
        whole: Bools = np.where(legs >= 0, side[legs], True).all(axis=1)
        keep = whole[self._cycles]
        first = np.append(0, np.cumsum(keep))[self._first]
        return first.astype(np.int64), self._cycles[keep]
