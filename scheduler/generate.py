"""Instances made up: as many people as one likes, bound by hosts' room or by people's own limits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scheduler.model import Block, Department, Dependency, Instance, Objective, PastVisit, Person, Rules

Regime = Literal["host", "person"]
FIRST_DAY = datetime(2026, 1, 5, 8, tzinfo=UTC)


def generate(
    *, people: int, departments: int, blocks: int = 26, regime: Regime = "host", seed: int = 1, degree: int = 3
) -> Instance:
    """A programme of weeks in an organisation of unequal departments, each depending on about `degree` others.

    `regime` "host": departments take 3 % of their headcount as visitors, so room is scarce; "person": 8 %, so the
    maximum of two visits a person and the gap of four weeks bind. Two absences of one or two weeks a person and five
    percent more, a holiday at the end, a fifth of departments requiring a licence that three in five people have, a
    tenth of visits too recent to repeat, staffing at 90 to 97 percent of those usually there.

    Raises ValueError if there are fewer than five people a department or fewer than two departments or blocks.
    """
    if departments < 2 or blocks < 2 or people < 5 * departments:
        raise ValueError("needs at least two departments, two blocks and five people a department")
    random = np.random.default_rng(seed)
    sizes = _sizes(random, people, departments)
    home = np.repeat(np.arange(departments), sizes)
    weights = _dependencies(random, departments, degree)
    near: list[list[int]] = [
        sorted({v for a, b in weights for v in (a, b) if u in (a, b)} - {u}) for u in range(departments)
    ]
    away = _absences(random, people, blocks)
    licensed = random.random(departments) < 0.2
    holds = random.random((people, departments)) < 0.6
    peak = random.random((departments, blocks)) < 0.15
    share = 0.03 if regime == "host" else 0.08
    usual = np.array([(~away[home == u]).sum(axis=0).mean() for u in range(departments)])
    minimum = np.floor(np.where(peak, 0.97, 0.90) * usual[:, None]).astype(int)
    names = [f"d{number:0{len(str(departments - 1))}}" for number in range(departments)]
    codes = [f"w{number + 1:0{len(str(blocks))}}" for number in range(blocks)]
    persons, history = _people(random, home, near, away, licensed, holds, names, codes)
    return Instance(
        departments=tuple(
            Department(
                id=names[u],
                name=f"Department {u + 1}",
                capacity=max(1, round(share * int(sizes[u]))),
                minimum=tuple(minimum[u].tolist()),
                requires=(f"licence-{names[u]}",) if licensed[u] else (),
            )
            for u in range(departments)
        ),
        blocks=tuple(
            Block(
                id=code,
                start=FIRST_DAY + timedelta(weeks=number),
                end=FIRST_DAY + timedelta(weeks=number, days=4, hours=9),
                holiday=number == blocks - 1,
            )
            for number, code in enumerate(codes)
        ),
        people=persons,
        dependencies=tuple(
            Dependency(provider=names[u], customer=names[v], weight=float(weight)) for (u, v), weight in weights.items()
        ),
        rules=Rules(max_visits=2, gap=4, repeat_months=18, cover_worth=0.5, longest_ring=3),
        objective=Objective(fairness=(6.0, 3.0)),
        history=history,
    )


def _sizes(random: np.random.Generator, people: int, departments: int) -> NDArray[np.int64]:
    shares = random.gamma(3.0, 1.0, departments) + 0.6
    sizes: NDArray[np.int64] = np.maximum(5, np.round(shares / shares.sum() * people)).astype(np.int64)
    while sizes.sum() != people:
        one = int(random.integers(departments))
        if sizes.sum() < people:
            sizes[one] += 1
        elif sizes[one] > 5:
            sizes[one] -= 1
    return sizes


def _dependencies(random: np.random.Generator, departments: int, degree: int) -> dict[tuple[int, int], int]:
    weights: dict[tuple[int, int], int] = {}
    for u in range(departments):
        near = [(u + step) % departments for step in range(1, 7)]
        candidates = [v for v in dict.fromkeys([*near, *random.integers(0, departments, 4).tolist()]) if v != u]
        for v in random.choice(candidates, min(degree, len(candidates)), replace=False).tolist():
            weights[u, v] = int(random.integers(2, 11))
    return weights


def _absences(random: np.random.Generator, people: int, blocks: int) -> NDArray[np.bool_]:
    away: NDArray[np.bool_] = random.random((people, blocks)) < 0.05
    starts, lengths = random.integers(0, blocks, (people, 2)), random.integers(1, 3, (people, 2))
    weeks = np.arange(blocks)
    for trip in range(2):
        first, length = starts[:, trip, None], lengths[:, trip, None]
        away |= (weeks >= first) & (weeks < first + length)
    return away


def _people(
    random: np.random.Generator,
    home: NDArray[np.int64],
    near: list[list[int]],
    away: NDArray[np.bool_],
    licensed: NDArray[np.bool_],
    holds: NDArray[np.bool_],
    names: list[str],
    codes: list[str],
) -> tuple[tuple[Person, ...], tuple[PastVisit, ...]]:
    wishes = random.choice([0, 0, 0, 1, 2, 4], holds.shape)
    recent = random.random(holds.shape) < 0.1
    digits = len(str(len(home)))
    ended = (FIRST_DAY - timedelta(days=90)).date()
    persons, history = [], []
    for number, u in enumerate(home.tolist()):
        name = f"p{number + 1:0{digits}}"
        persons.append(
            Person(
                id=name,
                home=names[u],
                qualifications=tuple(f"licence-{names[v]}" for v in near[u] if licensed[v] and holds[number, v]),
                absent=tuple(codes[block] for block in away[number].nonzero()[0].tolist()),
                wishes={names[v]: float(wishes[number, v]) for v in near[u] if wishes[number, v]},
            )
        )
        history += [PastVisit(person=name, host=names[v], ended=ended) for v in near[u] if recent[number, v]]
    return tuple(persons), tuple(history)
