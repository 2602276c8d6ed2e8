"""A plan's groups put back into an empty state: whole ones first, then those in which a colleague stands in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduler.compiled import loop
from scheduler.solver.arrays import Arrays, Ints
from scheduler.solver.moves import best_for, book, book_alone, change, fits, has_room, has_room_alone, undo
from scheduler.solver.search import forget
from scheduler.solver.state import State


@dataclass(frozen=True, eq=False)
class Groups:
    """G groups of V visits; group g has visits first[g] to first[g + 1]. What is unknown or impossible is -1."""

    first: Ints  # [G + 1]
    cycle: Ints  # [G] of swaps and rings
    option: Ints  # [V]; a stand-in's once the group is mended
    arc: Ints  # [V]
    start: Ints  # [V]
    done: Ints  # [G] 0 not in the state, 1 as it was, 2 mended, -1 given up


def cycles_of(arrays: Arrays, first: Ints, arc: Ints) -> Ints:
    """[G]: the cycle that each group's arcs make, -1 if none."""
    if not len(arrays.cycles) or len(first) == 1:
        return np.full(len(first) - 1, -1, dtype=np.int64)
    # A number for each arc, so large and random that sums of different arcs differ; equal sums are compared.
    numbers = np.random.default_rng(0).integers(1, 1 << 60, len(arrays.arc_home) + 1)
    numbers[-1] = 0  # for arcs that are -1
    sums = numbers[arrays.cycles].sum(axis=1)
    order = np.argsort(sums, kind="stable")
    size = np.diff(first)
    wanted = np.add.reduceat(numbers[arc], first[:-1])
    at = order[np.minimum(np.searchsorted(sums[order], wanted), len(order) - 1)]
    legs = np.full((len(size), arrays.cycles.shape[1]), -1, dtype=np.int64)
    row = np.repeat(np.arange(len(size)), size)
    place = np.arange(len(arc)) - np.repeat(first[:-1], size)
    inside = place < legs.shape[1]
    legs[row[inside], place[inside]] = arc[inside]
    same = (np.sort(legs, axis=1) == np.sort(arrays.cycles[at], axis=1)).all(axis=1) & (size >= 2)
    same &= np.logical_and.reduceat(arc >= 0, first[:-1])
    return np.where(same & (size <= legs.shape[1]), at, -1)


@loop
def room_for(m: State, cycle: int, arc: int, start: int, size: int) -> bool:
    """Whether a swap or ring, or (of one) a shadow visit, keeps room and staff."""
    if start < 0 or arc < 0:
        return False
    if size == 1:
        return m.shadow and has_room_alone(m, arc, start)
    return cycle >= 0 and has_room(m, cycle, start)


@loop
def book_group(m: State, cycle: int, arc: int, start: int) -> None:
    """Book the swap or ring, or without one the shadow visit."""
    if cycle >= 0:
        book(m, cycle, start, 1)
    else:
        book_alone(m, arc, start, 1)


@loop
def keep_groups(m: State, first: Ints, cycle: Ints, option: Ints, arc: Ints, start: Ints, done: Ints) -> None:
    """Book the groups whose visits are all still possible, but for those given up."""
    for group in range(len(cycle)):
        low, high = first[group], first[group + 1]
        whole = done[group] == 0
        for visit in range(low, high):
            whole = whole and option[visit] >= 0 and fits(m, option[visit], start[visit])
        if whole and room_for(m, cycle[group], arc[low], start[low], high - low):
            book_group(m, cycle[group], arc[low], start[low])
            for visit in range(low, high):
                change(m, option[visit], start[visit], 1)
            done[group] = 1
        forget(m)


@loop
def mend_groups(m: State, first: Ints, cycle: Ints, option: Ints, arc: Ints, start: Ints, done: Ints) -> None:
    """Book those of the others in which the best free colleague can take the place of whoever cannot go."""
    for group in range(len(cycle)):
        low, high = first[group], first[group + 1]
        if done[group] > 0 or not room_for(m, cycle[group], arc[low], start[low], high - low):
            continue
        mark, found = m.done[0], 0
        for visit in range(low, high):
            chosen = option[visit]
            if chosen < 0 or not fits(m, chosen, start[visit]):
                chosen = best_for(m, arc[visit], start[visit])
            if chosen < 0:
                break
            change(m, chosen, start[visit], 1)
            found += 1
        if found < high - low:
            undo(m, mark)
            continue
        for entry in range(found):
            option[low + entry] = m.journal[mark + entry, 1]
        book_group(m, cycle[group], arc[low], start[low])
        done[group] = 2
        forget(m)
