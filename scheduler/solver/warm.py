"""Begin with visits that are known: those of a search that was interrupted, or of an earlier plan."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from scheduler.compiled import compiled
from scheduler.plan import PlannedVisit
from scheduler.solver.arrays import Arrays
from scheduler.solver.mending import cycles_of, keep_groups
from scheduler.solver.revise import find_options
from scheduler.solver.rounds import PLAIN
from scheduler.solver.state import State, empty_state


def start_from_visits(arrays: Arrays, visits: Iterable[PlannedVisit]) -> State | None:
    """A plan of those groups that still keep every rule; None if a pinned visit would be missing."""
    instance = arrays.instance
    people = {person.id: index for index, person in enumerate(instance.people)}
    departments = {department.id: index for index, department in enumerate(instance.departments)}
    order = {block.id: index for index, block in enumerate(instance.blocks)}
    known = sorted(visits, key=lambda visit: visit.group)
    number = np.array([visit.group for visit in known], dtype=np.int64)
    first = np.append(np.flatnonzero(np.diff(number, prepend=-1)), len(number)).astype(np.int64)
    option, start = find_options(arrays, known, people, departments, order)
    arc = np.where(option >= 0, arrays.arc[option], -1) if len(arrays.arc) else option
    state, done = empty_state(arrays), np.zeros(len(first) - 1, dtype=np.int64)
    keep = compiled(keep_groups) if len(arrays.arc) > PLAIN else keep_groups
    keep(state, first, cycles_of(arrays, first, arc), option, arc, start, done)
    kept = all(int(state.at[option]) == start for option, start in arrays.pins.tolist())
    return state if kept else None
