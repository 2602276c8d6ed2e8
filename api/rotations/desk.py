"""A plan on the desk: judged as it stands, asked why somebody is not there, held against the data of now."""

from __future__ import annotations

import asyncio

import msgspec

from api.core import database
from api.core.errors import NotFound
from api.core.ids import is_uuid
from api.rotations import planning
from api.rotations.data import bans, basis
from api.rotations.planning import Difference, Leg, Why, Worth
from api.rotations.storing import legs


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
        instance, _fingerprint = await asyncio.to_thread(
            planning.prepare, await basis(row["programme_id"], plan_id=plan_id)
        )
    else:
        instance = bytes(row["basis"])
    pins = await database.fetch(
        "SELECT person_id, host_id, block FROM visit WHERE plan_id = {} AND pinned = {} AND state <> 'cancelled'",
        *(plan_id, True),
    )
    forbidden = await bans(row["programme_id"], plan_id)
    return Desk(
        plan_id,
        row["programme_id"],
        row["version"],
        instance,
        [(pin[0], pin[1], pin[2]) for pin in pins],
        [(ban.person, ban.home, ban.host, None if ban.block is None else str(ban.block)) for ban in forbidden],
        await legs(plan_id),
    )


_judged: dict[tuple[str, int], Worth] = {}


async def standing(plan_id: str, version: int) -> Worth:
    """The plan judged as it stands; kept until it changes, so that a board need not be judged each time it is shown.

    Raises NotFound.
    """
    known = _judged.get((plan_id, version))
    return await judged(await desk(plan_id)) if known is None else known


async def judged(found: Desk) -> Worth:
    """The plan judged as it lies on the desk."""
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
    data = await basis(found.programme_id, plan_id=found.plan_id)

    def compare() -> tuple[list[Difference], Worth]:
        present = planning.build(data)
        # Nobody can break a rule by leaving after the visit.
        legs_ = planning.without_past_leavers(present, found.legs, data.begun)
        stay = {(leg.person, leg.host, leg.block) for leg in legs_}
        pins = [pin for pin in found.pins if pin in stay or pin[2] >= data.begun]
        return (
            planning.differences(planning.unpack(found.basis), present),
            planning.judge(planning.with_pins(present, pins), legs_),
        )

    return await asyncio.to_thread(compare)
