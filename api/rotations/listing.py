"""Programmes and their plans as HR finds them: a list, and what stands on a programme's page."""

from __future__ import annotations

from datetime import datetime

import msgspec

from api.core import database
from api.core.clock import utc
from api.core.errors import NotFound
from api.core.i18n import Language
from api.core.ids import is_uuid
from api.people.queries import department_columns
from api.people.schemas import DepartmentRef
from api.rotations.queries import department_at
from api.rotations.rules import PlanState, ProgrammeState


class ProgrammeItem(msgspec.Struct, frozen=True, kw_only=True):
    """A programme in the list. `visits` are those people were told of."""

    id: str
    name: str
    state: ProgrammeState
    starts_on: str
    ends_on: str
    plans: int
    visits: int


class PlanItem(msgspec.Struct, frozen=True, kw_only=True):
    """A plan among its programme's; figures are None as long as nothing is found."""

    id: str
    programme_id: str
    number: int
    state: PlanState
    status: str
    score: float | None
    bound: float | None
    gap: float | None
    visits: int
    created_at: datetime
    solved_at: datetime | None
    published_at: datetime | None
    seconds: int
    from_plan_id: str | None
    basis_hash: str
    version: int
    terms: dict[str, float]
    unmet: str
    reasons: str
    ways: str

    @property
    def percent(self) -> float | None:
        """The gap in percent."""
        return None if self.gap is None else round(100 * self.gap, 2)


class TrainingItem(msgspec.Struct, frozen=True):
    """A requirement in words' parts."""

    id: str
    home: DepartmentRef | None
    host: DepartmentRef
    joined_since: str
    by_day: str


class SearchOut(msgspec.Struct, frozen=True, kw_only=True):
    """A search as it runs: the curve's points are (seconds, score, bound); `ahead` searches are before it."""

    phase: str
    spent: float
    curve: list[tuple[float, float | None, float | None]]
    ahead: int
    has_plan: bool


async def programmes(*, archived: bool = False) -> list[ProgrammeItem]:
    """Programmes, the latest first."""
    rows = await database.fetch(
        f"""SELECT m.id, m.name, m.state, m.starts_on, m.ends_on,
            (SELECT COUNT(*) FROM plan n WHERE n.programme_id = m.id) AS plans,
            (SELECT COUNT(*) FROM visit v JOIN plan n ON n.id = v.plan_id
                WHERE n.programme_id = m.id AND n.state = 'published'
                AND v.state NOT IN ('cancelled', 'declined')) AS visits
        FROM programme m WHERE m.state {"=" if archived else "<>"} 'archived'
        ORDER BY m.starts_on DESC, m.id LIMIT 200"""
    )
    return [
        ProgrammeItem(
            id=row[0], name=row[1], state=row[2], starts_on=row[3], ends_on=row[4], plans=row[5], visits=row[6]
        )
        for row in rows
    ]


_PLANS = """SELECT n.id, n.programme_id, n.number, n.state, n.status, n.score, n.bound, n.gap, n.created_at,
    n.solved_at, n.published_at, n.seconds, n.from_plan_id, n.basis_hash, n.version, n.terms, n.unmet, n.reasons,
    n.ways, (SELECT COUNT(*) FROM visit v WHERE v.plan_id = n.id AND v.state NOT IN ('cancelled', 'declined')) AS visits
    FROM plan n"""


def _plan(row: database.Row) -> PlanItem:
    terms = msgspec.json.decode(row["terms"])
    return PlanItem(
        **{name: row[name] for name in ("id", "programme_id", "number", "state", "status", "score", "bound", "gap")},
        **{
            name: row[name]
            for name in ("seconds", "from_plan_id", "basis_hash", "version", "visits", "unmet", "reasons", "ways")
        },
        created_at=utc(row["created_at"]),
        solved_at=utc(row["solved_at"]) if row["solved_at"] else None,
        published_at=utc(row["published_at"]) if row["published_at"] else None,
        terms=terms if isinstance(terms, dict) else {},
    )


async def plans(programme_id: str) -> list[PlanItem]:
    """A programme's plans, the latest first."""
    rows = await database.fetch(f"{_PLANS} WHERE n.programme_id = {{}} ORDER BY n.number DESC LIMIT 100", programme_id)
    return [_plan(row) for row in rows]


async def plan_and_others(plan_id: str) -> tuple[PlanItem, list[PlanItem]]:
    """A plan and the others of its programme, the latest first, in one statement. Raises NotFound."""
    rows = is_uuid(plan_id) and await database.fetch(
        f"""{_PLANS} WHERE n.programme_id = (SELECT programme_id FROM plan WHERE id = {{}})
        ORDER BY n.number DESC LIMIT 200""",
        plan_id,
    )
    found = [_plan(row) for row in rows or ()]
    mine = next((one for one in found if one.id == plan_id), None)
    if mine is None:
        raise NotFound
    return mine, [one for one in found if one.id != plan_id]


async def plan(plan_id: str) -> PlanItem:
    """One plan. Raises NotFound."""
    row = is_uuid(plan_id) and await database.fetch_one(f"{_PLANS} WHERE n.id = {{}}", plan_id)
    if not row:
        raise NotFound
    return _plan(row)


async def search(found: PlanItem) -> SearchOut:
    """How a search is going."""
    row = await database.fetch_one(
        "SELECT phase, spent, curve, best IS NOT NULL AS has_plan FROM plan_work WHERE plan_id = {}", found.id
    )
    ahead = await database.fetch_one(
        "SELECT COUNT(*) AS n FROM plan WHERE state IN ('waiting', 'solving', 'storing') AND id < {}", found.id
    )
    return SearchOut(
        phase=row["phase"] if row else "",
        spent=row["spent"] if row else 0.0,
        curve=msgspec.json.decode(row["curve"]) if row else [],
        ahead=ahead["n"] if ahead else 0,
        has_plan=bool(row and row["has_plan"]),
    )


async def trainings(programme_id: str, language: Language) -> list[TrainingItem]:
    """What a programme requires."""
    rows = await database.fetch(
        f"""SELECT t.id, t.joined_since, t.by_day, {department_columns("d", language)},
            {department_columns("h", language)}
        FROM training t JOIN department d ON d.id = t.host_id LEFT JOIN department h ON h.id = t.home_id
        WHERE t.programme_id = {{}} ORDER BY t.id""",
        programme_id,
    )
    return [
        TrainingItem(row[0], department_at(row, 7) if row[7] else None, department_at(row, 3), row[1], row[2])
        for row in rows
    ]


async def block_count(programme_id: str) -> tuple[int, int]:
    """How many blocks a programme has, and how many of them are closed."""
    row = await database.fetch_one(
        "SELECT COUNT(*), SUM(CASE WHEN closed THEN 1 ELSE 0 END) FROM programme_block WHERE programme_id = {}",
        programme_id,
    )
    return (row[0], int(row[1] or 0)) if row else (0, 0)
