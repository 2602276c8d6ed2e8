"""From a report to the author's reason, and back."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import WAYS, Visit
from tests.browser.visitor import Device

pytestmark = pytest.mark.asyncio(loop_scope="session")


@WAYS
async def test_a_reported_letter_is_hidden_with_a_reason_that_its_giver_reads_and_shown_again(
    visit: Visit, device: Device, script: bool
) -> None:
    giver = await visit("Luca Moretti", device=device, script=script)
    words = f"Your secret about the diet on {device.name} is safe with me, {script}."
    path = "/kudos/" + await giver.thank(words, "Grete Paulsen")

    reporter = await visit("Inês Cordeiro", path, device=device, script=script)
    await reporter.press(reporter.page.locator("summary", has_text="Report").first)
    await reporter.page.get_by_label(re.compile("What is wrong with it")).first.fill("This names somebody's diet.")
    await reporter.send(reporter.page.get_by_role("button", name="Report", exact=True).first)
    await expect(reporter.toast()).to_contain_text("Human resources will look at it")

    hr = await visit("Nadine Vogt", "/reports", device=device, script=script)
    hr.watch.expected = {422}
    case = hr.page.locator("article.case", has_text=words)
    await expect(case).to_contain_text("This names somebody's diet.")
    await hr.send(hr.button("Ausblenden", within=case))
    reason = case.get_by_role("textbox")
    await expect(reason).to_have_attribute("aria-invalid", "true")
    await reason.fill("Bitte ohne Angaben zur Gesundheit.")
    await hr.send(hr.button("Ausblenden", within=case))
    await expect(case).to_have_count(0)

    reporter.watch.expected = {404}
    await reporter.open(path)
    await expect(reporter.letter(words)).to_have_count(0)
    await giver.open(path)
    await expect(giver.letter(words)).to_contain_text("Hidden by Human resources: Bitte ohne Angaben zur Gesundheit.")

    await hr.open(path)
    await hr.send(hr.button("Wieder zeigen"))
    await reporter.open(path)
    await expect(reporter.letter(words)).to_be_visible()


async def test_a_report_can_be_left_without_consequence(visit: Visit) -> None:
    giver = await visit("Luca Moretti")
    words = "Your jokes about the coffee keep the night shift awake."
    path = "/kudos/" + await giver.thank(words, "Grete Paulsen")
    reporter = await visit("Inês Cordeiro", path)
    await reporter.press(reporter.page.locator("summary", has_text="Report").first)
    await reporter.page.get_by_label(re.compile("What is wrong with it")).first.fill("I do not like coffee.")
    await reporter.send(reporter.page.get_by_role("button", name="Report", exact=True).first)

    hr = await visit("Nadine Vogt", "/reports")
    case = hr.page.locator("article.case", has_text=words)
    await hr.send(case.locator("button[value=kept]"))

    await expect(case).to_have_count(0)
    await reporter.open(path)
    await expect(reporter.letter(words)).to_be_visible()


async def test_a_comment_can_be_hidden_and_shown_by_hr(visit: Visit) -> None:
    giver = await visit("Luca Moretti")
    path = "/kudos/" + await giver.thank("You labelled every drawer in the treatment room.", "Grete Paulsen")
    writer = await visit("Chiara Ricci", path)
    await writer.page.get_by_label("Your comment").fill("Finally somebody competent.")
    await writer.press(writer.button("Comment"))
    await expect(writer.page.locator("#comments li.comment")).to_have_count(1)

    hr = await visit("Nadine Vogt", path)
    comment = hr.page.locator("#comments li.comment")
    await hr.press(comment.locator("summary", has_text="Ausblenden"))
    await comment.get_by_role("textbox").fill("Das klingt abwertend.")
    await hr.send(hr.button("Ausblenden", within=comment))

    await writer.page.reload()
    await expect(writer.page.locator("#comments")).to_contain_text("Das klingt abwertend.")
    await giver.open(path)
    await expect(giver.page.locator("#comments li.comment")).to_have_count(0)

    await hr.send(hr.button("Wieder zeigen", within=comment))
    await giver.page.reload()
    await expect(giver.page.locator("#comments li.comment")).to_contain_text("Finally somebody competent.")


async def test_the_queue_is_for_hr_alone(visit: Visit) -> None:
    visitor = await visit("Luca Moretti", "/")
    await expect(visitor.page.get_by_role("link", name="Reports")).to_have_count(0)
    visitor.watch.expected = {403, 404}
    await visitor.open("/reports")
    await expect(visitor.page.locator("article.case")).to_have_count(0)
