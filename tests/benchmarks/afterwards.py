"""What comes after a plan, at 10,000 people, and exact exchanges: python -m tests.benchmarks.afterwards.

One prepared instance answers re-planning after 1 % absences, what-if questions and 200 random "why not"; a search is
stopped at eleven moments; pure exchange problems are solved beside flat CP-SAT with two workers and the same time.
Prints tables for `scheduler/README.md`.
"""

from __future__ import annotations

import argparse
import math
import random
import statistics
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import ParamSpec, TypeVar

import msgspec
import numpy as np

from scheduler import (
    Instance,
    Person,
    Plan,
    Prepared,
    SolveOptions,
    StopToken,
    VisitOption,
    WhatIf,
    check,
    explain,
    generate,
    prepare,
    replan,
    solve,
)
from scheduler.changes import Absent, AnyChange, Freeze, Join, Seats, Staff
from scheduler.solver.build import build
from scheduler.solver.flat import build_flat, solve_flat
from scheduler.solver.highs import run_mip
from scheduler.solver.limits import Limits
from scheduler.solver.revise import find_options
from scheduler.solver.rows import INFINITY, Rows
from tests.scheduler.test_exchange import exchange

P = ParamSpec("P")
T = TypeVar("T")


def timed(run: Callable[P, T], *args: P.args, **named: P.kwargs) -> tuple[T, float]:
    """What it returns, and milliseconds."""
    begun = time.perf_counter()
    found = run(*args, **named)
    return found, 1000 * (time.perf_counter() - begun)


