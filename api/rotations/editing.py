"""A plan changed by hand: move, hand over, pin, forbid, take out, mend, undo. What breaks a rule is kept and named.

Every change is written down with the visits as they were, so that it can be undone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now
from api.core.errors import Conflict, Invalid, NotFound
from api.core.events import record_event
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, uuid7
from api.rotations import planning
from api.rotations.data import basis
from api.rotations.planning import Difference, Found, Leg, Why, Worth
from api.rotations.solving import insert_visits, legs, visit_rows

Action = Literal["move", "hand_over", "swap", "pin", "unpin", "forbid", "remove", "mend"]
Rows = list[dict[str, Any]]
_COLUMNS = (
    *("id", "plan_id", "programme_id", "person_id", "home_id", "host_id", "block", "blocks", "starts_at", "ends_at"),
    *("kind", "group_number", "pinned", "buddy_id", "state", "uid", "revision"),
)


class Desk(msgspec.Struct, frozen=True):
    """A plan on the desk: its instance (packed), pins and bans as they stand, its visits as legs."""

    plan_id: str
    programme_id: str
    version: int
    basis: bytes
    pins: list[tuple[str, str, int]]
    bans: list[tuple[str | None, str | None, str | None, str | None]]
    legs: list[Leg]


async def desk(plan_id: str) -> Desk:
    """What judging a plan needs; a plan that came without the data it was made from is judged by those of now.

    Raises NotFound.
    """
    row = is_uuid(plan_id) and await database.fetch_one(
        """SELECT n.programme_id, n.version, w.basis FROM plan n LEFT JOIN plan_work w ON w.plan_id = n.id
        WHERE n.id = {}""",
        plan_id,
    )
    if not row:
        raise NotFound
    if row["basis"] is None:
        instance, _fingerprint = await asyncio.to_thread(planning.prepare, await basis(row["programme_id"]))
    else:
        instance = bytes(row["basis"])
    pins = await database.fetch(
        "SELECT person_id, host_id, block FROM visit WHERE plan_id = {} AND pinned = {} AND state <> 'cancelled'",
        *(plan_id, True),
    )
    bans = await database.fetch(
        "SELECT person_id, home_id, host_id, block FROM programme_ban WHERE programme_id = {} ORDER BY id",
        row["programme_id"],
    )
    return Desk(
        plan_id,
        row["programme_id"],
        row["version"],
        instance,
        [(pin[0], pin[1], pin[2]) for pin in pins],
        [(ban[0], ban[1], ban[2], None if ban[3] is None else str(ban[3])) for ban in bans],
        await legs(plan_id),
    )


_judged: dict[tuple[str, int], Worth] = {}


async def standing(plan_id: str, version: int) -> Worth:
    """The plan judged as it stands; kept until it changes, so that a board need not be judged each time it is shown.

    Raises NotFound.
    """
    known = _judged.get((plan_id, version))
    return await _judge(await desk(plan_id)) if known is None else known


async def _judge(found: Desk) -> Worth:
    if len(_judged) > 50:
        _judged.clear()
    worth = await asyncio.to_thread(
        lambda: planning.judge(planning.edited(found.basis, found.pins, found.bans), found.legs)
    )
    _judged[found.plan_id, found.version] = worth
    return worth


async def why_not(found: Desk, *, person_id: str, host_id: str, block: int | None = None) -> list[Why]:
    """Why a person does not see a department, and what would make it possible. Raises NotFound."""
    worth = await standing(found.plan_id, found.version)
    try:
        return await asyncio.to_thread(
            lambda: planning.why_not(
                planning.edited(found.basis, found.pins, found.bans), found.legs, worth.score,
                person=person_id, host=host_id, block=block,
            )
        )  # fmt: skip
    except KeyError:
        raise NotFound from None


async def changed_data(found: Desk) -> tuple[list[Difference], Worth]:
    """What is not as it was when the plan was made, and the plan judged by the data of now."""
    data = await basis(found.programme_id)

    def compare() -> tuple[list[Difference], Worth]:
        present = planning.build(data)
        return (
            planning.differences(planning.unpack(found.basis), present),
            planning.judge(planning.with_pins(present, found.pins), found.legs),
        )

    return await asyncio.to_thread(compare)


async def move(*, actor: Actor, plan_id: str, visit_id: str, block: int) -> None:
    """The visit, with all of its swap or ring, takes place in another block. Raises NotFound, Invalid, Conflict."""
    group = await _group_of(plan_id, visit_id)
    places = await _blocks(group[0]["programme_id"])
    length = int(group[0]["blocks"])
    if not 0 <= block <= len(places) - length:
        raise Invalid.field("block", _("Choose a block of the programme."))
    after = [
        {**row, "block": block, "starts_at": places[block][0], "ends_at": places[block + length - 1][1]}
        for row in group
    ]
    await _apply(actor, plan_id, "move", group, after)


async def hand_over(*, actor: Actor, plan_id: str, visit_id: str, person_id: str) -> None:
    """A colleague of the same department makes the visit instead; who makes one to the same department swaps.

    Raises NotFound, Invalid beside "person".
    """
    group = await _group_of(plan_id, visit_id)
    mine = next(row for row in group if row["id"] == visit_id)
    person = is_uuid(person_id) and await database.fetch_one(
        "SELECT department_id FROM person WHERE id = {} AND deactivated_at IS NULL", person_id
    )
    if not person or person["department_id"] != mine["home_id"] or person_id == mine["person_id"]:
        raise Invalid.field("person", _("Choose somebody else of the same department."))
    same = "plan_id = {} AND person_id = {} AND host_id = {}"
    others = await _rows(same, plan_id, person_id, mine["host_id"])
    before, after = [mine, *others], [{**mine, "person_id": person_id}]
    after += [{**other, "person_id": mine["person_id"]} for other in others]
    await _apply(actor, plan_id, "swap" if others else "hand_over", before, after)


async def pin(*, actor: Actor, plan_id: str, visit_id: str, pinned: bool) -> None:
    """The visit stays whatever is planned anew, or no longer has to. Raises NotFound, Conflict."""
    group = [row for row in await _group_of(plan_id, visit_id) if row["id"] == visit_id]
    await _apply(actor, plan_id, "pin" if pinned else "unpin", group, [{**row, "pinned": pinned} for row in group])


async def remove(*, actor: Actor, plan_id: str, visit_id: str) -> None:
    """The visit goes, with all of its swap or ring. Raises NotFound, Conflict."""
    await _apply(actor, plan_id, "remove", await _group_of(plan_id, visit_id), [])


async def forbid(*, actor: Actor, plan_id: str, visit_id: str) -> None:
    """This person is not to see this department in the programme; a colleague takes the place, or the group goes.

    Raises NotFound, Conflict.
    """
    group = await _group_of(plan_id, visit_id)
    mine = next(row for row in group if row["id"] == visit_id)
    found = await desk(plan_id)
    bans = [*found.bans, (mine["person_id"], None, mine["host_id"], None)]
    pins = [one for one in found.pins if one != (mine["person_id"], mine["host_id"], mine["block"])]
    mended = await asyncio.to_thread(lambda: planning.mend(planning.edited(found.basis, pins, bans), found.legs))
    ban = uuid7()
    await _replace(actor, found, "forbid", mended, ban=(ban, mine["person_id"], mine["host_id"]))


async def mend(*, actor: Actor, plan_id: str) -> None:
    """Change as few visits as can be so that the plan keeps every rule again, with the data of now.

    Raises NotFound, Conflict if its pinned visits cannot be kept.
    """
    found = await desk(plan_id)
    data = await basis(found.programme_id)

    def repair() -> tuple[Found, bytes, str]:
        instance, fingerprint = planning.prepare(data)
        return planning.mend(planning.edited(instance, found.pins, found.bans), found.legs), instance, fingerprint

    mended, instance, fingerprint = await asyncio.to_thread(repair)
    if mended.status == "infeasible":
        raise Conflict(_("The pinned visits cannot all be kept. Loosen those that are in conflict, then mend again."))
    await _replace(actor, found, "mend", mended, instance=(instance, fingerprint))


async def _replace(
    actor: Actor,
    found: Desk,
    action: Action,
    wanted: Found,
    *,
    ban: tuple[str, str, str] | None = None,
    instance: tuple[bytes, str] | None = None,
) -> None:
    """The visits of `wanted` instead; what stays the same keeps its row."""
    present = await _rows("plan_id = {} AND state NOT IN ('cancelled', 'declined')", found.plan_id)
    by_place = {(row["person_id"], row["host_id"], row["block"]): row for row in present}
    homes = planning.homes(planning.unpack(instance[0] if instance else found.basis))
    fresh = await visit_rows(found.plan_id, wanted.legs, homes)
    before, after = [], []
    for row in fresh:
        old = by_place.pop((str(row["person_id"]), str(row["host_id"]), int(str(row["block"]))), None)
        if old is None:
            after.append({**dict.fromkeys(_COLUMNS), "state": "planned", "revision": 0, **row})
        elif (old["group_number"], old["kind"]) != (row["group_number"], row["kind"]):
            before.append(old)
            after.append({**old, "group_number": row["group_number"], "kind": row["kind"]})
    before += list(by_place.values())
    await _apply(actor, found.plan_id, action, before, after, ban=ban, instance=instance)


async def _rows(where: str, *arguments: object) -> Rows:
    rows = await database.fetch(f"SELECT {', '.join(_COLUMNS)} FROM visit WHERE {where} ORDER BY id", *arguments)
    return [{**dict(zip(_COLUMNS, tuple(row), strict=True)), "pinned": bool(row["pinned"])} for row in rows]


async def _group_of(plan_id: str, visit_id: str) -> Rows:
    if not (is_uuid(plan_id) and is_uuid(visit_id)):
        raise NotFound
    rows = await _rows(
        "plan_id = {} AND group_number = (SELECT group_number FROM visit WHERE id = {} AND plan_id = {})",
        *(plan_id, visit_id, plan_id),
    )
    if not rows:
        raise NotFound
    return rows


async def _blocks(programme_id: str) -> list[tuple[int, int]]:
    rows = await database.fetch(
        "SELECT starts_at, ends_at FROM programme_block WHERE programme_id = {} ORDER BY number", programme_id
    )
    return [(row[0], row[1]) for row in rows]


async def _apply(
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
    worth = await _judge(found)

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
    there = await _rows(f"id IN ({database.placeholders(len(ids)) or 'NULL'})", *ids)
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
