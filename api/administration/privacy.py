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
    """Every recorded change of the person, before and after, and that they changed others (without what).

    An import of theirs is one change.
    """
    rows = await database.fetch(
        """SELECT at, kind, subject_id, before, after FROM change
        WHERE subject_id = {} OR (actor_id = {} AND part_of IS NULL) ORDER BY id""",
        *(person_id, person_id),
    )
    mine = [row for row in rows if row["subject_id"] == person_id]
    return {
        "changes": [
            {
                "at": utc(row["at"]),
                "kind": row["kind"],
                "before": msgspec.json.decode(row["before"]),
                "after": msgspec.json.decode(row["after"]),
            }
            for row in mine
        ],
        "made": [{"at": utc(row["at"]), "kind": row["kind"]} for row in rows if row["subject_id"] != person_id],
    }
