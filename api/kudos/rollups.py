"""Counts kept in the transaction that changes them: thanks per edge and week, and per person."""

from __future__ import annotations

from api.core import database
from api.core.clock import monday
from api.core.ids import position_time
from api.dependencies import overview


async def count_kudos(kudos_id: str, *, step: int) -> None:
    """Add (`step` 1) or take away (-1) one public kudos from all rollups. Private ones are never counted."""
    kudos = await database.fetch_one(
        "SELECT giver_id, giver_department_id, value_id, private, position FROM kudos WHERE id = {}", kudos_id
    )
    if kudos is None or kudos["private"]:
        return
    recipients = await database.fetch(
        "SELECT person_id, department_id FROM kudos_recipient WHERE kudos_id = {} ORDER BY person_id", kudos_id
    )
    database.after_commit(overview.forget)
    week = monday(position_time(kudos["position"]))
    giver_department = kudos["giver_department_id"]
    departments = sorted({row["department_id"] for row in recipients})
    tallies = [(kudos["giver_id"], "to", department) for department in departments]
    for row in recipients:
        tallies.append((row["person_id"], "from", giver_department))
        if kudos["value_id"] is not None:
            tallies.append((row["person_id"], "value", kudos["value_id"]))
    # Always in key order: two transactions on the same rows wait for each other instead of deadlocking.
    for department in departments:
        await database.execute(
            """INSERT INTO edge_week (giver_department_id, recipient_department_id, week, thanks)
            VALUES ({}, {}, {}, 1) ON CONFLICT (giver_department_id, recipient_department_id, week)
            DO UPDATE SET thanks = edge_week.thanks + {}""",
            *(giver_department, department, week, step),
        )
    for person_id, facet, key_id in sorted(tallies):
        await database.execute(
            """INSERT INTO person_tally (person_id, facet, key_id, thanks) VALUES ({}, {}, {}, 1)
            ON CONFLICT (person_id, facet, key_id) DO UPDATE SET thanks = person_tally.thanks + {}""",
            *(person_id, facet, key_id, step),
        )


async def recount_value(kudos_id: str, *, before: str | None, after: str | None) -> None:
    """Move a public, visible kudos from one value to another in its recipients' tallies."""
    if before == after:
        return
    recipients = await database.fetch(
        """SELECT r.person_id FROM kudos_recipient r JOIN kudos k ON k.id = r.kudos_id
        WHERE r.kudos_id = {} AND NOT k.private AND k.hidden_at IS NULL ORDER BY r.person_id""",
        kudos_id,
    )
    for row in recipients:
        for value_id, step in sorted(((v, s) for v, s in ((before, -1), (after, 1)) if v is not None)):
            await database.execute(
                """INSERT INTO person_tally (person_id, facet, key_id, thanks) VALUES ({}, 'value', {}, 1)
                ON CONFLICT (person_id, facet, key_id) DO UPDATE SET thanks = person_tally.thanks + {}""",
                *(row["person_id"], value_id, step),
            )