def absences(instance: Instance, seed: int) -> list[AnyChange]:
    """One person in a hundred is away for three blocks."""
    r = random.Random(seed)
    blocks = [block.id for block in instance.blocks]
    made: list[AnyChange] = []
    for person in r.sample(instance.people, len(instance.people) // 100):
        first = r.randrange(len(blocks) - 3)
        made.append(Absent(person=person.id, blocks=tuple(blocks[first : first + 3])))
    return made


def replanning(ready: Prepared, plan: Plan, seconds: float) -> None:
    """Milliseconds, visits changed, and the score against a search that keeps the same visits."""
    replan(ready, plan, absences(ready.instance, 0))  # inner loops are compiled once for a machine
    times = []
    for seed in range(1, 11):
        changes = absences(ready.instance, seed)
        new, spent = timed(replan, ready, plan, changes)
        assert check(ready.changed(changes, plan).instance, new).ok
        times.append(spent)
    before, after = ({(v.person, v.host, v.block) for v in each.visits} for each in (plan, new))
    lost = {(c.person, b) for c in changes if isinstance(c, Absent) for b in c.blocks}
    gone = {v.group for v in plan.visits if (v.person, v.block) in lost}
    partners = sum(v.group in gone for v in plan.visits)
    stable = msgspec.structs.replace(
        ready.instance, objective=msgspec.structs.replace(ready.instance.objective, stability=100.0)
    )
    again = solve(prepare(stable).changed(changes, plan), SolveOptions(seconds=seconds, work=1_000_000))
    score = again.score - sum(term.value for term in again.terms if term.name == "stability")
    print(f"| re-plan, 1 % absent three blocks | {statistics.median(times):.0f} ms (worst {max(times):.0f}) |")
    print(f"| visits gone, come (lost and partners: {partners}) | {len(before - after)}, {len(after - before)} |")
    print(f"| of those gone, no plan could keep at least | {forced(ready, plan, changes)} |")
    print(f"| score: re-planned; after {seconds:g} s; bound | {new.score:g}; {score:g}; {new.bound:g} |", flush=True)


def forced(ready: Prepared, plan: Plan, changes: Sequence[AnyChange]) -> int:
    """How many of the plan's visits no plan after the changes keeps, at least: circulations block by block.

    Rings may be of any length there and people be in two places, so that it is a bound.
    """
    after = ready.changed(changes, plan)
    arrays = after.arrays
    option, start = find_options(
        arrays,
        plan.visits,
        after.people,
        {d.id: n for n, d in enumerate(after.instance.departments)},
        {b.id: n for n, b in enumerate(after.instance.blocks)},
    )
    possible = (option >= 0) & arrays.ok[option, start]
    kept = np.zeros((len(arrays.arc_home), arrays.blocks), dtype=np.int64)
    np.add.at(kept, (arrays.arc[option[possible]], start[possible]), 1)
    model, shape = Rows(), kept.shape
    old = model.add_columns(shape, cost=1.0, high=kept)
    new = model.add_columns(shape, cost=0.0, high=len(arrays.home))
    same = model.add_rows(arrays.capacity.shape, low=0.0, high=0.0)
    seats = model.add_rows(arrays.capacity.shape, low=-INFINITY, high=arrays.capacity)
    staff = model.add_rows(arrays.capacity.shape, low=-INFINITY, high=arrays.spare)
    for columns in (old, new):
        model.put(same[arrays.arc_home], columns, 1.0)
        model.put(same[arrays.arc_host], columns, -1.0)
        model.put(seats[arrays.arc_host], columns, 1.0)
        model.put(staff[arrays.arc_home], columns, 1.0 - arrays.cover_worth)
    limits = Limits(SolveOptions(seconds=60), None, None)
    solved = run_mip(model.lp(), np.ones(model.columns, dtype=bool), limits, proof=True)
    assert solved.bound is not None
    return len(plan.visits) - math.floor(solved.bound + 1e-6)


def stops(people: int, departments: int) -> None:
    """Seconds from a stop to the answer, asked for at moments of a search."""
    instance, waits = generate(people=people, departments=departments), []
    for moment in (0.05, 0.2, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 12.0, 20.0, 30.0):
        token, asked = StopToken(), [0.0]

        def stop(token: StopToken = token, asked: list[float] = asked) -> None:
            asked[0] = time.monotonic()
            token.stop()

        threading.Timer(moment, stop).start()
        plan = solve(instance, SolveOptions(seconds=60, work=1_000_000, workers=2), stop=token)
        waits.append(time.monotonic() - asked[0])
        assert check(instance, plan).ok
        print(f"stopped after {moment:g} s: {waits[-1]:.2f} s, {len(plan.visits)} visits", file=sys.stderr, flush=True)
    print(f"| a stop at eleven moments, {people} people: median, longest | {statistics.median(waits):.2f}, ", end="")
    print(f"{max(waits):.2f} s |", flush=True)


def whatif(ready: Prepared) -> None:
    """New bounds, against the relaxation solved afresh."""
    asked, spent = timed(WhatIf, ready)
    print(f"| relaxation, once | {spent:.0f} ms |", flush=True)
    place, block = ready.instance.departments[3].id, ready.instance.blocks[5].id
    questions: dict[str, Sequence[AnyChange]] = {
        "one more seat in a block": [Seats(department=place, block=block)],
        "one more seat in all blocks": [Seats(department=place)],
        "staff less in all blocks": [Staff(department=place, by=-1)],
        "a department frozen": [Freeze(department=place)],
        "a person added": [Join(person=Person(id="new", home=place))],
        "1 % absent": absences(ready.instance, 1),
    }
    for name, changes in questions.items():
        answer, spent = timed(asked.ask, changes)
        exact = WhatIf(ready.changed(changes)).bound
        print(f"| {name}: {answer.before:g} to {answer.after:g} (afresh {exact:g}) | {spent:.0f} ms |", flush=True)


def explanations(ready: Prepared, plan: Plan, count: int = 200) -> None:
    """Random questions about a person, a department that depends on theirs, and a block."""
    r, links = random.Random(5), ready.facts.links
    times = []
    for _ in range(count):
        person, block = r.choice(ready.instance.people), r.choice(ready.instance.blocks)
        host = r.choice(sorted(links[person.home]))
        _, spent = timed(explain, ready, plan, person=person.id, host=host, block=block.id)
        times.append(spent)
    times.sort()
    middle, late = times[count // 2], times[count * 95 // 100]
    print(f"| {count} explanations: median, 95th percentile | {middle:.0f}, {late:.0f} ms |")


def exchanges(seconds: float) -> None:
    """Packings of cycles, proven or not, and flat CP-SAT."""
    print("\n| people | pairs | longest | weights | score, bound | seconds | flat CP-SAT: score, bound |")
    print("|---|---|---|---|---|---|---|")
    for count, density, longest, most in (
        (200, 0.04, 3, 10),
        (300, 0.04, 3, 10),
        (300, 0.10, 3, 1),
        (300, 0.10, 3, 10),
        (300, 0.10, 4, 1),
    ):
        instance = exchange(count, density, longest, 1)
        if most == 1:
            instance = _unweighted(instance)
        plan, spent = timed(solve, instance, SolveOptions(seconds=seconds, work=1_000_000))
        assert check(instance, plan).ok
        options = SolveOptions(seconds=seconds, workers=2)
        if longest == 3 and density < 0.1:
            flat = build_flat(build(instance))
            answer = solve_flat(flat, Limits(options, None, None), seconds=seconds)
            said = f"{_worth(instance, answer.visits is not None, answer.bound)}"
        else:
            said = "not tried"
        cells = (count, f"{density:.0%}", longest, f"1 to {most}", f"{plan.score:g}, {plan.bound:g}")
        print("| " + " | ".join(map(str, (*cells, f"{spent / 1000:.1f}", said))) + " |", flush=True)


def _worth(instance: Instance, found: bool, bound: float | None) -> str:
    return f"{'a plan' if found else 'no plan'}, bound {'-' if bound is None else f'{bound:g}'}"


def _unweighted(instance: Instance) -> Instance:
    def same(person: Person) -> Person:
        options = tuple(VisitOption(host=option.host, weight=1.0) for option in person.may_visit or ())
        return msgspec.structs.replace(person, may_visit=options)

    return msgspec.structs.replace(instance, people=tuple(map(same, instance.people)))


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.afterwards", description=__doc__)
    parser.add_argument("what", nargs="*", choices=[[], "plan", "exchange", "stop"], help="default: all")
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--departments", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=20.0, help="of each search")
    chosen = parser.parse_args()
    what = chosen.what or ["plan", "exchange", "stop"]
    if "plan" in what:
        ready, spent = timed(prepare, generate(people=chosen.people, departments=chosen.departments))
        print(f"| {chosen.people} people × {chosen.departments} | |\n|---|---|\n| prepare | {spent:.0f} ms |")
        plan = solve(ready, SolveOptions(seconds=chosen.seconds, work=1_000_000))
        whatif(ready)
        replanning(ready, plan, chosen.seconds)
        explanations(ready, plan)
    if "stop" in what:
        stops(chosen.people, chosen.departments)
    if "exchange" in what:
        exchanges(chosen.seconds / 2)


if __name__ == "__main__":
    main()
