"""What people ordered and what reached them: hand it out, forget the words, also where the catalogue names them.

Amounts stay, payroll needs them.
"""

from __future__ import annotations

from typing import Any

from api.core import database
from api.core.clock import utc
from api.core.erasing import PLAIN_MARK, Gone, forget_in, forget_in_changes
from api.people.privacy import whom
from api.rewards.records import TEXTS, searchable


async def about(person_id: str) -> dict[str, Any]:
    """Their orders with each step, and the ledger of benefits in kind. Codes are not among it: they are sealed."""
    rows = await database.fetch(
        """SELECT r.id, w.title_de, w.title_en, r.state, r.points, r.cents, r.note, r.not_before, r.created_at
        FROM redemption r JOIN reward w ON w.id = r.reward_id WHERE r.person_id = {} ORDER BY r.position""",
        person_id,
    )
    steps: dict[str, list[dict[str, Any]]] = {}
    for step in await database.fetch(
        """SELECT s.redemption_id, s.state, s.reason, s.at FROM redemption_step s
        JOIN redemption r ON r.id = s.redemption_id WHERE r.person_id = {} ORDER BY s.at, s.id""",
        person_id,
    ):
        steps.setdefault(step["redemption_id"], []).append(
            {"state": step["state"], "reason": step["reason"], "at": utc(step["at"])}
        )
    benefits = await database.fetch(
        "SELECT month, cents, tax_class, country, at FROM benefit WHERE person_id = {} ORDER BY id", person_id
    )
    return {
        "redemptions": [
            {
                **{name: row[name] for name in ("title_de", "title_en", "state", "points", "cents", "note")},
                "not_before": row["not_before"],
                "created_at": utc(row["created_at"]),
                "steps": steps.get(row["id"], []),
            }
            for row in rows
        ],
        "benefits": [
            {**{name: row[name] for name in ("month", "cents", "tax_class", "country")}, "at": utc(row["at"])}
            for row in benefits
        ],
    }


async def erase(person_id: str) -> None:
    """Forget what they wrote and what was written to them, and their name in others' words. Part of a transaction."""
    await database.execute("UPDATE redemption SET note = '' WHERE person_id = {}", person_id)
    await database.execute(
        """UPDATE redemption_step SET reason = {} WHERE reason <> '' AND (actor_id = {} OR redemption_id IN (
            SELECT id FROM redemption WHERE person_id = {}))""",
        *(PLAIN_MARK, person_id, person_id),
    )
    for gone in await whom(person_id):
        await forget_in("redemption_step", "reason", gone, mark=PLAIN_MARK)
        await forget_in("redemption", "note", gone, mark=PLAIN_MARK)
        await _forget_in_catalogue(gone)


async def _forget_in_catalogue(gone: Gone) -> None:
    """A reward may be named after somebody; so may what it was called before."""
    changed = {reward for column in TEXTS for reward in await forget_in("reward", column, gone, mark=PLAIN_MARK)}
    for reward_id in sorted(changed):
        row = await database.fetch_one(f"SELECT {', '.join(TEXTS)} FROM reward WHERE id = {{}}", reward_id)
        assert row is not None
        await database.execute("UPDATE reward SET search = {} WHERE id = {}", searchable(dict(row)), reward_id)
    await forget_in_changes("reward", TEXTS, gone)
