"""From numbers of visits between departments to people: block by block, as assignment problems.

Home departments are independent of one another here, given how many visits each arc has in each block.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.optimize import linear_sum_assignment

from scheduler.solver.arrays import Arrays, Floats, Ints
from scheduler.solver.moves import book, book_alone, change, place
from scheduler.solver.search import forget
from scheduler.solver.state import State

Place = Callable[[State, int, int, int], bool]


def assign(arrays: Arrays, state: State, cycles: Ints, alone: Ints, *, compiled_place: Place = place) -> None:
    """Fill an empty state with these numbers of cycles [C, T] and shadow visits [A, T], as far as there are people.

    What nobody can be found for is left out together with the rest of its cycle.
    """
    wanted = alone.copy()
    for cycle, start in np.argwhere(cycles):
        wanted[arrays.cycles[cycle, : arrays.size[cycle]], start] += cycles[cycle, start]
    for home in range(arrays.departments):
        own = np.flatnonzero(arrays.arc_home == home)
        if len(own) and wanted[own].any():
            _roll(arrays, state, own, wanted)
    missing = wanted - _placed(arrays, state)
    for depth in (0, 1):
        for arc, start in np.argwhere(missing > 0):
            while missing[arc, start] > 0 and compiled_place(state, int(arc), int(start), depth):
                missing[arc, start] -= 1
            forget(state)
    _book(arrays, state, cycles, alone)


def _placed(arrays: Arrays, state: State) -> Ints:
    placed = np.zeros((len(arrays.arc_home), arrays.blocks), dtype=np.int64)
    used = np.flatnonzero(state.at >= 0)
    np.add.at(placed, (arrays.arc[used], state.at[used]), 1)
    return placed


def _roll(arrays: Arrays, state: State, own: Ints, wanted: Ints) -> None:
    """One department's people through the blocks, best assignment in each; who has few chances left goes first."""
    options = np.concatenate([np.arange(arrays.arc_first[a], arrays.arc_first[a + 1]) for a in own])
    people, row = np.unique(arrays.person[options], return_inverse=True)
    table = np.full((len(people), len(own)), -1, dtype=np.int64)
    table[row, np.searchsorted(own, arrays.arc[options])] = options
    left = _chances(arrays, table)
    last = np.full(len(people), -arrays.apart)
    made = np.zeros(len(people), dtype=np.int64)
    for start in np.flatnonzero(wanted[own].any(axis=0)).tolist():
        slots = np.repeat(np.arange(len(own)), wanted[own, start])
        taken = table[:, slots]
        usable = (taken >= 0) & arrays.ok[taken, start] & (state.at[taken] < 0)
        usable &= ((last + arrays.apart <= start) & (made < arrays.limit[people]))[:, None]
        urgent = np.clip((arrays.limit[people] - made) - left[:, start] / arrays.apart, -5, 5)
        value = arrays.value[taken] + state.fairness[np.minimum(made, len(state.fairness) - 1)][:, None]
        if arrays.extra.size:
            value = value + arrays.extra[taken, start]
        choices = (table >= 0).sum(axis=1)
        # With a single block there is no later to save people for, and the assignment is exact.
        saving = 0.0 if len(arrays.starts) == 1 else 0.6 * urgent[:, None] - 0.1 * choices[:, None]
        cost = np.where(usable, 1e4 + value + saving, 0.0)
        rows, columns = linear_sum_assignment(cost, maximize=True)
        for person, slot in zip(rows.tolist(), columns.tolist(), strict=True):
            if usable[person, slot]:
                change(state, int(taken[person, slot]), start, 1)
                last[person], made[person] = start, made[person] + 1
                table[person, slots[slot]] = -1
    forget(state)


def _chances(arrays: Arrays, table: Ints) -> Floats:
    """[people, T]: free blocks after each one."""
    free = np.zeros((len(table), arrays.blocks), dtype=bool)
    for column in range(table.shape[1]):
        free |= arrays.ok[table[:, column]] & (table[:, column] >= 0)[:, None]
    after = free[:, ::-1].cumsum(axis=1)[:, ::-1] - free
    return after.astype(np.float64)


def _book(arrays: Arrays, state: State, cycles: Ints, alone: Ints) -> None:
    """Book the cycles whose people were all found, dear ones first; the others' people go."""
    found = _placed(arrays, state)
    worth = np.zeros(len(arrays.arc_home))
    np.maximum.at(worth, arrays.arc, arrays.value)
    value = np.where(arrays.cycles >= 0, worth[arrays.cycles], 0.0).sum(axis=1)
    booked = np.argwhere(cycles)
    for cycle, start in booked[np.argsort(-value[booked[:, 0]], kind="stable")]:
        arcs = arrays.cycles[cycle, : arrays.size[cycle]]
        for _ in range(int(min(cycles[cycle, start], found[arcs, start].min()))):
            found[arcs, start] -= 1
            book(state, int(cycle), int(start), 1)
    for arc, start in np.argwhere(alone):
        for _ in range(int(min(alone[arc, start], found[arc, start]))):
            found[arc, start] -= 1
            book_alone(state, int(arc), int(start), 1)
    for option in np.flatnonzero(state.at >= 0):
        arc, start = arrays.arc[option], state.at[option]
        if found[arc, start] > 0:
            found[arc, start] -= 1
            change(state, int(option), int(start), -1)
    forget(state)
