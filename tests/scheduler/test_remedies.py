"""What makes an impossible programme possible: each remedy suffices, and nothing of it can be spared."""

from __future__ import annotations

import random

import msgspec

from scheduler import Instance, Visit, remedies
from scheduler.applying import apply
from scheduler.remedies import Remedy, is_feasible
from tests.scheduler.tiny import tiny


def _pinned(seed: int) -> Instance:
    """A tiny instance with so many pins that they are seldom kept together."""
    instance, r = tiny(seed), random.Random(seed)
    homes = {person.id: person.home for person in instance.people}
    pins = {
        (person.id, host.id): Visit(person=person.id, host=host.id, block=r.choice(instance.blocks).id)
        for person in r.sample(instance.people, 3)
        for host in r.sample(instance.departments, 1)
        if host.id != homes[person.id]
    }
    return msgspec.structs.replace(instance, pins=tuple(pins.values()))


def _after(instance: Instance, remedy: Remedy) -> Instance:
    pins = tuple(pin for pin in instance.pins if pin not in remedy.loosen)
    return apply(msgspec.structs.replace(instance, pins=pins), remedy.changes)


def _parts(remedy: Remedy) -> list[Remedy]:
    return [
        *(Remedy(loosen=tuple(one for one in remedy.loosen if one is not pin)) for pin in remedy.loosen),
        *(Remedy(changes=tuple(one for one in remedy.changes if one is not change)) for change in remedy.changes),
    ]


def test_every_remedy_suffices_and_nothing_of_it_can_be_spared() -> None:
    loosened = changed = 0
    for seed in range(12):
        instance = _pinned(seed)
        found = remedies(instance)
        assert bool(found) is not is_feasible(instance), seed
        for remedy in found:
            assert is_feasible(_after(instance, remedy)), (seed, remedy)
            assert not any(is_feasible(_after(instance, part)) for part in _parts(remedy)), (seed, remedy)
        loosened += sum(bool(remedy.loosen) for remedy in found)
        changed += sum(bool(remedy.changes) for remedy in found)
    assert loosened > 5
    assert changed > 5
