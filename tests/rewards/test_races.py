"""Many at once, and processes that end in the middle: nothing is lost, nothing happens twice."""

from __future__ import annotations

import asyncio

import pytest

from api.approvals import service as approvals
from api.core import database
from api.rewards import benefits, ordering, service
from tests.support.house import House
from tests.support.organisation import AYLIN, BILLING, HELENE, Person, add_person
from tests.support.rewards import (
    API,
    fund,
    make,
    order,
    points,
    sound,
    state,
    stock,
    try_order,
    with_codes,
    work,
)

CROWD = [Person(100 + number, f"Person {number}", BILLING, led_by=1) for number in range(50)]


async def _crowd() -> None:
    for person in CROWD:
        await add_person(person)


async def test_of_fifty_people_three_get_the_last_three(house: House) -> None:
    await database.transact(_crowd)
    for person in CROWD:
        await fund(person, 100)
    reward = await make(house, points=100, cents=0, stock=3)
    answers = await asyncio.gather(*(try_order(house, person, reward) for person in CROWD))
    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 47
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"sold_out"}
    assert await stock(reward) == 0
    assert sorted([await points(person) for person in CROWD]) == [(0, 100)] * 3 + [(100, 0)] * 47
    await sound()


async def test_a_double_click_and_two_windows_spend_what_there_is_once(house: House) -> None:
    await fund(AYLIN, 250)
    reward = await make(house, points=100, cents=0)
    same = await asyncio.gather(*(try_order(house, AYLIN, reward, key="click") for _click in range(20)))
    assert sorted(answer.status_code for answer in same) == [200] * 19 + [201]
    assert len({answer.json()["redemption"]["id"] for answer in same}) == 1
    others = await asyncio.gather(*(try_order(house, AYLIN, reward) for _window in range(5)))
    assert sorted(answer.status_code for answer in others) == [201] + [409] * 4
    assert await points(AYLIN) == (50, 200)
    await sound()


async def test_a_limit_per_person_holds_against_two_windows(house: House) -> None:
    await fund(AYLIN, 500)
    reward = await make(house, points=100, cents=0, limit_count=2, limit_period="year")
    answers = await asyncio.gather(*(try_order(house, AYLIN, reward) for _window in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 201, 409, 409]
    await sound()


async def test_cancelled_and_handed_over_at_once_is_one_of_the_two(house: House) -> None:
    await fund(AYLIN, 600)
    reward = await make(house, points=200, cents=0, stock=3)
    for _round in range(3):
        redemption = await order(house, AYLIN, reward)
        over, back = await asyncio.gather(
            house.browser(HELENE).post(f"{API}/redemptions/{redemption}/hand-over", json={}),
            house.browser(AYLIN).delete(f"{API}/redemptions/{redemption}"),
        )
        handed = await state(redemption) == "fulfilled"
        assert (over.status_code, back.status_code) == ((200, 409) if handed else (409, 204))
    await sound()


async def test_each_code_goes_to_one_order(house: House) -> None:
    await fund(AYLIN, 1_000)
    reward = await with_codes(house, "\n".join(f"C{n}" for n in range(6)), points=100, cents=0)
    orders = [await order(house, AYLIN, reward) for _one in range(6)]
    await asyncio.gather(*(service.hand_over(actor=None, redemption_id=one) for one in orders * 2))
    rows = await database.fetch("SELECT redemption_id FROM reward_code")
    assert sorted(row[0] for row in rows) == sorted(orders)
    await work()
    await sound()


async def test_a_process_that_ends_between_hold_and_spending_is_gone_on_with(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fund(AYLIN, 1_000)
    reward = await with_codes(house, points=100, cents=2_000)

    class Killed(BaseException):
        """As if the process had ended here."""

    async def ends(**_fields: object) -> None:
        raise Killed

    actor = await house.actor(AYLIN)
    with monkeypatch.context() as patch:
        patch.setattr(approvals, "ask", ends)
        with pytest.raises(Killed):
            await ordering.order(actor=actor, reward_id=reward)
    assert (await points(AYLIN), await stock(reward)) == ((1_000, 0), 3)
    redemption, _fresh = await ordering.order(actor=actor, reward_id=reward)
    with monkeypatch.context() as patch:
        patch.setattr(benefits, "enter", ends)
        with pytest.raises(Killed):
            await service.hand_over(actor=None, redemption_id=redemption)
    assert (await state(redemption), await points(AYLIN), await stock(reward)) == ("approved", (900, 100), 2)
    await sound()
    await work()
    assert (await state(redemption), await points(AYLIN), await stock(reward)) == ("fulfilled", (900, 0), 2)
    await work()
    assert await points(AYLIN) == (900, 0)
    await sound()
