"""Bring people in: for now the first administrator; everybody else follows from the pages."""

from __future__ import annotations

from zoneinfo import available_timezones

from api.core import database
from api.core.clock import now
from api.core.errors import Invalid
from api.core.events import record_event
from api.core.i18n import LANGUAGES
from api.core.i18n import gettext_later as _
from api.core.ids import uuid7
from api.core.text import one_line, search_name
from api.people.schemas import initials


def check_email(email: str) -> str:
    """An address as it is stored (lower case). Raises Invalid for what cannot be one."""
    address = one_line(email).lower()
    local, at, domain = address.partition("@")
    if not (local and at and "." in domain.strip(".") and " " not in address and len(address) <= 254):
        raise Invalid.field("email", _("This does not look like an e-mail address."))
    return address


@database.transaction
async def describe_organisation(*, name: str = "", language: str = "", time_zone: str = "") -> None:
    """Set what is given of the organisation's name, language and time zone. Raises Invalid."""
    if language and language not in LANGUAGES:
        raise Invalid.field("language", _("Choose German or English."))
    if time_zone and time_zone not in available_timezones():
        raise Invalid.field("time_zone", _("Choose a time zone from the list."))
    for column, text in (("name", one_line(name)), ("language", language), ("time_zone", time_zone)):
        if text:
            await database.execute(f"UPDATE organisation SET {column} = {{}}", text)
    await database.execute("UPDATE organisation SET directory_revision = directory_revision + 1")
    await record_event("organisation.described", actor_id=None)


@database.transaction
async def create_admin(*, email: str, name: str, department: str, password_hash: str) -> bool:
    """Make someone an administrator who signs in with this password; returns whether they are new.

    Somebody who is here already keeps name and department, but their sessions and API tokens end. The
    department is created if there is none of this name. Raises Invalid.
    """
    address, name, department = check_email(email), one_line(name), one_line(department)
    at = now()
    found = await database.fetch_one("SELECT id, roles FROM person WHERE email = {}", address)
    if found is not None:
        roles = " ".join(sorted({*found["roles"].split(), "admin"}))
        await database.execute(
            "UPDATE person SET roles = {}, password_hash = {}, deactivated_at = NULL WHERE id = {}",
            *(roles, password_hash, found["id"]),
        )
        # Whoever knew the old password or holds an old key is out.
        await database.execute("DELETE FROM session WHERE person_id = {}", found["id"])
        await database.execute(
            "UPDATE api_token SET revoked_at = {} WHERE person_id = {} AND revoked_at IS NULL", at, found["id"]
        )
        await record_event("person.made_admin", actor_id=None, subject_id=found["id"])
        return False
    if not name:
        raise Invalid.field("name", _("Say the person's name."))
    if not department:
        raise Invalid.field("department", _("Say which department they work in."))
    person_id = uuid7(at)
    await database.execute(
        """INSERT INTO person (id, email, name, given_name, search, department_id, roles, password_hash, created_at)
        VALUES ({}, {}, {}, {}, {}, {}, 'admin', {}, {})""",
        *(person_id, address, name, name.split()[0], search_name(name)),
        *(await _department_named(department, at), password_hash, at),
    )
    await record_event("person.created", actor_id=None, subject_id=person_id)
    return True


async def _department_named(name: str, at: int) -> str:
    found = await database.fetch_one("SELECT id FROM department WHERE name_de = {} OR name_en = {}", name, name)
    if found is not None:
        return str(found["id"])
    count = await database.fetch_one("SELECT COUNT(*) AS n FROM department")
    place = int(count["n"]) if count else 0
    department_id, code = uuid7(at), initials(name)
    await database.execute(
        """INSERT INTO department (id, code_de, code_en, name_de, name_en, hue, position, created_at)
        VALUES ({}, {}, {}, {}, {}, {}, {}, {})""",
        *(department_id, code, code, name, name, place % 14 + 1, place, at),
    )
    return department_id


async def person_id_of(email: str) -> str:
    """The id of the active person with this address. Raises Invalid if there is none."""
    row = await database.fetch_one(
        "SELECT id FROM person WHERE email = {} AND deactivated_at IS NULL", one_line(email).lower()
    )
    if row is None:
        raise Invalid.field("email", _("Nobody here has this address."))
    return str(row["id"])
