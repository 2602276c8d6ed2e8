"""Departments: made, changed, archived when nobody and nothing is left in them."""

from __future__ import annotations

from collections.abc import Mapping

from api.core import database
from api.core.access.actor import Actor
from api.core.changes import Changed, State, check_version, create, lock_directory, save, state_of
from api.core.clock import now
from api.core.errors import Conflict, Invalid
from api.core.i18n import LANGUAGES
from api.core.i18n import gettext_later as _
from api.core.idempotency import claim, request_hash
from api.core.ids import is_uuid
from api.core.jobs import enqueue
from api.core.text import one_line
from api.people.records import DEPARTMENT
from api.people.rules import HUES, check_department
from api.people.schemas import initials
from api.people.service import OTHERS_DECIDE

EDITED = tuple(field for field in DEPARTMENT.fields if field != "archived_at")


@database.transaction
async def create_department(
    *, actor: Actor, fields: Mapping[str, object], key: str | None = None, client_id: str | None = None
) -> tuple[Changed, bool]:
    """A new department at the end of the list: (its id and change, whether it is new or a repeat).

    A code that is not given is made of the name's initials, a colour is the next one. Raises Invalid, Conflict.
    """
    await lock_directory()
    asked = {name: value for name, value in fields.items() if name in EDITED}
    fingerprint = request_hash({"department": asked})
    department_id, fresh = await claim(person_id=actor.id, key=key, client_id=client_id, fingerprint=fingerprint)
    if not fresh:
        return Changed(department_id, None), False
    last = await database.fetch_one("SELECT COUNT(*) AS n, MAX(position) AS last FROM department")
    place = last["n"] if last else 0
    state: State = {**dict.fromkeys(EDITED, ""), "manager_id": None, "hue": place % HUES + 1, "archived_at": None}
    state |= {name: value for name, value in asked.items() if value is not None}
    state = check_department(_with_codes(state))
    await _check_manager(state, None)
    at = now()
    more = {"position": (last["last"] or 0) + 1 if last else 0, "created_at": at}
    change_id = await create(
        DEPARTMENT, "department.created", actor_id=actor.id, subject_id=department_id, state=state, more=more
    )
    return Changed(department_id, change_id), True


def _with_codes(state: State) -> State:
    """Codes that are missing, from the names: initials, or the first two letters of a single word."""
    found = dict(state)
    for language in LANGUAGES:
        other = "en" if language == "de" else "de"
        name = one_line(str(state[f"name_{language}"] or state[f"name_{other}"]))
        if name and not one_line(str(state[f"code_{language}"])):
            found[f"code_{language}"] = initials(name) if " " in name else name[:2].upper()
    return found


async def _check_manager(after: State, before: State | None) -> None:
    manager = after["manager_id"]
    if manager is None or (before is not None and before["manager_id"] == manager):
        return
    works_here = is_uuid(str(manager)) and await database.fetch_one(
        "SELECT 1 FROM person WHERE id = {} AND deactivated_at IS NULL", manager
    )
    if not works_here:
        raise Invalid.field("manager_id", _("Choose somebody who works here."))


@database.transaction
async def edit_department(
    *, actor: Actor, department_id: str, changes: Mapping[str, object], version: str | None = None
) -> Changed:
    """Change the fields given. Raises NotFound, Invalid, Conflict if it is not as `version` has seen it."""
    await lock_directory()
    before = await state_of(DEPARTMENT, department_id)
    check_version(before, version)
    after = check_department(_with_codes({**before, **{name: changes[name] for name in EDITED if name in changes}}))
    await _check_manager(after, before)
    change_id = await save(
        DEPARTMENT, "department.changed", actor_id=actor.id, subject_id=department_id, before=before, after=after
    )
    if after["manager_id"] != before["manager_id"] and before["manager_id"] is not None:
        await enqueue(OTHERS_DECIDE, str(before["manager_id"]))
    if any(after[name] != before[name] for name in ("name_de", "name_en")):
        await enqueue("kudos.reindex", department_id)  # its thanks are found by the new name
    return Changed(department_id, change_id)


@database.transaction
async def archive_department(*, actor: Actor, department_id: str) -> Changed:
    """Take a department out of lists and choices; thanks of its time keep its name.

    Doing it twice is fine. Raises NotFound, and Conflict while somebody works there or it has dependencies.
    """
    await lock_directory()
    before = await state_of(DEPARTMENT, department_id)
    people = await database.fetch(
        "SELECT 1 FROM person WHERE department_id = {} AND deactivated_at IS NULL LIMIT 1", department_id
    )
    if people:
        raise Conflict(_("Somebody works there. Move everybody to another department first."))
    edges = await database.fetch(
        "SELECT 1 FROM dependency WHERE provider_id = {} OR customer_id = {} LIMIT 1", department_id, department_id
    )
    if edges:
        raise Conflict(_("It still serves others or is served. Remove its dependencies first."))
    after = {**before, "archived_at": before["archived_at"] or now()}
    change_id = await save(
        DEPARTMENT, "department.archived", actor_id=actor.id, subject_id=department_id, before=before, after=after
    )
    return Changed(department_id, change_id)


@database.transaction
async def restore_department(*, actor: Actor, department_id: str) -> Changed:
    """Bring an archived department back; if it is not archived, nothing happens. Raises NotFound."""
    await lock_directory()
    before = await state_of(DEPARTMENT, department_id)
    after = {**before, "archived_at": None}
    change_id = await save(
        DEPARTMENT, "department.restored", actor_id=actor.id, subject_id=department_id, before=before, after=after
    )
    return Changed(department_id, change_id)
