"""Saying thank you by keyboard alone, and what the form does while one types."""

import re
import time

import pytest
from playwright.async_api import Keyboard, expect

from tests.browser.conftest import WAYS, Visit
from tests.browser.visitor import DESK, PHONE, Device, Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

BOTH_SIZES = pytest.mark.parametrize("device", [DESK, PHONE], ids=lambda device: device.name)
A_KEY = 20
"""Milliseconds between two keys."""


class Typist:
    """Hands that never leave the keyboard, and how often they pressed a key."""

    def __init__(self, keyboard: Keyboard) -> None:
        self._keyboard = keyboard
        self.keys = 0

    async def types(self, text: str) -> None:
        self.keys += len(text)
        await self._keyboard.type(text, delay=A_KEY)

    async def presses(self, *keys: str) -> None:
        for key in keys:
            self.keys += 1
            await self._keyboard.press(key, delay=A_KEY)


async def suggested(visitor: Visitor, name: str) -> None:
    """Look until the list offers this person first."""
    option = visitor.page.locator("[role=option][aria-selected=true]:visible")
    await expect(option).to_contain_text(name)


WORDS = "You rang us instead of sending eleven cases back, so that all of them made the deadline."


@BOTH_SIZES
async def test_two_people_of_other_departments_are_thanked_by_keyboard_in_a_few_seconds(
    visit: Visit, device: Device
) -> None:
    visitor = await visit("Inês Cordeiro", device=device)
    typist = Typist(visitor.page.keyboard)
    began = time.monotonic()

    await visitor.open("/give")
    await expect(visitor.page.locator("#to")).to_be_focused()
    await typist.types("yus")
    await suggested(visitor, "Yusuf Kaya")
    await typist.presses("Enter")
    await typist.types("priya")
    await suggested(visitor, "Priya Raman")
    await typist.presses("Enter", "Tab")
    await typist.types(WORDS)
    async with visitor.page.expect_navigation():
        await typist.presses("Control+Enter")
    await expect(visitor.toast()).to_be_visible()
    took = time.monotonic() - began

    letter = visitor.page.locator("article.card").first
    await expect(letter.get_by_role("heading")).to_have_text("You thank Priya Raman and Yusuf Kaya")
    await expect(letter).to_contain_text(WORDS)
    assert typist.keys == len("yus" + "priya" + WORDS) + 4
    assert took < 15, f"took {took:.1f} s"


async def test_the_form_on_the_feed_is_as_quick(visit: Visit) -> None:
    visitor = await visit("Chiara Ricci", "/")
    typist = Typist(visitor.page.keyboard)
    await visitor.page.locator("#say").focus()
    await typist.types("Your list at the door saved us an hour today.")
    await typist.presses("Tab")
    await typist.types("samuel")
    await suggested(visitor, "Samuel Mbeki")
    async with visitor.page.expect_navigation():
        await typist.presses("Enter", "Tab", "Tab", "Enter")

    await expect(visitor.page.locator("article.card").first).to_contain_text("Your list at the door saved us an hour")


async def test_a_department_offers_its_people_and_none_is_taken_by_mistake(visit: Visit) -> None:
    visitor = await visit("Chiara Ricci", "/give")
    field, options = visitor.page.locator("#to"), visitor.page.get_by_role("option")
    await field.press_sequentially("pharm")
    await expect(visitor.page.get_by_role("group", name="Members of Pharmacy")).to_be_visible()
    await visitor.page.keyboard.press("Enter")
    await expect(visitor.page.locator(".token")).to_have_count(0)
    first = await options.first.locator("b").inner_text()
    await visitor.page.keyboard.press("ArrowDown")
    await visitor.page.keyboard.press("Enter")
    await expect(visitor.page.locator(".token")).to_contain_text(first)


async def test_one_is_offered_oneself_only_among_others(visit: Visit) -> None:
    visitor = await visit("Chiara Ricci", "/give")
    field, me = visitor.page.locator("#to"), visitor.page.get_by_role("option", name="Chiara Ricci")
    said = visitor.page.locator("people-picker [role=status]")
    await field.press_sequentially("chiara ricci")
    await expect(said).to_have_text("Nobody found")
    await field.fill("")
    await visitor.add_recipients(["Samuel Mbeki"])
    await field.press_sequentially("chiara ricci")
    await expect(me).to_have_count(1)


async def test_more_than_fits_is_kept_counted_and_refused(visit: Visit) -> None:
    visitor = await visit("Chiara Ricci", "/give")
    visitor.watch.expected = {422}
    words, counter = visitor.page.get_by_label("What happened?"), visitor.page.locator("character-counter")
    long = "You stayed. " * 208 + "Thanks"
    await visitor.add_recipients(["Samuel Mbeki"])
    await words.fill(long)
    await expect(counter).to_have_text("2,502 of 2,000 characters")
    await expect(counter).to_have_class(re.compile(r"\bover\b"))
    await expect(counter).to_be_in_viewport()
    await visitor.send(visitor.button("Send thanks"))
    await expect(words).to_have_accessible_description(re.compile("502 characters too long"))
    await expect(words).to_have_value(long)


