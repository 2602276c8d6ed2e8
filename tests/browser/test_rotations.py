"""HR sets up registration and billing, watches a plan being found, moves, sees a conflict, pins, undoes, publishes."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

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
        await hr.send(page.get_by_role("link", name="Publish…"))
        await expect(page.get_by_role("main")).to_contain_text("It keeps every rule with the data of now.")
        await hr.send(hr.button("Publish"))
        await expect(page.get_by_role("main")).to_contain_text("Version 1")
        await expect(page.get_by_text("a new visit").first).to_be_visible()
