"""What a list changes stands in the history like what is changed by hand: one entry a run, each row a part of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from api.core import database
from api.core.changes import State, Thing
from api.core.clock import now
from api.core.database.bulk import Columns
from api.core.ids import uuid7
from api.dependencies.records import DEPENDENCY
from api.people.records import DEPARTMENT, PERSON

APPLIED = "import.applied"
_THINGS = {"person": PERSON, "department": DEPARTMENT, "dependency": DEPENDENCY}
_CHANGES = Columns.of(
    "change", "id:uuid at:bigint actor_id:uuid kind:text subject_id:uuid before:text after:text part_of:uuid"
)

Standing = Mapping[str, Mapping[str, State]]
"""Recorded columns by thing and id."""


async def standing(thing: str, ids: Sequence[str], *, leaving: bool) -> Standing:
    """How these rows stand, and, where people leave, whoever they lead or stand in for and what they manage."""
    touched = {thing: "id"}
    if leaving and thing == "person":
        touched = {"person": "id manager_id deputy_id", "department": "manager_id"}
    return {name: await _states(_THINGS[name], columns.split(), ids) for name, columns in touched.items()}


async def _states(thing: Thing, columns: Sequence[str], ids: Sequence[str]) -> dict[str, State]:
    among = f"IN ({database.placeholders(len(ids)) or 'NULL'})"
    rows = await database.fetch(
        f"""SELECT id, {", ".join(thing.fields)} FROM {thing.table}
        WHERE {" OR ".join(f"{column} {among}" for column in columns)}""",
        *(i for _column in columns for i in ids),
    )
    return {row[0]: dict(zip(thing.fields, tuple(row)[1:], strict=True)) for row in rows}


async def record(run_id: str, actor_id: str | None, before: Standing, ids: Sequence[str], thing: str) -> None:
    """Compare with how it stands by now, and remember what differs, in the running transaction."""
    rows = []
    at = now()
    for name, known in before.items():
        stand = await _states(_THINGS[name], ["id"], sorted({*known, *(ids if name == thing else ())}))
        for subject_id in sorted({*known, *stand}):
            found = _difference(name, known.get(subject_id), stand.get(subject_id))
            if found is not None:
                kind, was, is_now = found
                encoded = (msgspec.json.encode(state).decode() for state in (was, is_now))
                rows.append((kind, subject_id, *encoded))
    if not rows:
        return
    root = await _root(run_id, actor_id, at)
    await _CHANGES.insert([(uuid7(at), at, actor_id, *row, root) for row in rows])


def _difference(thing: str, before: State | None, after: State | None) -> tuple[str, State, State] | None:
    """The kind of change with the columns before and after, as the verbs for a single one record it."""
    if before is None or after is None:
        was, is_now = ({k: v for k, v in (state or {}).items() if v not in ("", None)} for state in (before, after))
        return (f"{thing}.{'created' if before is None else 'removed'}", was, is_now) if was or is_now else None
    differs = [name for name in before if before[name] != after[name]]
    if not differs:
        return None
    kind = "changed"
    if "deactivated_at" in differs:
        kind = "returned" if after["deactivated_at"] is None else "left"
    return f"{thing}.{kind}", {name: before[name] for name in differs}, {name: after[name] for name in differs}


async def _root(run_id: str, actor_id: str | None, at: int) -> str:
    """The run's own entry, made with the first of its parts."""
    row = await database.fetch_one("SELECT id FROM change WHERE subject_id = {} AND kind = {}", run_id, APPLIED)
    if row is not None:
        return str(row["id"])
    root = uuid7(at)
    await _CHANGES.insert([(root, at, actor_id, APPLIED, run_id, "{}", "{}", None)])
    return root
