"""An instance made ready once, for callers that ask many questions about it: solve, mend, explain, what if.

Reading an instance of 10,000 people into arrays takes a fifth of a second and its relaxation some seconds. Whoever
lives longer than one question prepares the instance, gives that to `solve`, `replan`, `explain` and `WhatIf` in place
of the instance, and after changes goes on with `changed`, which builds only what they concern.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import msgspec

from scheduler.applying import apply, require_known
from scheduler.changes import AnyChange, Join
from scheduler.checker import visit_faults
from scheduler.facts import Facts
from scheduler.model import Instance, Visit
from scheduler.plan import Plan, PlannedVisit
from scheduler.solver.arrays import Arrays
from scheduler.solver.build import build
from scheduler.solver.relaxation import Relaxation
from scheduler.solver.revise import revise
from scheduler.validate import require_valid


class Prepared:
    """A valid instance with what is computed from it, each when first needed. Never changed; not thread-safe.

    `relaxation` is the dear part: ask for it before somebody waits, if what-if questions or bounds of mended plans
    are to be quick.
    """

    def __init__(self, instance: Instance, arrays: Arrays) -> None:
        """Use `prepare`."""
        self.instance = instance
        self.arrays = arrays

    @cached_property
    def facts(self) -> Facts:
        """Ids looked up, for those who explain."""
        return Facts(self.instance)

    @cached_property
    def people(self) -> dict[str, int]:
        """Numbers of people by their ids."""
        return {person.id: index for index, person in enumerate(self.instance.people)}

    @cached_property
    def relaxation(self) -> Relaxation:
        """The solved linear relaxation; raises ValueError if the pins contradict one another."""
        return Relaxation(self.arrays)

    @property
    def relaxed(self) -> bool:
        """Whether the relaxation is there already."""
        return "relaxation" in self.__dict__

    def changed(self, changes: Sequence[AnyChange], plan: Plan | None = None) -> Prepared:
        """The instance after the changes, with the plan (if given) as the previous one.

        Then pins that became impossible are dropped. Raises `InstanceError` if the changes name anybody unknown.
        """
        require_known(self.instance, changes)
        after = apply(self.instance, changes)
        if plan is not None:
            after = _following(after, plan)
        return Prepared(after, revise(self.arrays, after, touched(changes)))


def prepare(instance: Instance | Prepared) -> Prepared:
    """Make an instance ready; what is ready already stays as it is.

    Raises `InstanceError` if the instance means nothing (unknown ids, negative numbers, ...).
    """
    if isinstance(instance, Prepared):
        return instance
    require_valid(instance)
    return Prepared(instance, build(instance))


def touched(changes: Sequence[AnyChange]) -> frozenset[str]:
    """Ids of the people whom changes concern."""
    named = (change.person.id if isinstance(change, Join) else getattr(change, "person", None) for change in changes)
    return frozenset(name for name in named if isinstance(name, str))


def _following(after: Instance, plan: Plan) -> Instance:
    people = {person.id for person in after.people}
    places = {department.id for department in after.departments}
    blocks = {block.id for block in after.blocks}
    previous = tuple(
        Visit(person=v.person, host=v.host, block=v.block)
        for v in plan.visits
        if v.person in people and v.host in places and v.block in blocks
    )
    pins = after.pins
    if pins:
        facts = Facts(after)
        faults = (visit_faults(facts, PlannedVisit(person=p.person, host=p.host, block=p.block, group=0)) for p in pins)
        pins = tuple(pin for pin, found in zip(pins, faults, strict=True) if not found)
    return msgspec.structs.replace(after, previous=previous, pins=pins)
