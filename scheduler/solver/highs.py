"""HiGHS in a thread of its own, so that whoever waits can stop it."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import highspy
import numpy as np

from scheduler.solver.arrays import Bools, Floats
from scheduler.solver.limits import Limits

_POLL = 0.02  # seconds between looks at the stop token
_GRACE = 0.15  # seconds that HiGHS gets to end by itself once told to


@dataclass(frozen=True, eq=False)
class Solved:
    """`bound` is None if none was proven; `values` is None if no solution was found."""

    infeasible: bool = False
    optimal: bool = False
    bound: float | None = None
    objective: float | None = None
    values: Floats | None = None
    duals: Floats | None = None


def run_lp(lp: highspy.HighsLp, limits: Limits, *, seconds: float | None = None) -> Solved:
    """The linear relaxation: interior point with crossover where that is faster, simplex for small ones."""
    solver = _fresh(limits, seconds)
    solver.setOptionValue("solver", "ipm" if lp.num_col_ > 5_000 else "simplex")
    solver.passModel(lp)
    if not _run(solver, limits):
        return Solved()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Solved(infeasible=True)
    if status != highspy.HighsModelStatus.kOptimal:
        return Solved()
    solution, objective = solver.getSolution(), float(solver.getInfo().objective_function_value)
    return Solved(False, True, objective, objective, np.array(solution.col_value), np.array(solution.row_dual))


def run_mip(
    lp: highspy.HighsLp,
    integer: Bools,
    limits: Limits,
    *,
    low: Floats | None = None,
    high: Floats | None = None,
    seconds: float | None = None,
    nodes: int | None = None,
    gap: float = 0.0,
    hint: Floats | None = None,
) -> Solved:
    """The integer program, with other column bounds if given; `bound` then holds for those only."""
    solver = _fresh(limits, seconds)
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
    if low is not None and high is not None:
        solver.changeColsBounds(count, columns, low, high)
    if hint is not None:
        solution = highspy.HighsSolution()
        solution.col_value = list(hint)
        solver.setSolution(solution)
    if not _run(solver, limits):
        return Solved()
    status, info = solver.getModelStatus(), solver.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Solved(infeasible=True)
    bound = float(info.mip_dual_bound)
    found = info.primal_solution_status == 2
    return Solved(
        optimal=status == highspy.HighsModelStatus.kOptimal,
        bound=bound if np.isfinite(bound) and abs(bound) < 1e20 else None,
        objective=float(info.objective_function_value) if found else None,
        values=np.array(solver.getSolution().col_value) if found else None,
    )


def _fresh(limits: Limits, seconds: float | None) -> highspy.Highs:
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", max(1, limits.workers))
    left = limits.seconds_left()
    spans = [span for span in (seconds if left is not None else None, left) if span is not None]
    if spans:
        solver.setOptionValue("time_limit", max(0.01, min(spans)))
    return solver


def _run(solver: highspy.Highs, limits: Limits) -> bool:
    """Run it; False if it was stopped. A run that does not end at once is left to end by itself."""
    thread = threading.Thread(target=solver.run, daemon=True)
    halt = threading.Event()

    def interrupt(event: object) -> None:
        if halt.is_set():
            event.data_in.user_interrupt = True  # type: ignore[attr-defined]

    for name in ("cbMipInterrupt", "cbSimplexInterrupt", "cbIpmInterrupt"):
        callback = getattr(solver, name, None)
        if callback is not None:
            callback += interrupt
    thread.start()
    while thread.is_alive():
        thread.join(_POLL)
        if limits.stopped():
            halt.set()
            thread.join(_GRACE)
            return False
    return True
