"""A plan as a board: its visits with what they show, the blocks, and coverage before and after."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

import msgspec

from api.core import database
from api.core.clock import utc
from api.core.i18n import Language
from api.people.queries import department_columns, person_columns
from api.people.schemas import DepartmentRef, initials
from api.rotations.queries import department_at
from api.rotations.rules import VisitKind, VisitState


class BlockOut(msgspec.Struct, frozen=True):
    """A block of the board's head."""

    number: int
    starts_at: datetime
    ends_at: datetime
    closed: bool


class Cell(msgspec.Struct, frozen=True):
    """A visit on the board: little, since there may be thousands."""

    id: str
    person_id: str
    name: str
    initials: str
    home_id: str
    host_id: str
    block: int
    kind: VisitKind
    group: int
    pinned: bool
    buddy: str
    state: VisitState


class Covered(msgspec.Struct, frozen=True):
    """A dependency: visits from the provider's people and from the customer's, before the plan and in it."""

    provider: DepartmentRef
    customer: DepartmentRef
    weight: int
    before: tuple[int, int]
    planned: tuple[int, int]


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """All of it, five statements whatever its size; `last` is the change that can be undone and what it brought."""

    blocks: list[BlockOut]
    departments: list[DepartmentRef]
    cells: list[Cell]
    coverage: list[Covered]
    last: tuple[str, float] | None


async def board(plan_id: str, programme_id: str, scope: list[str], language: Language) -> Board:
    """The plan's board."""
    blocks = await database.fetch(
        "SELECT number, starts_at, ends_at, closed FROM programme_block WHERE programme_id = {} ORDER BY number",
        programme_id,
    )
    rows = await database.fetch(
        f"""SELECT v.id, v.home_id, v.host_id, v.block, v.kind, v.group_number, v.pinned, v.state,
            COALESCE(b.name, '') AS buddy, {person_columns("p", "d", language)}
        FROM visit v JOIN person p ON p.id = v.person_id JOIN department d ON d.id = p.department_id
        LEFT JOIN person b ON b.id = v.buddy_id
        WHERE v.plan_id = {{}} AND v.state NOT IN ('cancelled', 'declined') ORDER BY v.block, v.group_number, v.id""",
        plan_id,
    )
    cells = [
        Cell(
            row[0],
            row[9],
            row[10],
            initials(row[10]),
            row[1],
            row[2],
            row[3],
            row[4],
            row[5],
            bool(row[6]),
            row[8],
            row[7],
        )
        for row in rows
    ]
    edges = await database.fetch(
        f"""SELECT e.weight, {department_columns("p", language)}, {department_columns("c", language)}, p.position,
            c.position
        FROM dependency e JOIN department p ON p.id = e.provider_id JOIN department c ON c.id = e.customer_id
        WHERE e.id IN ({database.placeholders(len(scope)) or "NULL"}) ORDER BY e.weight DESC, e.id""",
        *scope,
    )
    done = {
        (row[0], row[1]): row[2]
        for row in await database.fetch(
            "SELECT home_id, host_id, COUNT(*) AS n FROM visit WHERE state = 'done' GROUP BY home_id, host_id"
        )
    }
    last = await database.fetch_one(
        "SELECT action, gain FROM plan_edit WHERE plan_id = {} AND undone = {} ORDER BY number DESC LIMIT 1",
        *(plan_id, False),
    )
    planned: dict[tuple[str, str], int] = defaultdict(int)
    for cell in cells:
        planned[cell.home_id, cell.host_id] += 1
    places: dict[str, tuple[int, DepartmentRef]] = {}
    coverage = []
    for row in edges:
        one, other = department_at(row, 1), department_at(row, 5)
        places[one.id], places[other.id] = (row[9], one), (row[10], other)
        there, back = (one.id, other.id), (other.id, one.id)
        coverage.append(
            Covered(one, other, row[0], (done.get(there, 0), done.get(back, 0)), (planned[there], planned[back]))
        )
    return Board(
        blocks=[BlockOut(row[0], utc(row[1]), utc(row[2]), bool(row[3])) for row in blocks],
        departments=[one for _place, one in sorted(places.values(), key=lambda pair: (pair[0], pair[1].id))],
        cells=cells,
        coverage=coverage,
        last=(last["action"], last["gain"]) if last else None,
    )
