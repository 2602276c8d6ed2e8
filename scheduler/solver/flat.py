"""The whole problem as one CP-SAT model, person by person: exact, for small instances and parts of large ones."""

from __future__ import annotations

import math
from collections import defaultdict
from concurrent.futures import wait
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import numpy as np
from ortools.sat.python import cp_model

from scheduler.solver.arrays import Arrays, Floats, Ints
from scheduler.solver.limits import Limits, beside
from scheduler.solver.master import runs
from scheduler.solver.moves import FEASIBLE
from scheduler.solver.state import State

Term = tuple[float, cp_model.IntVar]
_POLL: Final = 0.02  # seconds between looks at the stop token
_GRACE: Final = 0.2  # seconds that CP-SAT gets to end by itself once told to
_EXACT = 2.0**45
_FINE = 2.0**30  # where no convenient factor makes all numbers whole


@dataclass(frozen=True, eq=False)
class Answer:
    """`visits` [V, 2]: option, start; `cycles` [n, 3] and `alone` [n, 3]: index, start, how many."""

    infeasible: bool = False
    optimal: bool = False
    bound: float | None = None
    visits: Ints | None = None
    cycles: Ints | None = None
    alone: Ints | None = None


@dataclass(eq=False)
class Flat:
    """The model and its variables, by option or cycle or arc, and start."""

    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    visit: dict[tuple[int, int], cp_model.IntVar] = field(default_factory=dict)
    cycle: dict[tuple[int, int], cp_model.IntVar] = field(default_factory=dict)
    alone: dict[tuple[int, int], cp_model.IntVar] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)

    def integer(self, high: int, worth: float = 0.0) -> cp_model.IntVar:
        """A whole number from 0 to `high` that earns `worth` each."""
        variable = self.model.new_int_var(0, max(0, high), "")
        if worth:
            self.terms.append((worth, variable))
        return variable


def flat_size(arrays: Arrays) -> int:
    """How many variables the model has, about."""
    return int(arrays.ok.sum()) + (len(arrays.cycles) + len(arrays.arc_home)) * len(arrays.starts)


def build_flat(arrays: Arrays) -> Flat:
    """Variables and one unit a rule."""
    flat = Flat()
    for option, start in np.argwhere(arrays.ok).tolist():
        flat.visit[option, start] = flat.integer(1, arrays.worth(option, start))
    by_arc: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
    for (option, start), variable in flat.visit.items():
        by_arc[int(arrays.arc[option]), start].append(variable)
    _groups(arrays, flat, by_arc)
    _departments(arrays, flat, by_arc)
    _people(arrays, flat)
    _rewards(arrays, flat, by_arc)
    for option, start in arrays.pins.tolist():
        flat.model.add(flat.visit[option, start] == 1)
    return flat


def _groups(arrays: Arrays, flat: Flat, by_arc: dict[tuple[int, int], list[cp_model.IntVar]]) -> None:
    made: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
    for cycle, row in enumerate(arrays.cycles.tolist()):
        arcs = [arc for arc in row if arc >= 0]
        for start in arrays.starts.tolist():
            most = min(len(by_arc.get((arc, start), ())) for arc in arcs)
            if most:
                flat.cycle[cycle, start] = flat.integer(most)
                for arc in arcs:
                    made[arc, start].append(flat.cycle[cycle, start])
    for key, visits in by_arc.items():
        if arrays.shadow:
            flat.alone[key] = flat.integer(len(visits), -arrays.shadow_cost)
            made[key].append(flat.alone[key])
        flat.model.add(sum(visits) == sum(made.get(key, [])))


def _departments(arrays: Arrays, flat: Flat, by_arc: dict[tuple[int, int], list[cp_model.IntVar]]) -> None:
    guests: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
    staff: dict[tuple[int, int], list[tuple[float, cp_model.IntVar]]] = defaultdict(list)
    for (arc, start), visits in by_arc.items():
        for block in range(start, start + arrays.length):
            home, host = int(arrays.arc_home[arc]), int(arrays.arc_host[arc])
            guests[host, block] += visits
            staff[home, block] += [(1.0, visit) for visit in visits]
            staff[host, block] += [(-arrays.cover_worth, visit) for visit in visits]
            if arrays.shadow:
                staff[host, block].append((arrays.cover_worth, flat.alone[arc, start]))
    for (host, block), visits in guests.items():
        flat.model.add(sum(visits) <= int(arrays.capacity[host, block]))
    whole = _multiplier(np.array([arrays.cover_worth, 1.0]))
    for (home, block), entries in staff.items():
        coefficients = [round(whole * factor) for factor, _ in entries]
        total = cp_model.LinearExpr.weighted_sum([variable for _, variable in entries], coefficients)
        slack = int(whole * FEASIBLE / 2)  # the same tolerance as everywhere: a worth of 1/3 has no exact number
        flat.model.add(total <= int(whole * int(arrays.spare[home, block])) + slack)


def _people(arrays: Arrays, flat: Flat) -> None:
    own: dict[int, dict[int, list[tuple[int, cp_model.IntVar]]]] = defaultdict(lambda: defaultdict(list))
    for (option, start), variable in flat.visit.items():
        own[int(arrays.person[option])][start].append((option, variable))
    for person, by_start in own.items():
        chosen = [pair for pairs in by_start.values() for pair in pairs]
        by_option: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for option, variable in chosen:
            by_option[option].append(variable)
        for variables in by_option.values():
            flat.model.add_at_most_one(variables)
        for first in sorted(by_start):
            window = [v for start in range(first, first + arrays.apart) for _, v in by_start.get(start, ())]
            flat.model.add_at_most_one(window)
        limit = int(arrays.limit[person])
        times = [
            flat.integer(1, float(arrays.fairness[number]) if number < len(arrays.fairness) else 0.0)
            for number in range(limit)
        ]
        flat.model.add(sum(variable for _, variable in chosen) == sum(times))


