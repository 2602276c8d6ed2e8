"""A plan changed by hand: move, hand over, pin, forbid, take out, mend. What breaks a rule is kept and named."""

from __future__ import annotations

import asyncio

from api.core import database
from api.core.access.actor import Actor
from api.core.errors import Conflict, Invalid
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, uuid7
from api.rotations import planning
from api.rotations.data import basis
from api.rotations.desk import Desk, desk
from api.rotations.edits import COLUMNS, Action, Rows, apply, blocks_of, group_of, visit_rows_of
from api.rotations.planning import Found
from api.rotations.storing import visit_rows


async def move(*, actor: Actor, plan_id: str, visit_id: str, block: int) -> None:
    """The visit, with all of its swap or ring, takes place in another block. Raises NotFound, Invalid, Conflict."""
    await apply(actor, plan_id, "move", *await moved(plan_id, visit_id, block))


async def moved(plan_id: str, visit_id: str, block: int) -> tuple[Rows, Rows]:
    """The visits that a move changes, as they are and as they would be. Raises NotFound, Invalid beside "block"."""
    group = await group_of(plan_id, visit_id)
    places = await blocks_of(group[0]["programme_id"])
    length = int(group[0]["blocks"])
    if not 0 <= block <= len(places) - length:
        raise Invalid.field("block", _("Choose a block of the programme."))
    after = [
        {**row, "block": block, "starts_at": places[block][0], "ends_at": places[block + length - 1][1]}
        for row in group
    ]
    return group, after


async def hand_over(*, actor: Actor, plan_id: str, visit_id: str, person_id: str) -> None:
    """A colleague of the same department makes the visit instead; who makes one to the same department swaps.

    Raises NotFound, Invalid beside "person".
    """
    before, after = await handed_over(plan_id, visit_id, person_id)
    await apply(actor, plan_id, "swap" if len(before) > 1 else "hand_over", before, after)


async def handed_over(plan_id: str, visit_id: str, person_id: str) -> tuple[Rows, Rows]:
    """The visits that a change of people changes, as they are and as they would be.

    Raises NotFound, Invalid beside "person".
    """
    group = await group_of(plan_id, visit_id)
    mine = next(row for row in group if row["id"] == visit_id)
    person = is_uuid(person_id) and await database.fetch_one(
        "SELECT department_id FROM person WHERE id = {} AND deactivated_at IS NULL", person_id
    )
    if not person or person["department_id"] != mine["home_id"] or person_id == mine["person_id"]:
        raise Invalid.field("person", _("Choose somebody else of the same department."))
    same = "plan_id = {} AND person_id = {} AND host_id = {}"
    others = await visit_rows_of(same, plan_id, person_id, mine["host_id"])
    before, after = [mine, *others], [{**mine, "person_id": person_id}]
    after += [{**other, "person_id": mine["person_id"]} for other in others]
    return before, after


async def pin(*, actor: Actor, plan_id: str, visit_id: str, pinned: bool) -> None:
    """The visit stays whatever is planned anew, or no longer has to. Raises NotFound, Conflict."""
    group = [row for row in await group_of(plan_id, visit_id) if row["id"] == visit_id]
    await apply(actor, plan_id, "pin" if pinned else "unpin", group, [{**row, "pinned": pinned} for row in group])


async def remove(*, actor: Actor, plan_id: str, visit_id: str) -> None:
    """The visit goes, with all of its swap or ring. Raises NotFound, Conflict."""
    await apply(actor, plan_id, "remove", await group_of(plan_id, visit_id), [])


async def forbid(*, actor: Actor, plan_id: str, visit_id: str) -> None:
    """This person is not to see this department in the programme; a colleague takes the place, or the group goes.

    Raises NotFound, Conflict.
    """
    group = await group_of(plan_id, visit_id)
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
    data = await basis(found.programme_id, plan_id=plan_id)

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
    present = await visit_rows_of("plan_id = {} AND state NOT IN ('cancelled', 'declined')", found.plan_id)
    by_place = {(row["person_id"], row["host_id"], row["block"]): row for row in present}
    homes = planning.homes(planning.unpack(instance[0] if instance else found.basis))
    fresh = await visit_rows(found.plan_id, wanted.legs, homes)
    before, after = [], []
    for row in fresh:
        old = by_place.pop((str(row["person_id"]), str(row["host_id"]), int(str(row["block"]))), None)
        if old is None:
            after.append({**dict.fromkeys(COLUMNS), "state": "planned", "revision": 0, **row})
        elif (old["group_number"], old["kind"]) != (row["group_number"], row["kind"]):
            before.append(old)
            after.append({**old, "group_number": row["group_number"], "kind": row["kind"]})
    before += list(by_place.values())
    await apply(actor, found.plan_id, action, before, after, ban=ban, instance=instance)
