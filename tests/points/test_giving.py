"""Points that go with thanks and comments: held, moved, taken back, refused."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

from api.core import database
from api.core.clock import DAY, MINUTE
from api.people.queries import people_refs
from api.points.rules import AccountKind
from frontend.gifts import gift_of
from tests.support.house import KUDOS, WORDS, House, refusal
from tests.support.organisation import AYLIN, BRITTA, HELENE, JONAS, KATHARINA, MIRIAM, Person
from tests.support.points import deliver, earned, on, pot, spend, switch_on

RING = AccountKind.RINGFENCED


async def try_to_give(house: House, giver: Person, *to: Person, points: int, key: str = "") -> httpx.Response:
    body = {"recipients": [person.id for person in to], "message": WORDS, "points": points}
    return await house.browser(giver).post(KUDOS, json=body, headers={"Idempotency-Key": key} if key else {})


async def comment(house: House, author: Person, kudos: str, points: int) -> httpx.Response:
    return await house.browser(author).post(
        f"{KUDOS}/{kudos}/comments", json={"message": "Same here!", "points": points}
    )


async def alerts() -> list[tuple[Any, ...]]:
    rows = await database.fetch("SELECT kind, giver_id, other_id, amount, outcome FROM points_alert ORDER BY id")
    return [tuple(row) for row in rows]


async def test_points_are_held_until_the_minute_is_over_and_then_move(house: House) -> None:
    await switch_on()
    kudos = await house.give(AYLIN, JONAS, MIRIAM, points=20)
    assert (await house.seen(BRITTA, kudos))["points"] == 20
    assert (await pot(AYLIN), await earned(JONAS)) == ((60, 40), 0)
    await deliver()
    assert (await pot(AYLIN), await earned(JONAS)) == ((60, 40), 0)
    house.clock.forward(MINUTE)
    await deliver()
    assert (await pot(AYLIN), await earned(JONAS), await earned(MIRIAM)) == ((60, 0), 20, 20)


async def test_the_api_says_what_one_has(house: House) -> None:
    await switch_on(levels="10 Danke / Thanks", ring_percent=20)
    await house.give(AYLIN, points=10)
    expected = {
        "enabled": True,
        "giving": 80,
        "ringfenced": 10,
        "earned": 0,
        "held": 10,
        "most_each": 50,
        "levels": [10],
    }
    assert (await house.browser(AYLIN).get("/api/v1/points")).json() == expected


async def test_undo_gives_held_points_back(house: House) -> None:
    await switch_on()
    kudos = await house.give(AYLIN, points=20)
    assert (await comment(house, MIRIAM, kudos, 5)).status_code == 201
    assert (await house.browser(AYLIN).delete(f"{KUDOS}/{kudos}")).status_code == 204
    assert (await pot(AYLIN), await pot(MIRIAM), await earned(JONAS)) == ((100, 0), (100, 0), 0)
    house.clock.forward(MINUTE)
    await deliver()
    assert (await pot(AYLIN), await pot(MIRIAM), await earned(JONAS)) == ((100, 0), (100, 0), 0)


async def test_a_later_withdrawal_takes_what_is_there_and_tells_hr_of_the_rest(house: House) -> None:
    await switch_on()
    kudos = await house.give(AYLIN, points=40)
    house.clock.forward(MINUTE)
    await deliver()
    await spend(JONAS, 30)
    assert (await house.browser(AYLIN).delete(f"{KUDOS}/{kudos}")).status_code == 204
    assert (await pot(AYLIN), await earned(JONAS)) == ((70, 0), 0)
    assert await alerts() == [("written_off", AYLIN.id, None, 30, "")]


async def test_comments_add_points_and_take_them_back(house: House) -> None:
    await switch_on()
    kudos = await house.give(AYLIN, points=10)
    answer = await comment(house, MIRIAM, kudos, 5)
    assert answer.json()["points"] == 5
    seen = await house.seen(BRITTA, kudos)
    assert (seen["points"], seen["points_added"], seen["comments"][0]["points"]) == (10, 5, 5)
    house.clock.forward(MINUTE)
    await deliver()
    assert (await pot(MIRIAM), await earned(JONAS)) == ((95, 0), 15)
    assert (await house.browser(MIRIAM).delete(f"/api/v1/comments/{answer.json()['id']}")).status_code == 204
    assert (await pot(MIRIAM), await earned(JONAS)) == ((100, 0), 10)
    assert (await house.seen(BRITTA, kudos))["points_added"] == 0


async def test_what_cannot_be_given_is_said_beside_the_field_and_changes_nothing(house: House) -> None:
    refused = await try_to_give(house, AYLIN, JONAS, points=5)
    assert refusal(refused, 422) == {"points": "Points are switched off here."}
    await switch_on()
    kudos = await house.give(AYLIN)
    most = "Jonas Weber can get 50 more points from you this month: at most 50 go to one person."
    for giver, to, points, status, sentence in [
        (AYLIN, [JONAS, MIRIAM, BRITTA], 34, 409, "You have 100 points left to give; this needs 102."),
        (AYLIN, [JONAS], 51, 422, most),
    ]:
        assert refusal(await try_to_give(house, giver, *to, points=points), status) == {"points": sentence}
    own = refusal(await comment(house, AYLIN, kudos, 5), 422)
    assert own == {"points": "This is your own thank-you; others can add points to it."}
    alone = refusal(await comment(house, JONAS, kudos, 5), 422)
    assert alone == {"points": "There is nobody else here whom you could give points."}
    await switch_on(levels="10 Danke / Thanks\n25 Großer Dank / Big thanks")
    level = refusal(await try_to_give(house, AYLIN, JONAS, points=20), 422)
    assert level == {"points": "Choose one of the levels, or none."}
    assert await pot(AYLIN) == (100, 0)
    assert await house.feed(BRITTA) == [kudos]


async def test_the_ring_fenced_share_goes_to_other_departments_first(house: House) -> None:
    await switch_on(ring_percent=30)
    assert (await pot(AYLIN), await on(RING, AYLIN)) == ((70, 0), (30, 0))
    await house.give(AYLIN, KATHARINA, JONAS, points=25)  # Katharina is of Aylin's own department
    assert (await pot(AYLIN), await on(RING, AYLIN)) == ((45, 25), (5, 25))
    await house.give(AYLIN, JONAS, points=20)
    assert (await pot(AYLIN), await on(RING, AYLIN)) == ((30, 40), (0, 30))
    refused = refusal(await try_to_give(house, AYLIN, KATHARINA, BRITTA, points=16), 409)
    assert refused == {"points": "You have 30 points left to give; this needs 32."}


async def test_the_same_request_moves_points_once_and_other_points_are_another_request(house: House) -> None:
    await switch_on()
    answers = await asyncio.gather(*(try_to_give(house, AYLIN, JONAS, points=20, key="k") for _ in range(50)))
    assert sorted({answer.status_code for answer in answers}) == [200, 201]
    assert len({answer.content for answer in answers}) == 1
    assert await pot(AYLIN) == (80, 20)
    assert (await try_to_give(house, AYLIN, JONAS, points=25, key="k")).status_code == 409
    assert (await try_to_give(house, AYLIN, JONAS, points=0, key="k")).status_code == 409


async def test_hr_hears_of_points_going_back_and_forth_and_of_bursts(house: House) -> None:
    await switch_on(mutual_times=2, burst_times=4)
    for _ in range(2):
        await house.give(AYLIN, JONAS, points=1)
        await house.give(JONAS, AYLIN, points=1)
    assert await alerts() == [("mutual", JONAS.id, AYLIN.id, 2, "")]
    for _ in range(2):
        await house.give(MIRIAM, BRITTA, points=1)
        await house.give(MIRIAM, HELENE, points=1)
    assert (await alerts())[1:] == [("burst", MIRIAM.id, None, 4, "")]


async def test_the_limits_are_said_before_they_are_hit(house: House) -> None:
    await switch_on(mutual_times=2, burst_times=4)
    await house.give(JONAS, AYLIN, points=1)
    await house.give(JONAS, AYLIN, points=1)
    await house.give(AYLIN, JONAS, points=20)
    aylin = await house.actor(AYLIN)
    people = await people_refs([JONAS.id, MIRIAM.id], "en")
    gift = await gift_of(aylin, people, chosen=40)
    assert [chip.points for chip in gift.chips if chip.beyond] == [50]  # 30 can still go to Jonas, 40 each are there
    assert gift.said == "80 points are in your pot; 0 stay after this."
    assert gift.limits == "At most 50 points a month go to one person."
    assert list(gift.warnings) == [
        "Jonas Weber can get 30 more points from you this month.",
        "You and Jonas Weber have given each other points several times lately. Human resources would see it.",
    ]
    for _ in range(2):
        await house.give(AYLIN, MIRIAM, points=1)
    assert "very often" in (await gift_of(aylin, people)).warnings[-1]
    house.clock.forward(31 * DAY)
    assert (await gift_of(aylin, people)).warnings == []


async def test_hidden_amounts_are_shown_to_nobody(house: House) -> None:
    await switch_on(hidden=1)
    kudos = await house.give(AYLIN, points=10)
    assert (await comment(house, MIRIAM, kudos, 5)).json()["points"] == 0
    seen = await house.seen(JONAS, kudos)
    assert (seen["points"], seen["points_added"], seen["comments"][0]["points"]) == (0, 0, 0)
    assert await pot(AYLIN) == (90, 10)
