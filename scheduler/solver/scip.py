"""Set packing by SCIP (part of OR-Tools), which proves optima of exchanges that HiGHS and CP-SAT leave open."""

from __future__ import annotations

import numpy as np
from ortools.linear_solver import pywraplp
from scipy.sparse import csr_matrix

from scheduler.solver.arrays import Bools, Floats
from scheduler.solver.highs import Solved
from scheduler.solver.limits import Limits, Stopped, beside


def run_packing(worth: Floats, rows: csr_matrix, limits: Limits, *, hint: Bools, nodes: int | None = None) -> Solved:
    """The best choice of columns such that each row has at most one of them (all coefficients are 1).

    `hint` is a choice to begin with. Where `seconds` is no limit, a number of nodes is.
    """
    solver = pywraplp.Solver.CreateSolver("SCIP")
    chosen = [solver.BoolVar("") for _ in worth]
    for low, high in zip(rows.indptr[:-1].tolist(), rows.indptr[1:].tolist(), strict=True):
        if high - low > 1:
            once = solver.RowConstraint(-solver.infinity(), 1.0, "")
            for column in rows.indices[low:high].tolist():
                once.SetCoefficient(chosen[column], 1.0)
    objective = solver.Objective()
    for variable, each in zip(chosen, worth.tolist(), strict=True):
        objective.SetCoefficient(variable, each)
    objective.SetMaximization()
    solver.SetHint(chosen, hint.astype(np.float64).tolist())
    settings = [f"randomization/randomseedshift = {limits.seed}"]
    left = limits.seconds_left()
    if left is not None:
        solver.SetTimeLimit(max(10, int(1000 * left)))
    elif nodes is not None:
        settings.append(f"limits/nodes = {nodes}")
    solver.SetSolverSpecificParametersAsString("\n".join(settings))
    done = beside(solver.Solve)
    try:
        status = limits.wait_for(done, patient=True)
    except Stopped:
        solver.InterruptSolve()
        return Solved()
    if status not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
        return Solved()
    return Solved(
        optimal=status == pywraplp.Solver.OPTIMAL,
        bound=float(objective.BestBound()),
        objective=float(objective.Value()),
        values=np.array([variable.solution_value() for variable in chosen]),
    )
