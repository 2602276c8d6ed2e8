"""What there is to know before, while and after an import is taken back as a whole."""

from __future__ import annotations

import msgspec

from api.administration.queries import several
from api.administration.schemas import WholeUndo
from api.administration.whole import JOB, OPEN, TOUCHED
from api.core import database
from api.core.errors import NotFound
from api.core.i18n import Language
from api.core.ids import is_uuid
from api.imports.recording import IMPORTED

SHOWN = 50

# Whether it can be taken back is decided when it is: this is what people are told before. What was erased is empty.
_STAYS = f"(c.before = '{{{{}}}}' AND c.after = '{{{{}}}}' OR {TOUCHED})"


async def whole_undo(import_id: str, language: Language) -> WholeUndo:
    """How it stands with taking this import back. Raises NotFound for one that changed nothing."""
    root = is_uuid(import_id) and await database.fetch_one(
        """SELECT c.id, c.after, u.id AS taking_id, j.state, j.progress, j.total FROM change c
        LEFT JOIN change u ON u.undoes_id = c.id
        LEFT JOIN job j ON j.subject_id = u.id AND j.kind = {} AND j.state IN ('waiting', 'running')
        WHERE c.subject_id = {} AND c.kind = {}""",
        *(JOB, import_id, IMPORTED),
    )
    if not root:
        raise NotFound
    running, begun = root["state"] is not None, root["taking_id"] is not None
    # Of a hundred thousand changes this takes a while, and whoever looks on looks every second.
    rows = (
        []
        if running
        else await database.fetch(
            f"""SELECT c.kind, COUNT(*) AS n, SUM(CASE WHEN {OPEN} THEN 1 ELSE 0 END) AS open FROM change c
        WHERE c.part_of = {{}} GROUP BY c.kind ORDER BY c.kind""",
            root["id"],
        )
    )
    staying: list[str] = []
    staying_count = 0
    if not running:
        stays, ends = (OPEN, []) if begun else (f"{OPEN} AND {_STAYS}", [root["id"]] * 4)
        found = await database.fetch(
            f"""SELECT c.id, COUNT(*) OVER () AS n FROM change c WHERE c.part_of = {{}} AND {stays}
            ORDER BY c.id DESC LIMIT {SHOWN}""",
            *(root["id"], *ends),
        )
        staying, staying_count = [row["id"] for row in found], found[0]["n"] if found else 0
    return WholeUndo(
        import_id=import_id,
        list=msgspec.json.decode(root["after"])["list"],
        state="running" if running else "done" if begun else "open",
        open={row["kind"]: int(row["open"]) for row in rows if row["open"]},
        taken_back=sum(row["n"] - int(row["open"]) for row in rows),
        progress=root["progress"] or 0,
        total=root["total"] or 0,
        staying=await several(staying, language),
        staying_count=staying_count,
    )
