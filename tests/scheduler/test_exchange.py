"""Pure exchange problems: everybody a department of their own, visits listed one by one with weights."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from ortools.sat.python import cp_model

from scheduler import Department, Instance, Objective, Person, Rules, SolveOptions, Status, VisitOption, check, solve
from tests.scheduler.hospital import weeks


def exchange(count: int, density: float, longest: int, seed: int) -> Instance:
    """`count` people, each of whom would take a random share of the others' places."""
    r = random.Random(seed)
    return Instance(
        departments=tuple(Department(id=f"place{i}") for i in range(count)),
        blocks=weeks(1),
        people=tuple(
            Person(
                id=f"p{i}",
                home=f"place{i}",
                may_visit=tuple(
                    VisitOption(host=f"place{j}", weight=float(r.randint(1, 10)))
                    for j in range(count)
                    if j != i and r.random() < density
                ),
            )
            for i in range(count)
        ),
        rules=Rules(max_visits=1, cover_worth=1.0, longest_ring=longest),
        objective=Objective(fairness=(), dependency=0.0),
    )


def optimum(instance: Instance) -> float:
    """By the plain cycle formulation, with a loop over all tuples of people."""
    weight = {(p.home, option.host): option.weight for p in instance.people for option in p.may_visit or ()}
    near: dict[str, list[str]] = {}
    for home, host in weight:
        near.setdefault(home, []).append(host)
    model, through, terms = cp_model.CpModel(), {d.id: list[cp_model.IntVar]() for d in instance.departments}, []
    for cycle in _cycles(near, instance.rules.longest_ring):
        chosen = model.new_bool_var("")
        legs = zip(cycle, (*cycle[1:], cycle[0]), strict=True)
        terms.append((chosen, int(sum(weight[leg] for leg in legs))))
        for place in cycle:
            through[place].append(chosen)
    for variables in through.values():
        model.add_at_most_one(variables)
    model.maximize(sum(value * variable for variable, value in terms))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    return solver.objective_value


def _cycles(near: dict[str, list[str]], longest: int) -> set[tuple[str, ...]]:
    found = set()

    def walk(path: tuple[str, ...]) -> None:
        for host in near.get(path[-1], ()):
            if host == path[0] and len(path) > 1:
                found.add(min(rotated(path)))
            elif host not in path and len(path) < longest:
                walk((*path, host))

    for home in near:
        walk((home,))
    return found


def rotated(path: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [path[i:] + path[:i] for i in range(len(path))]


def test_every_cycle_is_found_once() -> None:
    near = {a: [b for b in "abcd" if b != a] for a in "abcd"}
    expected = sum(len(list(permutations("abcd", n))) // n for n in (2, 3, 4))
    assert len(_cycles(near, 4)) == expected


@pytest.mark.parametrize(("count", "density", "longest"), [(30, 0.1, 2), (30, 0.15, 3), (25, 0.15, 4), (150, 0.04, 3)])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_best_exchange_is_found_and_proven(count: int, density: float, longest: int, seed: int) -> None:
    instance = exchange(count, density, longest, seed)
    plan = solve(instance, SolveOptions(work=5))
    assert check(instance, plan).ok
    assert plan.status is Status.OPTIMAL
    assert plan.score == pytest.approx(optimum(instance))
