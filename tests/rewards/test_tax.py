"""Benefits in kind: the month's limit, by the organisation's clocks, and the list for payroll."""

from __future__ import annotations

import asyncio
import csv
import io

import pytest

from api.core import database
from api.core.clock import DAY, HOUR
from api.rewards.rules import check_month, first_moment, month_after, month_of, period_start
from tests.support.house import House, refusal
from tests.support.organisation import AYLIN, HELENE, JONAS, KATHARINA, OPENED_AT
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
    try_order,
    with_codes,
    work,
)

MONTH = 29 * DAY + 23 * HOUR


def test_months_go_by_the_organisations_clocks() -> None:
    eve = first_moment("2026-04", "UTC") - HOUR  # one o'clock in Berlin, already the first of April
    assert (month_of(eve, "UTC"), month_of(eve, "Europe/Berlin")) == ("2026-03", "2026-04")
    assert (month_after("2026-12"), month_after("2026-09")) == ("2027-01", "2026-10")
    assert [period_start(p, OPENED_AT, "UTC") for p in ("month", "quarter", "year", "ever")] == [
        first_moment("2026-03", "UTC"),
        first_moment("2026-01", "UTC"),
        first_moment("2026-01", "UTC"),
        0,
    ]
    for text in ("2026-13", "2026", "", "2026-3x", "2026-03-01"):
        with pytest.raises(Exception, match="month"):
            check_month(text)


async def test_fifty_euros_are_free_and_one_cent_more_is_asked_about(house: House) -> None:
    await fund(AYLIN, 1_000)
    half, cent = await make(house, points=100, cents=2_500), await make(house, "Sticker", points=1, cents=1)
    await settled(house, half)
    waiting = await order(house, AYLIN, half)
    refused = refusal(await try_order(house, AYLIN, cent), 422)
    assert "€50.01" in refused["when"]
    assert "above €50 all" in refused["when"]
    guard = (await house.browser(AYLIN).get(f"{API}/rewards/{cent}")).json()
    assert guard["guard"] == {"month": "2026-03", "limit": 5_000, "had": 2_500, "waiting": 2_500}
    assert guard["item"]["over"] == 1
    later = await order(house, AYLIN, cent, when="next_month")
    hr = house.browser(HELENE)
    assert (await hr.post(f"{API}/redemptions/{waiting}/hand-over", json={})).status_code == 200
    refusal(await hr.post(f"{API}/redemptions/{later}/hand-over", json={}), 409)
    lists = {show: (await hr.get(f"{API}/fulfilment?show={show}")).json()["items"] for show in ("ready", "waiting")}
    assert [len(items) for items in lists.values()] == [0, 1]
    house.clock.forward(MONTH)
    assert len((await hr.get(f"{API}/fulfilment")).json()["items"]) == 1
    assert (await hr.post(f"{API}/redemptions/{later}/hand-over", json={})).status_code == 200
    assert await state(later) == "fulfilled"
    await sound()


async def test_hr_is_stopped_before_the_limit_breaks_unless_it_is_to_be_taxed(house: House) -> None:
    await fund(AYLIN, 1_000)
    reward = await make(house, points=100, cents=3_000)
    await settled(house, reward)
    taxed = await order(house, AYLIN, reward, when="now_taxed")
    other = await order(house, AYLIN, reward, when="next_month")
    hr = house.browser(HELENE)
    assert (await hr.post(f"{API}/redemptions/{taxed}/hand-over", json={})).status_code == 200
    assert (await hr.post(f"{API}/redemptions/{other}/hand-over", json={"taxed": True})).status_code == 200
    month = (await hr.get(f"{API}/payroll/2026-03")).json()["items"]
    assert [(line["counted"], line["over"], line["taxed"]) for line in month] == [(9_000, True, 9_000)]
    answer = await hr.post(f"{API}/redemptions/{other}/refund", json={"reason": "Returned."})
    assert answer.status_code == 204
    month = (await hr.get(f"{API}/payroll/2026-03")).json()["items"]
    assert [(line["counted"], line["over"], line["taxed"]) for line in month] == [(6_000, True, 6_000)]
    await sound()


async def test_two_hand_overs_at_once_do_not_both_pass_below_the_limit(house: House) -> None:
    await fund(AYLIN, 1_000)
    reward = await make(house, points=100, cents=3_000)
    orders = [await order(house, AYLIN, reward, when=when) for when in ("now", "next_month")]
    await database.execute("UPDATE redemption SET not_before = ''")
    hr = house.browser(HELENE)
    answers = await asyncio.gather(*(hr.post(f"{API}/redemptions/{one}/hand-over", json={}) for one in orders))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    (stopped,) = (one for one, answer in zip(orders, answers, strict=True) if answer.status_code == 409)
    refused = (await hr.post(f"{API}/redemptions/{stopped}/hand-over", json={})).json()
    assert (refused["code"], "€60" in refused["detail"]) == ("over_tax_limit", True)
    assert (await hr.post(f"{API}/redemptions/{stopped}/wait")).json() == {"month": "2026-04"}
    await sound()


async def test_a_code_waits_for_its_month_and_goes_out_by_itself(house: House) -> None:
    await fund(AYLIN, 1_000)
    reward = await with_codes(house, points=100, cents=3_000)
    first, second = [await order(house, AYLIN, reward, when=when) for when in ("now", "next_month")]
    await work()
    assert [await state(one) for one in (first, second)] == ["fulfilled", "approved"]
    house.clock.forward(29 * DAY + 14 * HOUR)  # 31 March, 23:00
    await work()
    assert await state(second) == "approved"
    house.clock.forward(HOUR)
    await work()
    assert await state(second) == "fulfilled"
    rows = await database.fetch("SELECT month, cents, limit_cents FROM benefit ORDER BY id")
    assert [tuple(row) for row in rows] == [("2026-03", 3_000, 5_000), ("2026-04", 3_000, 5_000)]
    await sound()


