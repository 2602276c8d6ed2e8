"""An instance as arrays, the form in which all parts of the solver see it.

An **arc** is an ordered pair (home, host) of departments between which somebody may visit; an **option** is a person
on an arc. Options of one arc lie beside one another. All rules that concern a visit by itself are decided here once:
`ok[option, start]` says whether the visit may be.
"""

from __future__ import annotations

import calendar
import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from scheduler.model import Instance

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Arrays:
    """Shapes: D departments, T blocks, N people, A arcs, O options, C cycles. Starts of visits are block indexes."""

    instance: Instance
    blocks: int
    length: int  # blocks of a visit
    gap: int  # from the last block of a visit to the first of the next
    cover_worth: float
    shadow: bool
    shadow_cost: float
    starts: Ints  # starts at which anybody may visit
    capacity: Ints  # [D, T] visitors at once
    spare: Ints  # [D, T] people above minimum staffing, at least 0
    present: Ints  # [D, T] people who are not absent
    headcount: Ints  # [D]
    home: Ints  # [N] department
    level: Ints  # [N] seniority, renumbered from 0
    levels: int
    limit: Ints  # [N] visits at most
    arc_home: Ints  # [A]
    arc_host: Ints  # [A]
    arc_first: Ints  # [A + 1] options of arc a are arc_first[a] to arc_first[a + 1]
    person: Ints  # [O]
    arc: Ints  # [O]
    ok: Bools  # [O, T]
    weight: Floats  # [A] of the dependency, unscaled
    wish: Floats  # [O] unscaled
    own_weight: Floats  # [O] of the visit itself, unscaled, in its best block
    own_weight_at: Floats  # [O, T] what to add to that in each block, or [0, 0]
    value: Floats  # [O] worth of the visit itself, whenever
    extra: Floats  # [O, T] what it is worth beyond that in a block, or [0, 0] if never anything
    kept: Bools  # [O, T] visits of the previous plan, or [0, 0]
    keep_reward: float
    deadline: Ints  # [O] last start that meets a requirement, -1 if none
    need_reward: float
    own_first: Ints  # [N + 1] into own
    own: Ints  # [O] options ordered by person
    cycles: Ints  # [C, 4] arcs, -1 where a cycle is shorter
    size: Ints  # [C] departments in the cycle
    complete: bool  # whether these are all cycles
    fairness: Floats  # [J] reward of a person's visits; 0 beyond
    coverage: Floats  # [A, J] reward of an arc's visits, past ones taken off; 0 beyond
    tiers: Floats  # [D, J] reward of a department's visits, one entry a visit; 0 beyond
    seniority: Floats  # [A] reward of each level shown
    pins: Ints  # [P, 2] option, start

    @property
    def departments(self) -> int:
        """How many departments there are."""
        return len(self.headcount)

    def worth(self, option: int, start: int) -> float:
        """What a visit is worth by itself."""
        return float(self.value[option]) + (float(self.extra[option, start]) if self.extra.size else 0.0)

    @property
    def apart(self) -> int:
        """A person's visits start at least so many blocks apart."""
        return self.length - 1 + self.gap


def first_block_after(instance: Instance, year: int, month: int, day: int) -> int:
    """The first block that starts on or after a day; the day may lie beyond its month's end, which then counts."""
    key = (year, month, min(day, calendar.monthrange(year, month)[1]))
    starts = [(block.start.year, block.start.month, block.start.day) for block in instance.blocks]
    return next((index for index, start in enumerate(starts) if start >= key), len(starts))


def free_starts(instance: Instance, absent: Bools) -> Bools:
    """[N, T]: whether a person could start a visit, as far as absence, holidays and the programme's end go."""
    length, blocks = instance.rules.visit_blocks, len(instance.blocks)
    there: Bools = ~absent & ~np.array([block.holiday for block in instance.blocks], dtype=bool)[None, :]
    free: Bools = np.zeros_like(there)
    if blocks >= length:
        free[:, : blocks - length + 1] = there[:, : blocks - length + 1]
        for later in range(1, length):
            free[:, : blocks - length + 1] &= there[:, later : blocks - length + 1 + later]
    return free


def most_visits(free: Bools, apart: int) -> Ints:
    """[N]: how many visits fit into a person's free starts: as early as possible, then the next one."""
    count = np.zeros(len(free), dtype=np.int64)
    ready = np.zeros(len(free), dtype=np.int64)
    for start in range(free.shape[1]):
        go = free[:, start] & (ready <= start)
        count += go
        ready[go] = start + apart
    return count


def tier_rewards(instance: Instance, headcount: Ints) -> Floats:
    """[D, J]: the reward of a department's 1st, 2nd, ... visit; as many as there can be, at most."""
    rows: list[list[float]] = []
    for heads in headcount.tolist():
        row: list[float] = []
        for tier in instance.objective.departments:
            wide = min(math.ceil(tier.share * heads - 1e-9), heads * len(headcount) - len(row))
            row += [tier.reward] * wide
        rows.append(row)
    width = max(map(len, rows), default=0)
    return np.array([row + [0.0] * (width - len(row)) for row in rows], dtype=np.float64).reshape(len(rows), width)
