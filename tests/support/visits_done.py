"""A published programme between registration and billing, whose visits have taken place."""

from __future__ import annotations

from api.core import database
from api.core.clock import DAY, HOUR
from api.core.events import record_event
from api.core.ids import uuid7
from tests.support.organisation import OPENED_AT, Person


@database.transaction
async def visits_done(
    *visits: tuple[Person, Person, Person], at: int = OPENED_AT - 3 * DAY, name: str = "Spring"
) -> list[str]:
    """The ids of visits: who visited, whose department, and their buddy there, each a day after the one before."""
    programme_id, plan_id, ids = uuid7(), uuid7(), []
    await database.execute(
        """INSERT INTO programme (id, name, state, starts_on, ends_on, time_zone, pattern, created_at)
        VALUES ({}, {}, 'published', '2026-01-05', '2026-12-18', 'Europe/Berlin', {}, 0)""",
        *(programme_id, name, "{}"),
    )
    await database.execute(
        "INSERT INTO plan (id, programme_id, number, state, created_at) VALUES ({}, {}, 1, 'published', 0)",
        *(plan_id, programme_id),
    )
    for number, (visitor, host, buddy) in enumerate(visits):
        visit_id, starts_at = uuid7(), at + number * DAY
        await database.execute(
            """INSERT INTO visit (id, plan_id, programme_id, person_id, home_id, host_id, block, starts_at, ends_at,
                kind, group_number, buddy_id, state, uid)
            VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, 'swap', {}, {}, 'done', {})""",
            *(visit_id, plan_id, programme_id, visitor.id, visitor.department.id, host.department.id, number),
            *(starts_at, starts_at + 8 * HOUR, number, buddy.id, visit_id),
        )
        await record_event("visit.done", actor_id=None, subject_id=visit_id)
        ids.append(visit_id)
    return ids
