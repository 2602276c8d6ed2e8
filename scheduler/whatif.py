"""What if: one more host seat, a department frozen, somebody new. New bounds, and prices by linear duality."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import msgspec
import numpy as np

from scheduler.changes import Absent, AnyChange, Decline, Freeze, Join, Seats, Staff
from scheduler.model import Instance
from scheduler.prepared import Prepared, prepare, touched
from scheduler.solver.arrays import Arrays, Ints
from scheduler.solver.relaxation import Relaxation
from scheduler.validate import require_valid

_WARM: Final = (Seats, Staff, Freeze, Join, Absent, Decline)


class Answer(msgspec.Struct, frozen=True):
    """No plan exceeds `before`, none after the changes exceeds `after`.

    `exact`: `after` is the new relaxation's own value; otherwise a bound that more time would have lowered a little.
    `predicted` is the difference that the prices foretell (an upper estimate for small steps; None for changes
    without a price), `seconds` the time the new bound took.
    """

    before: float
    after: float
    exact: bool
    predicted: float | None
    seconds: float


class Price(msgspec.Struct, frozen=True):
    """What one more host seat, or one person less of minimum staffing, in a block is worth: an LP dual."""

    department: str
    block: str
    seat: float
    staff: float


class WhatIf:
    """The relaxation of an instance, solved once and kept, so that questions are answered from where it ended.

    Raises `InstanceError` if the instance means nothing, ValueError if its pins contradict one another.
    """

    def __init__(self, instance: Instance | Prepared) -> None:
        self.prepared = prepare(instance)
        self._relaxation = self.prepared.relaxation
        self.bound = self._relaxation.bound

    def prices(self, most: int = 20) -> list[Price]:
        """The seats and staff worth most."""
        seat, staff = self._relaxation.seat_prices(), self._relaxation.staff_prices()
        worth = np.maximum(seat, staff)
        best: Ints = np.argsort(-worth, axis=None)[:most]
        departments, blocks = self.prepared.instance.departments, self.prepared.instance.blocks
        return [
            Price(
                department=departments[d].id,
                block=blocks[b].id,
                seat=round(float(seat[d, b]), 6),
                staff=round(float(staff[d, b]), 6),
            )
            for d, b in zip(*np.unravel_index(best, worth.shape), strict=True)
            if worth[d, b] > 1e-9
        ]

    def ask(self, changes: Sequence[AnyChange], seconds: float = 0.5) -> Answer:
        """The bound after these changes; large relaxations get about so many seconds.

        Raises `InstanceError` if the changes name anybody unknown or leave an instance that means nothing.
        """
        begun = time.monotonic()
        frozen = [change for change in changes if isinstance(change, Freeze)]
        before = self._relaxation
        changed = self.prepared.changed([c for c in changes if before.small or c not in frozen])
        if not all(isinstance(change, _WARM) for change in changes):
            require_valid(changed.instance)
        if before.small:
            bound, exact = Relaxation(changed.arrays).bound, True
        else:
            bound, exact = self._warm(changes, changed, begun + seconds)
        predicted = self._predicted(changes) if all(isinstance(c, Seats | Staff) for c in changes) else None
        return Answer(self.bound, bound, exact, predicted, round(time.monotonic() - begun, 3))

    def _warm(self, changes: Sequence[AnyChange], changed: Prepared, until: float) -> tuple[float, bool]:
        before, after = self._relaxation, self._frozen(changes, changed)
        bound = before.bound_of(after)
        if not np.isfinite(bound):
            return Relaxation(self.prepared.changed(changes).arrays).bound, True
        joined = [changed.people[c.person.id] for c in changes if isinstance(c, Join)]
        if all(isinstance(change, _WARM) for change in changes):
            warm, exact = before.warm(after, until - time.monotonic(), joined=np.array(joined, dtype=np.int64))
            same_people = len(touched(changes)) == len(joined)
            return min(bound, warm), exact and same_people
        return bound, False

    def _frozen(self, changes: Sequence[AnyChange], changed: Prepared) -> Arrays:
        """With frozen departments the arcs stay, without anybody on them: so old prices still speak."""
        frozen = [c.department for c in changes if isinstance(c, Freeze)]
        if not frozen:
            return changed.arrays
        rest = changed.arrays
        places = [index for index, d in enumerate(self.prepared.instance.departments) if d.id in frozen]
        there = np.isin(rest.arc_home, places) | np.isin(rest.arc_host, places)
        ok = rest.ok & ~there[rest.arc][:, None]
        return replace(rest, ok=ok)

    def _predicted(self, changes: Sequence[AnyChange]) -> float:
        names = {d.id: index for index, d in enumerate(self.prepared.instance.departments)}
        blocks = {b.id: index for index, b in enumerate(self.prepared.instance.blocks)}
        seat, staff = self._relaxation.seat_prices(), self._relaxation.staff_prices()
        worth = 0.0
        for change in changes:
            if isinstance(change, Seats | Staff):
                row = (seat if isinstance(change, Seats) else staff)[names[change.department]]
                price = row[blocks[change.block]] if change.block is not None else row.sum()
                worth += float(price) * (change.by if isinstance(change, Seats) else -change.by)
        return worth
