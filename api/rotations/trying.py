"""What a change by hand would bring or cost, before it is made: judged like the plan itself, and stored nowhere."""

from __future__ import annotations

import asyncio

import msgspec

from api.rotations import planning
from api.rotations.desk import desk, standing
from api.rotations.editing import handed_over, moved
from api.rotations.edits import Rows
from api.rotations.planning import Fault, Leg, Worth


class Trial(msgspec.Struct, frozen=True):
    """`gain` to the score (negative: what it costs), conflicts it would bring, and how many it would end."""

    gain: float
    faults: list[Fault]
    ended: int


async def try_move(*, plan_id: str, visit_id: str, block: int) -> Trial:
    """Into another block. Raises NotFound, Invalid beside "block"."""
    return await _tried(plan_id, *await moved(plan_id, visit_id, block))


async def try_hand_over(*, plan_id: str, visit_id: str, person_id: str) -> Trial:
    """To a colleague. Raises NotFound, Invalid beside "person"."""
    return await _tried(plan_id, *await handed_over(plan_id, visit_id, person_id))


async def _tried(plan_id: str, before: Rows, after: Rows) -> Trial:
    found = await desk(plan_id)
    now = await standing(found.plan_id, found.version)
    gone = {_place(row) for row in before}
    legs = [leg for leg in found.legs if (leg.person, leg.host, leg.block) not in gone]
    legs += [Leg(*_place(row), row["group_number"]) for row in after]
    pins = [pin for pin in found.pins if pin not in gone] + [_place(row) for row in after if row["pinned"]]

    def judge() -> Worth:
        return planning.judge(planning.edited(found.basis, pins, found.bans), legs)

    then = await asyncio.to_thread(judge)
    return Trial(
        gain=then.score - now.score,
        faults=[fault for fault in then.faults if fault not in now.faults],
        ended=sum(fault not in then.faults for fault in now.faults),
    )


def _place(row: dict[str, object]) -> tuple[str, str, int]:
    return str(row["person_id"]), str(row["host_id"]), int(str(row["block"]))
