"""What HR and administration change, with what was before: nothing is lost silently, and it can be taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import msgspec

from api.core import database
from api.core.clock import now
from api.core.database.bulk import Columns
from api.core.errors import Conflict, NotFound
from api.core.events import record_event
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, uuid7

State = dict[str, object]
"""Fields of a thing by name: texts, numbers, ids, None."""


class Thing(msgspec.Struct, frozen=True):
    """What can be edited: its table, and the columns whose changes are recorded."""

    table: str
    fields: tuple[str, ...]
    there: str = "TRUE"
    """The SQL condition on rows that can be changed; others do not exist."""


class Changed(msgspec.Struct, frozen=True):
    """What came of a verb: whose row, and the change that can be taken back (None: all was so already)."""

    id: str
    change_id: str | None


class Part(msgspec.Struct, frozen=True):
    """A change that follows from another."""

    subject_id: str
    before: State
    after: State


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A change as it is written down: under another's event, whose part it is."""

    id: str
    kind: str
    subject_id: str
    before: State
    after: State
    part_of: str


_CHANGE = Columns.of(
    "change", "id:uuid at:bigint actor_id:uuid kind:text subject_id:uuid before:text after:text part_of:uuid"
)


async def lock_directory() -> None:
    """First thing in every verb that changes people, departments, dependencies or values.

    Such changes are rare, so they happen one after the other: no two of them together make a cycle of managers,
    take the last administrator's role, or give two people one address. SQLite has one writer anyway.
    """
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    await database.fetch(f"SELECT 1 FROM organisation {lock}")


def version_of(state: Mapping[str, object]) -> str:
    """A fingerprint of a state: whoever sends it with a change has seen this state."""
    return hashlib.sha256(msgspec.json.encode(state, order="sorted")).hexdigest()[:16]


async def state_of(thing: Thing, subject_id: object) -> State:
    """The recorded columns as they stand. Raises NotFound."""
    if isinstance(subject_id, str) and not is_uuid(subject_id):
        raise NotFound
    row = await database.fetch_one(
        f"SELECT {', '.join(thing.fields)} FROM {thing.table} WHERE id = {{}} AND {thing.there}", subject_id
    )
    if row is None:
        raise NotFound
    return dict(zip(thing.fields, tuple(row), strict=True))


def check_version(state: State, seen: str | None) -> None:
    """Raises Conflict if `seen` is given and is not the fingerprint of `state`."""
    if seen is not None and seen != version_of(state):
        raise Conflict(_("Somebody has changed this meanwhile. Look at it as it is now, then change it again."))


async def create(
    thing: Thing, kind: str, *, actor_id: str | None, subject_id: str, state: State, more: Mapping[str, object] = {}
) -> str:
    """Insert a row (`more`: columns that are not recorded) and record it; returns the change's id.

    Raises Conflict if the id, which a client may have made, is taken.
    """
    columns = {"id": subject_id, **state, **more}
    row = await database.fetch_one(
        f"""INSERT INTO {thing.table} ({", ".join(columns)}) VALUES ({database.placeholders(len(columns))})
        ON CONFLICT (id) DO NOTHING RETURNING id""",
        *columns.values(),
    )
    if row is None:
        raise Conflict(_("This id is taken. Make a new one."))
    return await record_change(kind, actor_id=actor_id, subject_id=subject_id, before={}, after=filled(state))


def filled(state: State) -> State:
    """What a state says: the fields that hold something."""
    return {name: value for name, value in state.items() if value not in ("", None)}


async def save(
    thing: Thing,
    kind: str,
    *,
    actor_id: str | None,
    subject_id: object,
    before: State,
    after: State,
    more: Mapping[str, object] = {},
    part_of: str | None = None,
) -> str | None:
    """Store the fields that differ (and `more`, columns that follow from them) and record them.

    Returns the change's id, None if nothing differs.
    """
    changed = [name for name in thing.fields if name in after and after[name] != before[name]]
    if not changed:
        return None
    columns = {**{name: after[name] for name in changed}, **more}
    await database.execute(
        f"UPDATE {thing.table} SET {', '.join(f'{name} = {{}}' for name in columns)} WHERE id = {{}}",
        *(*columns.values(), subject_id),
    )
    return await record_change(
        kind,
        actor_id=actor_id,
        subject_id=subject_id if isinstance(subject_id, str) else None,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        part_of=part_of,
    )


async def save_parts(thing: Thing, kind: str, parts: Sequence[Part], *, actor_id: str | None, part_of: str) -> None:
    """The same for many rows that all change the same fields, in two statements and under `part_of`'s event."""
    if not parts:
        return
    columns = list(parts[0].after)
    await database.execute_many(
        f"UPDATE {thing.table} SET {', '.join(f'{name} = {{}}' for name in columns)} WHERE id = {{}}",
        [(*(part.after[name] for name in columns), part.subject_id) for part in parts],
    )
    entries = [
        Entry(id=uuid7(), kind=kind, subject_id=part.subject_id, before=part.before, after=part.after, part_of=part_of)
        for part in parts
    ]
    await record_entries(entries, actor_id=actor_id)


async def record_entries(entries: Sequence[Entry], *, actor_id: str | None) -> None:
    """Write changes down that belong to others, in one statement; whoever they are parts of comes first."""
    at = now()
    await _CHANGE.insert(
        [(e.id, at, actor_id, e.kind, e.subject_id, _text(e.before), _text(e.after), e.part_of) for e in entries]
    )


def _text(state: State) -> str:
    return msgspec.json.encode(state).decode()


async def record_change(
    kind: str,
    *,
    actor_id: str | None,
    subject_id: str | None,
    before: State,
    after: State,
    part_of: str | None = None,
) -> str:
    """Remember a change with its event; all that was rendered or kept with names is stale from here on."""
    change_id, at = uuid7(), now()
    await database.execute(
        """INSERT INTO change (id, at, actor_id, kind, subject_id, before, after, part_of)
        VALUES ({}, {}, {}, {}, {}, {}, {}, {})""",
        *(change_id, at, actor_id, kind, subject_id, _text(before), _text(after), part_of),
    )
    await database.execute("UPDATE organisation SET directory_revision = directory_revision + 1")
    await record_event(kind, actor_id=actor_id, subject_id=subject_id, detail=change_id)
    return change_id