def _rewards(arrays: Arrays, flat: Flat, by_arc: dict[tuple[int, int], list[cp_model.IntVar]]) -> None:
    of_arc: dict[int, list[cp_model.IntVar]] = defaultdict(list)
    of_home: dict[int, list[cp_model.IntVar]] = defaultdict(list)
    for (arc, _), visits in by_arc.items():
        of_arc[arc] += visits
        of_home[int(arrays.arc_home[arc])] += visits
    for arc, visits in of_arc.items():
        _tiers(flat, arrays.coverage[arc], visits)
    for home, visits in of_home.items():
        _tiers(flat, arrays.tiers[home], visits)
    levels: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
    for (option, _), variable in flat.visit.items():
        arc = int(arrays.arc[option])
        if arrays.seniority[arc]:
            levels[arc, int(arrays.level[arrays.person[option]])].append(variable)
    for (arc, _), visits in levels.items():
        flat.model.add(flat.integer(1, float(arrays.seniority[arc])) <= sum(visits))


def _tiers(flat: Flat, rewards: Floats, visits: list[cp_model.IntVar]) -> None:
    reward, width = runs(rewards)
    if len(reward):
        earned = [flat.integer(int(wide), float(worth)) for worth, wide in zip(reward, width, strict=True)]
        flat.model.add(sum(earned) <= sum(visits))


def _multiplier(values: Floats) -> float:
    """The smallest convenient factor that makes all values whole; a large power of two if none does."""
    for factor in (1, 2, 4, 5, 8, 10, 20, 100, 1000, 10_000, 1_000_000):
        scaled = values * factor
        if np.all(np.abs(scaled - np.round(scaled)) < 1e-9):
            return float(factor)
    return _FINE


def solve_flat(
    flat: Flat, limits: Limits, *, hint: State | None = None, effort: float | None = None, seconds: float | None = None
) -> Answer:
    """Maximise the score. `effort` is CP-SAT's deterministic time; the bound is safe against rounding of weights."""
    model, worths = flat.model, np.array([worth for worth, _ in flat.terms])
    highs = np.array([variable.proto.domain[-1] for _, variable in flat.terms], dtype=np.float64)
    factor = _multiplier(worths)
    largest = float(np.abs(worths) @ highs)
    if (factor == _FINE or factor * largest > _EXACT) and largest > 0:
        factor = 2.0 ** math.floor(math.log2(_EXACT / largest))
    whole = np.round(worths * factor)
    error = float(np.abs(whole - worths * factor) @ highs) / factor
    model.maximize(
        cp_model.LinearExpr.weighted_sum([variable for _, variable in flat.terms], [int(each) for each in whole])
    )
    if hint is not None:
        _hint(flat, hint)
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.random_seed = limits.seed
    parameters.num_workers = max(1, limits.workers)
    parameters.interleave_search = limits.workers > 1 and limits.options.seconds is None
    if effort is not None and limits.options.seconds is None:
        parameters.max_deterministic_time = effort
    until = limits.elapsed() + (math.inf if seconds is None else seconds)
    status = _run(solver, model, limits, until)
    if status == cp_model.INFEASIBLE:
        # CP-SAT has been wrong about that (or-tools 5274, 5295): only believed if it says so without presolve, too.
        parameters.cp_model_presolve = False
        parameters.num_workers = 1
        status = _run(solver, model, limits, until)
        if status == cp_model.INFEASIBLE:
            return Answer(infeasible=True)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer()
    return Answer(
        optimal=status == cp_model.OPTIMAL,
        bound=solver.best_objective_bound / factor + (error if error > 1e-9 else 0.0),
        visits=_chosen(solver, flat.visit)[:, :2],
        cycles=_chosen(solver, flat.cycle),
        alone=_chosen(solver, flat.alone),
    )


def _chosen(solver: cp_model.CpSolver, variables: dict[tuple[int, int], cp_model.IntVar]) -> Ints:
    rows = [(*key, count) for key, variable in variables.items() if (count := solver.value(variable))]
    return np.array(rows, dtype=np.int64).reshape(len(rows), 3)


def _hint(flat: Flat, state: State) -> None:
    flat.model.clear_hints()  # type: ignore[no-untyped-call]
    for (option, start), variable in flat.visit.items():
        flat.model.add_hint(variable, int(state.at[option] == start))
    for (cycle, start), variable in flat.cycle.items():
        flat.model.add_hint(variable, int(state.booked[cycle, start]))
    for (arc, start), variable in flat.alone.items():
        flat.model.add_hint(variable, int(state.alone[arc, start]))


def _run(solver: cp_model.CpSolver, model: cp_model.CpModel, limits: Limits, until: float) -> object:
    """Solve in a thread, so that a stop token ends it; where time counts, at most `until` so many have elapsed."""
    left = limits.seconds_left()
    if left is not None:
        solver.parameters.max_time_in_seconds = max(0.01, min(left, until - limits.elapsed()))
    done = beside(partial(solver.solve, model))
    while not done.done():
        wait([done], _POLL)
        if limits.stopped():
            solver.stop_search()
            wait([done], _GRACE)
            break
    return done.result() if done.done() else cp_model.UNKNOWN
