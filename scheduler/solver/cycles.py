"""All cycles of departments: the shapes of swaps and rings."""

from __future__ import annotations

from typing import Final, TypedDict

import numpy as np

from scheduler.solver.arrays import Ints

LONGEST: Final = 4
_AT_ONCE: Final = 50_000  # paths that are made longer at once, to bound memory


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
    keys = arc_home * departments + arc_host
    by_key = np.argsort(keys, kind="stable")
    # A path is a row of arcs; its start is the smallest department on it.
    paths = np.flatnonzero(arc_host > arc_home)[:, None]
    found: list[Ints] = []
    for size in range(2, longest + 1):
        back = arc_host[paths[:, -1]] * departments + arc_home[paths[:, 0]]
        at = np.minimum(np.searchsorted(keys[by_key], back), max(0, len(keys) - 1))
        closing = keys[by_key][at] == back if len(keys) else np.zeros(0, dtype=bool)
        closed = np.concatenate([paths[closing], by_key[at[closing]][:, None]], axis=1)
        found.append(np.pad(closed, ((0, 0), (0, LONGEST - size)), constant_values=-1))
        if size < longest:
            longer = [_extended(part, arc_home, arc_host, order, first) for part in _parts(paths)]
            paths = np.concatenate([*longer, np.zeros((0, size), dtype=np.int64)])
    cycles = np.concatenate(found) if found else np.zeros((0, LONGEST), dtype=np.int64)
    return {"cycles": cycles.astype(np.int64), "size": (cycles >= 0).sum(axis=1).astype(np.int64)}


def _parts(paths: Ints) -> list[Ints]:
    return [paths[low : low + _AT_ONCE] for low in range(0, len(paths), _AT_ONCE)]


def _extended(paths: Ints, arc_home: Ints, arc_host: Ints, order: Ints, first: Ints) -> Ints:
    """Each path with each arc that goes on to a department larger than its start and not yet on it."""
    ends = arc_host[paths[:, -1]]
    counts = first[ends + 1] - first[ends]
    row = np.repeat(np.arange(len(paths)), counts)
    within = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    step = order[np.repeat(first[ends], counts) + within]
    end = arc_host[step]
    new = end > arc_home[paths[row, 0]]
    for place in range(paths.shape[1]):
        new &= arc_home[paths[row, place]] != end
    return np.concatenate([paths[row[new]], step[new][:, None]], axis=1)
