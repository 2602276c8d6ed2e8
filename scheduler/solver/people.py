"""From numbers of visits between departments to people: block by block, as assignment problems.

Home departments are independent of one another here, given how many visits each arc has in each block.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.optimize import linear_sum_assignment

from scheduler.solver.arrays import Arrays, Bools, Floats, Ints
from scheduler.solver.loading import load
from scheduler.solver.moves import book, book_alone, change, has_room, has_room_alone, place
from scheduler.solver.search import forget
from scheduler.solver.state import State

Place = Callable[[State, int, int, int], bool]


def assign(
    arrays: Arrays,
    start: State,
    cycles: Ints,
    alone: Ints,
    *,
    compiled_place: Place = place,
    over: Callable[[], bool] = lambda: False,
) -> State:
    """Add to a plan until there are these numbers of cycles [C, T] and shadow visits [A, T], as far as people go.

    What nobody can be found for is left out together with the rest of its cycle.
    """
    more, more_alone = np.maximum(0, cycles - start.booked), np.maximum(0, alone - start.alone)
    wanted = more_alone.copy()
    for leg in range(arrays.cycles.shape[1]):
        used = arrays.cycles[:, leg] >= 0
        np.add.at(wanted, arrays.cycles[used, leg], more[used])
    at = start.at.copy()
    for home in range(arrays.departments):
        own = np.flatnonzero(arrays.arc_home == home)
        if len(own) and wanted[own].any():
            _roll(arrays, start, own, wanted, at)
        if over():
            break
    state = load(arrays, at, start.booked, start.alone)
    missing = wanted - (_placed(arrays, at) - _placed(arrays, start.at))
    for depth in (0, 1):
        for arc, block in np.argwhere(missing > 0).tolist():
            while missing[arc, block] > 0 and not over() and compiled_place(state, arc, block, depth):
                missing[arc, block] -= 1
            forget(state)
    _book(arrays, start, state, more, more_alone)
    return load(arrays, state.at, state.booked, state.alone)


def _placed(arrays: Arrays, at: Ints) -> Ints:
    placed = np.zeros((len(arrays.arc_home), arrays.blocks), dtype=np.int64)
    used = np.flatnonzero(at >= 0)
    np.add.at(placed, (arrays.arc[used], at[used]), 1)
    return placed


def _roll(arrays: Arrays, begun: State, own: Ints, wanted: Ints, at: Ints) -> None:
    """One department's people through the blocks, best assignment in each; who has few chances left goes first."""
    options = np.arange(arrays.arc_first[own[0]], arrays.arc_first[own[-1] + 1])
    people, row = np.unique(arrays.person[options], return_inverse=True)
    table = np.full((len(people), len(own)), -1, dtype=np.int64)
    table[row, arrays.arc[options] - own[0]] = options
    left = _chances(arrays, table)
    choices = (table >= 0).sum(axis=1)
    made, limit = begun.made[people, 0], arrays.limit[people]
    free = np.ones((len(people), arrays.blocks), dtype=bool)
    for option in options[at[options] >= 0].tolist():
        who = np.searchsorted(people, arrays.person[option])
        free[who, max(0, at[option] - arrays.apart + 1) : at[option] + arrays.apart] = False
        table[who, arrays.arc[option] - own[0]] = -1
    for start in np.flatnonzero(wanted[own].any(axis=0)).tolist():
        usable = (table >= 0) & arrays.ok[table, start] & (free[:, start] & (made < limit))[:, None]
        urgent = np.clip((limit - made) - left[:, start] / arrays.apart, -5, 5)
        value = arrays.value[table] + begun.fairness[made][:, None]
        if arrays.extra.size:
            value = value + arrays.extra[table, start]
        # With a single block there is no later to save people for, and the assignment is exact.
        saving = 0.0 if len(arrays.starts) == 1 else (0.6 * urgent - 0.1 * choices)[:, None]
        rows, columns = _matched(np.where(usable, 1e4 + value + saving, 0.0), wanted[own, start])
        keep = usable[rows, columns]
        rows, columns = rows[keep], columns[keep]
        at[table[rows, columns]] = start
        table[rows, columns] = -1
        made[rows] += 1
        free[rows, max(0, start - arrays.apart + 1) : start + arrays.apart] = False


def _matched(worth: Floats, places: Ints) -> tuple[Ints, Ints]:
    """The best choice of people (rows) for so many places of each column: rows and their columns."""
    total = int(places.sum())
    near: Ints | Bools = np.arange(len(worth))
    if len(worth) > 2 * total:
        # Nobody is needed for a column who is not among its best `total`: one of those would be free.
        best = np.argpartition(-worth[:, places > 0], total, axis=0)[:total]
        near = np.unique(best)
    slots = np.repeat(np.arange(len(places)), places)
    rows, columns = linear_sum_assignment(worth[near][:, slots], maximize=True)
    return near[rows], slots[columns]


def _chances(arrays: Arrays, table: Ints) -> Floats:
    """[people, T]: free blocks after each one."""
    free = np.zeros((len(table), arrays.blocks), dtype=bool)
    for column in range(table.shape[1]):
        free |= arrays.ok[table[:, column]] & (table[:, column] >= 0)[:, None]
    after = free[:, ::-1].cumsum(axis=1)[:, ::-1] - free
    return after.astype(np.float64)


def _book(arrays: Arrays, start: State, state: State, cycles: Ints, alone: Ints) -> None:
    """Book the cycles whose people were all found, dear ones first; the others' people go."""
    found = _placed(arrays, state.at) - _placed(arrays, start.at)
    worth = np.zeros(len(arrays.arc_home))
    np.maximum.at(worth, arrays.arc, arrays.value)
    value = np.where(arrays.cycles >= 0, worth[arrays.cycles], 0.0).sum(axis=1)
    booked = np.argwhere(cycles)
    for cycle, block in booked[np.argsort(-value[booked[:, 0]], kind="stable")].tolist():
        arcs = arrays.cycles[cycle, : arrays.size[cycle]]
        for _ in range(int(min(cycles[cycle, block], found[arcs, block].min()))):
            if not has_room(state, cycle, block):
                break
            found[arcs, block] -= 1
            book(state, cycle, block, 1)
        forget(state)
    for arc, block in np.argwhere(alone).tolist():
        for _ in range(int(min(alone[arc, block], found[arc, block]))):
            if not has_room_alone(state, arc, block):
                break
            found[arc, block] -= 1
            book_alone(state, arc, block, 1)
        forget(state)
    for option in np.flatnonzero((state.at >= 0) & (start.at < 0)).tolist():
        arc, block = int(arrays.arc[option]), int(state.at[option])
        if found[arc, block] > 0:
            found[arc, block] -= 1
            change(state, option, block, -1)
            forget(state)
