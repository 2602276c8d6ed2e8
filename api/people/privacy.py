"""What is known of a person as somebody who works here: hand it out, forget it."""

from __future__ import annotations

from typing import Any

from api.core import database
from api.core.clock import now, utc
from api.core.erasing import Gone
from api.core.errors import NotFound


async def whom(person_id: str) -> Gone:
    """Who is to be forgotten, for slices that look for a name. Raises NotFound."""
    row = await database.fetch_one("SELECT id, name, email FROM person WHERE id = {}", person_id)
    if row is None:
        raise NotFound
    return Gone(row["id"], row["name"], row["email"])


async def about(person_id: str) -> dict[str, Any]:
    """The person's own record, and whom they lead."""
    row = await database.fetch_one(
        """SELECT p.*, d.name_de AS department_de, d.name_en AS department_en, m.name AS manager
        FROM person p JOIN department d ON d.id = p.department_id LEFT JOIN person m ON m.id = p.manager_id
        WHERE p.id = {}""",
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
        "leads": [lead["name"] for lead in leads],
        "roles": row["roles"].split(),
        "language": row["language"],
        "time_zone": row["time_zone"],
        "theme": row["theme"],
        "joined_on": row["joined_on"],
        "has_password": bool(row["password_hash"]),
        "created_at": utc(row["created_at"]),
    }


async def erase(person_id: str) -> None:
    """Leave the id and the department, which counts and references need; all else goes.

    Comes last of all slices: the others look for the name. Whom they led report to their manager from then on.
    """
    at = now()
    await database.execute(
        """UPDATE person SET manager_id = (SELECT m.id FROM person p JOIN person m ON m.id = p.manager_id
            WHERE p.id = {} AND m.deactivated_at IS NULL) WHERE manager_id = {}""",
        *(person_id, person_id),
    )
    await database.execute("UPDATE department SET manager_id = NULL WHERE manager_id = {}", person_id)
    await database.execute(
        """UPDATE person SET name = '', given_name = '', search = '', email = {}, job_de = '', job_en = '',
            manager_id = NULL, roles = '', language = '', time_zone = '', theme = '', joined_on = '',
            password_hash = '', created_at = 0, deactivated_at = COALESCE(deactivated_at, {}), erased_at = {}
        WHERE id = {}""",
        *(f"{person_id}@erased.invalid", at, at, person_id),  # no two may have one address
    )
    await database.execute("UPDATE organisation SET directory_revision = directory_revision + 1")
