"""The smallest changes after which an instance has a plan that keeps every pin: for when there is none.

Pins alone can make an instance infeasible. So there are two kinds of remedies: loosen some of the pins, or change
what stands against them. Loosening is monotone (fewer pins are never harder to keep), and so is every change here
(each only allows more), so removing what is not needed one by one leaves a set of which nothing can be spared.
Whether a plan exists is always asked of the solver, and what it returns of the checker.
"""

from __future__ import annotations

import contextlib
import time
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from scheduler.applying import apply
from scheduler.changes import (
    Allow,
    AnyChange,
    Forget,
    Limit,
    Offer,
    Present,
    Qualify,
    Seats,
    ShadowVisits,
    Staff,
)
from scheduler.checker import check
from scheduler.facts import per_block
from scheduler.model import Instance, Visit
from scheduler.plan import Reason, SolveOptions, Status
from scheduler.solver.run import solve
from scheduler.validate import contradictions

_SECONDS = 5.0
_ANY_GAP = 1e12
_MOST_HELPERS = 60


class Remedy(msgspec.Struct, frozen=True):
    """Pins to loosen, or changes to make; nothing of it can be spared."""

    loosen: tuple[Visit, ...] = ()
    changes: tuple[AnyChange, ...] = ()


class _Over(Exception):
    """The time is used up."""


def remedies(instance: Instance, *, seconds: float = 60.0) -> list[Remedy]:
    """Up to four, each verified by solving; empty if there is a plan already. The instance must mean something.

    What is not found within about `seconds` is left out.
    """
    if is_feasible(instance):
        return []
    found: list[Remedy] = []
    with contextlib.suppress(_Over):
        for remedy in _Asking(instance, time.monotonic() + seconds).remedies():
            if _name(remedy) not in {_name(one) for one in found}:
                found.append(remedy)
    return found


def _name(remedy: Remedy) -> tuple[frozenset[Visit], frozenset[str]]:
    return frozenset(remedy.loosen), frozenset(map(repr, remedy.changes))


def is_feasible(instance: Instance) -> bool:
    """Whether the solver finds a plan in a few seconds, and the checker accepts it."""
    if contradictions(instance):
        return False
    plan = solve(instance, SolveOptions(seconds=_SECONDS, gap=_ANY_GAP))
    return plan.status is not Status.INFEASIBLE and check(instance, plan).ok


class _Asking:
    """Asks the solver again and again, until the time is used up."""

    def __init__(self, instance: Instance, until: float) -> None:
        self.instance, self.until = instance, until

    def remedies(self) -> Iterator[Remedy]:
        """Loosened pins first, then changes."""
        yield from (Remedy(loosen=tuple(self._dropped(order))) for order in self._orders())
        needed, helpers = tuple(_lifts(self.instance)), tuple(_helpers(self.instance))
        # What is wanted least stands first: it is tried to be spared first.
        for offered in ((*helpers, ShadowVisits(), *needed), (*helpers, *needed)):
            if changes := self._spared(tuple(dict.fromkeys(offered))):
                yield Remedy(changes=changes)

    def _feasible(self, instance: Instance) -> bool:
        if time.monotonic() > self.until:
            raise _Over
        return is_feasible(instance)

    def _orders(self) -> Iterator[Sequence[Visit]]:
        """Pins in the order in which they are kept: those that reasons name last, or first."""
        reasons = [problem.reason for problem in contradictions(self.instance)]
        named = {(str(r.about.get("person")), str(r.about.get("host", ""))) for r in reasons}
        people = {person for person, _host in named}
        last = sorted(self.instance.pins, key=lambda pin: ((pin.person, pin.host) in named, pin.person in people))
        yield last
        yield last[::-1]

    def _dropped(self, pins: Sequence[Visit]) -> list[Visit]:
        """Pins taken in one after the other, whole halves at a time; those that do not fit with what is there."""
        kept: list[Visit] = []
        dropped: list[Visit] = []

        def take(part: Sequence[Visit]) -> None:
            if self._feasible(msgspec.structs.replace(self.instance, pins=(*kept, *part))):
                kept.extend(part)
            elif len(part) == 1:
                dropped.append(part[0])
            else:
                take(part[: len(part) // 2])
                take(part[len(part) // 2 :])

        take(pins)
        return dropped

    def _spared(self, changes: Sequence[AnyChange]) -> tuple[AnyChange, ...]:
        """Of these changes a set that suffices and of which none can be spared; empty if all together do not."""
        kept = list(changes)
        if not self._feasible(apply(self.instance, kept)):
            return ()
        for change in changes:
            without = [one for one in kept if one is not change]
            if self._feasible(apply(self.instance, without)):
                kept = without
        return tuple(self._smallest(kept, index) for index in range(len(kept)))

    def _smallest(self, changes: list[AnyChange], index: int) -> AnyChange:
        """That change with the smallest number that suffices, which then stands in `changes`."""
        change = changes[index]
        if not isinstance(change, Seats | Staff | Limit):
            return change
        sign = 1 if change.by > 0 else -1
        low, high = 1, abs(change.by)
        while low < high:
            middle = (low + high) // 2
            changes[index] = msgspec.structs.replace(change, by=sign * middle)
            if self._feasible(apply(self.instance, changes)):
                high = middle
            else:
                low = middle + 1
        changes[index] = msgspec.structs.replace(change, by=sign * high)
        return changes[index]


def _lifts(instance: Instance) -> Iterator[AnyChange]:
    """For each reason against the pins what lifts it, as far as a change can."""
    for problem in contradictions(instance):
        yield from _lift(problem.reason)


def _lift(reason: Reason) -> Iterator[AnyChange]:
    about = reason.about
    person, host = str(about.get("person", "")), str(about.get("host", ""))
    match reason.code:
        case "absent":
            yield Present(person=person, blocks=(str(about["on"]),))
        case "qualification":
            yield Qualify(person=person, qualification=str(about["qualification"]))
        case "seen_recently":
            yield Forget(person=person, host=host)
        case "forbidden":
            yield Allow(person=person, host=host, block=str(about["block"]))
        case "not_dependent" | "not_offered":
            yield Offer(person=person, host=host)
        case "maximum":
            yield Limit(person=person, by=int(about["visits"]) - int(about["limit"]))
        case "host_full":
            by = int(about["visitors"]) - int(about["capacity"])
            yield Seats(department=host, by=by, block=str(about["block"]))
        case _:
            return


def _helpers(instance: Instance) -> Iterator[AnyChange]:
    """Where pins take people away and nothing else stands against them: staff to spare, room for who comes back."""
    homes = {person.id: person.home for person in instance.people}
    departments = {department.id: department for department in instance.departments}
    order = {block.id: index for index, block in enumerate(instance.blocks)}
    names = list(order)
    moved: Counter[tuple[str, int]] = Counter()
    for pin in instance.pins:
        start = order[pin.block]
        for block in range(start, min(len(names), start + instance.rules.visit_blocks)):
            moved.update([(homes[pin.person], block), (pin.host, block)])
    for (name, block), number in sorted(moved.items())[: _MOST_HELPERS // 2]:
        yield Seats(department=name, by=number, block=names[block])
        minimum = per_block(departments[name].minimum, block)
        if minimum:
            yield Staff(department=name, by=-minimum, block=names[block])
