"""Counts kept in the transaction that changes them: thanks per edge and week, and per person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from api.core import database
from api.core.clock import monday
from api.core.ids import position_time
from api.dependencies import overview

_EDGE = ("giver_department_id", "recipient_department_id", "week")
_TALLY = ("person_id", "facet", "key_id")


async def count_kudos(kudos_id: str, *, step: int) -> None:
    """Add (`step` 1) or take away (-1) one public kudos from all rollups. Private ones are never counted."""
    rows = await database.fetch(
        """SELECT k.giver_id, k.giver_department_id, k.value_id, k.position, r.person_id, r.department_id
        FROM kudos k JOIN kudos_recipient r ON r.kudos_id = k.id WHERE k.id = {} AND NOT k.private""",
        kudos_id,
    )
    if rows:
        kudos = rows[0]
        await database.together(
            *counts(
                giver_id=kudos["giver_id"],
                giver_department_id=kudos["giver_department_id"],
                value_id=kudos["value_id"],
                position=kudos["position"],
                recipients={row["person_id"]: row["department_id"] for row in rows},
                step=step,
            )
        )


def counts(
    *,
    giver_id: str,
    giver_department_id: str,
    value_id: str | None,
    position: int,
    recipients: Mapping[str, str],
    step: int,
) -> list[database.Batch]:
    """What counts one public kudos; `recipients` are their departments by their ids."""
    database.after_commit(overview.forget)
    week = monday(position_time(position))
    departments = set(recipients.values())
    edges = [(giver_department_id, department, week) for department in departments]
    tallies = [(giver_id, "to", department) for department in departments]
    tallies += [(person_id, "from", giver_department_id) for person_id in recipients]
    if value_id is not None:
        tallies += [(person_id, "value", value_id) for person_id in recipients]
    return [_count("edge_week", _EDGE, edges, step), _count("person_tally", _TALLY, tallies, step)]


def _count(table: str, key: tuple[str, ...], rows: Iterable[tuple[object, ...]], step: int) -> database.Batch:
    """Add `step` to the count of each key, in one statement; a key that is new begins at 1.

    Always in key order: two transactions on the same rows wait for each other instead of deadlocking.
    """
    ordered = sorted(set(rows), key=str)
    places = ", ".join([f"({database.placeholders(len(key))}, 1)"] * len(ordered))
    template = f"""INSERT INTO {table} ({", ".join(key)}, thanks) VALUES {places}
        ON CONFLICT ({", ".join(key)}) DO UPDATE SET thanks = {table}.thanks + {{}}"""
    return template, [(*(part for row in ordered for part in row), step)]


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
        tallies = [(row["person_id"], "value", value_id) for row in recipients]
        await database.together(_count("person_tally", _TALLY, tallies, step))
