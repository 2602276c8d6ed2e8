"""Declared dependencies with the thanks that actually flow on them."""

from __future__ import annotations

import msgspec

from api.people.schemas import DepartmentRef

WEEKS = 8


class EdgeOut(msgspec.Struct, frozen=True, kw_only=True):
    """`provider` delivers `handover` to `customer`; thanks flow from customer to provider.

    `weeks` counts the public thanks of the last eight weeks, oldest first; `silent_weeks` is 0 if there
    were any, else how many weeks it has been quiet (None: there never were).
    """

    id: str
    provider: DepartmentRef
    customer: DepartmentRef
    handover: str
    weight: int
    error_cost_cents: int | None
    error_note: str
    weeks: list[int]
    silent_weeks: int | None

    @property
    def thanks(self) -> int:
        """Thanks in the last eight weeks."""
        return sum(self.weeks)

    @property
    def silent(self) -> bool:
        """Relied on, but not thanked for eight weeks."""
        return self.silent_weeks != 0


class EdgeList(msgspec.Struct, frozen=True):
    """Dependencies, the weightiest first."""

    items: list[EdgeOut]