async def test_a_code_that_would_break_the_limit_when_it_is_approved_waits_by_itself(house: House) -> None:
    await fund(AYLIN, 1_000)
    reward, gift = await with_codes(house, points=300, cents=3_000), await make(house, points=10, cents=3_000)
    redemption = await order(house, AYLIN, reward)
    await settled(house, gift, when="now_taxed")
    await decide(house, redemption)
    assert await state(redemption) == "approved"
    row = await database.fetch_one("SELECT not_before FROM redemption WHERE id = {}", redemption)
    assert row is not None
    assert row[0] == "2026-04"
    house.clock.forward(MONTH)
    await work()
    assert (await state(redemption), await points(AYLIN)) == ("fulfilled", (690, 0))
    await sound()


async def test_whoever_approves_may_choose_next_month(house: House) -> None:
    await fund(AYLIN, 1_000)
    reward = await make(house, points=300, cents=3_000)
    redemption = await order(house, AYLIN, reward)
    await decide(house, redemption, choice="next_month")
    assert [
        len((await house.browser(HELENE).get(f"{API}/fulfilment?show={show}")).json()["items"])
        for show in ("ready", "waiting")
    ] == [0, 1]


async def test_what_is_no_benefit_and_where_nothing_is_guarded_there_is_no_limit(house: House) -> None:
    await fund(AYLIN, 1_000)
    for tax_class in ("exempt", "taxed"):
        await settled(house, await make(house, points=10, cents=9_000, tax_class=tax_class))
    hr = house.browser(HELENE)
    settings = (await hr.get(f"{API}/reward-settings")).json()
    assert settings["rules"] == [{"country": "DE", "limit_cents": 5_000}]
    body = {"version": settings["version"], "country": "at", "rules": settings["rules"]}
    assert (await hr.put(f"{API}/reward-settings", json=body)).json()["country"] == "AT"
    refusal(await hr.put(f"{API}/reward-settings", json=body), 409)
    await settled(house, await make(house, points=10, cents=9_000))
    line = (await hr.get(f"{API}/payroll/2026-03")).json()["items"][0]
    assert (line["limit"], line["counted"], line["always"], line["exempt"]) == (None, 0, 18_000, 9_000)
    await sound()


async def test_the_list_for_payroll_is_safe_to_open_and_who_took_it_is_written_down(house: House) -> None:
    await fund(AYLIN, 1_000)
    await fund(JONAS, 1_000)
    await database.execute("UPDATE person SET name = '=HYPERLINK(1)' WHERE id = {}", JONAS.id)
    evil = await make(house, "@SUM(A1)", points=10, cents=2_550)
    await settled(house, evil)
    refunded = await settled(house, evil, JONAS)
    hr = house.browser(HELENE)
    assert (await hr.post(f"{API}/redemptions/{refunded}/refund", json={"reason": "Back."})).status_code == 204
    answer = await hr.get(f"{API}/payroll/2026-03/list")
    assert answer.headers["content-disposition"] == 'attachment; filename="payroll-2026-03.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [(row["Name"], row["Reward"], row["Amount in euros"], row["To be taxed"]) for row in rows] == [
        ("Aylin Demir", "'@SUM(A1)", "25.50", "0.00"),
        ("'=HYPERLINK(1)", "'@SUM(A1)", "25.50", "0.00"),
        ("'=HYPERLINK(1)", "'@SUM(A1)", "-25.50", "0.00"),
    ]
    german = (await house.browser(HELENE, **{"accept-language": "de"}).get(f"{API}/payroll/2026-03/list")).text
    assert "Monat;Gearmesh-Kennung" in german
    assert ";25,50;" in german
    refusal(await hr.get(f"{API}/payroll/2026-3/list"), 404)
    taken = (await hr.get(f"{API}/payroll/exports")).json()["items"]
    assert [(one["month"], one["person"]["name"], one["rows"]) for one in taken] == [("2026-03", HELENE.name, 3)] * 2
    assert (await house.browser(KATHARINA).get(f"{API}/payroll/2026-03/list")).status_code == 403


async def test_one_limit_holds_for_a_month_in_which_hr_has_changed_it(house: House) -> None:
    await fund(AYLIN, 1_000)
    reward = await make(house, points=10, cents=3_000)
    await settled(house, reward)
    hr = house.browser(HELENE)
    version = (await hr.get(f"{API}/reward-settings")).json()["version"]
    body = {"version": version, "country": "DE", "rules": [{"country": "DE", "limit_cents": 7_000}]}
    assert (await hr.put(f"{API}/reward-settings", json=body)).status_code == 200
    await settled(house, reward)
    listed = (await hr.get(f"{API}/payroll/2026-03/list")).text.removeprefix("\ufeff")
    assert [(row["Limit broken"], row["To be taxed"]) for row in csv.DictReader(io.StringIO(listed))] == [
        ("no", "0.00"),
        ("no", "0.00"),
    ]
    assert [(one["over"], one["taxed"]) for one in (await hr.get(f"{API}/payroll/2026-03")).json()["items"]] == [
        (False, 0)
    ]
