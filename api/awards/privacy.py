"""What this slice stores about a person: for their export, and gone when they are erased."""

from __future__ import annotations

from typing import Any

from api.awards.programmes import TEXTS
from api.core import database
from api.core.clock import utc
from api.core.erasing import PLAIN_MARK, forget_in, forget_in_changes
from api.people.privacy import whom


async def erase(person_id: str) -> None:
    """The words of proposals by and about them go, and their name from others' words and from what awards say and
    said; that points moved stays. Part of a transaction.

    What is open has been cancelled by then: approvals are erased first.
    """
    await database.execute(
        "UPDATE nomination SET message = '' WHERE nominator_id = {} OR nominee_id = {}", person_id, person_id
    )
    for gone in await whom(person_id):
        await forget_in("nomination", "message", gone)
        for column in TEXTS:
            await forget_in("award_programme", column, gone, mark=PLAIN_MARK)
        await forget_in_changes("award_programme", TEXTS, gone)


async def about(person_id: str) -> dict[str, Any]:
    """Whom they proposed, and the awards they got. What others proposed and was not granted is between those who
    decide."""
    rows = await database.fetch(
        """SELECT n.id, n.nominator_id, n.message, n.points, n.state, n.created_at, w.name_de, w.name_en
        FROM nomination n JOIN award_programme w ON w.id = n.programme_id
        WHERE n.nominator_id = {} OR (n.nominee_id = {} AND n.state = 'granted') ORDER BY n.position""",
        *(person_id, person_id),
    )

    def line(row: database.Row) -> dict[str, Any]:
        return {
            **{name: row[name] for name in ("id", "message", "points", "state", "name_de", "name_en")},
            "at": utc(row["created_at"]),
        }

    return {
        "proposed": [line(row) for row in rows if row["nominator_id"] == person_id],
        "awards": [line(row) for row in rows if row["nominator_id"] != person_id],
    }
