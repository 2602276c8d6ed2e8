"""What is known of a person as somebody who works here: hand it out, forget it."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

import msgspec

from api.core import database
from api.core.clock import now, utc
from api.core.erasing import Gone
from api.core.errors import NotFound


async def whom(person_id: str) -> list[Gone]:
    """Who is to be forgotten, for slices that look for a name: as they are called, and as they once were.

    Raises NotFound.
    """
    row = await database.fetch_one("SELECT name, email FROM person WHERE id = {}", person_id)
    if row is None:
        raise NotFound
    names, emails = [row["name"]], [row["email"]]
    for change in await database.fetch("SELECT before FROM change WHERE subject_id = {}", person_id):
        before = msgspec.json.decode(change["before"], type=dict[str, Any])
        names.append(before.get("name", ""))
        emails.append(before.get("email", ""))
    pairs = zip_longest(dict.fromkeys(filter(None, names)), dict.fromkeys(filter(None, emails)), fillvalue="")
    return [Gone(person_id, str(name), str(email)) for name, email in pairs]


async def about(person_id: str) -> dict[str, Any]:
    """The person's own record, and whom they lead."""
    row = await database.fetch_one(
        """SELECT p.*, d.name_de AS department_de, d.name_en AS department_en, m.name AS manager,
            u.name AS deputy
        FROM person p JOIN department d ON d.id = p.department_id LEFT JOIN person m ON m.id = p.manager_id
        LEFT JOIN person u ON u.id = p.deputy_id WHERE p.id = {}""",
        person_id,
    )
    if row is None:
        raise NotFound
    leads = await database.fetch(
        "SELECT name FROM person WHERE manager_id = {} AND deactivated_at IS NULL ORDER BY search", person_id
    )
    return {
        "id": row["id"],
        "name": row["name"],
        "given_name": row["given_name"],
        "email": row["email"],
        "job_de": row["job_de"],
        "job_en": row["job_en"],
        "department_de": row["department_de"],
        "department_en": row["department_en"],
        "manager": row["manager"] or "",
        "deputy": row["deputy"] or "",
        "leads": [lead["name"] for lead in leads],
        "roles": row["roles"].split(),
        "language": row["language"],
        "time_zone": row["time_zone"],
        "theme": row["theme"],
        "joined_on": row["joined_on"],
        "left_on": row["left_on"],
        "has_password": bool(row["password_hash"]),
        "created_at": utc(row["created_at"]),
    }


async def erase(person_id: str) -> None:
    """Leave the id and the department, which counts and references need; all else goes.

    Comes last of all slices: the others look for the name. They have left before.
    """
    at = now()
    await database.execute(
        """UPDATE person SET name = '', given_name = '', search = '', email = {}, job_de = '', job_en = '',
            manager_id = NULL, deputy_id = NULL, left_on = '', roles = '', language = '', time_zone = '',
            theme = '', joined_on = '', password_hash = '', created_at = 0,
            deactivated_at = COALESCE(deactivated_at, {}), erased_at = {}
        WHERE id = {}""",
        *(f"{person_id}@erased.invalid", at, at, person_id),  # no two may have one address
    )
    await database.execute("UPDATE organisation SET directory_revision = directory_revision + 1")
