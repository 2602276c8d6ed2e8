"""Who comes and who goes: the first administrator, people who leave and who come back; and what the house is called."""

from __future__ import annotations

from collections.abc import Mapping

import arrow

from api.core import database
from api.core.access.actor import Actor, Role
from api.core.changes import (
    Changed,
    Part,
    State,
    Thing,
    check_version,
    lock_directory,
    record_change,
    save,
    save_parts,
    state_of,
)
from api.core.clock import now, utc
from api.core.errors import Conflict, Invalid
from api.core.events import record_event
from api.core.i18n import gettext_later as _
from api.core.ids import uuid7
from api.core.jobs import enqueue
from api.core.text import one_line, search_name
from api.people.records import DEPARTMENT, ORGANISATION, ORGANISATION_ID, PERSON
from api.people.rules import (
    HUES,
    Findings,
    check_day,
    check_email,
    check_organisation,
    check_own_leaving,
    check_roles,
    given_name_of,
    successors,
)
from api.people.schemas import initials

OTHERS_DECIDE = "approvals.reroute"
"""The job after whatever changes who decides what: a manager, a department's manager, roles, who works here."""

MADE_ADMIN = Thing("person", ("roles", "left_on", "deactivated_at"))


@database.transaction
async def describe_organisation(
    *, actor: Actor | None, changes: Mapping[str, object], version: str | None = None
) -> Changed:
    """Set what is given of the organisation's name, language and time zone. Raises Invalid, Conflict."""
    await lock_directory()
    before = await state_of(ORGANISATION, ORGANISATION_ID)
    check_version(before, version)
    after = check_organisation({**before, **changes})
    change_id = await save(
        ORGANISATION,
        "organisation.changed",
        actor_id=actor.id if actor else None,
        subject_id=ORGANISATION_ID,
        before=before,
        after=after,
    )
    return Changed("", change_id)


@database.transaction
async def create_admin(*, email: str, name: str, department: str, password_hash: str) -> bool:
    """Make someone an administrator who signs in with this password; returns whether they are new.

    Somebody who is here already keeps name and department, but their sessions and API tokens end. The
    department is created if there is none of this name. Raises Invalid.
    """
    address, name, department = check_email(email), one_line(name), one_line(department)
    at = now()
    await lock_directory()
    found = await database.fetch_one("SELECT id, roles, left_on, deactivated_at FROM person WHERE email = {}", address)
    if found is not None:
        roles = " ".join(sorted({*found["roles"].split(), "admin"}))
        before = {name: found[name] for name in ("roles", "left_on", "deactivated_at")}
        after: State = {"roles": roles, "left_on": "", "deactivated_at": None}
        await database.execute("UPDATE person SET password_hash = {} WHERE id = {}", password_hash, found["id"])
        await save(MADE_ADMIN, "person.roles", actor_id=None, subject_id=found["id"], before=before, after=after)
        # Whoever knew the old password or holds an old key is out.
        await _end_access(found["id"])
        await record_event("person.made_admin", actor_id=None, subject_id=found["id"])
        return False
    if not name:
        raise Invalid.field("name", _("Say the person's name."))
    if not department:
        raise Invalid.field("department", _("Say which department they work in."))
    person_id, department_id = uuid7(at), await _department_named(department, at)
    await database.execute(
        """INSERT INTO person (id, email, name, given_name, search, department_id, roles, password_hash, created_at)
        VALUES ({}, {}, {}, {}, {}, {}, 'admin', {}, {})""",
        *(person_id, address, name, given_name_of(name), search_name(name)),
        *(department_id, password_hash, at),
    )
    made: State = {"email": address, "name": name, "department_id": department_id, "roles": "admin"}
    await record_change("person.created", actor_id=None, subject_id=person_id, before={}, after=made)
    return True


async def _department_named(name: str, at: int) -> str:
    found = await database.fetch_one(
        "SELECT id FROM department WHERE archived_at IS NULL AND (name_de = {} OR name_en = {})", name, name
    )
    if found is not None:
        return str(found["id"])
    count = await database.fetch_one("SELECT COUNT(*) AS n FROM department")
    place = int(count["n"]) if count else 0
    department_id, code = uuid7(at), initials(name)
    await database.execute(
        """INSERT INTO department (id, code_de, code_en, name_de, name_en, hue, position, created_at)
        VALUES ({}, {}, {}, {}, {}, {}, {}, {})""",
        *(department_id, code, code, name, name, place % HUES + 1, place, at),
    )
    made: State = {"code_de": code, "code_en": code, "name_de": name, "name_en": name, "hue": place % HUES + 1}
    await record_change("department.created", actor_id=None, subject_id=department_id, before={}, after=made)
    return department_id


async def person_id_of(email: str) -> str:
    """The id of the active person with this address. Raises Invalid if there is none."""
    row = await database.fetch_one(
        "SELECT id FROM person WHERE email = {} AND deactivated_at IS NULL", one_line(email).lower()
    )
    if row is None:
        raise Invalid.field("email", _("Nobody here has this address."))
    return str(row["id"])


async def _end_access(person_id: str) -> None:
    """Whoever is signed in as this person, or holds a key of theirs, is out at the next request."""
    await database.execute("DELETE FROM session WHERE person_id = {}", person_id)
    await database.execute(
        "UPDATE api_token SET revoked_at = {} WHERE person_id = {} AND revoked_at IS NULL", now(), person_id
    )


