"""From an order to its hand-over, decline, cancellation and refund."""

from __future__ import annotations

from api.core import database
from api.core.clock import DAY, HOUR
from api.notifications.fanout import tell_all
from tests.support.house import House, refusal
from tests.support.organisation import AYLIN, BILLING, HELENE, JONAS, KATHARINA, MIRIAM, NOBODY, TOMASZ
from tests.support.rewards import (
    API,
    decide,
    fund,
    make,
    order,
    points,
    settled,
    sound,
    state,
    stock,
    try_order,
)
from tests.support.told import shown


async def test_an_order_holds_its_points_and_a_piece_until_it_is_handed_over(house: House) -> None:
    await fund(AYLIN, 300)
    reward = await make(house, stock=3)
    redemption = await order(house, AYLIN, reward, note="For the train.")
    assert (await state(redemption), await points(AYLIN), await stock(reward)) == ("requested", (50, 250), 2)
    await decide(house, redemption)
    assert (await state(redemption), await points(AYLIN), await stock(reward)) == ("approved", (50, 250), 2)
    hr = house.browser(HELENE)
    for _again in range(2):
        answer = await hr.post(f"{API}/redemptions/{redemption}/hand-over", json={})
        assert answer.status_code == 200
    assert (await state(redemption), await points(AYLIN), await stock(reward)) == ("fulfilled", (50, 0), 2)
    found = (await house.browser(AYLIN).get(f"{API}/redemptions/{redemption}")).json()
    assert [(step["state"], step["actor"] and step["actor"]["name"]) for step in found["steps"]] == [
        ("requested", "Aylin Demir"),
        ("approved", "Katharina Vogt"),
        ("fulfilled", "Helene Groß"),
    ]
    assert found["redemption"]["note"] == "For the train."
    await sound()


async def test_what_is_small_needs_nobody(house: House) -> None:
    await fund(AYLIN, 300)
    reward = await make(house, points=200)
    redemption = await order(house, AYLIN, reward)
    assert await state(redemption) == "approved"


async def test_a_decline_gives_all_back_and_says_why(house: House) -> None:
    await fund(AYLIN, 300)
    reward = await make(house, stock=1)
    redemption = await order(house, AYLIN, reward)
    assert await stock(reward) == 0
    await decide(house, redemption, reason="Let us talk first.")
    assert (await state(redemption), await points(AYLIN), await stock(reward)) == ("declined", (300, 0), 1)
    found = (await house.browser(AYLIN).get(f"{API}/redemptions/{redemption}")).json()
    assert found["steps"][-1]["reason"] == "Let us talk first."
    await sound()


async def test_hr_cannot_deliver_and_says_why(house: House) -> None:
    await fund(AYLIN, 300)
    reward = await make(house, points=200, stock=1)
    redemption = await order(house, AYLIN, reward)
    hr = house.browser(HELENE)
    assert "reason" in refusal(await hr.post(f"{API}/redemptions/{redemption}/decline", json={"reason": " "}), 422)
    answer = await hr.post(f"{API}/redemptions/{redemption}/decline", json={"reason": "The shop is closed."})
    assert answer.status_code == 204
    assert (await state(redemption), await points(AYLIN), await stock(reward)) == ("declined", (300, 0), 1)
    refusal(await hr.post(f"{API}/redemptions/{redemption}/hand-over", json={}), 409)


async def test_one_takes_back_what_waits_before_and_after_the_approval(house: House) -> None:
    await fund(AYLIN, 300)
    for price in (200, 250):
        reward = await make(house, points=price, stock=1)
        redemption = await order(house, AYLIN, reward)
        mine = house.browser(AYLIN)
        assert (await house.browser(JONAS).delete(f"{API}/redemptions/{redemption}")).status_code == 404
        for _again in range(2):
            assert (await mine.delete(f"{API}/redemptions/{redemption}")).status_code == 204
        assert (await state(redemption), await points(AYLIN), await stock(reward)) == ("cancelled", (300, 0), 1)
        refusal(await house.browser(HELENE).post(f"{API}/redemptions/{redemption}/hand-over", json={}), 409)
    await sound()


