"""What feedback and reported errors hold of a person, and how it goes."""

from __future__ import annotations

from typing import Any

from api.core import database
from api.core.clock import utc
from api.core.erasing import PLAIN_MARK, forget_in
from api.people.privacy import whom


async def about(person_id: str) -> dict[str, Any]:
    """What they wrote after visits, drafts included, and errors they reported."""
    said = await database.fetch(
        """SELECT side, surprised, will_change, state, changed_at FROM visit_feedback WHERE author_id = {}
        ORDER BY changed_at""",
        person_id,
    )
    errors = await database.fetch(
        "SELECT what, times, per, minutes, cents, at FROM error_report WHERE author_id = {} ORDER BY id", person_id
    )
    return {
        "feedback": [
            {
                **{name: row[name] for name in ("side", "surprised", "will_change", "state")},
                "at": utc(row["changed_at"]),
            }
            for row in said
        ],
        "errors": [
            {
                **{name: row[name] for name in ("what", "times", "per", "minutes", "cents")},
                "at": utc(row["at"]) if row["at"] else None,
            }
            for row in errors
        ],
    }


@database.transaction
async def erase(person_id: str) -> None:
    """Their words go, and their name from the words of others; that an error was counted stays."""
    names = await whom(person_id)
    await database.execute("DELETE FROM error_report WHERE author_id = {} AND at IS NULL", person_id)
    await database.execute("UPDATE error_report SET what = {} WHERE author_id = {}", PLAIN_MARK, person_id)
    await database.execute(
        "UPDATE visit_feedback SET surprised = {}, will_change = {} WHERE author_id = {} AND state = 'sent'",
        *(PLAIN_MARK, PLAIN_MARK, person_id),
    )
    await database.execute("DELETE FROM visit_feedback WHERE author_id = {} AND state = 'draft'", person_id)
    for gone in names:
        for table, column in (
            ("visit_feedback", "surprised"),
            ("visit_feedback", "will_change"),
            ("error_report", "what"),
        ):
            await forget_in(table, column, gone, mark=PLAIN_MARK)
