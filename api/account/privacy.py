"""Sign-ins, tokens and what a person did: hand it out, forget it."""

from __future__ import annotations

from typing import Any

from api.core import database
from api.core.access.throttle import throttle_keys
from api.core.clock import utc

_AT_ONCE = 2_000


async def about(person_id: str) -> dict[str, Any]:
    """Where they are signed in, their API tokens, and the log of what they did."""
    sessions = await database.fetch(
        "SELECT agent, created_at, last_seen_at, expires_at FROM session WHERE person_id = {} ORDER BY created_at",
        person_id,
    )
    tokens = await database.fetch(
        """SELECT name, scopes, created_at, last_used_at, expires_at, revoked_at FROM api_token
        WHERE person_id = {} ORDER BY created_at""",
        person_id,
    )
    return {
        "sessions": [_timed(row) for row in sessions],
        "tokens": [_timed(row) for row in tokens],
        "activity": await _activity(person_id),
    }


async def _activity(person_id: str) -> list[dict[str, Any]]:
    """What the event log says they did, and what was done about them, the oldest first."""
    found: list[dict[str, Any]] = []
    last = 0
    while True:
        rows = await database.fetch(
            f"""SELECT id, kind, detail, created_at FROM event
            WHERE (actor_id = {{}} OR subject_id = {{}}) AND id > {{}} ORDER BY id LIMIT {_AT_ONCE}""",
            *(person_id, person_id, last),
        )
        found += [{"kind": row["kind"], "at": utc(row["created_at"])} for row in rows]
        if len(rows) < _AT_ONCE:
            return found
        last = rows[-1]["id"]


def _timed(row: database.Row) -> dict[str, Any]:
    return {
        name: utc(value) if name.endswith("_at") and value is not None else value
        for name, value in zip(row.keys(), tuple(row), strict=True)
    }


async def erase(person_id: str) -> None:
    """Sessions, tokens and the memory of repeated requests (hashes of texts) go, and failed tries to sign in."""
    row = await database.fetch_one("SELECT email FROM person WHERE id = {}", person_id)
    (address, _tries), _network = throttle_keys(row["email"] if row else "", "")
    for table in ("session", "api_token", "idempotency"):
        await database.execute(f"DELETE FROM {table} WHERE person_id = {{}}", person_id)
    await database.execute("DELETE FROM sign_in_throttle WHERE key = {}", address)
