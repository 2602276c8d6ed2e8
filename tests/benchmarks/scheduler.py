"""The scheduler against what one would do without it, in the same run: python -m tests.benchmarks.scheduler.

Baselines: round robin (block by block, pair of departments by pair, the first free person), rustworkx (a maximum
weight matching of people in each block, then limits), flat CP-SAT (one model of all people, two workers, same time).
All plans go through the checker. Prints a table, and with --plot writes the gap over time as an SVG. A long run can be
done in pieces that add to the same file of --results.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from scheduler import Instance, Plan, Progress, SolveOptions, Status, check, generate, solve
from scheduler.compiled import compiled
from scheduler.plan import gap_of
from scheduler.solver.arrays import Arrays
from scheduler.solver.build import build
from scheduler.solver.flat import build_flat, solve_flat
from scheduler.solver.limits import Limits
from scheduler.solver.moves import book, change, fits, has_room
from scheduler.solver.result import state_of, visits_of
from scheduler.solver.search import forget
from scheduler.solver.state import State, empty_state
from tests.benchmarks.scheduler_plot import plot

Trace = list[tuple[float, float | None, float | None]]  # seconds, score, bound
DEPARTMENTS = {500: 15, 2_000: 30, 10_000: 60, 100_000: 60}
MOMENTS = (10, 20, 60, 120)  # seconds
SLOW = {"rustworkx": 2_000, "flat CP-SAT": 10_000}
"""People up to which time (one matching of 10,000 takes over five minutes) and memory suffice."""


class Case(NamedTuple):
    """An instance of `generate`, and seconds for each way of planning it."""

    people: int
    regime: str
    seed: int
    seconds: float


@dataclass(frozen=True)
class Found:
    """What one way of planning found: seconds to the first plan, to the bound, and score and gap over time."""

    name: str
    people: int
    regime: str
    seed: int
    score: float
    bound: float | None
    allowed: float
    seconds: float
    megabytes: int
    trace: Trace


def ours(
    instance: Instance, seconds: float
) -> tuple[float, float | None, list[tuple[float, float | None, float | None]]]:
    """Score, bound and trace of the product."""
    trace: list[tuple[float, float | None, float | None]] = []

    def heard(progress: Progress) -> None:
        trace.append((progress.elapsed, progress.incumbent, progress.bound))

    plan = solve(instance, SolveOptions(seconds=seconds, work=1_000_000, workers=2), on_progress=heard)
    _judge(instance, plan)
    return plan.score, plan.bound, trace


def round_robin(instance: Instance, seconds: float) -> float:
    """What a patient person with a spreadsheet does."""
    arrays = build(instance)
    state = empty_state(arrays)
    order = np.argsort([-arrays.weight[c[c >= 0]].mean() for c in arrays.cycles], kind="stable")
    begun = time.monotonic()
    for start in arrays.starts.tolist():
        going = True
        while going and time.monotonic() - begun < seconds:
            going = False
            for cycle in order.tolist():
                going |= compiled(has_room)(state, cycle, start) and _first_free(arrays, state, cycle, start)
    return _score(instance, arrays, state)


def _first_free(arrays: Arrays, state: State, cycle: int, start: int) -> bool:
    chosen = []
    for arc in arrays.cycles[cycle, : arrays.size[cycle]].tolist():
        rows = np.arange(arrays.arc_first[arc], arrays.arc_first[arc + 1])
        options = rows[np.argsort(arrays.person[rows])].tolist()
        option = next((each for each in options if arrays.ok[each, start] and fits(state, each, start)), None)
        if option is None:
            return False
        chosen.append(option)
    for option in chosen:
        change(state, option, start, 1)
    book(state, cycle, start, 1)
    forget(state)
    return True


def matching(instance: Instance, seconds: float) -> float:
    """A maximum weight matching of people in each block, heaviest pairs first as far as limits allow."""
    import rustworkx

    arrays = build(instance)
    state = empty_state(arrays)
    back = {(int(u), int(v)): arc for arc, (u, v) in enumerate(zip(arrays.arc_home, arrays.arc_host, strict=True))}
    swaps = {(int(c[0]), int(c[1])): index for index, c in enumerate(arrays.cycles) if arrays.size[index] == 2}
    begun = time.monotonic()
    for start in arrays.starts.tolist():
        if time.monotonic() - begun > seconds:
            break
        free = [
            [o for o in range(int(arrays.arc_first[a]), int(arrays.arc_first[a + 1])) if fits(state, o, start)]
            for a in range(len(arrays.arc_home))
        ]
        rewards = np.append(arrays.fairness, np.zeros(10))
        gain = {o: float(arrays.value[o] + rewards[state.made[arrays.person[o], 0]]) for row in free for o in row}
        edges = []
        for arc in range(len(arrays.arc_home)):
            other = back.get((int(arrays.arc_host[arc]), int(arrays.arc_home[arc])), -1)
            if other > arc:
                edges += [(o, q, gain[o] + gain[q]) for o in free[arc] for q in free[other]]
        graph: rustworkx.PyGraph[int, tuple[float, int, int]] = rustworkx.PyGraph()
        graph.add_nodes_from(range(len(arrays.home)))
        graph.add_edges_from([(int(arrays.person[o]), int(arrays.person[q]), (g, o, q)) for o, q, g in edges])
        pairs = rustworkx.max_weight_matching(graph, weight_fn=lambda edge: round(100 * edge[0]))
        chosen = sorted((graph.get_edge_data(a, b) for a, b in pairs), reverse=True)
        for _, one, two in chosen:
            arcs = int(arrays.arc[one]), int(arrays.arc[two])
            cycle = swaps.get(arcs, swaps.get(arcs[::-1], -1))
            if cycle >= 0 and has_room(state, cycle, start):
                change(state, one, start, 1)
                change(state, two, start, 1)
                book(state, cycle, start, 1)
                forget(state)
    return _score(instance, arrays, state)


def flat(instance: Instance, seconds: float) -> float:
    """One CP-SAT model of everything, two workers, the same time (building it included)."""
    begun = time.monotonic()
    arrays = build(instance)
    model = build_flat(arrays)
    left = max(1.0, seconds - (time.monotonic() - begun))
    answer = solve_flat(model, Limits(SolveOptions(seconds=left, workers=2), None, None), seconds=left)
    return 0.0 if answer.visits is None else _score(instance, arrays, state_of(arrays, answer))


def _score(instance: Instance, arrays: Arrays, state: State) -> float:
    score = float(state.score[0])
    plan = Plan(status=Status.FEASIBLE, score=score, bound=score, gap=0.0, visits=visits_of(arrays, state))
    _judge(instance, plan)
    return score


def _judge(instance: Instance, plan: Plan) -> None:
    verdict = check(instance, plan)
    assert verdict.ok, verdict.violations[:3]


BASELINES: dict[str, Callable[[Instance, float], float]] = {
    "round robin": round_robin,
    "rustworkx": matching,
    "flat CP-SAT": flat,
}


def measure(name: str, people: int, regime: str, seed: int, seconds: float) -> Found:
    """One run, in this process."""
    instance = generate(
        people=people,
        departments=DEPARTMENTS.get(people, max(2, people // 100)),
        regime="host" if regime == "host" else "person",
        seed=seed,
    )
    begun = time.monotonic()
    if name == "gearmesh":
        score, bound, trace = ours(instance, seconds)
    else:
        score, bound, trace = BASELINES[name](instance, seconds), None, []
    spent = time.monotonic() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Found(name, people, regime, seed, score, bound, seconds, round(spent, 1), memory, trace)


def alone(name: str, case: Case) -> Found | None:
    """One run in a process of its own, so that memory is its own; None if it ran out of time or memory."""
    command = [sys.executable, "-m", "tests.benchmarks.scheduler", "--one", json.dumps([name, *case])]
    try:
        done = subprocess.run(command, capture_output=True, timeout=case.seconds * 4 + 600, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None
    return Found(**json.loads(done.stdout.splitlines()[-1]))


def line(found: Found, bound: float | None) -> str:
    """A row of the table."""
    below = "" if not bound else f"{100 * (bound - found.score) / bound:.2f} %"
    first = next((at for at, score, _ in found.trace if score is not None), None)
    proven = next(
        (at for at, _, each in found.trace if each is not None and found.bound and each < 1.01 * found.bound), None
    )
    times = ["" if at is None else f"{at:.1f}" for at in (first, proven)]
    cells = [found.name, f"{found.people:,}", found.regime, str(found.seed), f"{found.score:,.0f}", below, *times]
    cells += [_percent(_gap_at(found.trace, at)) if at <= found.seconds + 1 else "" for at in MOMENTS]
    return "| " + " | ".join([*cells, f"{found.seconds:.0f}", f"{found.megabytes:,}"]) + " |"


def _gap_at(trace: Trace, moment: float) -> float | None:
    known = [(score, bound) for at, score, bound in trace if at <= moment + 0.2]
    if not known or known[-1][0] is None or known[-1][1] is None:
        return None
    return gap_of(known[-1][0], known[-1][1])


def _percent(gap: float | None) -> str:
    return "" if gap is None else f"{100 * gap:.2f} %" if gap < 0.2 else "over 20 %"


def table(results: list[Found]) -> str:
    """All rows, with what the scheduler proved as everybody's bound."""
    heads = ["", "people", "bound by", "seed", "score", "below bound", "first plan s", "bound s"]
    heads += [*(f"gap at {moment} s" for moment in MOMENTS), "seconds", "MB"]
    bounds = {(f.people, f.regime, f.seed, f.allowed): f.bound for f in results if f.bound is not None}
    order = ["gearmesh", *BASELINES]
    results = sorted(results, key=lambda f: (f.people, f.regime, f.seed, f.allowed, order.index(f.name)))
    rows = [line(found, bounds.get((found.people, found.regime, found.seed, found.allowed))) for found in results]
    return "\n".join(["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads), *rows])


def cases(*, quick: bool) -> list[Case]:
    """What is measured: seeds from 31 on, since the search was worked on with 1 to 22."""
    if quick:
        return [Case(people, regime, 31, 10.0) for people in (500, 2_000) for regime in ("host", "person")]
    found = [Case(n, regime, 31, 60.0) for n in (500, 2_000) for regime in ("host", "person")]
    found += [Case(10_000, regime, seed, 60.0) for seed in range(31, 36) for regime in ("host", "person")]
    return [*found, *(Case(100_000, regime, 31, 120.0) for regime in ("host", "person"))]


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.scheduler", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="500 and 2,000 people for 10 seconds each")
    parser.add_argument("--people", type=int, nargs="+", help="only these sizes")
    parser.add_argument("--seeds", type=int, nargs="+", help="only these seeds")
    parser.add_argument("--regimes", nargs="+", help="only these regimes (host, person)")
    parser.add_argument("--ways", nargs="+", default=["gearmesh", *BASELINES], choices=["gearmesh", *BASELINES])
    parser.add_argument("--results", type=Path, metavar="FILE", help="JSON lines; what is in there is not run again")
    parser.add_argument("--plot", type=Path, metavar="SVG", help="where the plot of gap over time goes")
    parser.add_argument("--one", type=json.loads, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(asdict(measure(*chosen.one))))
        return
    results: list[Found] = []
    if chosen.results and chosen.results.exists():
        results = [Found(**json.loads(each)) for each in chosen.results.read_text().splitlines()]
    known = {(f.name, f.people, f.regime, f.seed, f.allowed) for f in results}
    alone("gearmesh", Case(500, "host", 1, 2.0))  # inner loops are compiled once for a machine, and not timed
    for case in cases(quick=chosen.quick):
        asked = ((chosen.people, case.people), (chosen.seeds, case.seed), (chosen.regimes, case.regime))
        if any(only and value not in only for only, value in asked):
            continue
        for name in chosen.ways:
            if (name, *case) in known or (name in SLOW and case.people > SLOW[name]):
                continue
            found = alone(name, case)
            if found is None:
                print(f"{name}: no result for {case}", file=sys.stderr, flush=True)
                continue
            results.append(found)
            print(line(found, found.bound), file=sys.stderr, flush=True)
            if chosen.results:
                with chosen.results.open("a") as out:
                    out.write(json.dumps(asdict(found)) + "\n")
    print(table(results))
    if chosen.plot:
        chosen.plot.write_text(plot([(f.people, f.regime, f.trace) for f in results if f.trace]), encoding="utf-8")


if __name__ == "__main__":
    main()
