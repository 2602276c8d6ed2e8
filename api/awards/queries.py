"""What there is to be proposed for, one's own proposals, and budgets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import arrow

from api.awards.rules import forecast, may_nominate
from api.awards.schemas import BudgetList, BudgetOut, NominationOut, NominationPage, ProgrammeOut
from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now, utc
from api.core.errors import NotFound
from api.core.ids import is_uuid
from api.core.pages import NEWEST, PAGE
from api.people.queries import department_columns, person_columns, person_ref
from api.people.schemas import DepartmentRef
from api.points.periods import Period
from api.points.queries import Budget, budgets
from api.points.records import kept_rules


def today_of(actor: Actor) -> date:
    """The day that this reader's clocks show."""
    found: date = arrow.get(utc(now())).to(actor.time_zone).date()
    return found


def runs(row: database.Row | Mapping[str, str], day: date) -> bool:
    """Whether somebody can be proposed on this day."""
    iso = day.isoformat()
    return (not row["from_day"] or row["from_day"] <= iso) and (not row["until_day"] or iso <= row["until_day"])


async def programmes(actor: Actor) -> list[ProgrammeOut]:
    """The awards that are not archived, those that can be had now first."""
    rows = await database.fetch("SELECT * FROM award_programme WHERE archived_at IS NULL ORDER BY created_at, id")
    found = [_programme(row, actor) for row in rows]
    return sorted(found, key=lambda one: not one.open)


async def programme(actor: Actor, programme_id: str) -> ProgrammeOut:
    """One of them. Raises NotFound."""
    row = is_uuid(programme_id) and await database.fetch_one(
        "SELECT * FROM award_programme WHERE id = {} AND archived_at IS NULL", programme_id
    )
    if not row:
        raise NotFound
    return _programme(row, actor)


def _programme(row: database.Row, actor: Actor) -> ProgrammeOut:
    return ProgrammeOut(
        id=row["id"],
        name=row[f"name_{actor.language}"],
        text=row[f"text_{actor.language}"],
        criteria=row[f"criteria_{actor.language}"],
        from_day=row["from_day"],
        until_day=row["until_day"],
        nominators=row["nominators"],
        points=row["points"],
        approvals=row["approvals"],
        open=runs(row, today_of(actor)) and may_nominate(actor, row["nominators"]),
    )


async def nominations(actor: Actor, *, before: int = NEWEST, limit: int = PAGE) -> NominationPage:
    """One's own proposals, the newest first."""
    rows = await database.fetch(
        f"""SELECT {person_columns("p", "d", actor.language)}, n.id AS nomination_id, n.position, n.points, n.state,
            n.created_at, w.name_{actor.language} AS programme, k.id AS kudos_id,
            (SELECT a.id FROM approval a WHERE a.kind = 'award' AND a.subject_id = n.id
                ORDER BY a.position DESC LIMIT 1) AS approval_id
        FROM nomination n JOIN award_programme w ON w.id = n.programme_id
        JOIN person p ON p.id = n.nominee_id JOIN department d ON d.id = p.department_id
        LEFT JOIN kudos k ON k.award_id = n.id AND k.withdrawn_at IS NULL
        WHERE n.nominator_id = {{}} AND n.position < {{}} ORDER BY n.position DESC LIMIT {{}}""",
        *(actor.id, before, limit + 1),
    )
    kept = rows[:limit]
    items = [
        NominationOut(
            id=row["nomination_id"],
            programme=row["programme"],
            person=person_ref(row),
            points=row["points"],
            state=row["state"],
            created_at=utc(row["created_at"]),
            approval=row["approval_id"],
            kudos=row["kudos_id"],
        )
        for row in kept
    ]
    return NominationPage(items, str(kept[-1]["position"]) if len(rows) > limit else None)


async def budgets_of(actor: Actor) -> BudgetList:
    """The budgets of the present period: all for HR, else those of the departments that this person looks after.

    Departments without a budget are there too, so that HR can give them one.
    """
    period = (await kept_rules(actor.directory_revision)).budget_period_of(now())
    condition, arguments = ("TRUE", []) if actor.is_hr else ("d.manager_id = {}", [actor.id])
    rows = await database.fetch(
        f"""SELECT {department_columns("d", actor.language)} FROM department d
        WHERE d.archived_at IS NULL AND {condition} ORDER BY d.position, d.id""",
        *arguments,
    )
    departments = [DepartmentRef(*tuple(row)) for row in rows]
    found = await budgets([(one.id, period.key) for one in departments])
    items = [_budget(one, found[one.id, period.key], period, today_of(actor)) for one in departments]
    return BudgetList(period=period.key, first=period.first, last=period.next - timedelta(days=1), items=items)


def _budget(department: DepartmentRef, budget: Budget, period: Period, day: date) -> BudgetOut:
    comes = forecast(period, day, used=budget.spent + budget.held, free=budget.free)
    return BudgetOut(
        department=department,
        spent=budget.spent,
        held=budget.held,
        free=budget.free,
        until=comes.until,
        left=comes.left,
    )
