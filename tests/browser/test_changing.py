"""Changing one's mind: take back, edit, delete; and nothing typed is ever lost."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import WAYS, Visit
from tests.browser.visitor import DESK, Device, Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

BOTH_WAYS = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


async def writer(visit: Visit, *, device: Device = DESK, script: bool = True) -> tuple[Visitor, str]:
    """Whoever wrote a letter whose minute is long over, and the path of it.

    The demo's letters are others every day, so nobody in particular is sure to have written one.
    """
    found = await (await visit("Chiara Ricci")).ask("/api/v1/kudos?limit=50")
    letter = next(item for item in reversed(found["items"]) if item["award"] is None)
    visitor = await visit(letter["giver"]["name"], device=device, script=script)
    return visitor, f"/kudos/{letter['id']}"


@BOTH_WAYS
async def test_what_was_just_sent_can_be_taken_back_from_the_word_at_the_foot(visit: Visit, script: bool) -> None:
    visitor = await visit("Chiara Ricci", "/give", script=script)
    await visitor.add_recipients(["Gregor Halas"])
    words = f"You repaired lamp {'one' if script else 'two'} before the first operation."
    await visitor.page.get_by_label("What happened?").fill(words)
    await visitor.send(visitor.button("Send thanks"))
    await visitor.send(visitor.toast().get_by_role("button", name="Take back"))

    await expect(visitor.page.get_by_label("What happened?")).to_have_value(words)
    await visitor.send(visitor.button("Send thanks"))
    await expect(visitor.letter(words)).to_have_count(1)


async def test_when_the_minute_is_over_the_strip_says_so(visit: Visit) -> None:
    visitor = await visit("Chiara Ricci")
    words = "You carried the heavy boxes down without being asked."
    await visitor.thank(words, "Gregor Halas")
    await visitor.page.clock.install()
    await visitor.open("/")
    strip = visitor.letter(words).locator(".strip")
    await expect(strip.get_by_role("button", name="Take back")).to_be_visible()

    await visitor.page.clock.run_for(61_000)

    await expect(strip.get_by_role("button", name="Take back")).to_have_count(0)


@WAYS
async def test_an_edited_thank_you_is_marked(visit: Visit, device: Device, script: bool) -> None:
    visitor, path = await writer(visit, device=device, script=script)
    async with visitor.speaking("en"):
        await visitor.open(path)
        await visitor.send(visitor.page.locator(f'a[href="{path}/edit"]'))
        words = visitor.page.get_by_label("What happened?")
        before = await words.input_value()
        assert len(before) > 10
        await words.fill(f"{before}\n\nAnd the day after, again.")
        await visitor.send(visitor.button("Save"))

    assert visitor.page.url == visitor.url + path
    letter = visitor.page.locator("article.card").first
    await expect(letter).to_contain_text("And the day after, again.")
    await expect(letter.locator("p.meta").first).to_contain_text("edited")


@BOTH_WAYS
async def test_deleting_asks_first_and_then_it_is_gone_for_everybody(visit: Visit, script: bool) -> None:
    visitor, path = await writer(visit, script=script)
    async with visitor.speaking("de"):
        await visitor.open(path)
        await visitor.press(visitor.page.locator("summary", has_text="Löschen"))
        await expect(visitor.page.get_by_text("Der Dank verschwindet für alle")).to_be_visible()
        await visitor.send(visitor.page.locator("details[open]").get_by_role("button", name="Löschen"))

    await expect(visitor.toast()).to_contain_text("Gelöscht")
    visitor.watch.expected = {404}
    await visitor.open(path)
    await expect(visitor.page.get_by_text("404")).to_be_visible()


@BOTH_WAYS
async def test_one_s_own_comment_can_be_changed_and_deleted(visit: Visit, script: bool) -> None:
    writer = await visit("Luca Moretti")
    kudos = await writer.thank(f"You ordered the right dressings, {script}.", "Farid Haddad")
    visitor = await visit("Chiara Ricci", f"/kudos/{kudos}", script=script)
    mine = visitor.page.locator("#comments li.comment")

    async def press(name: str) -> None:
        button = visitor.button(name)
        await (visitor.press(button) if visitor.script else visitor.send(button))

    await visitor.page.get_by_label("Your comment").fill("That was you too?")
    await press("Comment")
    await expect(mine).to_contain_text("That was you too?")
    await visitor.send(mine.get_by_role("link", name="Edit"))
    await visitor.page.get_by_label("Your comment").fill("So that was you.")
    await visitor.send(visitor.button("Save"))
    await expect(mine).to_contain_text("So that was you.")
    await expect(mine).to_contain_text("edited")

    await press("Delete")
    await expect(mine).to_have_count(0)


async def test_a_draft_survives_a_reload(visit: Visit) -> None:
    visitor = await visit("Luca Moretti", "/give")
    await visitor.add_recipients(["Yusuf Kaya", "Priya Raman"])
    await visitor.page.get_by_label("What happened?").fill("Half a sentence about")
    await visitor.page.locator("label.choice", has_text="Together").click()

    await visitor.page.reload()

    await expect(visitor.page.get_by_label("What happened?")).to_have_value("Half a sentence about")
    await expect(visitor.page.locator(".token")).to_have_count(2)
    await expect(visitor.page.get_by_role("radio", name="Together")).to_be_checked()

    await visitor.open("/")
    await expect(visitor.page.get_by_text("Not sent yet.")).to_be_visible()
    await visitor.press(visitor.button("Discard"))
    await expect(visitor.page.locator("#say")).to_have_value("")
    await visitor.open("/give")
    await expect(visitor.page.locator("people-picker input[role=combobox]")).to_be_visible()
    await expect(visitor.page.get_by_label("What happened?")).to_have_value("")
    await expect(visitor.page.locator(".token")).to_have_count(0)
    await expect(visitor.page.get_by_text("Not sent yet.")).to_be_hidden()


async def test_a_draft_survives_a_session_that_ended_and_is_its_writer_s_alone(visit: Visit) -> None:
    visitor = await visit("Katharina Brandt", "/give")
    await visitor.add_recipients(["Yusuf Kaya"])
    message = visitor.page.locator("textarea#words")
    words = "Du hast auf die späte Aufnahme gewartet, damit die Station planen konnte."
    await message.fill(words)
    await visitor.page.context.clear_cookies()

    await visitor.send(visitor.page.locator("form.form button.primary"))
    assert "/sign-in" in visitor.page.url
    await visitor.send(visitor.page.get_by_role("button", name="Serkan Yıldız"))
    await visitor.open("/give")
    await expect(visitor.page.locator("people-picker input[role=combobox]")).to_be_visible()
    await expect(message).to_have_value("")

    await visitor.sign_in("Katharina Brandt")
    await visitor.open("/give")
    await expect(message).to_have_value(words)
    await expect(visitor.page.locator(".token")).to_contain_text("Yusuf Kaya")
    await visitor.send(visitor.page.locator("form.form button.primary"))
    await expect(visitor.letter(words)).to_have_count(1)
    await visitor.open("/give")
    await expect(message).to_have_value("")


async def test_a_comment_that_was_begun_survives_a_reload(visit: Visit) -> None:
    writer = await visit("Luca Moretti")
    kudos = await writer.thank("You kept the cold chain through the whole outage.", "Farid Haddad")
    visitor = await visit("Chiara Ricci", f"/kudos/{kudos}")
    await visitor.page.get_by_label("Your comment").fill("I remember that")

    await visitor.page.reload()

    await expect(visitor.page.get_by_label("Your comment")).to_have_value("I remember that")
