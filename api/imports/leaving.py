"""Many leave at once: access ends, reports get the next manager above, thanks stay. The rule for one holds for all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import msgspec

from api.core import database
from api.core.changes import Part
from api.core.clock import now, utc
from api.imports.recording import Followed

_HIGHEST = 100  # levels of managers; also ends a circle


class _Person(msgspec.Struct, frozen=True):
    manager: str | None
    active: bool
    department: str


async def let_go(ids: Sequence[str]) -> list[Followed]:
    """These people leave today, in the running transaction; who has left already is passed over.

    Returns what changed for others by it.
    """
    marks, at = database.placeholders(len(ids)), now()
    rows = await database.fetch(
        f"""UPDATE person SET deactivated_at = {{}}, left_on = {{}}, roles = ''
        WHERE id IN ({marks}) AND deactivated_at IS NULL RETURNING id""",
        *(at, utc(at).date().isoformat(), *ids),
    )
    gone = sorted(row["id"] for row in rows)
    if not gone:
        return []
    marks = database.placeholders(len(gone))
    await database.execute(f"DELETE FROM session WHERE person_id IN ({marks})", *gone)
    await database.execute(
        f"UPDATE api_token SET revoked_at = {{}} WHERE revoked_at IS NULL AND person_id IN ({marks})", at, *gone
    )
    led = await database.fetch(f"SELECT id, manager_id FROM person WHERE manager_id IN ({marks}) ORDER BY id", *gone)
    heads = await _heads(gone)
    known = await _above([*gone, *(head for head in heads.values() if head)])
    successors = {row["id"]: _successor(row["id"], row["manager_id"], known, heads) for row in led}
    await database.execute_many(
        "UPDATE person SET manager_id = {} WHERE id = {}", [(led_by, i) for i, led_by in successors.items()]
    )
    return [
        *(
            Followed(
                row["manager_id"],
                "person.changed",
                Part(row["id"], {"manager_id": row["manager_id"]}, {"manager_id": successors[row["id"]]}),
            )
            for row in led
        ),
        *await _without("person", "deputy_id", gone),
        *await _without("department", "manager_id", gone),
    ]


async def _without(thing: str, column: str, gone: Sequence[str]) -> list[Followed]:
    """Nobody who has left stands in anybody's `column`."""
    where = f"{column} IN ({database.placeholders(len(gone))})"
    rows = await database.fetch(f"SELECT id, {column} FROM {thing} WHERE {where} ORDER BY id", *gone)
    await database.execute(f"UPDATE {thing} SET {column} = NULL WHERE {where}", *gone)
    return [
        Followed(row[column], f"{thing}.changed", Part(row["id"], {column: row[column]}, {column: None}))
        for row in rows
    ]


async def _heads(ids: Sequence[str]) -> dict[str, str]:
    """Who manages the departments of these people, by department; those who have left manage none."""
    rows = await database.fetch(
        f"""SELECT d.id, m.id AS head FROM department d JOIN person m ON m.id = d.manager_id
        WHERE m.deactivated_at IS NULL
        AND d.id IN (SELECT department_id FROM person WHERE id IN ({database.placeholders(len(ids))}))""",
        *ids,
    )
    return {row["id"]: row["head"] for row in rows}


async def _above(ids: Collection[str]) -> dict[str, _Person]:
    """These people and everybody above them, level by level."""
    known: dict[str, _Person] = {}
    level = set(ids)
    for _step in range(_HIGHEST):
        level -= set(known)
        if not level:
            break
        rows = await database.fetch(
            f"""SELECT id, manager_id, deactivated_at, department_id FROM person
            WHERE id IN ({database.placeholders(len(level))})""",
            *sorted(level),
        )
        for row in rows:
            known[row["id"]] = _Person(row["manager_id"], row["deactivated_at"] is None, row["department_id"])
        level = {row["manager_id"] for row in rows if row["manager_id"]}
    return known


def _chain(person: str | None, known: Mapping[str, _Person]) -> list[str]:
    found: list[str] = []
    while person is not None and person in known and person not in found:
        found.append(person)
        person = known[person].manager
    return found


def _successor(report: str, leaver: str, known: Mapping[str, _Person], heads: Mapping[str, str]) -> str | None:
    """Who leads `report` now: the nearest above `leaver` who works here, else their department's manager, else nobody.

    Nobody who is led by the report, however far down, comes to lead it.
    """
    above = next((person for person in _chain(leaver, known) if known[person].active), None)
    chosen = above or heads.get(known[leaver].department)
    return chosen if report not in _chain(chosen, known) else None
