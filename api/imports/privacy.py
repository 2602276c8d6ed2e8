"""What imports hold of a person, and how it goes."""

from __future__ import annotations

from api.core import database
from api.core.clock import utc
from api.core.errors import Conflict
from api.core.i18n import gettext_later as _
from api.imports.service import end


@database.transaction
async def erase(person_id: str) -> None:
    """Remove whatever waiting imports may hold of anybody, and whose imports these were.

    Files and staged rows name many people, so they go as a whole: what has not been carried out is cancelled and
    removed at once. Raises Conflict while one is being carried out, which takes a minute or two.
    """
    if await database.fetch("SELECT 1 FROM import_run WHERE state = 'applying' LIMIT 1"):
        raise Conflict(_("An import is being carried out. Try again in a minute."))
    for row in await database.fetch("SELECT id FROM import_run WHERE ended_at IS NULL"):
        await end(row["id"], "cancelled")
    for table in ("import_chunk", "import_row", "import_fault"):
        await database.execute(f"DELETE FROM {table}")
    await database.execute("UPDATE import_run SET file_name = '', created_by = NULL WHERE created_by = {}", person_id)


async def about(person_id: str) -> dict[str, list[dict[str, str]]]:
    """The imports that this person made, and where thanks of theirs came from."""
    runs = await database.fetch(
        "SELECT kind, state, file_name, created_at FROM import_run WHERE created_by = {} ORDER BY id", person_id
    )
    origins = await database.fetch(
        """SELECT o.source, o.external_id, o.kudos_id FROM kudos_origin o JOIN kudos k ON k.id = o.kudos_id
        WHERE k.giver_id = {} ORDER BY k.position""",
        person_id,
    )
    return {
        "imports": [
            {
                "kind": row["kind"],
                "state": row["state"],
                "file_name": row["file_name"],
                "created_at": utc(row["created_at"]).isoformat(),
            }
            for row in runs
        ],
        "thanks_from_elsewhere": [
            {"source": row["source"], "id": row["external_id"], "kudos": row["kudos_id"]} for row in origins
        ],
    }