@database.transaction
async def leave(*, actor: Actor, person_id: str, left_on: str = "") -> Changed:
    """Somebody leaves: no access from now on, no roles; what they thanked and were thanked for stays.

    `left_on` is their last day, today if empty. Their reports are led by the next manager above who works here,
    else by the department's manager, else by nobody; nobody's deputy and no department's manager has left.
    Raises NotFound, Invalid, Forbidden for oneself, Conflict for the last administrator or who has left already.
    """
    await lock_directory()
    before = await state_of(PERSON, person_id)
    check_own_leaving(actor, person_id)
    if before["deactivated_at"] is not None:
        raise Conflict(_("This person has left already."))
    await check_not_last_admin(person_id)
    day: State = {"left_on": left_on or arrow.get(utc(now())).to(actor.time_zone).format("YYYY-MM-DD")}
    found = Findings()
    check_day(found, day, "left_on")
    found.settle()
    after = {**before, **day, "deactivated_at": now(), "roles": ""}
    change_id = await save(PERSON, "person.left", actor_id=actor.id, subject_id=person_id, before=before, after=after)
    assert change_id is not None
    await _end_access(person_id)
    for thing, kind, parts in (
        (PERSON, "person.changed", await _reports_handed_over(person_id, before)),
        (PERSON, "person.changed", await _without("person", "deputy_id", person_id)),
        (DEPARTMENT, "department.changed", await _without("department", "manager_id", person_id)),
    ):
        await save_parts(thing, kind, parts, actor_id=actor.id, part_of=change_id)
    await enqueue(OTHERS_DECIDE, person_id)
    return Changed(person_id, change_id)


async def has_left(person_id: str) -> bool:
    """Whether this person no longer works here."""
    return bool(await database.fetch("SELECT 1 FROM person WHERE id = {} AND deactivated_at IS NOT NULL", person_id))


async def check_not_last_admin(person_id: str) -> None:
    """Raises Conflict if nobody but this person administers."""
    others = await database.fetch(
        """SELECT 1 FROM person WHERE roles <> '' AND (' ' || roles || ' ') LIKE '% admin %'
        AND deactivated_at IS NULL AND id <> {} LIMIT 1""",
        person_id,
    )
    person = await database.fetch_one("SELECT roles FROM person WHERE id = {}", person_id)
    if person is not None and Role.ADMIN in person["roles"].split() and not others:
        raise Conflict(_("Somebody must administer. Make somebody else an administrator first."))


async def chain_above(person_id: str | None) -> list[database.Row]:
    """This person and all managers above, the nearest first: (id, deactivated_at). Ends where it began, if it does."""
    if person_id is None:
        return []
    return await database.fetch(
        """WITH RECURSIVE chain (id, manager_id, deactivated_at, step) AS (
            SELECT id, manager_id, deactivated_at, 0 FROM person WHERE id = {}
            UNION ALL SELECT p.id, p.manager_id, p.deactivated_at, chain.step + 1
            FROM person p JOIN chain ON p.id = chain.manager_id WHERE chain.step < 100)
        SELECT id, deactivated_at FROM chain ORDER BY step""",
        person_id,
    )


async def _reports_handed_over(person_id: str, leaver: State) -> list[Part]:
    rows = await database.fetch("SELECT id FROM person WHERE manager_id = {} ORDER BY id", person_id)
    if not rows:
        return []
    chain = await chain_above(str(leaver["manager_id"]) if leaver["manager_id"] else None)
    above = next((row["id"] for row in chain if row["deactivated_at"] is None and row["id"] != person_id), None)
    head = await database.fetch_one(
        """SELECT m.id FROM department d JOIN person m ON m.id = d.manager_id
        WHERE d.id = {} AND m.deactivated_at IS NULL AND m.id <> {}""",
        *(leaver["department_id"], person_id),
    )
    head_id = head["id"] if head is not None and above is None else None
    led = successors([row["id"] for row in rows], above, head_id, {row["id"] for row in await chain_above(head_id)})
    return [Part(i, {"manager_id": person_id}, {"manager_id": led[i]}) for i in led]


async def _without(table: str, column: str, person_id: str) -> list[Part]:
    rows = await database.fetch(f"SELECT id FROM {table} WHERE {column} = {{}} ORDER BY id", person_id)
    return [Part(row["id"], {column: person_id}, {column: None}) for row in rows]


@database.transaction
async def come_back(*, actor: Actor, person_id: str, roles: str = "") -> Changed:
    """Somebody who left is here again, with access, and without roles unless `roles` gives them back.

    A manager or deputy who has left meanwhile is none any more. Raises NotFound, Conflict if they never left or
    their department is archived, Forbidden for roles that `actor` may not give.
    """
    await lock_directory()
    before = await state_of(PERSON, person_id)
    if before["deactivated_at"] is None:
        raise Conflict(_("This person works here."))
    if (await state_of(DEPARTMENT, before["department_id"]))["archived_at"] is not None:
        raise Conflict(_("Their department is archived. Choose another for them first."))
    after = {**before, "left_on": "", "deactivated_at": None}
    after["roles"] = check_roles(actor, person_id, (), roles.split())
    chain = await chain_above(str(before["manager_id"]) if before["manager_id"] else None)
    if any(row["id"] == person_id for row in chain) or (chain and chain[0]["deactivated_at"] is not None):
        after["manager_id"] = None
    deputy = await chain_above(str(before["deputy_id"]) if before["deputy_id"] else None)
    if deputy and deputy[0]["deactivated_at"] is not None:
        after["deputy_id"] = None
    change_id = await save(
        PERSON, "person.returned", actor_id=actor.id, subject_id=person_id, before=before, after=after
    )
    return Changed(person_id, change_id)
