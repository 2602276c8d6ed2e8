"""Ruin and recreate: take out some swaps of a department around a block, put better ones in. Compiled."""

from __future__ import annotations

import numpy as np

from scheduler.compiled import loop
from scheduler.solver.arrays import Arrays, Ints
from scheduler.solver.moves import EPSILON, undo
from scheduler.solver.search import cancel, cancel_alone, forget, insert, insert_alone
from scheduler.solver.state import HOME, State


def cycles_by_department(arrays: Arrays) -> tuple[Ints, Ints]:
    """For each department, the cycles through it: `cycles[first[u]:first[u + 1]]`."""
    used = arrays.cycles >= 0
    cycle, _ = np.nonzero(used)
    home = arrays.arc_home[arrays.cycles[used]] if len(cycle) else np.zeros(0, dtype=np.int64)
    order = np.argsort(home, kind="stable")
    first = np.searchsorted(home[order], np.arange(arrays.departments + 1))
    return first.astype(np.int64), cycle[order].astype(np.int64)


@loop
def _ruin(m: State, through: Ints, first: int, last: int, amount: int, touched: Ints) -> int:
    """Cancel up to `amount` bookings among cycles `through` in starts `first` to `last`; returns how many."""
    gone = 0
    offset = np.random.randint(0, len(through))
    for step in range(len(through)):
        cycle = through[(offset + step) % len(through)]
        for index in range(first, last):
            start = m.starts[index]
            while gone < amount and m.booked[cycle, start] > 0 and np.random.random() < 0.6:
                if not cancel(m, cycle, start):
                    break
                gone += 1
                for leg in range(1, m.cycles[cycle, 0] + 1):
                    touched[m.arcs[m.cycles[cycle, leg], HOME]] = 1
        if gone >= amount:
            break
    return gone


@loop
def _recreate(m: State, first: Ints, cycles: Ints, touched: Ints, low: int, high: int) -> None:
    """Insert cycles through touched departments, dear ones rather earlier, with a little chance."""
    for home in range(len(touched)):
        if touched[home] == 0:
            continue
        own = cycles[first[home] : first[home + 1]]
        if not len(own):
            continue
        tries = min(len(own) * (high - low), 120)
        for _ in range(tries):
            cycle = own[np.random.randint(0, len(own))]
            start = m.starts[np.random.randint(low, high)]
            insert(m, cycle, start, 1)


@loop
def ruin_and_recreate(m: State, first: Ints, cycles: Ints, rounds: int, seed: int) -> int:
    """`rounds` attempts, each kept if the score does not fall; returns how many raised it."""
    np.random.seed(seed)
    raised = 0
    touched = np.zeros(len(first) - 1, dtype=np.int64)
    count = len(m.starts)
    for _ in range(rounds):
        home = np.random.randint(0, len(touched))
        through = cycles[first[home] : first[home + 1]]
        if not len(through):
            continue
        forget(m)
        before = m.score[0]
        touched[:] = 0
        touched[home] = 1
        width = np.random.randint(1, m.apart + 2)
        low = np.random.randint(0, count)
        high = min(count, low + width)
        _ruin(m, through, low, high, np.random.randint(1, 4), touched)
        _recreate(m, first, cycles, touched, max(0, low - 1), min(count, high + 1))
        if m.score[0] < before - EPSILON:
            undo(m, 0)
        elif m.score[0] > before + EPSILON:
            raised += 1
    forget(m)
    return raised


@loop
def shift_shadows(m: State, rounds: int, seed: int) -> int:
    """The same with shadow visits: one goes, others may come."""
    np.random.seed(seed)
    raised = 0
    arcs = len(m.arcs)
    for _ in range(rounds):
        forget(m)
        before = m.score[0]
        arc, start = np.random.randint(0, arcs), m.starts[np.random.randint(0, len(m.starts))]
        if m.alone[arc, start] > 0:
            cancel_alone(m, arc, start)
        for _try in range(8):
            other = arc if _try % 2 else np.random.randint(0, arcs)
            insert_alone(m, other, m.starts[np.random.randint(0, len(m.starts))], 1)
        if m.score[0] < before - EPSILON:
            undo(m, 0)
        elif m.score[0] > before + EPSILON:
            raised += 1
    forget(m)
    return raised
