"""What the ledger knows of a person: hand it out; of texts forget it. Amounts stay under an id that says nothing."""

from __future__ import annotations

from typing import Any

import msgspec

from api.core import database
from api.core.clock import utc
from api.core.erasing import PLAIN_MARK, forget_in
from api.people.privacy import whom
from api.points.queries import history, purse


async def about(person_id: str) -> dict[str, Any]:
    """Balances, everything that moved, and what HR and they themselves said about reversals."""
    lines: list[dict[str, Any]] = []
    page = await history(person_id, limit=500)
    lines += [msgspec.to_builtins(line) for line in page.items]
    while page.next is not None:
        page = await history(person_id, before=page.next, limit=500)
        lines += [msgspec.to_builtins(line) for line in page.items]
    alerts = await database.fetch(
        """SELECT kind, about_id, amount, outcome, reason, objection, created_at FROM points_alert
        WHERE giver_id = {} ORDER BY id""",
        person_id,
    )
    return {
        "balances": msgspec.to_builtins(await purse(person_id)),
        "history": lines,
        "reversals": [
            {
                "kind": row["kind"],
                "about": row["about_id"],
                "points": row["amount"],
                "outcome": row["outcome"],
                "reason": row["reason"],
                "objection": row["objection"],
                "at": utc(row["created_at"]),
            }
            for row in alerts
        ],
    }


async def erase(person_id: str) -> None:
    """Objections and reasons about them go, and their name from those of others."""
    await database.execute(
        "UPDATE points_alert SET reason = {}, objection = {} WHERE giver_id = {} AND (reason <> '' OR objection <> '')",
        *(PLAIN_MARK, PLAIN_MARK, person_id),
    )
    for gone in await whom(person_id):
        for column in ("reason", "objection"):
            await forget_in("points_alert", column, gone, mark=PLAIN_MARK)
