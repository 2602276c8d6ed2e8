"""People of one kind: same home, worth the same everywhere, under the same limit. The master sees only kinds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduler.solver.arrays import Arrays, Floats, Ints

_ROOM = 1 << 62


@dataclass(frozen=True, eq=False)
class Kinds:
    """K kinds, and E pairs of a kind with an arc that its people may use."""

    number: Ints  # [K] people
    limit: Ints  # [K] visits of each
    kind: Ints  # [E]
    option: Ints  # [E] an option that stands for all those of the kind on its arc


def kinds_of(arrays: Arrays, worth: Floats) -> Kinds:
    """Sort the people by what their options are worth (`worth` [O]) and when those meet a requirement."""
    people = np.flatnonzero(np.diff(arrays.own_first))
    columns = [arrays.limit[people], arrays.home[people]]
    if arrays.seniority.any():
        columns.append(arrays.level[people])
    columns += _profiles(arrays, worth, people)
    key = np.zeros(len(people), dtype=np.int64)
    values = 1
    for column in columns:
        # One number for all columns; renumbered before it could grow too large.
        _, code = np.unique(column, return_inverse=True)
        wide = int(code.max(initial=0)) + 1
        if values > _ROOM // wide:
            left, key = np.unique(key, return_inverse=True)
            values = len(left)
        key = key * wide + code
        values *= wide
    _, first, number = np.unique(key, return_index=True, return_counts=True)
    model = people[first]
    counts = arrays.own_first[model + 1] - arrays.own_first[model]
    kind = np.repeat(np.arange(len(model)), counts)
    within = np.arange(len(kind)) - np.repeat(np.cumsum(counts) - counts, counts)
    option = arrays.own[np.repeat(arrays.own_first[model], counts) + within]
    return Kinds(number.astype(np.int64), arrays.limit[model], kind, option)


def _profiles(arrays: Arrays, worth: Floats, people: Ints) -> list[Ints]:
    """For the 1st, 2nd, ... arc of a home, what each person's visit is worth there; 0 where there is none."""
    deadline = arrays.deadline if arrays.need_reward else np.zeros(len(worth), dtype=np.int64)
    _, value = np.unique(worth, return_inverse=True)
    _, due = np.unique(deadline, return_inverse=True)
    code = 1 + value * (int(due.max(initial=0)) + 1) + due
    slot = arrays.arc - np.searchsorted(arrays.arc_home, arrays.arc_home)[arrays.arc] if len(code) else code
    table = np.zeros((len(arrays.home), int(slot.max(initial=-1)) + 1), dtype=np.int64)
    table[arrays.person, slot] = code
    return list(table[people].T)
