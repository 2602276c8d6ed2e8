"""HR sets up registration and billing, watches a plan being found, stops, moves, sees a conflict, pins, undoes,
plans anew, publishes."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.async_api import Locator, expect

from api.rotations.rules import GOALS
from tests.browser.conftest import WAYS, Visit
from tests.browser.visitor import Device, Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def _make_room(hr: Visitor) -> None:
    """The two departments can do without everybody, and have one visitor at a time."""
    origin = {"Origin": hr.url, "Sec-Fetch-Site": "same-origin"}
    for codes in (("PA", "PR"), ("AB", "BI")):
        path = f"{hr.url}/programmes/hosting/{await hr.department(*codes)}"
        answer = await hr.page.context.request.post(path, form={"capacity": "1"}, headers=origin, max_redirects=0)
        assert answer.status == 303, await answer.text()


async def _until_found(hr: Visitor) -> None:
    """With script the page turns by itself; without, somebody looks again."""
    for _try in range(120):
        if await hr.page.locator("planning-board").count():
            return
        await hr.page.wait_for_timeout(250)
        if not hr.script:
            await hr.page.reload()
    await expect(hr.page.locator("planning-board")).to_be_visible()


@WAYS
async def test_hr_plans_a_programme_changes_it_by_hand_and_publishes_it(
    visit: Visit, device: Device, script: bool
) -> None:
    hr = await visit("Nadine Vogt", device=device, script=script)
    page = hr.page
    async with hr.speaking("en"):
        await _make_room(hr)
        await hr.open("/programmes")
        await expect(page.get_by_role("main")).to_contain_text("Aufnahme und Abrechnung")
        await hr.send(page.get_by_role("link", name="New programme"))
        await page.get_by_label("Name").fill(f"Autumn {device.name}")
        await hr.send(hr.button("Go on"))
        await page.get_by_role("checkbox").first.wait_for()
        for box in await page.get_by_role("checkbox").all():
            await box.uncheck()
        for label in ("Patient registration → Billing",):
            await page.locator("label.tick", has_text=label).first.get_by_role("checkbox").check()
        await hr.send(hr.button("Save and go on"))
        await hr.send(hr.button("Save and go on"))
        await hr.send(page.get_by_role("main").get_by_role("link", name="Go on"))
        await page.get_by_label("Months until somebody may see a department again").fill("0")
        await hr.send(hr.button("Save and go on"))
        await expect(page.get_by_role("main")).to_contain_text("1 dependency is in scope.")
        await page.get_by_label("Seconds to look for at most").fill("6")
        await hr.send(hr.button("Find a plan"))
        await _until_found(hr)

        discs = page.locator("planning-board .visit")
        assert await discs.count() >= 4
        await hr.send(discs.first)
        chosen = page.locator("#chosen")
        await expect(chosen).to_contain_text("Patient registration → Billing")
        taken = await page.locator("planning-board tbody td:has(.visit)").nth(1).evaluate("cell => cell.cellIndex - 1")
        await page.get_by_label("Move to").select_option(str(taken))
        await hr.send(hr.button("Move"))
        await expect(page.locator(".conflict-box")).to_contain_text("and room for 1")
        await expect(page.locator("planning-board .conflict").first).to_be_visible()
        await hr.send(hr.button("Undo"))
        await expect(page.locator(".conflict-box")).to_have_count(0)

        if script:  # the same with the keyboard, and a pin
            await discs.first.focus()
            async with page.expect_navigation():
                await page.keyboard.press("p")
            await expect(page.locator("planning-board .pinned")).to_have_count(1)
            await discs.first.focus()
            await page.keyboard.press("ArrowRight")
            name = await page.evaluate("document.activeElement.getAttribute('aria-label')")
            assert re.search(r"→ (Billing|Patient registration)", name)
        else:  # what it would cost is said without script, too
            await hr.send(discs.first)
            await page.get_by_label("Move to").select_option(str(taken))
            await hr.send(hr.button("Try").first)
            await expect(page.locator("#trial")).to_contain_text("and room for 1")
            await expect(page.locator(".conflict-box")).to_have_count(0)
        await hr.send(page.get_by_role("link", name="Publish…"))
        await expect(page.get_by_role("main")).to_contain_text("It keeps every rule with the data of now.")
        await hr.send(hr.button("Publish"))
        await expect(page.get_by_role("main")).to_contain_text("Version 1")
        await expect(page.get_by_text("a new visit").first).to_be_visible()


async def _large_programme(hr: Visitor) -> str:
    """Every dependency, half a year in weeks, many visits each: too much to be planned in a moment. Its address."""
    origin = {"Origin": hr.url, "Sec-Fetch-Site": "same-origin"}
    request = hr.page.context.request

    async def send(path: str, **fields: str) -> str:
        answer = await request.post(hr.url + path, form=dict(fields), headers=origin, max_redirects=0)
        assert answer.status == 303, await answer.text()
        return answer.headers["location"]

    first = date.today() + timedelta(days=14)
    last = first + timedelta(weeks=26)
    period = {"starts_on": first.isoformat(), "ends_on": last.isoformat(), "length": "weeks", "weeks": "1"}
    scope = await send("/programmes/new", name="Everybody", weekdays="0", start="08:00", end="16:00", **period)
    page = await (await request.get(hr.url + scope)).text()
    ids = re.findall(r'name="scope" value="([0-9a-f-]+)"', page)
    answer = await request.post(
        hr.url + scope,
        data="&".join(f"scope={one}" for one in ids),
        headers=origin | {"content-type": "application/x-www-form-urlencoded"},
        max_redirects=0,
    )
    assert answer.status == 303, await answer.text()
    programme = scope.removesuffix("/scope")
    rules = {"max_visits": "6", "gap": "1", "repeat_months": "0", "visit_blocks": "1", "cover_percent": "100"}
    goals = {f"goal_{goal}": "3" for goal in GOALS} | {f"place_{goal}": str(n) for n, goal in enumerate(GOALS, 1)}
    await send(f"{programme}/rules", longest_ring="3", shadow_visits="on", **rules, **goals)
    return programme


async def _place(disc: Locator) -> list[str]:
    """Who, from where to where, and when: what a pin keeps, whoever comes in return."""
    name = await disc.get_attribute("aria-label")
    assert name is not None
    return name.split(", ")[:3]


async def test_a_search_is_watched_and_stopped(visit: Visit) -> None:
    hr = await visit("Nadine Vogt")
    page = hr.page
    async with hr.speaking("en"):
        await _make_room(hr)
        programme = await _large_programme(hr)
        await hr.open(f"{programme}/plans")
        await page.get_by_label("Seconds to look for at most").fill("300")
        await hr.send(hr.button("Find a plan"))
        search = page.locator("#search")
        await expect(search.locator("path.flow")).to_be_visible()
        await expect(search).to_contain_text("No plan can be more than")
        await hr.send(hr.button("Good enough, stop here"))
        await expect(page.locator("planning-board")).to_be_visible(timeout=20_000)


async def test_a_visit_is_carried_by_keys_where_its_price_is_said_and_planned_anew(visit: Visit) -> None:
    hr = await visit("Nadine Vogt")
    page = hr.page
    async with hr.speaking("en"):
        await _make_room(hr)
        programme = await _large_programme(hr)
        await hr.open(f"{programme}/plans")
        await page.get_by_label("Seconds to look for at most").fill("5")
        await hr.send(hr.button("Find a plan"))
        await _until_found(hr)

        # The price is known before the visit is put down, the conflict as soon as it is
        board = page.locator("planning-board")
        row = board.locator("tbody tr", has=page.locator("th", has_text="Billing"))
        filled = row.locator("td:has(.visit)")
        first, second = [await filled.nth(n).evaluate("cell => cell.cellIndex") for n in (0, 1)]
        await filled.first.locator(".visit").first.focus()
        await page.keyboard.press("m")
        for _step in range(second - first):
            await page.keyboard.press("ArrowRight")
        await expect(page.locator("#trial")).to_contain_text("Billing has 2 visitors in")
        await expect(page.locator(".conflict-box")).to_have_count(0)
        async with page.expect_navigation():
            await page.keyboard.press("Enter")
        await expect(page.locator(".conflict-box")).to_contain_text("Billing has 2 visitors in")
        await hr.send(hr.button("Mend"))
        await expect(page.locator(".conflict-box")).to_have_count(0)

        # A pinned visit is still there when it is planned anew from here
        await board.locator(".visit").first.focus()
        async with page.expect_navigation():
            await page.keyboard.press("p")
        pinned = await _place(board.locator(".visit.pinned"))
        await page.get_by_label("Seconds to look for at most").fill("5")
        await hr.send(hr.button("Look for a better plan"))
        await _until_found(hr)
        assert await _place(board.locator(".visit.pinned")) == pinned
