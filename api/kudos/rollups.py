"""Counts kept in the transaction that changes them: thanks per edge and week, and per person."""

from __future__ import annotations

from collections.abc import Iterable

from api.core import database
from api.core.clock import monday
from api.core.ids import position_time
from api.dependencies import overview

_TALLY = ("person_id", "facet", "key_id")


async def count_kudos(kudos_id: str, *, step: int) -> None:
    """Add (`step` 1) or take away (-1) one public kudos from all rollups. Private ones are never counted."""
    recipients = await database.fetch(
        """SELECT k.giver_id, k.giver_department_id, k.value_id, k.position, r.person_id, r.department_id
        FROM kudos k JOIN kudos_recipient r ON r.kudos_id = k.id WHERE k.id = {} AND NOT k.private""",
        kudos_id,
    )
    if not recipients:
        return
    database.after_commit(overview.forget)
    kudos = recipients[0]
    week = monday(position_time(kudos["position"]))
    departments = {row["department_id"] for row in recipients}
    edges = [(kudos["giver_department_id"], department, week) for department in departments]
    tallies = [(kudos["giver_id"], "to", department) for department in departments]
    tallies += [(row["person_id"], "from", kudos["giver_department_id"]) for row in recipients]
    if kudos["value_id"] is not None:
        tallies += [(row["person_id"], "value", kudos["value_id"]) for row in recipients]
    await _count("edge_week", ("giver_department_id", "recipient_department_id", "week"), edges, step)
    await _count("person_tally", _TALLY, tallies, step)


async def _count(table: str, key: tuple[str, ...], rows: Iterable[tuple[object, ...]], step: int) -> None:
    """Add `step` to the count of each key, in one statement; a key that is new begins at 1.

    Always in key order: two transactions on the same rows wait for each other instead of deadlocking.
    """
    ordered = sorted(set(rows), key=str)
    places = ", ".join([f"({database.placeholders(len(key))}, 1)"] * len(ordered))
    await database.execute(
        f"""INSERT INTO {table} ({", ".join(key)}, thanks) VALUES {places}
        ON CONFLICT ({", ".join(key)}) DO UPDATE SET thanks = {table}.thanks + {{}}""",
        *(part for row in ordered for part in row),
        step,
    )


async def recount_value(kudos_id: str, *, before: str | None, after: str | None) -> None:
    """Move a public, visible kudos from one value to another in its recipients' tallies."""
    if before == after:
        return
    recipients = await database.fetch(
        """SELECT r.person_id FROM kudos_recipient r JOIN kudos k ON k.id = r.kudos_id
        WHERE r.kudos_id = {} AND NOT k.private AND k.hidden_at IS NULL""",
        kudos_id,
    )
    if not recipients:
        return
    for value_id, step in sorted((value, step) for value, step in ((before, -1), (after, 1)) if value is not None):
        await _count("person_tally", _TALLY, [(row["person_id"], "value", value_id) for row in recipients], step)
