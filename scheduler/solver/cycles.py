"""Cycles of departments: the shapes of swaps and rings. All of them, or a sample where there are too many."""

from __future__ import annotations

from typing import Final, TypedDict

import numpy as np

from scheduler.solver.arrays import Ints

LONGEST: Final = 4
_CYCLES: Final = 400_000  # at most, and
_BOOKINGS: Final = 1_000_000  # at most so many cycles times blocks: plans and models have tables of that size
_PATHS: Final = 4_000_000  # looked at for each length


class Cycles(TypedDict):
    """`cycles` [C, 4]: arcs, -1 where shorter; `size` [C]: departments; `complete`: whether there are no others."""

    cycles: Ints
    size: Ints
    complete: bool


def enumerate_cycles(arc_home: Ints, arc_host: Ints, longest: int, blocks: int) -> Cycles:
    """Every simple cycle of at most `longest` departments, once, starting with its smallest department.

    Joins paths arc by arc in whole arrays: the numbers of cycles grow too fast for a loop a cycle. They also grow too
    fast for memory where departments are many and nearly all depend on one another; then some are drawn by lot,
    short ones first, and models that need all of them go without cycles (`master.without_rings`).
    """
    order = np.argsort(arc_home, kind="stable")
    departments = int(max(arc_home.max(initial=-1), arc_host.max(initial=-1))) + 1
    first = np.searchsorted(arc_home[order], np.arange(departments + 1))
    keys = arc_home * departments + arc_host
    by_key = np.argsort(keys, kind="stable")
    lot = np.random.default_rng(0)
    # A path is a row of arcs; its start is the smallest department on it.
    paths = np.flatnonzero(arc_host > arc_home)[:, None]
    found: list[Ints] = []
    room, complete = min(_CYCLES, max(1, _BOOKINGS // max(1, blocks))), True
    for size in range(2, longest + 1):
        back = arc_host[paths[:, -1]] * departments + arc_home[paths[:, 0]]
        at = np.minimum(np.searchsorted(keys[by_key], back), max(0, len(keys) - 1))
        closing = np.flatnonzero(keys[by_key][at] == back) if len(keys) else np.zeros(0, dtype=np.int64)
        if len(closing) > room:
            closing, complete = np.sort(lot.choice(closing, room, replace=False)), False
        room -= len(closing)
        closed = np.concatenate([paths[closing], by_key[at[closing]][:, None]], axis=1)
        found.append(np.pad(closed, ((0, 0), (0, LONGEST - size)), constant_values=-1))
        if size < longest:
            ends = arc_host[paths[:, -1]]
            steps = int((first[ends + 1] - first[ends]).sum())
            if steps > _PATHS:
                some = np.sort(lot.choice(len(paths), max(1, len(paths) * _PATHS // steps), replace=False))
                paths, complete = paths[some], False
            paths = _extended(paths, arc_home, arc_host, order, first)
    cycles = np.concatenate(found) if found else np.zeros((0, LONGEST), dtype=np.int64)
    size_of = (cycles >= 0).sum(axis=1).astype(np.int64)
    return {"cycles": cycles.astype(np.int64), "size": size_of, "complete": complete}


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
