"""People: brought in, changed, given roles."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from api.core import database
from api.core.access.actor import Actor, Role
from api.core.changes import Changed, State, check_version, create, lock_directory, save, state_of
from api.core.clock import now
from api.core.errors import Conflict, Forbidden
from api.core.i18n import gettext_later as _
from api.core.idempotency import claim, request_hash
from api.core.ids import is_uuid
from api.core.jobs import enqueue
from api.core.text import search_name
from api.people.records import PERSON
from api.people.rules import Findings, check_person, check_roles, given_name_of
from api.people.service import OTHERS_DECIDE, chain_above, check_not_last_admin

EDITED = tuple(field for field in PERSON.fields if field not in ("roles", "left_on", "deactivated_at"))
_OPTIONAL = ("manager_id", "deputy_id")


@database.transaction
async def create_person(
    *, actor: Actor, fields: Mapping[str, object], key: str | None = None, client_id: str | None = None
) -> tuple[Changed, bool]:
    """Somebody new, who cannot sign in before being invited: (their id and change, whether new or a repeat).

    Raises Invalid beside the fields that are wrong, Conflict if the key or id was used for something else.
    """
    await lock_directory()
    asked = {name: fields[name] for name in EDITED if name in fields}
    fingerprint = request_hash({"person": asked})
    person_id, fresh = await claim(person_id=actor.id, key=key, client_id=client_id, fingerprint=fingerprint)
    if not fresh:
        return Changed(person_id, None), False
    state: State = {**dict.fromkeys(PERSON.fields, ""), **dict.fromkeys(_OPTIONAL), "deactivated_at": None, **asked}
    after = check_person(state)
    await _check_around(person_id, after, None)
    change_id = await create(
        PERSON,
        "person.created",
        actor_id=actor.id,
        subject_id=person_id,
        state=after,
        more={**_spelled(after), "created_at": now()},
    )
    return Changed(person_id, change_id), True


def _spelled(state: State) -> dict[str, object]:
    """What follows from a name: how one is spoken to, and how one is found."""
    name = str(state["name"])
    return {"given_name": given_name_of(name), "search": search_name(name)}


@database.transaction
async def edit_person(
    *, actor: Actor, person_id: str, changes: Mapping[str, object], version: str | None = None
) -> Changed:
    """Change the fields given. Raises NotFound, Invalid, Conflict if it is not as `version` has seen it.

    Only an administrator changes an administrator's address (Forbidden): it is the way to a new password.
    """
    await lock_directory()
    before = await state_of(PERSON, person_id)
    check_version(before, version)
    after = check_person({**before, **{name: changes[name] for name in EDITED if name in changes}})
    if after["email"] != before["email"] and Role.ADMIN in str(before["roles"]).split() and not actor.is_admin:
        raise Forbidden(_("Only an administrator changes an administrator’s address."))
    await _check_around(person_id, after, before)
    change_id = await save(
        PERSON,
        "person.changed",
        actor_id=actor.id,
        subject_id=person_id,
        before=before,
        after=after,
        more=_spelled(after) if after["name"] != before["name"] else {},
    )
    if any(after[name] != before[name] for name in ("manager_id", "department_id")):
        await enqueue(OTHERS_DECIDE, person_id)
    if after["name"] != before["name"]:
        await enqueue("kudos.reindex", person_id)  # their thanks are found by the new name
    return Changed(person_id, change_id)


async def _check_around(person_id: str, after: State, before: State | None) -> None:
    """What only the database knows: one person an address, a department that is there, managers without a cycle."""
    found = Findings()

    def differs(field: str) -> bool:
        return after[field] is not None and (before is None or after[field] != before[field])

    if differs("email"):
        other = await database.fetch_one(
            "SELECT deactivated_at FROM person WHERE email = {} AND id <> {}", after["email"], person_id
        )
        if other is not None and other["deactivated_at"] is not None:
            found.add("email", _("Somebody who has left has this address. Let them come back instead."))
        elif other is not None:
            found.add("email", _("Somebody else has this address."))
    if differs("department_id"):
        department = is_uuid(str(after["department_id"])) and await database.fetch_one(
            "SELECT 1 FROM department WHERE id = {} AND archived_at IS NULL", after["department_id"]
        )
        if not department:
            found.add("department_id", _("Choose a department."))
    for field in _OPTIONAL:
        if not differs(field):
            continue
        chain = await chain_above(str(after[field])) if is_uuid(str(after[field])) else []
        if not chain or chain[0]["deactivated_at"] is not None:
            found.add(field, _("Choose somebody who works here."))
        elif chain[0]["id"] == person_id:
            found.add(field, _("Choose somebody else than the person."))
        elif field == "manager_id" and any(row["id"] == person_id for row in chain):
            found.add(field, _("This would close a circle: the one you chose is led by this person."))
    found.settle()


@database.transaction
async def set_roles(*, actor: Actor, person_id: str, roles: Collection[str], version: str | None = None) -> Changed:
    """Give exactly these roles. Raises NotFound, Invalid, Forbidden for what `actor` may not decide, Conflict for
    somebody who has left, for the last administrator, and if it is not as `version` has seen it."""
    await lock_directory()
    before = await state_of(PERSON, person_id)
    check_version(before, version)
    after = {**before, "roles": check_roles(actor, person_id, str(before["roles"]).split(), set(roles))}
    if before["deactivated_at"] is not None and roles:
        raise Conflict(_("This person has left already."))
    if Role.ADMIN not in roles:
        await check_not_last_admin(person_id)
    change_id = await save(PERSON, "person.roles", actor_id=actor.id, subject_id=person_id, before=before, after=after)
    await enqueue(OTHERS_DECIDE, person_id)
    return Changed(person_id, change_id)