async def test_a_refund_gives_the_points_back_once(house: House) -> None:
    await fund(AYLIN, 200)
    reward = await make(house, points=200, stock=5)
    redemption = await settled(house, reward)
    refusal(await house.browser(AYLIN).delete(f"{API}/redemptions/{redemption}"), 409)
    hr = house.browser(HELENE)
    answer = await hr.post(f"{API}/redemptions/{redemption}/refund", json={"reason": "It was broken."})
    assert answer.status_code == 204
    refusal(await hr.post(f"{API}/redemptions/{redemption}/refund", json={"reason": "Again."}), 409)
    assert (await state(redemption), await points(AYLIN), await stock(reward)) == ("refunded", (200, 0), 4)
    await sound()


async def test_each_refusal_is_one_clear_answer_and_changes_nothing(house: House) -> None:
    await fund(AYLIN, 300)
    few = await make(house, points=301, stock=1)
    none = await make(house, points=1, stock=0)
    later = await make(house, points=1, starts_on="2026-04-01")
    over = await make(house, points=1, ends_on="2026-03-01")
    once = await make(house, points=1, cents=0, limit_count=1, limit_period="month")
    abroad = await make(house, points=1, countries="AT")
    elsewhere = await make(house, points=1, places="Leipzig")
    archived = await make(house, points=1)
    assert (await house.browser(HELENE).put(f"{API}/rewards/{archived}/archiving")).status_code == 204
    assert (await try_order(house, AYLIN, few)).json()["code"] == "not_enough_points"
    assert (await try_order(house, AYLIN, none)).json()["code"] == "sold_out"
    assert "1 April 2026" in (await try_order(house, AYLIN, later)).json()["detail"]
    assert "1 March 2026" in (await try_order(house, AYLIN, over)).json()["detail"]
    for reward in (abroad, elsewhere, archived, NOBODY, "nonsense"):
        refusal(await try_order(house, AYLIN, reward), 404)
    assert "changed to 301" in (await try_order(house, AYLIN, few, points=250)).json()["detail"]
    assert "note" in refusal(await try_order(house, AYLIN, once, note="x" * 501), 422)
    assert (await points(AYLIN), await stock(few)) == ((300, 0), 1)
    await order(house, AYLIN, once)
    refusal(await try_order(house, AYLIN, once), 409)
    house.clock.forward(29 * DAY + 23 * HOUR)
    await order(house, AYLIN, once)
    await database.execute("UPDATE department SET country = 'AT', place = 'Leipzig' WHERE id = {}", BILLING.id)
    await order(house, AYLIN, abroad, when="now_taxed")
    await order(house, AYLIN, elsewhere, when="now_taxed")
    shown = (await house.browser(AYLIN).get(f"{API}/rewards")).json()["items"]
    assert {item["reward"]["id"]: item["can"] for item in shown} == {
        none: "sold_out",
        later: "order",
        once: "limit",
        abroad: "order",
        elsewhere: "order",
        few: "points",
    }
    await sound()


async def test_the_same_key_is_the_same_order_and_another_body_is_refused(house: House) -> None:
    await fund(AYLIN, 300)
    reward, other = await make(house, points=100, stock=5), await make(house, points=100)
    first = await try_order(house, AYLIN, reward, key="k1", note="a")
    again = await try_order(house, AYLIN, reward, key="k1", note="a")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["redemption"]["id"] == again.json()["redemption"]["id"]
    refusal(await try_order(house, AYLIN, reward, key="k1", note="b"), 409)
    refusal(await try_order(house, AYLIN, other, key="k1", note="a"), 409)
    assert (await points(AYLIN), await stock(reward)) == ((200, 100), 4)


