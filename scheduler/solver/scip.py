"""Set packing by SCIP (part of OR-Tools), which proves optima of exchanges that HiGHS and CP-SAT leave open."""

from __future__ import annotations

import math
from datetime import timedelta

import numpy as np
from scipy.sparse import csr_matrix

from scheduler.solver.arrays import Bools, Floats
from scheduler.solver.highs import Solved
from scheduler.solver.limits import Limits, Stopped, beside


def run_packing(worth: Floats, rows: csr_matrix, limits: Limits, *, hint: Bools, nodes: int | None = None) -> Solved:
    """The best choice of columns such that each row has at most one of them (all coefficients are 1).

    `hint` is a choice to begin with. Where `seconds` is no limit, a number of nodes is.
    """
    from ortools.math_opt.python import mathopt
    from ortools.util.python.solve_interrupter import SolveInterrupter

    model, interrupter = mathopt.Model(), SolveInterrupter()
    chosen = [model.add_binary_variable() for _ in worth]
    for low, high in zip(rows.indptr[:-1].tolist(), rows.indptr[1:].tolist(), strict=True):
        if high - low > 1:
            model.add_linear_constraint(mathopt.fast_sum(chosen[c] for c in rows.indices[low:high].tolist()) <= 1)
    model.maximize(mathopt.fast_sum(each * variable for each, variable in zip(worth.tolist(), chosen, strict=True)))
    left = limits.seconds_left()
    parameters = mathopt.SolveParameters(
        time_limit=None if left is None else timedelta(seconds=max(0.01, left)),
        node_limit=nodes,
        threads=1,
        random_seed=limits.seed,
        relative_gap_tolerance=0.0,
    )
    start = mathopt.SolutionHint(
        variable_values={variable: float(inside) for variable, inside in zip(chosen, hint.tolist(), strict=True)}
    )
    known = mathopt.ModelSolveParameters(solution_hints=[start])
    done = beside(
        lambda: mathopt.solve(
            model, mathopt.SolverType.GSCIP, params=parameters, model_params=known, interrupter=interrupter
        )
    )
    try:
        result = limits.wait_for(done, patient=True)
    except Stopped:
        interrupter.interrupt()
        return Solved()
    bound = result.termination.objective_bounds.dual_bound
    values = result.variable_values(chosen) if result.has_primal_feasible_solution() else None
    return Solved(
        optimal=result.termination.reason is mathopt.TerminationReason.OPTIMAL,
        bound=bound if math.isfinite(bound) else None,
        objective=result.objective_value() if values is not None else None,
        values=None if values is None else np.array(values),
    )
