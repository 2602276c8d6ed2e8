"""Search over whole swaps and rings: fill greedily, improve person by person, ruin and recreate. Compiled."""

from __future__ import annotations

import numpy as np

from scheduler.compiled import loop
from scheduler.solver.arrays import Ints
from scheduler.solver.moves import (
    EPSILON,
    best_for,
    book,
    book_alone,
    change,
    fits,
    has_room,
    has_room_alone,
    place,
    undo,
)
from scheduler.solver.state import ARC, END, FIRST, PERSON, PINNED, State


@loop
def forget(m: State) -> None:
    """What was done stays."""
    m.done[0] = 0


@loop
def insert(m: State, cycle: int, start: int, depth: int) -> bool:
    """One more swap or ring with the people it is worth most for, if it fits and is worth anything."""
    if not has_room(m, cycle, start):
        return False
    mark, before = m.done[0], m.score[0]
    for leg in range(1, m.cycles[cycle, 0] + 1):
        if not place(m, m.cycles[cycle, leg], start, depth):
            undo(m, mark)
            return False
    if m.score[0] <= before + EPSILON:
        undo(m, mark)
        return False
    book(m, cycle, start, 1)
    return True


@loop
def insert_alone(m: State, arc: int, start: int, depth: int) -> bool:
    """One more shadow visit, if it fits and is worth its cost."""
    if not has_room_alone(m, arc, start):
        return False
    mark, before = m.done[0], m.score[0]
    if not place(m, arc, start, depth):
        undo(m, mark)
        return False
    book_alone(m, arc, start, 1)
    if m.score[0] <= before + EPSILON:
        undo(m, mark)
        return False
    return True


@loop
def fill(m: State, order: Ints, depth: int, alone: bool) -> int:
    """Insert cycles in this order, each as often as it fits, then (`alone`) shadow visits; returns how many."""
    inserted = 0
    for cycle in order:
        for start in m.starts:
            while insert(m, cycle, start, depth):
                inserted += 1
                forget(m)
            forget(m)
    if m.shadow and alone:
        for arc in range(len(m.arcs)):
            for start in m.starts:
                while insert_alone(m, arc, start, depth):
                    inserted += 1
                    forget(m)
                forget(m)
    return inserted


@loop
def give_to(m: State, option: int) -> bool:
    """Hand a visit to the colleague for whom it is worth most, if that is more than for its person."""
    start, arc, before = m.at[option], m.options[option, ARC], m.score[0]
    mark = m.done[0]
    change(m, option, start, -1)
    best = best_for(m, arc, start)
    if best >= 0:
        change(m, best, start, 1)
        if m.score[0] > before + EPSILON:
            forget(m)
            return True
    undo(m, mark)
    return False


@loop
def trade(m: State, one: int, other: int, mine: int, theirs: int) -> bool:
    """Two colleagues take each other's visits: options `one` and `other` give way to `mine` and `theirs`."""
    first, second, before, mark = m.at[one], m.at[other], m.score[0], m.done[0]
    change(m, one, first, -1)
    change(m, other, second, -1)
    if fits(m, mine, second) and fits(m, theirs, first):
        change(m, mine, second, 1)
        change(m, theirs, first, 1)
        if m.score[0] > before + EPSILON:
            forget(m)
            return True
    undo(m, mark)
    return False


@loop
def option_on(m: State, person: int, arc: int) -> int:
    """The person's option on an arc, -1 if there is none."""
    for option in m.own[person]:
        if option >= 0 and m.options[option, ARC] == arc:
            return option  # type: ignore[no-any-return]
    return -1


@loop
def _trade_one(m: State, option: int, tries: int) -> int:
    """Look among the person's other destinations for a colleague who would rather trade."""
    person, arc, start = m.options[option, PERSON], m.options[option, ARC], m.at[option]
    for mine in m.own[person]:
        if mine < 0 or m.at[mine] >= 0:
            continue
        gain = m.value[mine] - m.value[option]
        low, high = m.arcs[m.options[mine, ARC], FIRST], m.arcs[m.options[mine, ARC], END]
        offset = np.random.randint(0, high - low)
        left = tries
        for step in range(high - low):
            other = low + (offset + step) % (high - low)
            when = m.at[other]
            if when < 0 or m.options[other, PINNED] >= 0 or not m.ok[mine, when]:
                continue
            left -= 1
            if left < 0:
                break
            theirs = option_on(m, m.options[other, PERSON], arc)
            if theirs < 0 or m.at[theirs] >= 0 or not m.ok[theirs, start]:
                continue
            if gain + m.value[theirs] - m.value[other] <= EPSILON and m.extra.shape[0] == 0:
                continue
            if trade(m, option, other, mine, theirs):
                return 1
    return 0


@loop
def polish(m: State, first: int, last: int, seed: int) -> int:
    """Hand over and trade the visits of options `first` to `last` while that helps; returns how many moves."""
    np.random.seed(seed)
    moves = 0
    for option in range(first, last):
        if m.at[option] < 0 or m.options[option, PINNED] >= 0:
            continue
        if give_to(m, option):
            moves += 1
            continue
        moves += _trade_one(m, option, 40)
    return moves


@loop
def member_at(m: State, arc: int, start: int) -> int:
    """A visit of the arc in this block that may go: the one worth least, -1 if there is none."""
    found, least = -1, 1e300
    for option in range(m.arcs[arc, FIRST], m.arcs[arc, END]):
        if m.at[option] == start and m.options[option, PINNED] < 0:
            value = m.value[option] + np.random.random()
            if value < least:
                found, least = option, value
    return found


@loop
def cancel(m: State, cycle: int, start: int) -> bool:
    """Take a swap or ring out, people and all; not if only pinned people make it."""
    mark = m.done[0]
    for leg in range(1, m.cycles[cycle, 0] + 1):
        option = member_at(m, m.cycles[cycle, leg], start)
        if option < 0:
            undo(m, mark)
            return False
        change(m, option, start, -1)
    book(m, cycle, start, -1)
    return True


@loop
def cancel_alone(m: State, arc: int, start: int) -> bool:
    """Take a shadow visit out."""
    option = member_at(m, arc, start)
    if option < 0:
        return False
    change(m, option, start, -1)
    book_alone(m, arc, start, -1)
    return True