async def test_others_orders_do_not_exist_but_for_hr(house: House) -> None:
    await fund(AYLIN, 300)
    redemption = await order(house, AYLIN, await make(house))
    for person, status in ((AYLIN, 200), (HELENE, 200), (JONAS, 404), (MIRIAM, 404), (KATHARINA, 404)):
        assert (await house.browser(person).get(f"{API}/redemptions/{redemption}")).status_code == status


async def test_nobody_sees_to_their_own_order_even_in_hr(house: House) -> None:
    await fund(HELENE, 500)
    reward = await make(house, points=200)
    redemption = await order(house, HELENE, reward)
    hr, path = house.browser(HELENE), f"{API}/redemptions/{redemption}"
    own = {"hand-over": {}, "wait": {}, "decline": {"reason": "For me."}}
    for verb, body in own.items():
        refused = await hr.post(f"{path}/{verb}", json=body)
        assert (refused.status_code, "your own order" in refused.json()["detail"]) == (409, True)
    page = (await hr.get("/fulfilment")).text
    assert ("up to Tomasz Łuczak." in page, "It is handed over" in page) == (True, False)
    assert (await state(redemption), await points(HELENE)) == ("approved", (300, 200))
    assert (await house.browser(TOMASZ).post(f"{path}/hand-over", json={})).status_code == 200
    refusal(await hr.post(f"{path}/refund", json={"reason": "For me."}), 409)
    assert await state(redemption) == "fulfilled"
    await sound()


async def test_an_administrator_sees_to_the_orders_of_hr_and_to_no_others(house: House) -> None:
    await fund(HELENE, 500)
    await fund(AYLIN, 500)
    reward = await make(house, points=200)
    helenes, aylins = await order(house, HELENE, reward), await order(house, AYLIN, reward)
    await tell_all()
    told = [item["text"] for item in await shown(house, TOMASZ) if item["kind"] == "fulfil"]
    assert told == ["To hand over: Book voucher, for Helene Groß"]

    admin = house.browser(TOMASZ)
    listed = (await admin.get(f"{API}/fulfilment")).json()["items"]
    assert [item["redemption"]["id"] for item in listed] == [helenes]
    page = (await admin.get("/fulfilment")).text
    assert ("Helene Groß" in page, "Aylin Demir" in page, "/payroll" in page) == (True, False, False)
    for verb, body in {"hand-over": {}, "wait": {}, "decline": {"reason": "No."}, "refund": {"reason": "No."}}.items():
        refusal(await admin.post(f"{API}/redemptions/{aylins}/{verb}", json=body), 404)
    refusal(await admin.get(f"{API}/redemptions/{aylins}"), 404)
    done = await admin.post(f"/fulfilment/{helenes}", data={"do": "hand_over", "show": "ready"})
    assert (done.status_code, await state(helenes), await state(aylins)) == (303, "fulfilled", "approved")
    timeline = (await house.browser(HELENE).get(f"{API}/redemptions/{helenes}")).json()["steps"]
    assert timeline[-1]["actor"]["name"] == "Tomasz Łuczak"

    # With a second person in human resources it is theirs, and the page says so.
    await database.execute("UPDATE person SET roles = 'hr' WHERE id = {}", MIRIAM.id)
    await order(house, HELENE, reward)
    await tell_all()
    assert await shown(house, TOMASZ) == []
    assert "up to Miriam Okafor." in (await house.browser(HELENE).get("/fulfilment")).text
    await sound()


async def test_an_order_gives_a_piece_back_only_if_it_took_one(house: House) -> None:
    await fund(AYLIN, 1_000)
    reward = await make(house)
    unlimited = await order(house, AYLIN, reward)
    hr, path = house.browser(HELENE), f"{API}/rewards/{reward}/stock"
    assert (await hr.put(path, json={"stock": 5, "seen": None})).status_code == 200
    counted = await order(house, AYLIN, reward, when="next_month")
    assert await stock(reward) == 4
    await decide(house, unlimited, reason="Not now.")
    assert await stock(reward) == 4
    await decide(house, counted, reason="Not now.")
    assert await stock(reward) == 5
