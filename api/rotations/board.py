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

_EDITS = 5


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
    """A dependency: visits from the provider's people and from the customer's, before the plan and in it; `paired`
    are the blocks in which the plan joins the two."""

    id: str
    provider: DepartmentRef
    customer: DepartmentRef
    weight: int
    before: tuple[int, int]
    planned: tuple[int, int]
    paired: list[int]

    @property
    def silent(self) -> bool:
        """From one side at least nobody will have seen the other."""
        return not all(before + planned for before, planned in zip(self.before, self.planned, strict=True))

    @property
    def visits(self) -> int:
        """So many in all, with the plan."""
        return sum(self.before) + sum(self.planned)


class EditOut(msgspec.Struct, frozen=True):
    """A change by hand: what was done, by whom (empty: erased since), when, and what it brought to the score."""

    action: str
    who: str
    at: datetime
    gain: float


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """All of it, five statements whatever its size; `edits` are the latest changes by hand, the first can be undone."""

    blocks: list[BlockOut]
    departments: list[DepartmentRef]
    cells: list[Cell]
    coverage: list[Covered]
    edits: list[EditOut]


async def blocks(programme_id: str) -> list[BlockOut]:
    """A programme's blocks."""
    rows = await database.fetch(
        "SELECT number, starts_at, ends_at, closed FROM programme_block WHERE programme_id = {} ORDER BY number",
        programme_id,
    )
    return [BlockOut(row[0], utc(row[1]), utc(row[2]), bool(row[3])) for row in rows]


async def board(plan_id: str, programme_id: str, scope: list[str], language: Language) -> Board:
    """The plan's board."""
    heads = await blocks(programme_id)
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
        f"""SELECT e.id, e.weight, {department_columns("p", language)}, {department_columns("c", language)}, p.position,
            c.position
        FROM dependency e JOIN department p ON p.id = e.provider_id JOIN department c ON c.id = e.customer_id
        WHERE e.id IN ({database.placeholders(len(scope)) or "NULL"}) ORDER BY e.weight DESC, e.id""",
        *scope,
    )
    done = {
        (row[0], row[1]): row[2]
        for row in await database.fetch(
            """SELECT home_id, host_id, COUNT(*) AS n FROM visit WHERE state = 'done' AND programme_id <> {}
            GROUP BY home_id, host_id""",
            programme_id,
        )
    }
    edits = await database.fetch(
        f"""SELECT e.action, COALESCE(a.name, '') AS who, e.at, e.gain FROM plan_edit e
        LEFT JOIN person a ON a.id = e.actor_id WHERE e.plan_id = {{}} AND e.undone = {{}}
        ORDER BY e.number DESC LIMIT {_EDITS}""",
        *(plan_id, False),
    )
    planned: dict[tuple[str, str], int] = defaultdict(int)
    paired: dict[frozenset[str], set[int]] = defaultdict(set)
    for cell in cells:
        planned[cell.home_id, cell.host_id] += 1
        paired[frozenset((cell.home_id, cell.host_id))].add(cell.block)
    places: dict[str, tuple[int, DepartmentRef]] = {}
    coverage = []
    for row in edges:
        one, other = department_at(row, 2), department_at(row, 6)
        places[one.id], places[other.id] = (row[10], one), (row[11], other)
        there, back = (one.id, other.id), (other.id, one.id)
        coverage.append(
            Covered(
                *(row[0], one, other, row[1]),
                (done.get(there, 0), done.get(back, 0)),
                (planned[there], planned[back]),
                sorted(paired[frozenset(there)]),
            )
        )
    return Board(
        blocks=heads,
        departments=[one for _place, one in sorted(places.values(), key=lambda pair: (pair[0], pair[1].id))],
        cells=cells,
        coverage=coverage,
        edits=[EditOut(row[0], row[1], utc(row[2]), row[3]) for row in edits],
    )
