"""Changes to a plan's visits, each written down with the visits as they were, so that it can be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now
from api.core.errors import Conflict, NotFound
from api.core.events import record_event
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, uuid7
from api.rotations.desk import desk, judged
from api.rotations.storing import insert_visits

Action = Literal["move", "hand_over", "swap", "pin", "unpin", "forbid", "remove", "mend"]
Rows = list[dict[str, Any]]
COLUMNS = (
    *("id", "plan_id", "programme_id", "person_id", "home_id", "host_id", "block", "blocks", "starts_at", "ends_at"),
    *("kind", "group_number", "pinned", "buddy_id", "state", "uid", "revision"),
)


async def visit_rows_of(where: str, *arguments: object) -> Rows:
    rows = await database.fetch(f"SELECT {', '.join(COLUMNS)} FROM visit WHERE {where} ORDER BY id", *arguments)
    return [{**dict(zip(COLUMNS, tuple(row), strict=True)), "pinned": bool(row["pinned"])} for row in rows]


async def group_of(plan_id: str, visit_id: str) -> Rows:
    if not (is_uuid(plan_id) and is_uuid(visit_id)):
        raise NotFound
    rows = await visit_rows_of(
        "plan_id = {} AND group_number = (SELECT group_number FROM visit WHERE id = {} AND plan_id = {})",
        *(plan_id, visit_id, plan_id),
    )
    if not rows:
        raise NotFound
    return rows


async def blocks_of(programme_id: str) -> list[tuple[int, int]]:
    rows = await database.fetch(
        "SELECT starts_at, ends_at FROM programme_block WHERE programme_id = {} ORDER BY number", programme_id
    )
    return [(row[0], row[1]) for row in rows]


async def apply(
    actor: Actor,
    plan_id: str,
    action: Action,
    before: Rows,
    after: Rows,
    *,
    ban: tuple[str, str, str] | None = None,
    instance: tuple[bytes, str] | None = None,
) -> None:
    """Store the rows that differ and write the change down. Raises Conflict if the plan cannot be changed."""

    async def body() -> None:
        number = await _lock(plan_id, before)
        if ban is not None:
            await database.execute(
                """INSERT INTO programme_ban (id, programme_id, person_id, host_id, made_by, made_at)
                SELECT {}, programme_id, {}, {}, {}, {} FROM plan WHERE id = {}""",
                *(ban[0], ban[1], ban[2], actor.id, now(), plan_id),
            )
        if instance is not None:
            await database.execute("UPDATE plan_work SET basis = {} WHERE plan_id = {}", instance[0], plan_id)
            await database.execute("UPDATE plan SET basis_hash = {} WHERE id = {}", instance[1], plan_id)
        await _exchange(before, after)
        await database.execute("DELETE FROM plan_edit WHERE plan_id = {} AND undone = {}", plan_id, True)
        await database.execute(
            """INSERT INTO plan_edit (id, plan_id, number, at, actor_id, action, before, after, gain)
            VALUES ({}, {}, {}, {}, {}, {}, {}, {}, 0)""",
            *(uuid7(), plan_id, number, now(), actor.id, action, _json({"visits": before})),
            _json({"visits": after, "ban": ban[0] if ban else None}),
        )
        await record_event("plan.edited", actor_id=actor.id, subject_id=plan_id, detail=action)

    await database.transact(body)
    await _count(plan_id)


async def _count(plan_id: str) -> None:
    """The plan's figures after a change, and what the change brought or cost."""
    found = await desk(plan_id)
    worth = await judged(found)

    async def body() -> None:
        row = await database.fetch_one(
            "SELECT score, bound FROM plan WHERE id = {} AND version = {}", plan_id, found.version
        )
        if row is None:
            return  # somebody has changed it again and counts it
        bound = None if row["bound"] is None else max(row["bound"], worth.score)
        gap = (bound - worth.score) / abs(worth.score) if bound is not None and worth.score else None
        await database.execute(
            "UPDATE plan SET score = {}, bound = {}, gap = {}, terms = {} WHERE id = {}",
            *(worth.score, bound, gap, _json(worth.terms), plan_id),
        )
        await database.execute(
            """UPDATE plan_edit SET gain = {} WHERE plan_id = {} AND undone = {} AND number = (
                SELECT MAX(number) FROM plan_edit WHERE plan_id = {} AND undone = {})""",
            *(worth.score - (row["score"] or 0.0), plan_id, False, plan_id, False),
        )

    await database.transact(body)


async def _lock(plan_id: str, before: Rows) -> int:
    """Nobody else changes the plan meanwhile, and the rows are as they were read; returns the change's number."""
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    row = await database.fetch_one(f"SELECT state FROM plan WHERE id = {{}} {lock}", plan_id)
    if row is None:
        raise NotFound
    if row["state"] != "ready":
        raise Conflict(_("Only a draft can be changed by hand. Plan anew from this one, then publish that."))
    ids = [row["id"] for row in before]
    there = await visit_rows_of(f"id IN ({database.placeholders(len(ids)) or 'NULL'})", *ids)
    if sorted(before, key=lambda row: row["id"]) != there:
        raise Conflict(_("Somebody has changed this meanwhile. Look at it as it is now, then change it again."))
    last = await database.fetch_one("SELECT MAX(number) AS n FROM plan_edit WHERE plan_id = {}", plan_id)
    await database.execute("UPDATE plan SET version = version + 1 WHERE id = {}", plan_id)
    return ((last and last["n"]) or 0) + 1


async def _exchange(before: Sequence[Mapping[str, Any]], after: Rows) -> None:
    await database.execute_many("DELETE FROM visit WHERE id = {}", [(row["id"],) for row in before])
    await insert_visits(after)


async def undo(*, actor: Actor, plan_id: str) -> None:
    """Take the last change back; calm if there is none. Raises NotFound, Conflict."""

    async def body() -> None:
        row = is_uuid(plan_id) and await database.fetch_one(
            "SELECT id, before, after FROM plan_edit WHERE plan_id = {} AND undone = {} ORDER BY number DESC LIMIT 1",
            *(plan_id, False),
        )
        if not row:
            return
        before, after = msgspec.json.decode(row["before"]), msgspec.json.decode(row["after"])
        await _lock(plan_id, after["visits"])
        await _exchange(after["visits"], before["visits"])
        if after.get("ban"):
            await database.execute("DELETE FROM programme_ban WHERE id = {}", after["ban"])
        await database.execute("UPDATE plan_edit SET undone = {} WHERE id = {}", True, row["id"])
        await record_event("plan.edited", actor_id=actor.id, subject_id=plan_id, detail="undo")

    await database.transact(body)
    await _count(plan_id)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
