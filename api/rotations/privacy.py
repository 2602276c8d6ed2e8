"""What rotations hold of a person, and how it goes. Visits stay as ids: they balance plans and count coverage."""

from __future__ import annotations

import zlib
from typing import Any

import msgspec

from api.core import database
from api.core.clock import utc


async def about(person_id: str) -> dict[str, Any]:
    """Facts, wishes, absences, and the visits they were told of."""
    facts = await database.fetch_one("SELECT * FROM rotation_facts WHERE person_id = {}", person_id)
    wishes = await database.fetch("SELECT department_id, liking FROM wish WHERE person_id = {}", person_id)
    away = await database.fetch(
        "SELECT first_day, last_day FROM absence WHERE person_id = {} ORDER BY first_day", person_id
    )
    visits = await database.fetch(
        """SELECT host_id, starts_at, ends_at, kind, state FROM visit
        WHERE person_id = {} AND state <> 'planned' ORDER BY starts_at""",
        person_id,
    )
    return {
        "facts": {name: facts[name] for name in facts.keys() if name != "person_id"} if facts else {},  # noqa: SIM118
        "wishes": [{"department": row[0], "liking": row[1]} for row in wishes],
        "absences": [{"first_day": row[0], "last_day": row[1]} for row in away],
        "visits": [
            {
                "department": row["host_id"],
                "starts_at": utc(row["starts_at"]),
                "ends_at": utc(row["ends_at"]),
                "kind": row["kind"],
                "state": row["state"],
            }
            for row in visits
        ],
    }


@database.transaction
async def erase(person_id: str) -> None:
    """What they brought along goes, visits to come are off, plans' copies of their data keep ids only."""
    for table in ("rotation_facts", "wish", "absence", "absence_feed", "buddy"):
        await database.execute(f"DELETE FROM {table} WHERE person_id = {{}}", person_id)
    await database.execute("DELETE FROM programme_ban WHERE person_id = {}", person_id)
    await database.execute("UPDATE visit SET buddy_id = NULL WHERE buddy_id = {}", person_id)
    await database.execute(
        """UPDATE visit SET state = 'cancelled', revision = revision + 1
        WHERE person_id = {} AND state IN ('planned', 'proposed', 'accepted', 'objected')""",
        person_id,
    )
    for row in await database.fetch("SELECT plan_id, basis FROM plan_work"):
        instance = msgspec.json.decode(zlib.decompress(bytes(row["basis"])))
        if any(_strip(person) for person in instance["people"] if person["id"] == person_id):
            packed = zlib.compress(msgspec.json.encode(instance), 1)
            await database.execute("UPDATE plan_work SET basis = {} WHERE plan_id = {}", packed, row["plan_id"])
    await database.execute(
        """UPDATE exchange_meeting SET state = 'cancelled', revision = revision + 1
        WHERE (one_id = {} OR other_id = {}) AND state IN ('planned', 'proposed', 'accepted')""",
        *(person_id, person_id),
    )


def _strip(person: dict[str, Any]) -> bool:
    """Of somebody in a plan's data only who and where is left."""
    for field in set(person) - {"id", "home"}:
        del person[field]
    return True
