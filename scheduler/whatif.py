"""What if: one more host seat, a department frozen, somebody new. New bounds, and prices by linear duality."""

from __future__ import annotations

import time
from collections.abc import Sequence

import highspy
import msgspec
import numpy as np

from scheduler.applying import apply
from scheduler.changes import AnyChange, Seats, Staff
from scheduler.model import Instance
from scheduler.solver.arrays import Floats, Ints
from scheduler.solver.build import build
from scheduler.solver.master import build_master
from scheduler.validate import InstanceError, require_valid


class Answer(msgspec.Struct, frozen=True):
    """No plan exceeds `before`, none after the changes exceeds `after`.

    `predicted` is the difference that the prices foretell (an upper estimate for small steps; None for changes
    without a price), `seconds` the time the new bound took.
    """

    before: float
    after: float
    predicted: float | None
    seconds: float


class Price(msgspec.Struct, frozen=True):
    """What one more host seat, or one person less of minimum staffing, in a block is worth: an LP dual."""

    department: str
    block: str
    seat: float
    staff: float


class WhatIf:
    """The relaxation of an instance, solved once and kept, so that what changes room or staff is answered warm.

    Raises `InstanceError` if the instance means nothing, ValueError if its pins contradict one another.
    """

    def __init__(self, instance: Instance) -> None:
        require_valid(instance)
        self.instance = instance
        self.arrays = build(instance)
        self.master = build_master(self.arrays)
        self._solver, self.bound = _solved(self.master.rows.lp())
        duals = np.array(self._solver.getSolution().row_dual)
        self._seat: Floats = duals[self.master.host]
        self._staff: Floats = duals[self.master.staff]

    def prices(self, most: int = 20) -> list[Price]:
        """The seats and staff worth most."""
        worth = np.maximum(np.abs(self._seat), np.abs(self._staff))
        best: Ints = np.argsort(-worth, axis=None)[:most]
        departments, blocks = self.instance.departments, self.instance.blocks
        return [
            Price(
                department=departments[d].id,
                block=blocks[b].id,
                seat=round(abs(float(self._seat[d, b])), 6),
                staff=round(abs(float(self._staff[d, b])), 6),
            )
            for d, b in zip(*np.unravel_index(best, worth.shape), strict=True)
            if worth[d, b] > 1e-9
        ]

    def ask(self, changes: Sequence[AnyChange]) -> Answer:
        """The bound after these changes. Seats and staff are answered from where the last solve ended."""
        begun = time.monotonic()
        predicted: float | None = None
        only_rows = all(isinstance(change, Seats | Staff) for change in changes) and not self._bounds_by_room(changes)
        if only_rows:
            predicted = self._predicted(changes)
        changed = apply(self.instance, changes)
        require_valid(changed)
        after = build_master(build(changed)) if not only_rows else None
        bound = self._warm(changed) if after is None else _solved(after.rows.lp())[1]
        return Answer(self.bound, bound, predicted, round(time.monotonic() - begun, 3))

    def _bounds_by_room(self, changes: Sequence[AnyChange]) -> bool:
        # More seats than before may lift the bounds of single columns, which a warm start here does not touch.
        return any(isinstance(change, Seats) and change.by > 0 for change in changes)

    def _predicted(self, changes: Sequence[AnyChange]) -> float:
        names = {d.id: index for index, d in enumerate(self.instance.departments)}
        blocks = {b.id: index for index, b in enumerate(self.instance.blocks)}
        worth = 0.0
        for change in changes:
            if isinstance(change, Seats | Staff):
                row = self._seat if isinstance(change, Seats) else self._staff
                where = row[names[change.department]]
                price = where[blocks[change.block]] if change.block is not None else where.sum()
                worth += abs(float(price)) * (change.by if isinstance(change, Seats) else -change.by)
        return worth

    def _warm(self, changed: Instance) -> float:
        arrays = build(changed)
        low = np.full(self.master.host.size, -highspy.kHighsInf)
        for rows, values in ((self.master.host, arrays.capacity), (self.master.staff, arrays.spare)):
            self._solver.changeRowsBounds(rows.size, rows.ravel().astype(np.int32), low, values.ravel().astype(float))
        self._solver.setOptionValue("solver", "simplex")
        self._solver.run()
        bound = float(self._solver.getInfo().objective_function_value)
        for rows, values in ((self.master.host, self.arrays.capacity), (self.master.staff, self.arrays.spare)):
            self._solver.changeRowsBounds(rows.size, rows.ravel().astype(np.int32), low, values.ravel().astype(float))
        return bound


def _solved(lp: highspy.HighsLp) -> tuple[highspy.Highs, float]:
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("solver", "ipm" if lp.num_col_ > 5_000 else "simplex")
    solver.passModel(lp)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise ValueError("the pins leave no plan")
    return solver, float(solver.getInfo().objective_function_value)


__all__ = ["Answer", "InstanceError", "Price", "WhatIf"]
