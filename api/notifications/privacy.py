"""What this slice stores about a person: for their export, and gone when they are erased."""

from __future__ import annotations

from typing import Any

import msgspec

from api.core import database
from api.core.clock import utc
from api.notifications.queries import choice, choice_out


async def erase(person_id: str) -> None:
    """Forget what they were told and chose, and what others were told about them. Part of a transaction."""
    await database.execute("DELETE FROM notification WHERE person_id = {}", person_id)
    await database.execute(
        "DELETE FROM notification WHERE subject_id = {} AND kind IN ('milestone', 'team')", person_id
    )
    await database.execute("DELETE FROM notification_choice WHERE person_id = {}", person_id)


async def about(person_id: str) -> dict[str, Any]:
    """What they want to hear of, and what they were told of: kinds, times and ids."""
    rows = await database.fetch(
        """SELECT kind, kudos_id, created_at, read_at, mail FROM notification WHERE person_id = {}
        ORDER BY position""",
        person_id,
    )
    return {
        "choice": msgspec.to_builtins(choice_out(await choice(person_id))),
        "told": [
            {
                "kind": row["kind"],
                "kudos": row["kudos_id"],
                "at": utc(row["created_at"]),
                "read_at": utc(row["read_at"]) if row["read_at"] is not None else None,
                "by_mail": row["mail"] == "sent",
            }
            for row in rows
        ],
    }
