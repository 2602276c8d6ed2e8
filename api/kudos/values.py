"""The organisation's values: made, changed, put in order, archived. Thanks keep the value they were tied to."""

from __future__ import annotations

from collections.abc import Mapping

from api.core import database
from api.core.access.actor import Actor
from api.core.changes import (
    Changed,
    Part,
    State,
    Thing,
    check_version,
    create,
    lock_directory,
    save,
    save_parts,
    state_of,
    version_of,
)
from api.core.clock import now
from api.core.i18n import gettext_later as _
from api.core.idempotency import claim, request_hash
from api.kudos.value_schemas import ValueRecord
from api.people.rules import Findings

VALUE = Thing("value", ("name_de", "name_en", "hint_de", "hint_en", "position", "archived_at"))
EDITED = ("name_de", "name_en", "hint_de", "hint_en")


def _record(value_id: str, state: State) -> ValueRecord:
    shown = {name: state[name] for name in EDITED}
    archived = state["archived_at"] is not None
    return ValueRecord(id=value_id, archived=archived, version=version_of(state), **shown)  # type: ignore[arg-type]


async def value_records() -> list[ValueRecord]:
    """All values in their order, archived ones at the end."""
    rows = await database.fetch(
        f"SELECT id, {', '.join(VALUE.fields)} FROM value ORDER BY archived_at IS NOT NULL, position, id"
    )
    return [_record(row[0], dict(zip(VALUE.fields, tuple(row)[1:], strict=True))) for row in rows]


async def value_record(value_id: str) -> ValueRecord:
    """All of one value. Raises NotFound."""
    return _record(value_id, await state_of(VALUE, value_id))


def check_value(state: State) -> State:
    """A value's fields as they are stored. Raises Invalid with a sentence for each field that is wrong."""
    found = Findings()
    checked = dict(state)
    found.both(checked, "name", needed=_("Say what the value is called."))
    found.both(checked, "hint")
    found.settle()
    return checked


@database.transaction
async def create_value(
    *, actor: Actor, fields: Mapping[str, object], key: str | None = None, client_id: str | None = None
) -> tuple[Changed, bool]:
    """A new value after the others: (its id and change, whether it is new or a repeat). Raises Invalid, Conflict."""
    await lock_directory()
    asked = {name: fields[name] for name in EDITED if name in fields}
    fingerprint = request_hash({"value": asked})
    value_id, fresh = await claim(person_id=actor.id, key=key, client_id=client_id, fingerprint=fingerprint)
    if not fresh:
        return Changed(value_id, None), False
    last = await database.fetch_one("SELECT MAX(position) AS last FROM value")
    place = (last["last"] if last and last["last"] is not None else -1) + 1
    state = check_value({**dict.fromkeys(EDITED, ""), "position": place, "archived_at": None, **asked})
    change_id = await create(
        VALUE, "value.created", actor_id=actor.id, subject_id=value_id, state=state, more={"key": value_id}
    )
    return Changed(value_id, change_id), True


@database.transaction
async def edit_value(
    *, actor: Actor, value_id: str, changes: Mapping[str, object], version: str | None = None
) -> Changed:
    """Change the fields given. Raises NotFound, Invalid, Conflict if it is not as `version` has seen it."""
    await lock_directory()
    before = await state_of(VALUE, value_id)
    check_version(before, version)
    after = check_value({**before, **{name: changes[name] for name in EDITED if name in changes}})
    change_id = await save(VALUE, "value.changed", actor_id=actor.id, subject_id=value_id, before=before, after=after)
    return Changed(value_id, change_id)


@database.transaction
async def archive_value(*, actor: Actor, value_id: str) -> Changed:
    """It cannot be chosen any more; thanks that are tied to it stay so. Doing it twice is fine. Raises NotFound."""
    await lock_directory()
    before = await state_of(VALUE, value_id)
    after = {**before, "archived_at": before["archived_at"] or now()}
    change_id = await save(VALUE, "value.archived", actor_id=actor.id, subject_id=value_id, before=before, after=after)
    return Changed(value_id, change_id)


@database.transaction
async def restore_value(*, actor: Actor, value_id: str) -> Changed:
    """It can be chosen again; if it is not archived, nothing happens. Raises NotFound."""
    await lock_directory()
    before = await state_of(VALUE, value_id)
    change_id = await save(
        VALUE,
        "value.restored",
        actor_id=actor.id,
        subject_id=value_id,
        before=before,
        after={**before, "archived_at": None},
    )
    return Changed(value_id, change_id)


@database.transaction
async def move_value(*, actor: Actor, value_id: str, place: int) -> Changed:
    """Put a value to a place (0 is the first) among those that can be chosen. Raises NotFound."""
    await lock_directory()
    moved = await state_of(VALUE, value_id)
    rows = await database.fetch(
        "SELECT id, position FROM value WHERE archived_at IS NULL AND id <> {} ORDER BY position, id", value_id
    )
    order = [(row["id"], row["position"]) for row in rows]
    order.insert(max(0, min(place, len(order))), (value_id, moved["position"]))
    moves = [
        Part(found, {"position": position}, {"position": place})
        for place, (found, position) in enumerate(order)
        if position != place
    ]
    if not moves:
        return Changed(value_id, None)
    # The one that was meant comes first, unless only the others' numbers change (they had begun elsewhere).
    moves.sort(key=lambda move: move.subject_id != value_id)
    first, *others = moves
    change_id = await save(
        VALUE,
        "value.moved",
        actor_id=actor.id,
        subject_id=first.subject_id,
        before=first.before,
        after=first.after,
    )
    await save_parts(VALUE, "value.moved", others, actor_id=actor.id, part_of=str(change_id))
    return Changed(value_id, change_id)


@database.transaction
async def place_value(*, actor: Actor, value_id: str, position: int) -> Changed:
    """Give a value back the position that it had before it was moved. Raises NotFound."""
    await lock_directory()
    before = await state_of(VALUE, value_id)
    change_id = await save(
        VALUE,
        "value.moved",
        actor_id=actor.id,
        subject_id=value_id,
        before=before,
        after={**before, "position": position},
    )
    return Changed(value_id, change_id)
