"""The recorded changes of one person: what is stored about them, and how it goes."""

from __future__ import annotations

import msgspec

from api.core import database


class RecordedChange(msgspec.Struct, frozen=True, kw_only=True):
    """A change of somebody's own record, or one that they made: `made` tells which."""

    at: int
    kind: str
    made: bool
    before: dict[str, str | int | None]
    after: dict[str, str | int | None]


async def erase(person_id: str) -> None:
    """Empty all that was recorded about a person: name, address and the like, before and after.

    What they changed of others stays: it names them by id alone. Called inside the erasing transaction.
    """
    await database.execute("UPDATE change SET before = '{{}}', after = '{{}}' WHERE subject_id = {}", person_id)


async def about(person_id: str) -> dict[str, list[RecordedChange]]:
    """Every recorded change of the person, and every one that they made."""
    rows = await database.fetch(
        "SELECT at, kind, subject_id, before, after FROM change WHERE subject_id = {} OR actor_id = {} ORDER BY id",
        *(person_id, person_id),
    )
    return {
        "changes": [
            RecordedChange(
                at=row["at"],
                kind=row["kind"],
                made=row["subject_id"] != person_id,
                before=msgspec.json.decode(row["before"]),
                after=msgspec.json.decode(row["after"]),
            )
            for row in rows
        ]
    }
