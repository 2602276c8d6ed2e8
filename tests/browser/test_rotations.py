"""HR sets up registration and billing, watches a plan being found, stops, drags, sees a conflict and its price, undoes,
forbids, pins, plans anew, publishes."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest
from playwright.async_api import Locator, expect

from api.rotations.rules import GOALS
from tests.browser.conftest import WAYS, Visit
from tests.browser.visitor import PHONE, Device, Visitor

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


async def _place(disc: Locator) -> list[str]:
    """Who, from where to where, and when: what a pin keeps, whoever comes in return."""
    name = await disc.get_attribute("aria-label")
    assert name is not None
    return name.split(", ")[:3]


async def _drag(hr: Visitor, disc: Locator, _block: int, over: int) -> None:
    """Over the other columns and a line below, to where it rests."""
    cell = await hr.page.locator("planning-board tbody tr").last.locator("td").nth(over).bounding_box()
    assert cell is not None
    await disc.hover()
    await hr.page.mouse.down()
    await hr.page.mouse.move(cell["x"] + cell["width"] / 2, cell["y"] + cell["height"] / 2, steps=5)


async def _let_go(hr: Visitor) -> None:
    await hr.page.mouse.up()


async def _carry(hr: Visitor, disc: Locator, block: int, over: int) -> None:
    await disc.focus()
    await hr.page.keyboard.press("m")
    for _step in range(over - block):
        await hr.page.keyboard.press("ArrowRight")


async def _put_down(hr: Visitor) -> None:
    await hr.page.keyboard.press("Enter")


async def _try(hr: Visitor, disc: Locator, _block: int, over: int) -> None:
    await hr.send(disc)
    await hr.page.get_by_label("Move to").select_option(str(over))
    await hr.send(hr.button("Try").first)
    await hr.page.get_by_label("Move to").select_option(str(over))


async def _move(hr: Visitor) -> None:
    await hr.press(hr.button("Move"))


async def _tap(hr: Visitor, disc: Locator, _block: int, over: int) -> None:
    """A visit, then a place."""
    await disc.tap()
    name = await disc.get_attribute("aria-label")
    assert name is not None
    await expect(hr.page.locator("#carry")).to_contain_text(name)
    await hr.page.locator("planning-board tbody tr").last.locator("td").nth(over).tap()


async def _put_here(hr: Visitor) -> None:
    await hr.button("Put it here").tap()


Lift = Callable[[Visitor, Locator, int, int], Awaitable[None]]
Put = Callable[[Visitor], Awaitable[None]]


async def _is_priced_moved_and_undone(hr: Visitor, lift: Lift, put: Put) -> None:
    """Its department's first visit, to where that has another one: what is said before is what comes of it."""
    page = hr.page
    conflicts, trial = page.locator(".conflict-box"), page.locator("#trial")
    filled = page.locator("planning-board tbody tr").first.locator("td:has(.visit)")
    first, second = [int(await filled.nth(n).evaluate("cell => cell.cellIndex - 1")) for n in (0, 1)]
    disc = filled.first.locator(".visit")
    before = await _place(disc)
    await lift(hr, disc, first, second)
    await expect(trial).to_contain_text("has 2 visitors in")
    await expect(trial).to_contain_text("and room for 1")
    price = re.search(r": worth (?:as much|([\d.,]+) (more|less))", await trial.inner_text())
    assert price is not None
    await expect(conflicts).to_have_count(0)
    async with page.expect_navigation():
        await put(hr)
    await expect(conflicts).to_contain_text("and room for 1")
    await expect(page.locator("planning-board .conflict").first).to_be_visible()
    gain = {"more": "+", "less": "-", None: ""}[price[2]] + (price[1] or "0")
    await expect(page.get_by_text("Last change:")).to_have_text(f"Last change: {gain}")
    await hr.send(hr.button("Undo"))
    await expect(conflicts).to_have_count(0)
    assert await _place(disc) == before


async def _open(hr: Visitor, disc: Locator) -> None:
    """What can be done with it; on a touch screen a tap takes it up first."""
    if hr.script and hr.device.phone:
        await disc.tap()
        await hr.send(hr.page.get_by_role("link", name="Pin, forbid and more"))
    else:
        await hr.send(disc)


async def _forbid_last(hr: Visitor) -> list[str]:
    """Who is not to go from where to where any more."""
    disc = hr.page.locator("planning-board .visit").last
    gone = (await _place(disc))[:2]
    await _open(hr, disc)
    await hr.send(hr.button("Forbid"))
    return gone


async def _pin_first(hr: Visitor) -> list[str]:
    """What is pinned now."""
    disc = hr.page.locator("planning-board .visit").first
    await disc.focus()
    if hr.script:
        async with hr.page.expect_navigation():
            await hr.page.keyboard.press("p")
    else:
        await _open(hr, disc)
        await hr.send(hr.button("Pin"))
    pinned = hr.page.locator("planning-board .pinned")
    await expect(pinned).to_have_count(1)
    return await _place(pinned)


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

        if not script:
            await _is_priced_moved_and_undone(hr, _try, _move)
        elif not device.phone:
            await _is_priced_moved_and_undone(hr, _drag, _let_go)
            at = page.url.removeprefix(hr.url)
            touching = await visit("Nadine Vogt", at, device=PHONE)
            await _is_priced_moved_and_undone(touching, _tap, _put_here)
            await page.reload()
        else:
            await _is_priced_moved_and_undone(hr, _tap, _put_here)
        if script:
            await _is_priced_moved_and_undone(hr, _carry, _put_down)
            await page.locator("planning-board .visit").first.focus()
            await page.keyboard.press("ArrowRight")
            name = await page.evaluate("document.activeElement.getAttribute('aria-label')")
            assert re.search(r"→ (Billing|Patient registration)", name)
        forbidden = await _forbid_last(hr)
        pinned = await _pin_first(hr)
        await page.get_by_label("Seconds to look for at most").fill("5")
        await hr.send(hr.button("Look for a better plan"))
        await _until_found(hr)
        visits = page.locator("planning-board .visit")
        assert await _place(page.locator("planning-board .pinned")) == pinned
        assert forbidden not in [(await _place(disc))[:2] for disc in await visits.all()]
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
        await expect(search.locator("path.flow")).to_be_attached()  # as long as it is flat it has no height
        await expect(search).to_contain_text("No plan can be more than")
        await hr.send(hr.button("Good enough, stop here"))
        await expect(page.locator("planning-board")).to_be_visible(timeout=20_000)
