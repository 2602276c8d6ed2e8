"""A small hospital that rule tests bend: registration and billing, pharmacy as a third."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec

from scheduler import Block, Department, Dependency, Instance, Objective, Person, Rules

FIRST = datetime(2026, 3, 2, 8)


def weeks(count: int) -> tuple[Block, ...]:
    """Weeks from Monday to Friday."""
    return tuple(
        Block(
            id=f"week{number + 1}",
            start=FIRST + timedelta(weeks=number),
            end=FIRST + timedelta(weeks=number, days=4, hours=8),
        )
        for number in range(count)
    )


REGISTRATION = (Person(id="Ada", home="registration"), Person(id="Ben", home="registration"))
BILLING = (Person(id="Cleo", home="billing"), Person(id="Dan", home="billing"))
HOSPITAL = Instance(
    departments=(Department(id="registration", capacity=2), Department(id="billing", capacity=2)),
    blocks=weeks(2),
    people=(*REGISTRATION, *BILLING),
    dependencies=(Dependency(provider="registration", customer="billing", weight=3.0),),
    rules=Rules(max_visits=1),
    objective=Objective(fairness=(2.0, 1.0), shadow=0.5),
)


def changed(instance: Instance = HOSPITAL, **fields: Any) -> Instance:
    """The instance with other fields."""
    return msgspec.structs.replace(instance, **fields)


def ruled(instance: Instance = HOSPITAL, **rules: Any) -> Instance:
    """The instance with other rules."""
    return changed(instance, rules=msgspec.structs.replace(instance.rules, **rules))


def aiming(instance: Instance = HOSPITAL, **goals: Any) -> Instance:
    """The instance with other goals."""
    return changed(instance, objective=msgspec.structs.replace(instance.objective, **goals))


def person(instance: Instance, name: str, **fields: Any) -> Instance:
    """The instance with one person changed."""
    people = tuple(msgspec.structs.replace(p, **fields) if p.id == name else p for p in instance.people)
    return changed(instance, people=people)


def department(instance: Instance, name: str, **fields: Any) -> Instance:
    """The instance with one department changed."""
    return changed(
        instance,
        departments=tuple(msgspec.structs.replace(d, **fields) if d.id == name else d for d in instance.departments),
    )
