"""Dependencies: declared, changed, removed."""

from __future__ import annotations

from collections.abc import Mapping

from api.core import database
from api.core.access.actor import Actor
from api.core.changes import (
    Changed,
    State,
    check_version,
    create,
    filled,
    lock_directory,
    record_change,
    save,
    state_of,
)
from api.core.clock import now
from api.core.i18n import gettext_later as _
from api.core.idempotency import claim, request_hash
from api.core.ids import is_uuid
from api.dependencies.records import DEPENDENCY
from api.dependencies.rules import check_dependency
from api.people.rules import Findings


@database.transaction
async def create_dependency(
    *, actor: Actor, fields: Mapping[str, object], key: str | None = None, client_id: str | None = None
) -> tuple[Changed, bool]:
    """Declare that a department delivers something to another: (id and change, whether new or a repeat).

    Raises Invalid beside the fields that are wrong, Conflict if the key or id was used for something else.
    """
    await lock_directory()
    asked = {name: fields[name] for name in DEPENDENCY.fields if name in fields}
    fingerprint = request_hash({"dependency": asked})
    dependency_id, fresh = await claim(person_id=actor.id, key=key, client_id=client_id, fingerprint=fingerprint)
    if not fresh:
        return Changed(dependency_id, None), False
    return await _insert(actor, dependency_id, asked), True


async def _insert(actor: Actor, dependency_id: str, fields: Mapping[str, object]) -> Changed:
    blank: State = {**dict.fromkeys(DEPENDENCY.fields, ""), "weight": 3, "error_cost_cents": None}
    state = check_dependency({**blank, **fields})
    await _check_ends(dependency_id, state)
    change_id = await create(
        DEPENDENCY,
        "dependency.created",
        actor_id=actor.id,
        subject_id=dependency_id,
        state=state,
        more={"created_at": now()},
    )
    return Changed(dependency_id, change_id)


async def _check_ends(dependency_id: str, state: State) -> None:
    found = Findings()
    ends = {field: str(state[field]) for field in ("provider_id", "customer_id")}
    known = [end for end in ends.values() if is_uuid(end)]
    rows = await database.fetch(
        f"""SELECT id FROM department
        WHERE archived_at IS NULL AND id IN ({database.placeholders(len(known)) or "NULL"})""",
        *known,
    )
    there = {row["id"] for row in rows}
    for field, end in ends.items():
        if end not in there:
            found.add(field, _("Choose a department."))
    found.settle()
    other = await database.fetch(
        "SELECT 1 FROM dependency WHERE provider_id = {} AND customer_id = {} AND id <> {}",
        *(ends["provider_id"], ends["customer_id"], dependency_id),
    )
    if other:
        found.add("customer_id", _("These two have this dependency already. Change that one instead."))
    found.settle()


@database.transaction
async def edit_dependency(
    *, actor: Actor, dependency_id: str, changes: Mapping[str, object], version: str | None = None
) -> Changed:
    """Change the fields given. Raises NotFound, Invalid, Conflict if it is not as `version` has seen it."""
    await lock_directory()
    before = await state_of(DEPENDENCY, dependency_id)
    check_version(before, version)
    after = check_dependency({**before, **{name: changes[name] for name in DEPENDENCY.fields if name in changes}})
    await _check_ends(dependency_id, after)
    change_id = await save(
        DEPENDENCY, "dependency.changed", actor_id=actor.id, subject_id=dependency_id, before=before, after=after
    )
    return Changed(dependency_id, change_id)


@database.transaction
async def remove_dependency(*, actor: Actor, dependency_id: str) -> Changed:
    """It is no longer so; the thanks on the edge stay counted. Raises NotFound."""
    await lock_directory()
    before = await state_of(DEPENDENCY, dependency_id)
    await database.execute("DELETE FROM dependency WHERE id = {}", dependency_id)
    change_id = await record_change(
        "dependency.removed", actor_id=actor.id, subject_id=dependency_id, before=filled(before), after={}
    )
    return Changed(dependency_id, change_id)


@database.transaction
async def restore_dependency(*, actor: Actor, dependency_id: str, fields: Mapping[str, object]) -> Changed:
    """Put a removed dependency back as it was, under its id. Raises Invalid, Conflict as for a new one."""
    await lock_directory()
    return await _insert(actor, dependency_id, fields)
