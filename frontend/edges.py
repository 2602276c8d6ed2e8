"""Edges as a department sees them: the other side, and the thanks between."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from api.dependencies.overview import Overview
from api.people.schemas import DepartmentRef


class EdgeRow(msgspec.Struct, frozen=True):
    """One edge of a department: who is at its other end, and how it went lately."""

    id: str
    department: DepartmentRef
    handover: str
    weight: int
    thanks: int
    weeks: list[int]
    silent_weeks: int | None


def providers(known: Overview, department_id: str) -> list[EdgeRow]:
    """Who serves the department."""
    return [
        EdgeRow(edge.id, edge.provider, edge.handover, edge.weight, edge.thanks, edge.weeks, edge.silent_weeks)
        for edge in known.needed_from(department_id)
    ]


def customers(known: Overview, department_id: str) -> list[EdgeRow]:
    """Whom the department serves."""
    return [
        EdgeRow(edge.id, edge.customer, edge.handover, edge.weight, edge.thanks, edge.weeks, edge.silent_weeks)
        for edge in known.served_by(department_id)
    ]


def nudge(rows: Sequence[EdgeRow]) -> EdgeRow | None:
    """The weightiest edge on which nobody said thank you for eight weeks, if there is one."""
    return next((row for row in rows if not row.thanks), None)
