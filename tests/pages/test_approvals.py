"""The pages of approvals without a script: decide, decline with a reason, several at once, deputies, rules."""

from __future__ import annotations

import re
from urllib.parse import unquote

import httpx

from frontend.toasts import read_toast
from frontend.web import TOAST_COOKIE
from tests.support.cases import ask, effects, settle, state
from tests.support.house import House
from tests.support.organisation import AYLIN, HELENE, JONAS, KATHARINA, MIRIAM, TOMASZ


def fields(page: str, **more: str) -> dict[str, str]:
    """The hidden fields of a page's first form with a case, and others."""
    found = dict(re.findall(r'<input type="hidden" name="(approval|step)" value="([^"]+)">', page))
    return {**found, **more}


async def follow(browser: httpx.AsyncClient, answer: httpx.Response) -> str:
    """The page that it leads to, with the word that it carries there."""
    assert answer.status_code == 303, answer.text
    toast = read_toast(unquote(answer.cookies.get(TOAST_COOKIE) or ""), "en")
    return (toast.text if toast else "") + (await browser.get(answer.headers["location"])).text


async def test_a_manager_declines_with_a_reason_and_takes_it_back(house: House) -> None:
    case = await ask(AYLIN)
    browser = house.browser(KATHARINA)
    page = (await browser.get("/approvals")).text
    assert "1 decision waits for you" in page
    assert "A day off (en)" in page
    refused = await browser.post("/approvals/decisions", data=fields(page, decision="decline"))
    assert refused.status_code == 422
    assert "Say why, in a sentence" in refused.text
    page = await follow(
        browser,
        await browser.post("/approvals/decisions", data=fields(page, decision="decline", reason="Too many are away.")),
    )
    assert "Declined by you." in page
    assert "Declined." in page  # the toast
    undo = re.search(r'action="(/approvals/decisions/[^"]+/undo)"', page)
    assert undo
    page = await follow(browser, await browser.post(undo[1]))
    assert "1 decision waits for you" in page
    await settle(house)
    assert await state(case) == "open"


async def test_several_at_once_and_one_that_was_quicker_elsewhere(house: House) -> None:
    cases = [await ask(AYLIN), await ask(AYLIN)]
    browser = house.browser(KATHARINA)
    page = (await browser.get("/approvals")).text
    assert "Decide several at once" in page
    assert re.findall(r'name="approval" value="([^"]+)"', page)[:2] == cases[::-1]  # those without a warning, together
    assert "Approve these 2" in page
    nothing = await browser.post("/approvals/decisions", data={"decision": "approve"})
    assert "Tick at least one case first." in await follow(browser, nothing)
    assert (await house.browser(AYLIN).post(f"/approvals/{cases[1]}/cancellation")).status_code == 303
    page = await follow(
        browser, await browser.post("/approvals/decisions", data={"approval": cases, "decision": "approve"})
    )
    assert "Approved. One could not be decided any more." in page
    await settle(house)
    assert [await effects(case) for case in cases] == [["approved"], ["cancelled"]]
    stale = await browser.post("/approvals/decisions", data={"approval": cases[0], "decision": "approve"})
    assert stale.status_code == 409
    assert "You have decided this already." in stale.text


async def test_the_one_who_asked_sees_where_it_is_and_others_see_nothing(house: House) -> None:
    case = await ask(AYLIN)
    page = (await house.browser(AYLIN).get("/approvals", params={"which": "mine"})).text
    assert "Waits for Katharina Vogt" in page
    assert "Take this back" in page
    assert (await house.browser(JONAS).get(f"/approvals/{case}")).status_code == 404
    assert (await house.browser(HELENE).get(f"/approvals/{case}")).status_code == 200


async def test_a_deputy_is_named_and_decides_for_somebody(house: House) -> None:
    case = await ask(AYLIN)
    browser = house.browser(KATHARINA)
    wrong = await browser.post("/approvals/deputies", data={"deputy": MIRIAM.id, "from_day": "2026-03-02"})
    assert wrong.status_code == 422
    assert "Write a day like" in wrong.text
    days = {"from_day": "2026-03-02", "until_day": "2026-03-06"}
    page = await follow(browser, await browser.post("/approvals/deputies", data={"deputy": MIRIAM.id, **days}))
    assert "Miriam Okafor" in page
    clash = await browser.post("/approvals/deputies", data={"deputy": JONAS.id, **days})
    assert "Somebody stands in for you on some of these days" in clash.text
    deputy = house.browser(MIRIAM)
    page = (await deputy.get("/approvals")).text
    assert "You decide for Katharina Vogt." in page
    await follow(deputy, await deputy.post("/approvals/decisions", data=fields(page, decision="approve")))
    await settle(house)
    assert await effects(case) == ["approved"]
    assert "approved for Katharina Vogt" in (await house.browser(AYLIN).get(f"/approvals/{case}")).text


async def test_hr_sets_who_decides(house: House) -> None:
    await ask(AYLIN)
    browser = house.browser(HELENE)
    page = (await browser.get("/organisation/approvals")).text
    version = re.search(r'approvals/toy".*?name="version" value="([^"]+)"', page, re.DOTALL)
    assert version
    sent = {"version": version[1], "first": "hr", "two_above": "many", "due_days": "0"}
    wrong = await browser.post("/organisation/approvals/toy", data=sent)
    assert wrong.status_code == 422
    assert 'value="many"' in wrong.text
    good = {**sent, "two_above": "50", "due_days": "2"}
    assert (await browser.post("/organisation/approvals/toy", data=good)).status_code == 303
    assert (await browser.post("/organisation/approvals/toy", data={**good, "first": "budget"})).status_code == 409
    assert (await house.browser(TOMASZ).get("/organisation/approvals")).status_code == 403
