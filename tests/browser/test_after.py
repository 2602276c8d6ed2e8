"""After a visit: feedback in two minutes, thanks, an idea, an improvement team, its end with thanks to everybody."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import WAYS, Visit
from tests.browser.visitor import Device

pytestmark = pytest.mark.asyncio(loop_scope="session")


@WAYS
async def test_from_feedback_to_the_thanks_of_a_team(visit: Visit, device: Device, script: bool) -> None:
    # On the desk the visitor writes, on the phone a host, each for a visit that waits for them
    name = "Aylin Demir" if device.name == "desk" else "Katharina Brandt" if script else "Miriam Okafor"
    visitor = await visit(name, at="/feedback", device=device, script=script)
    page, idea = visitor.page, f"Ask for the card again at discharge, {device.name} {script}."
    async with visitor.speaking("en"):
        await visitor.open("/feedback")
        await visitor.send(page.locator("li", has_text="to write").last.get_by_role("link"))
        await expect(page.get_by_text("never a rating of a person")).to_be_visible()
        await page.get_by_label("What surprised you?").fill("How long a case lies when the insurer is missing.")
        if script:  # what is typed is kept by itself
            await expect(page.locator("#kept")).to_contain_text("Only you see it until you send it.")
            await page.reload()
            await expect(page.get_by_label("What surprised you?")).to_have_value(re.compile("How long a case"))
        await page.get_by_label("What goes wrong?").fill("Insurance number missing")
        await page.get_by_label("Minutes each time").fill("25")
        await visitor.send(visitor.button("Another error"))
        await expect(page.get_by_label("What goes wrong?")).to_have_count(2)
        await page.get_by_label("What will you change?").fill(idea)
        await page.get_by_label("Make it an improvement idea").check()
        await visitor.send(visitor.button("Send"))

        # The thank-you is begun
        words = page.locator("#words")
        await expect(words).to_have_value(re.compile("^Thank you for"))
        await words.fill(f"Thank you for the careful day, {device.name} {script}.")
        await visitor.send(visitor.button("Send thanks"))
        await expect(visitor.letter(f"careful day, {device.name} {script}.")).to_be_visible()

        # What was sent can be changed for a while, and says so
        await visitor.open("/feedback")
        await visitor.send(page.locator("li", has_text="sent").first.get_by_role("link").first)
        await visitor.send(page.get_by_role("link", name="Change it"))
        await page.get_by_label("What surprised you?").fill("How long a case lies without the insurer.")
        await visitor.send(visitor.button("Save"))
        await expect(page.get_by_role("main")).to_contain_text("How long a case lies without the insurer.")
        await expect(page.get_by_role("main")).to_contain_text("edited")

    # Whoever leads billing makes a team of the idea
    head = await visit("Katharina Brandt", device=device, script=script)
    page = head.page
    async with head.speaking("en"):
        await head.open("/improvements/ideas")
        card = page.locator("article.card", has_text=idea.removesuffix("."))
        await head.send(card.get_by_role("link", name="Found a team"))
        await page.get_by_label("What will be different when it is done?").fill("No bill comes back for it.")
        await page.get_by_label("What is counted").fill("Bills sent back")
        await page.get_by_label("What is it today?").fill("12")
        found = page.locator("#members")
        if script:
            await found.press_sequentially("Yusuf")
            await head.press(page.get_by_role("option", name="Yusuf Kaya"))
        else:
            await found.fill("Yusuf Kaya")
        await head.send(head.button("Found the team"))
        await expect(page.get_by_role("main")).to_contain_text("Yusuf Kaya")
        await page.get_by_label("What is to be done?").fill("A sign at the desk")
        await head.send(head.button("Add"))
        await head.send(head.button("Done: A sign at the desk"))
        await expect(page.locator("#steps")).to_contain_text("done by Katharina Brandt")

        # Its end: a result, the measure, and thanks to all the others
        await head.send(page.get_by_role("link", name="End with thanks…"))
        await page.get_by_label("The result, in words").fill("Two a week are left.")
        await page.get_by_label("Bills sent back: what is it now?").fill("2")
        thanks = page.get_by_label("Your words")
        await expect(thanks).to_have_value(re.compile("^Thank you for “Ask for the card again"))
        await thanks.fill(f"You made desk and bills one thing, {device.name} {script}.")
        await head.send(head.button("End and thank"))
        await expect(page.get_by_role("main")).to_contain_text("Two a week are left.")
        await head.send(page.get_by_role("link", name="The thank-you to the team"))
        await expect(page.get_by_role("main")).to_contain_text("desk and bills one thing")
        await expect(page.get_by_role("main")).to_contain_text("Yusuf Kaya")
