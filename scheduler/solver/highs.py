"""HiGHS in a thread of its own, so that whoever waits can stop it."""

from __future__ import annotations

import threading
from concurrent.futures import wait
from dataclasses import dataclass
from typing import Final

import highspy
import numpy as np
from scipy.sparse import csr_matrix

from scheduler.solver.arrays import Bools, Floats
from scheduler.solver.limits import Limits, beside

_POLL = 0.02  # seconds between looks at the stop token
_GRACE = 0.15  # seconds that HiGHS gets to end by itself once told to
SMALL_LP: Final = 5_000  # columns up to which simplex is used


@dataclass(frozen=True, eq=False)
class Solved:
    """`bound` is None if none was proven; `values` is None if no solution was found."""

    infeasible: bool = False
    optimal: bool = False
    bound: float | None = None
    objective: float | None = None
    values: Floats | None = None
    duals: Floats | None = None


def run_lp(
    lp: highspy.HighsLp, limits: Limits, *, exact: bool = False, unwanted: threading.Event | None = None
) -> Solved:
    """The linear relaxation: simplex where it is small, otherwise a first-order method, or interior points if `exact`.

    The latter two end near an optimum only. Their bound comes from the duals they end with, which makes it valid
    however far off they are; presolve is off, since HiGHS loses such duals on the way back from it. A run ends without
    result once it is `unwanted`.
    """
    solver = _fresh(limits, None)
    small = lp.num_col_ <= SMALL_LP
    if small:
        solver.setOptionValue("solver", "simplex")
    else:
        solver.setOptionValue("presolve", "off")
        solver.setOptionValue("solver", "ipm" if exact else "pdlp")
        solver.setOptionValue("run_crossover", "off")
        solver.setOptionValue("pdlp_optimality_tolerance", 1e-4)
        solver.setOptionValue("kkt_tolerance", 1e-6 if exact else 1e-4)
    solver.passModel(lp)
    if not _run(solver, limits, unwanted):
        return Solved()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Solved(infeasible=True)
    solution, objective = solver.getSolution(), float(solver.getInfo().objective_function_value)
    if (small and status != highspy.HighsModelStatus.kOptimal) or not solution.value_valid or not solution.dual_valid:
        return Solved()
    values, duals = np.array(solution.col_value), np.array(solution.row_dual)
    bound = objective if small else dual_bound(lp, duals)
    return Solved(False, small, bound, objective, values, duals)


def run_simplex(lp: highspy.HighsLp, limits: Limits, *, seconds: float | None = None) -> Solved:
    """A linear model to the last digit, at a vertex, however many columns; nothing if time does not suffice."""
    solver = _fresh(limits, seconds)
    solver.setOptionValue("solver", "simplex")
    solver.passModel(lp)
    if not _run(solver, limits) or solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return Solved()
    solution, objective = solver.getSolution(), float(solver.getInfo().objective_function_value)
    return Solved(False, True, objective, objective, np.array(solution.col_value), np.array(solution.row_dual))


def dual_bound(lp: highspy.HighsLp, duals: Floats) -> float:
    """What no solution of a maximisation exceeds: with any prices of rows, all columns at their better bound."""
    shape = lp.num_row_, lp.num_col_
    matrix = csr_matrix((lp.a_matrix_.value_, lp.a_matrix_.index_, lp.a_matrix_.start_), shape=shape)
    low, high = np.array(lp.row_lower_), np.array(lp.row_upper_)
    prices = np.where((duals > 0) & ~np.isfinite(high), 0.0, duals)
    prices = np.where((prices < 0) & ~np.isfinite(low), 0.0, prices)
    sides = np.where(prices > 0, high, np.where(prices < 0, low, 0.0))
    reduced = np.array(lp.col_cost_) - matrix.T @ prices
    best = np.where(reduced > 0, lp.col_upper_, lp.col_lower_)
    return float(prices @ sides + reduced @ best)


def run_mip(
    lp: highspy.HighsLp,
    integer: Bools,
    limits: Limits,
    *,
    seconds: float | None = None,
    nodes: int | None = None,
    gap: float = 0.0,
    unwanted: threading.Event | None = None,
    proof: bool = False,
) -> Solved:
    """The integer program; with `proof` also a `bound` that no solution exceeds, whether or not it came to its end.

    Without, there is none: on one in three thousand of the oracle's instances HiGHS 1.14's presolve of integer programs
    calls optimal what is not (4.5 where 6 is possible). A proof does without presolve.
    """
    solver = _fresh(limits, seconds)
    if proof:
        solver.setOptionValue("presolve", "off")
    solver.setOptionValue("mip_rel_gap", gap)
    solver.setOptionValue("mip_abs_gap", 1e-7)
    solver.setOptionValue("random_seed", limits.seed)
    if nodes is not None:
        solver.setOptionValue("mip_max_nodes", nodes)
    solver.passModel(lp)
    count = lp.num_col_
    columns = np.arange(count, dtype=np.int32)
    kinds = np.where(integer, int(highspy.HighsVarType.kInteger), int(highspy.HighsVarType.kContinuous))
    solver.changeColsIntegrality(count, columns, kinds.astype(np.uint8))
    if not _run(solver, limits, unwanted):
        return Solved()
    status, info = solver.getModelStatus(), solver.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Solved(infeasible=True)
    bound = float(info.mip_dual_bound)
    found = info.primal_solution_status == 2
    return Solved(
        optimal=status == highspy.HighsModelStatus.kOptimal,
        bound=bound if proof and np.isfinite(bound) and abs(bound) < 1e20 else None,
        objective=float(info.objective_function_value) if found else None,
        values=np.array(solver.getSolution().col_value) if found else None,
    )


def _fresh(limits: Limits, seconds: float | None) -> highspy.Highs:
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    left = limits.seconds_left()
    spans = [span for span in (seconds if left is not None else None, left) if span is not None]
    if spans:
        solver.setOptionValue("time_limit", max(0.01, min(spans)))
    return solver


def _run(solver: highspy.Highs, limits: Limits, unwanted: threading.Event | None = None) -> bool:
    """Run it; False if it was stopped. A run that does not end at once is left to end by itself."""
    halt = threading.Event()

    def interrupt(event: object) -> None:
        if halt.is_set():
            event.data_in.user_interrupt = True  # type: ignore[attr-defined]

    for name in ("cbMipInterrupt", "cbSimplexInterrupt", "cbIpmInterrupt"):
        callback = getattr(solver, name, None)
        if callback is not None:
            callback += interrupt
    done = beside(solver.run)
    while not done.done():
        wait([done], _POLL)
        if limits.stopped() or (unwanted is not None and unwanted.is_set()):
            halt.set()
            wait([done], _GRACE)
            return False
    return True
