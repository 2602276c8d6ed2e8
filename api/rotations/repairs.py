"""What a repair is about: visits that cannot take place as planned, where and when; and what a plan would change."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from api.core import database
from api.core.clock import now
from api.core.errors import NotFound
from api.core.i18n import Language
from api.core.ids import is_uuid
from api.people.queries import department_columns, person_columns, person_ref
from api.people.schemas import DepartmentRef, PersonRef
from api.rotations.changes import COLUMNS, Placed, steps
from api.rotations.mine import Answered, answers
from api.rotations.queries import department_at, visits
from api.rotations.schemas import VisitOut


class Broken(msgspec.Struct, frozen=True):
    """A visit that cannot take place as planned: "declined", "objected" or "left", and what was said."""

    visit: VisitOut
    why: str
    answer: Answered | None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What a plan changes for somebody: "new", "moved", "partner" or "cancelled". Times in microseconds."""

    change: str
    person: PersonRef
    host: DepartmentRef
    starts_at: int
    ends_at: int
    accepted: bool


class Repair(msgspec.Struct, frozen=True, kw_only=True):
    """A repaired plan beside the one that holds. `score` and `before` are worths of plans."""

    changes: list[Change]
    kept: int
    score: float | None
    before: float | None


class Places(msgspec.Struct, frozen=True):
    """Departments of a programme, and its blocks to come: number, start, end (microseconds)."""

    departments: list[DepartmentRef]
    blocks: list[tuple[int, int, int]]


async def broken(programme_id: str, language: Language) -> list[Broken]:
    """What waits for a repair in the version that holds."""
    found = await visits(
        language,
        """v.programme_id = {} AND v.starts_at > {} AND v.state NOT IN ('cancelled', 'done')
            AND (v.state IN ('declined', 'objected') OR p.deactivated_at IS NOT NULL)""",
        *(programme_id, now()),
    )
    said = await answers([visit.uid for visit in found])
    return [
        Broken(visit, visit.state if visit.state in ("declined", "objected") else "left", said.get(visit.uid))
        for visit in found
    ]


async def repair(plan_id: str, language: Language) -> Repair:
    """What a plan would change in the one that holds: three statements. Raises NotFound."""
    row = is_uuid(plan_id) and await database.fetch_one(
        """SELECT n.score, o.id AS old_id, o.score AS before FROM plan n
        JOIN plan o ON o.programme_id = n.programme_id AND o.state = 'published' WHERE n.id = {}""",
        plan_id,
    )
    if not row:
        raise NotFound
    before, after = await _shown(row["old_id"], language), await _shown(plan_id, language)
    names = {placed.id: about for placed, about in [*before, *after]}
    found = steps([placed for placed, _about in before], [placed for placed, _about in after])
    return Repair(
        changes=[
            _change(one.change, visit, *names[visit.id], accepted=one.old is not None and one.old.state == "accepted")
            for one in found
            if one.change != "kept" and (visit := one.new or one.old)
        ],
        kept=sum(one.change in ("kept", "partner") for one in found),
        score=row["score"],
        before=row["before"],
    )


async def _shown(plan_id: str, language: Language) -> list[tuple[Placed, tuple[PersonRef, DepartmentRef]]]:
    rows = await database.fetch(
        f"""SELECT {person_columns("p", "d", language)}, {department_columns("o", language)}, {COLUMNS}
        FROM visit v JOIN person p ON p.id = v.person_id JOIN department d ON d.id = p.department_id
        JOIN department o ON o.id = v.host_id
        WHERE v.plan_id = {{}} AND v.state <> 'cancelled' ORDER BY v.starts_at, v.group_number, v.id""",
        plan_id,
    )
    return [(Placed(*tuple(row)[10:]), (person_ref(row, 0), department_at(row, 6))) for row in rows]


def _change(change: str, visit: Placed, person: PersonRef, host: DepartmentRef, *, accepted: bool) -> Change:
    return Change(
        change=change,
        person=person,
        host=host,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        accepted=accepted,
    )


async def places(programme_id: str, scope: Sequence[str], language: Language) -> Places:
    """Where and when a department of the programme may cancel: two statements."""
    blocks = await database.fetch(
        """SELECT number, starts_at, ends_at FROM programme_block WHERE programme_id = {} AND starts_at > {}
        ORDER BY number""",
        *(programme_id, now()),
    )
    marks = database.placeholders(len(scope)) or "NULL"
    units = await database.fetch(
        f"""SELECT {department_columns("d", language)} FROM department d WHERE d.id IN (
            SELECT e.provider_id FROM dependency e WHERE e.id IN ({marks})
            UNION SELECT e.customer_id FROM dependency e WHERE e.id IN ({marks})) ORDER BY d.position, d.id""",
        *(*scope, *scope),
    )
    return Places([department_at(row, 0) for row in units], [(row[0], row[1], row[2]) for row in blocks])
