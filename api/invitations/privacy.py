"""Links for a person: hand out that there were some, forget them."""

from __future__ import annotations

from typing import Any

from api.core import database
from api.core.access.throttle import throttle_keys
from api.core.clock import utc
from api.invitations.service import FORGOTTEN


async def about(person_id: str) -> dict[str, Any]:
    """When links were made for them, and used. What opens an account is stored nowhere."""
    rows = await database.fetch(
        "SELECT purpose, created_at, expires_at, used_at FROM link WHERE person_id = {} ORDER BY created_at", person_id
    )
    return {
        "links": [
            {
                "purpose": row["purpose"],
                "created_at": utc(row["created_at"]),
                "expires_at": utc(row["expires_at"]),
                "used_at": utc(row["used_at"]) if row["used_at"] else None,
            }
            for row in rows
        ]
    }


async def erase(person_id: str) -> None:
    """No link opens their account any more, and nothing says how often a new password was asked for."""
    row = await database.fetch_one("SELECT email FROM person WHERE id = {}", person_id)
    (address, _tries), _network = throttle_keys(row["email"] if row else "", "", what=FORGOTTEN)
    await database.execute("DELETE FROM sign_in_throttle WHERE key = {}", address)
    await database.execute("DELETE FROM link WHERE person_id = {}", person_id)
    await database.execute("UPDATE link SET made_by = NULL WHERE made_by = {}", person_id)
