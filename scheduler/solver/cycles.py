"""All cycles of departments: the shapes of swaps and rings."""

from __future__ import annotations

from typing import Final, TypedDict

import numpy as np

from scheduler.solver.arrays import Ints

LONGEST: Final = 4


class Cycles(TypedDict):
    """`cycles` [C, 4]: arcs, -1 where shorter; `size` [C]: departments."""

    cycles: Ints
    size: Ints


def enumerate_cycles(arc_home: Ints, arc_host: Ints, longest: int) -> Cycles:
    """Every simple cycle of at most `longest` departments, once, starting with its smallest department.

    Joins paths arc by arc in whole arrays: the numbers of cycles grow too fast for a loop a cycle.
    """
    order = np.argsort(arc_home, kind="stable")
    departments = int(max(arc_home.max(initial=-1), arc_host.max(initial=-1))) + 1
    first = np.searchsorted(arc_home[order], np.arange(departments + 1))
    # A path is a row of arcs; its start is the smallest department on it.
    paths = np.flatnonzero(arc_host > arc_home)[:, None]
    found: list[Ints] = []
    for size in range(2, longest + 1):
        ends = arc_host[paths[:, -1]]
        counts = first[ends + 1] - first[ends] if departments else np.zeros(0, dtype=np.int64)
        row = np.repeat(np.arange(len(paths)), counts)
        within = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
        step = order[np.repeat(first[ends] if departments else counts, counts) + within]
        longer = np.concatenate([paths[row], step[:, None]], axis=1)
        start, end = arc_home[longer[:, 0]], arc_host[longer[:, -1]]
        closed = longer[end == start]
        found.append(np.pad(closed, ((0, 0), (0, LONGEST - size)), constant_values=-1))
        new = (end > start) & (arc_home[longer] != end[:, None]).all(axis=1)
        paths = longer[new]
    cycles = np.concatenate(found) if found else np.zeros((0, LONGEST), dtype=np.int64)
    return {"cycles": cycles.astype(np.int64), "size": (cycles >= 0).sum(axis=1).astype(np.int64)}
