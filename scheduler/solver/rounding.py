"""Whole numbers of swaps, rings and shadow visits near the relaxation's, priced by what people would gain from them."""

from __future__ import annotations

import threading
from typing import TypedDict

import highspy
import numpy as np
from scipy.sparse import csr_matrix

from scheduler.solver.arrays import Bools, Floats, Ints
from scheduler.solver.highs import Solved, run_mip, run_simplex
from scheduler.solver.limits import Limits
from scheduler.solver.master import Master

_WHOLE = 1e-3  # a number that close to a whole one is whole
_LOOSE = 1  # visits that an arc may have more or less altogether than in the relaxation
_EXACT = 1e-6  # the same at a vertex, which simplex computes to the last digits
_GAP, _QUICK_GAP = 2e-4, 5e-4  # below the best rounding at which to stop, as fractions


class _Effort(TypedDict):
    seconds: float | None
    nodes: int | None
    unwanted: threading.Event | None


def round_flows(
    master: Master,
    relaxed: Solved,
    limits: Limits,
    least: Ints,
    seconds: float | None,
    unwanted: threading.Event | None = None,
    *,
    quick: bool = False,
) -> Floats | None:
    """Values of all the master's columns, those of flows whole and at least `least`: each rounded up or down.

    The layer of people is replaced by its prices in the relaxation, so that this stays as small with a hundred
    thousand people as with a thousand. Without `seconds` a number of nodes ends it. None once it is `unwanted`.

    `quick` keeps what is whole already at a vertex of the linear relaxation (relax and fix): of 6,000 flows some 600
    are left to decide, which takes two seconds instead of ten for plans 0.1 % from the best ones.
    """
    assert relaxed.values is not None
    assert relaxed.duals is not None
    values = relaxed.values.copy()
    flows = np.concatenate([master.cycles.ravel(), master.shadows.ravel()]).astype(np.int64)
    low = np.maximum(np.floor(values[flows] + _WHOLE), least)
    high = np.maximum(np.ceil(values[flows] - _WHOLE), low)
    lp, integer = _flows_only(master, relaxed, flows, low, high)
    effort: _Effort = {"seconds": seconds, "nodes": None if seconds is not None else 20, "unwanted": unwanted}
    solved = Solved()
    if quick and (vertex := run_simplex(lp, limits, seconds=seconds).values) is not None:
        near = np.round(vertex)
        whole = np.abs(vertex - near) < _EXACT
        kept, _ = _flows_only(master, relaxed, flows, np.where(whole, near, low), np.where(whole, near, high))
        solved = run_mip(kept, integer, limits, gap=_QUICK_GAP, **effort)
    if solved.values is None and not limits.over():
        solved = run_mip(lp, integer, limits, gap=_GAP, **effort)
    if unwanted is not None and unwanted.is_set():
        return None
    values[flows] = low if solved.values is None else np.round(solved.values)
    return values


def _flows_only(
    master: Master, relaxed: Solved, flows: Ints, low: Floats, high: Floats
) -> tuple[highspy.HighsLp, Bools]:
    full = master.rows.lp()
    matrix = master.rows.matrix()
    row_low, row_high = np.array(full.row_lower_), np.array(full.row_upper_)
    part = matrix[:, flows]
    others = matrix.getnnz(axis=1) > part.getnnz(axis=1)
    assert relaxed.duals is not None
    assert relaxed.values is not None
    # Rows that flows share with people: their price instead, and visits of an arc altogether within a margin.
    cost = np.array(full.col_cost_)[flows] - part.T @ np.where(others, relaxed.duals, 0.0)
    shared = (part @ relaxed.values[flows])[master.total]
    row_low[master.total], row_high[master.total] = np.floor(shared) - _LOOSE, np.ceil(shared) + _LOOSE
    keep = ~others
    keep[master.total] = True
    kept: csr_matrix = part[keep]
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = kept.shape
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, low, high
    lp.row_lower_, lp.row_upper_ = row_low[keep], row_high[keep]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = kept.indptr, kept.indices, kept.data
    lp.sense_ = highspy.ObjSense.kMaximize
    return lp, np.ones(len(flows), dtype=bool)
