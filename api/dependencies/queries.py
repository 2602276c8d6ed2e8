"""Who depends on whom, and how much thanks came back."""

from __future__ import annotations

from api.core import database
from api.core.clock import monday, now
from api.core.i18n import Language
from api.dependencies.schemas import WEEKS, EdgeOut
from api.people.queries import department_columns
from api.people.schemas import DepartmentRef


async def handovers(department_id: str, language: Language) -> dict[str, str]:
    """The departments that depend on this one, the weightiest first, with what each gets from it."""
    rows = await database.fetch(
        f"""SELECT e.customer_id, e.handover_{language} FROM dependency e JOIN department c ON c.id = e.customer_id
        WHERE e.provider_id = {{}} AND c.archived_at IS NULL ORDER BY e.weight DESC, c.position, e.id""",
        department_id,
    )
    found: dict[str, str] = {}
    for customer_id, handover in rows:
        found.setdefault(customer_id, handover)
    return found


async def edges(language: Language, *, department_id: str | None = None) -> list[EdgeOut]:
    """All dependencies, or those of one department on either side, the weightiest first."""
    this_week = monday(now())
    first_week = this_week - 7 * (WEEKS - 1)
    where = "" if department_id is None else "WHERE e.provider_id = {} OR e.customer_id = {}"
    dialect = database.current().dialect
    join = "group_concat" if dialect == "sqlite" else "string_agg"
    rows = await database.fetch(
        f"""SELECT e.id, e.handover_{language}, e.weight, e.error_cost_cents, e.error_note_{language},
            {department_columns("p", language)}, {department_columns("c", language)},
            (SELECT {join}(CAST(w.week AS TEXT) || ':' || CAST(w.thanks AS TEXT), ' ') FROM edge_week w
                WHERE w.giver_department_id = e.customer_id AND w.recipient_department_id = e.provider_id
                  AND w.week >= {{}} AND w.thanks > 0),
            (SELECT MAX(w.week) FROM edge_week w
                WHERE w.giver_department_id = e.customer_id AND w.recipient_department_id = e.provider_id
                  AND w.thanks > 0)
        FROM dependency e JOIN department p ON p.id = e.provider_id JOIN department c ON c.id = e.customer_id
        {where} ORDER BY e.weight DESC, p.position, c.position""",
        first_week,
        *([] if department_id is None else [department_id, department_id]),
    )
    return [_edge(tuple(row), first_week, this_week) for row in rows]


def _edge(row: tuple[object, ...], first_week: int, this_week: int) -> EdgeOut:
    (edge_id, handover, weight, cost, note, *departments, counted, last) = row
    weeks = [0] * WEEKS
    for part in str(counted or "").split():
        week, _, thanks = part.partition(":")
        index = (int(week) - first_week) // 7
        if 0 <= index < WEEKS:
            weeks[index] = int(thanks)
    if any(weeks):
        silent: int | None = 0
    else:
        silent = (this_week - last) // 7 if isinstance(last, int) else None
    return EdgeOut(
        id=str(edge_id),
        handover=str(handover),
        weight=int(str(weight)),
        error_cost_cents=cost if isinstance(cost, int) else None,
        error_note=str(note),
        provider=_department(departments[:4]),
        customer=_department(departments[4:]),
        weeks=weeks,
        silent_weeks=silent,
    )


def _department(columns: list[object]) -> DepartmentRef:
    return DepartmentRef(str(columns[0]), str(columns[1]), str(columns[2]), int(str(columns[3])))
