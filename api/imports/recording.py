"""What an import changes stands in the history, one change for each thing, as if it had been made by hand.

All of them are parts of the import's own entry: the history shows an import in one line, which leads to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from api.core import database
from api.core.changes import Entry, Part, State, Thing, filled, record_change, record_entries
from api.core.ids import uuid7
from api.dependencies.records import DEPENDENCY
from api.people.records import DEPARTMENT, PERSON

IMPORTED = "list.imported"
TAKEN_BACK = "list.taken_back"
_THINGS: Mapping[str, Thing] = {"person": PERSON, "department": DEPARTMENT, "dependency": DEPENDENCY}
_LEAVING = ("roles", "left_on", "deactivated_at")
_COUNTED = ("departments", "new", "changed", "leaving")

States = Mapping[str, State]


class Root(msgspec.Struct, frozen=True):
    """An import's own entry, and whose import it is (None: the command line's)."""

    id: str
    actor_id: str | None


class Followed(msgspec.Struct, frozen=True):
    """What changed because somebody has left."""

    leaver: str
    kind: str
    part: Part


async def root_of(run_id: str) -> Root:
    """The import's own entry; its first step makes it."""
    row = await database.fetch_one(
        "SELECT id, actor_id FROM change WHERE subject_id = {} AND kind = {}", run_id, IMPORTED
    )
    if row is not None:
        return Root(row["id"], row["actor_id"])
    run = await database.fetch_one("SELECT kind, counts, created_by FROM import_run WHERE id = {}", run_id)
    assert run is not None  # its row is locked
    counts = msgspec.json.decode(run["counts"], type=dict[str, int])
    after: State = {"list": run["kind"], **{name: counts[name] for name in _COUNTED if counts.get(name)}}
    change_id = await record_change(IMPORTED, actor_id=run["created_by"], subject_id=run_id, before={}, after=after)
    return Root(change_id, run["created_by"])


async def states(thing: str, ids: Sequence[str]) -> dict[str, State]:
    """The recorded columns of these rows as they stand, by id."""
    fields = _THINGS[thing].fields
    rows = await database.fetch(
        f"SELECT id, {', '.join(fields)} FROM {thing} WHERE id IN ({database.placeholders(len(ids))})", *ids
    )
    return {row["id"]: {field: row[field] for field in fields} for row in rows}


async def record(
    root: Root, thing: str, ids: Sequence[str], before: States, after: States, followed: Sequence[Followed] = ()
) -> None:
    """Write down how these rows differ now, and what followed from it; ids in this order, so that the newest first
    takes back whoever is led before whoever leads them."""
    found = [(i, *what) for i in ids for what in _differences(before.get(i), after.get(i))]
    entries = [
        Entry(id=change_id, kind=f"{thing}.{verb}", subject_id=i, before=old, after=new, part_of=root.id)
        for change_id, (i, verb, old, new) in zip(sorted(uuid7() for _ in found), found, strict=True)
    ]
    left = {entry.subject_id: entry.id for entry in entries if entry.kind == "person.left"}
    entries += [
        Entry(
            id=uuid7(),
            kind=one.kind,
            subject_id=one.part.subject_id,
            before=one.part.before,
            after=one.part.after,
            part_of=left[one.leaver],
        )
        for one in followed
    ]
    await record_entries(entries, actor_id=root.actor_id)


def _differences(old: State | None, new: State | None) -> Iterator[tuple[str, State, State]]:
    """The verbs by hand that would have done this, each with what was before and after."""
    if old is None or new is None:
        if new:
            yield "created", {}, filled(new)
        elif old:
            yield "removed", filled(old), {}
        return
    differ = [field for field in old if old[field] != new[field]]
    if "deactivated_at" in differ:
        leaves = old["deactivated_at"] is None
        of_it = [field for field in differ if field in _LEAVING]
        yield "left" if leaves else "returned", _of(old, of_it), _of(new, of_it)
        # What else is new of whoever comes back is a change of its own; of a leaver it follows from others' leaving.
        differ = [] if leaves else [field for field in differ if field not in _LEAVING]
    if differ:
        yield "changed", _of(old, differ), _of(new, differ)


def _of(state: State, fields: Sequence[str]) -> State:
    return {field: state[field] for field in fields}
