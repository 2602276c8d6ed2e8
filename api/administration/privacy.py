"""The recorded changes of one person: what is stored about them, and how it goes."""

from __future__ import annotations

from typing import Any

import msgspec

from api.core import database
from api.core.clock import utc


async def erase(person_id: str) -> None:
    """Empty all that was recorded about a person: name, address and the like, before and after.

    What they changed of others stays: it names them by id alone. Called inside the erasing transaction.
    """
    await database.execute("UPDATE change SET before = '{{}}', after = '{{}}' WHERE subject_id = {}", person_id)


async def about(person_id: str) -> dict[str, Any]:
    """Every recorded change of the person; of those that they made to others only that they did."""
    rows = await database.fetch(
        "SELECT * FROM change WHERE subject_id = {} OR actor_id = {} ORDER BY id",
        *(person_id, person_id),
    )
    return {
        "changes": [
            {
                "at": utc(row["at"]),
                "kind": row["kind"],
                "made": row["actor_id"] == person_id,
                "before": msgspec.json.decode(row["before"]) if row["subject_id"] == person_id else {},
                "after": msgspec.json.decode(row["after"]) if row["subject_id"] == person_id else {},
            }
            for row in rows
        ]
    }
