"""When the undo time is over, thanks count as delivered: once, whoever looks."""

from __future__ import annotations

import asyncio

from api.core import database
from api.core.clock import SECOND
from api.kudos.delivery import AT_ONCE, deliver_due
from tests.support.house import KUDOS, House
from tests.support.organisation import AYLIN, JONAS, MIRIAM


async def delivered() -> list[str]:
    rows = await database.fetch("SELECT kudos_id FROM event WHERE kind = 'kudos.delivered' ORDER BY id")
    return [row["kudos_id"] for row in rows]


async def test_thanks_are_delivered_when_the_undo_time_is_over_and_not_before(house: House) -> None:
    kudos = await house.give(AYLIN)
    house.clock.forward(58 * SECOND)
    assert await deliver_due() == 0
    house.clock.forward(2 * SECOND)
    assert await deliver_due() == 1
    assert await deliver_due() == 0
    assert await delivered() == [kudos]
    row = await database.fetch_one("SELECT delivered_at >= deliver_at FROM kudos")
    assert row is not None
    assert row[0]


async def test_what_was_taken_back_is_never_delivered(house: House) -> None:
    kudos, other = await house.give(AYLIN), await house.give(MIRIAM)
    await house.browser(AYLIN).delete(f"{KUDOS}/{kudos}")
    house.clock.forward(3600 * SECOND)
    assert await deliver_due() == 1
    assert await delivered() == [other]


async def test_private_thanks_are_delivered_as_well(house: House) -> None:
    kudos = await house.give(AYLIN, JONAS, private=True)
    house.clock.forward(60 * SECOND)
    await deliver_due()
    assert await delivered() == [kudos]


async def test_two_that_look_at_once_deliver_each_only_once(house: House) -> None:
    given = [await house.give(AYLIN) for _number in range(30)]
    house.clock.forward(60 * SECOND)
    counts = await asyncio.gather(*(deliver_due() for _server in range(6)))
    assert sum(counts) == 30
    assert sorted(await delivered()) == sorted(given)


async def test_many_are_delivered_in_portions(house: House) -> None:
    await asyncio.gather(*(house.give(AYLIN) for _number in range(AT_ONCE + 5)))
    house.clock.forward(60 * SECOND)
    assert [await deliver_due() for _time in range(3)] == [AT_ONCE, 5, 0]