async def test_control_and_enter_send_from_the_recipients_too(visit: Visit) -> None:
    visitor = await visit("Chiara Ricci", "/give")
    words = "You kept the lift for us when every minute counted."
    await visitor.page.get_by_label("What happened?").fill(words)
    await visitor.add_recipients(["Samuel Mbeki"])
    async with visitor.page.expect_navigation():
        await visitor.page.locator("#to").press("Control+Enter")
    await expect(visitor.letter(words)).to_have_count(1)


async def test_arrows_choose_another_suggestion_and_escape_closes_the_list(visit: Visit) -> None:
    visitor = await visit("Inês Cordeiro", "/give")
    options, field = visitor.page.get_by_role("option"), visitor.page.locator("#to")
    await field.press_sequentially("a")
    await expect(field).to_have_attribute("aria-expanded", "true")
    second = await options.nth(1).locator("b").inner_text()

    await visitor.page.keyboard.press("ArrowDown")
    await expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    await expect(field).to_have_attribute("aria-activedescendant", await options.nth(1).get_attribute("id") or "")
    await visitor.page.keyboard.press("Enter")
    await expect(visitor.page.locator(".token")).to_contain_text(second)

    await field.press_sequentially("e")
    await expect(options.first).to_be_visible()
    await visitor.page.keyboard.press("Escape")
    await expect(options).to_have_count(0)
    await expect(field).to_have_attribute("aria-expanded", "false")
    assert visitor.page.url.endswith("/give")

    await field.fill("")
    await visitor.page.keyboard.press("Backspace")
    await expect(visitor.page.locator(".token")).to_have_count(0)


@pytest.mark.parametrize(
    ("typed", "name", "device"), [("@gret", "Greta Sommer", DESK), ("@pharm", "Farid Haddad", PHONE)]
)
async def test_people_are_mentioned_by_name_or_department(visit: Visit, typed: str, name: str, device: Device) -> None:
    visitor = await visit("Luca Moretti", "/give", device=device)
    await visitor.add_recipients(["Samuel Mbeki"])
    words = visitor.page.get_by_label("What happened?")
    await words.press_sequentially(f"You found the tray together with {typed}")
    option = visitor.page.get_by_role("option", name=name)
    await expect(visitor.page.get_by_role("listbox", name="Mention someone")).to_be_visible()
    await visitor.press(option)

    await expect(words).to_have_value(f"You found the tray together with @{name} ")
    await words.press_sequentially("in time.")
    await visitor.send(visitor.button("Send thanks"))
    mention = visitor.page.locator("article.card").first.locator("a.mention")
    await expect(mention).to_have_text(name)
    await expect(mention).to_have_attribute("href", f"/people/{await visitor.id_of(name)}")


async def test_the_counter_and_the_three_questions_follow_what_is_typed(visit: Visit) -> None:
    visitor = await visit("Luca Moretti", "/give")
    words, counter = visitor.page.get_by_label("What happened?"), visitor.page.locator("character-counter")
    await expect(counter).to_have_text("10 to 2,000 characters")
    await words.fill("You rang")
    await expect(counter).to_have_text("8 of 2,000 characters")
    await expect(counter).to_have_class(re.compile(r"\bover\b"))

    done = visitor.page.locator("aside writing-help .done b")
    await words.fill("You rang me before the deadline.")
    await expect(done).to_have_text(["What did they do?", "What did it change?"])
    await words.fill("You rang me before the deadline, so that our patients could go home.")
    await expect(done).to_have_text(["What did they do?", "What did it change?", "For whom?"])


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
async def test_the_preview_shows_what_will_be_sent_and_keeps_the_form(visit: Visit, script: bool) -> None:
    visitor = await visit("Luca Moretti", "/give", script=script)
    words = visitor.page.get_by_label("What happened?")
    await words.fill("You stayed **two hours longer**, <b>really</b>.")
    if script:
        await visitor.press(visitor.button("Preview"))
    else:
        await visitor.send(visitor.button("Preview"))

    preview = visitor.page.get_by_role("region", name="Preview")
    await expect(preview.locator("strong")).to_have_text("two hours longer")
    await expect(preview).to_contain_text("<b>really</b>")
    await expect(words).to_have_value("You stayed **two hours longer**, <b>really</b>.")


@WAYS
async def test_what_is_missing_is_said_beside_its_field(visit: Visit, device: Device, script: bool) -> None:
    visitor = await visit("Luca Moretti", "/give", device=device, script=script)
    visitor.watch.expected = {422}
    words = visitor.page.get_by_label("What happened?")
    await words.fill("Too short")
    await visitor.send(visitor.button("Send thanks"))

    await expect(words).to_have_value("Too short")
    await expect(visitor.page.locator("#to")).to_have_accessible_description(re.compile("Choose whom"))
    await visitor.add_recipients(["Samuel Mbeki", "Luca Moretti"])
    await visitor.press(visitor.button("Remove Samuel Mbeki") if script else visitor.page.get_by_label("Samuel Mbeki"))
    await visitor.send(visitor.button("Send thanks"))
    await expect(visitor.page.locator("#to")).to_have_accessible_description(re.compile("only yourself"))
