"""Random instances small enough for brute force, with every rule in some and all in many."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from scheduler import (
    Block,
    Department,
    DepartmentTier,
    Dependency,
    Forbidden,
    Instance,
    Objective,
    PastVisit,
    Person,
    Requirement,
    Rules,
    Visit,
    VisitOption,
)

MONDAY = datetime(2026, 1, 5, 8)


def tiny(seed: int) -> Instance:
    """An instance of at most ten people; a third of the seeds switch every rule on."""
    r = random.Random(seed)
    everything = seed % 3 == 0

    def on(chance: float = 0.3) -> bool:
        return everything or r.random() < chance

    departments = [f"d{i}" for i in range(r.choice([2, 2, 3, 3, 4]))]
    blocks = [f"b{i}" for i in range(r.randint(1, 3))]
    qualified, per_block = on(), on()
    people = [_person(r, i, departments, blocks, on) for i in range(r.randint(4, 6))]
    pairs = [(u, v) for u in departments for v in departments if u != v]
    half = [0.0, 0.5, 1.0, 2.0, 3.0]
    instance = Instance(
        departments=tuple(
            Department(
                id=name,
                capacity=tuple(r.choice([0, 1, 1, 2]) for _ in blocks) if per_block else r.randint(1, 2),
                minimum=tuple(r.choice([0, 0, 1, 1, 2]) for _ in blocks) if on() else 0,
                requires=("q",) if qualified and r.random() < 0.5 else (),
            )
            for name in departments
        ),
        blocks=tuple(
            Block(
                id=name,
                start=MONDAY + timedelta(weeks=i),
                end=MONDAY + timedelta(weeks=i, days=4),
                holiday=len(blocks) > 1 and on(0.1) and r.random() < 0.15,
            )
            for i, name in enumerate(blocks)
        ),
        people=tuple(people),
        dependencies=tuple(
            Dependency(provider=u, customer=v, weight=r.choice(half[1:])) for u, v in pairs if r.random() < 0.7
        ),
        rules=Rules(
            max_visits=r.randint(1, 3),
            gap=r.randint(1, 2),
            repeat_months=r.choice([0, 6]) if on() else 12,
            visit_blocks=2 if len(blocks) > 1 and r.random() < 0.2 else 1,
            cover_worth=r.choice([0.0, 0.5, 1 / 3, 1.0]),
            longest_ring=r.randint(2, 4),
            shadow_visits=on(0.4) and r.random() < 0.6,
        ),
        objective=_objective(r, on, half),
    )
    who, where, when = [p.id for p in people], departments, blocks
    return _with_lists(r, on, instance, who, where, when)


def _person(r: random.Random, i: int, departments: list[str], blocks: list[str], on: object) -> Person:
    assert callable(on)
    home = departments[i] if i < len(departments) else r.choice(departments)
    others = [name for name in departments if name != home]
    options = None
    if on(0.1) and r.random() < 0.3:
        options = tuple(
            VisitOption(
                host=r.choice(others),
                blocks=tuple(b for b in blocks if r.random() < 0.7) if r.random() < 0.5 else None,
                weight=r.choice([0.0, -1.0, 1.5, 4.0]),
            )
            for _ in range(r.randint(1, 4))
        )
    return Person(
        id=f"p{i}",
        home=home,
        qualifications=("q",) if r.random() < 0.7 else (),
        absent=tuple(b for b in blocks if on() and r.random() < 0.15),
        wishes={d: r.choice([-2.0, 0.5, 1.0, 4.0]) for d in others if on() and r.random() < 0.5},
        seniority=r.randint(0, 2),
        joined=date(2025, r.randint(1, 12), 1) if r.random() < 0.5 else None,
        may_visit=options,
        max_visits=r.choice([0, 1, 2, 3]) if on(0.1) and r.random() < 0.3 else None,
    )


def _objective(r: random.Random, on: object, half: list[float]) -> Objective:
    assert callable(on)

    def falling(length: int) -> tuple[float, ...]:
        return tuple(sorted((r.choice(half) for _ in range(length)), reverse=True))

    tiers = tuple(DepartmentTier(share=r.choice([0.2, 0.5]), reward=reward) for reward in falling(2))
    return Objective(
        dependency=r.choice([0.0, 1.0, 1.0, 0.7]),
        coverage=falling(2) if on() else (),
        fairness=falling(r.randint(1, 3)) if on(0.6) else (),
        departments=tiers if on() else (),
        wishes=r.choice([1.0, 0.3]),
        seniority=r.choice(half) if on() else 0.0,
        stability=r.choice(half) if on() else 0.0,
        required=r.choice([5.0, 100.0]),
        shadow=r.choice(half),
    )


def _with_lists(
    r: random.Random, on: object, instance: Instance, who: list[str], where: list[str], when: list[str]
) -> Instance:
    assert callable(on)
    import msgspec

    def visit() -> Visit:
        person = r.choice(instance.people)
        host = r.choice([name for name in where if name != person.home])
        return Visit(person=person.id, host=host, block=r.choice(when))

    return msgspec.structs.replace(
        instance,
        history=tuple(
            PastVisit(person=r.choice(who), host=r.choice(where), ended=date(2025, r.randint(5, 12), 20))
            for _ in range(r.randint(1, 3) if on() else 0)
        ),
        forbidden=tuple(
            Forbidden(
                person=r.choice([None, *who, *who]),
                home=r.choice([None, None, *where]),
                host=r.choice(where),
                block=r.choice([None, *when, *when]),
            )
            for _ in range(r.randint(1, 2) if on() else 0)
        ),
        required=tuple(
            Requirement(
                host=r.choice(where),
                by=r.choice([None, *when]),
                people=tuple(r.sample(who, 1)) if r.random() < 0.7 else (),
                joined_since=date(2025, 8, 1),
            )
            for _ in range(1 if on() else 0)
        ),
        previous=tuple(visit() for _ in range(r.randint(1, 3) if on() else 0)),
        pins=tuple({visit() for _ in range(1)}) if r.random() < 0.15 else (),
    )
