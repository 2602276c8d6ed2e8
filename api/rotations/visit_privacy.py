"""What is held of a person's answers about visits, offers and calendar, and how it goes."""

from __future__ import annotations

from typing import Any

from api.core import database
from api.core.clock import utc


async def about(person_id: str) -> dict[str, Any]:
    """What they answered, whom they asked or who asked them, and whether a calendar is subscribed."""
    answers = await database.fetch(
        "SELECT uid, answer, reason, at FROM visit_answer WHERE person_id = {} ORDER BY at, uid", person_id
    )
    offers = await database.fetch(
        "SELECT from_id, to_id, state, at FROM visit_offer WHERE from_id = {} OR to_id = {} ORDER BY at, id",
        *(person_id, person_id),
    )
    feed = await database.fetch_one("SELECT made_at, read_at FROM calendar_feed WHERE person_id = {}", person_id)
    return {
        "answers": [
            {"visit": row["uid"], "answer": row["answer"], "reason": row["reason"], "at": utc(row["at"])}
            for row in answers
        ],
        "offers": [
            {"by_you": row["from_id"] == person_id, "state": row["state"], "at": utc(row["at"])} for row in offers
        ],
        "calendar": {"made_at": utc(feed["made_at"]), "read_at": feed["read_at"] and utc(feed["read_at"])}
        if feed
        else None,
    }


@database.transaction
async def erase(person_id: str) -> None:
    """Their calendar ends at once, offers go, and so do the reasons they gave or that were given about them."""
    await database.execute("DELETE FROM calendar_feed WHERE person_id = {}", person_id)
    await database.execute("DELETE FROM visit_offer WHERE from_id = {} OR to_id = {}", person_id, person_id)
    await database.execute(
        """UPDATE visit_answer SET reason = '' WHERE reason <> '' AND (person_id = {}
            OR uid IN (SELECT v.uid FROM visit v WHERE v.person_id = {}))""",
        *(person_id, person_id),
    )
