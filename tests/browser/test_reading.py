"""Reading: search, filters, older letters, and coming back to where one was."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import WAYS, Visit
from tests.browser.visitor import Device, Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

BOTH_WAYS = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


async def ids(visitor: Visitor) -> list[str]:
    """The letters on the page, from the top."""
    found: list[str] = await visitor.page.locator("article.card[id^=k-]").evaluate_all("(all) => all.map((e) => e.id)")
    return [one.removeprefix("k-") for one in found]


@WAYS
async def test_words_are_found_without_their_accents_and_capitals(visit: Visit, device: Device, script: bool) -> None:
    writer = await visit("Luca Moretti")
    word = f"Crème{device.name}{'with' if script else 'without'}"
    await writer.thank(f"Die Idee mit der {word} für die Nachtwache war großartig.", "Inês Cordeiro")
    visitor = await visit("Farid Haddad", "/", device=device, script=script)

    search = visitor.page.get_by_role("searchbox", name="Search the thanks")
    await search.fill(word.lower().replace("è", "e") + " GROSSARTIG ines")
    await search.press("Enter")

    await expect(visitor.page.locator("article.card[id^=k-]")).to_have_count(1)
    await expect(visitor.letter(word)).to_be_visible()
    assert "q=" in visitor.page.url
    await expect(visitor.page.locator(".filtered")).to_contain_text("With the words")
    await visitor.press(visitor.page.get_by_role("link", name="Show all", exact=True))
    await expect(visitor.page.locator("article.card[id^=k-]").nth(5)).to_be_attached()


@BOTH_WAYS
async def test_what_nobody_wrote_is_answered_with_a_way_on(visit: Visit, script: bool) -> None:
    visitor = await visit("Farid Haddad", "/?q=xylophone", script=script)
    await expect(visitor.page.get_by_text("No thanks contain these words.")).to_be_visible()
    await visitor.press(visitor.page.get_by_role("link", name="All thanks", exact=True))
    await expect(visitor.page.locator("article.card[id^=k-]").first).to_be_visible()


@WAYS
async def test_the_tabs_show_my_department_to_me_and_from_me(visit: Visit, device: Device, script: bool) -> None:
    visitor = await visit("Astrid Nilsson", "/", device=device, script=script)
    mine = {"My department": "my_department", "To me": "to_me", "From me": "from_me"}
    for label, which in mine.items():
        tab = visitor.page.get_by_role("link", name=label, exact=True)
        await visitor.press(tab)
        await expect(tab).to_have_attribute("aria-current", "true")
        found = await visitor.ask(f"/api/v1/kudos?mine={which}")
        assert await ids(visitor) == [item["id"] for item in found["items"]]
        assert "show=" in visitor.page.url

    await visitor.page.go_back()
    await expect(visitor.page.get_by_role("link", name="To me", exact=True)).to_have_attribute("aria-current", "true")


@BOTH_WAYS
async def test_a_value_and_a_connection_filter_the_feed(visit: Visit, script: bool) -> None:
    visitor = await visit("Farid Haddad", "/", script=script)

    async def choose(label: str, option: str) -> None:
        select = visitor.page.locator(".filters").get_by_label(label, exact=True)
        await select.select_option(label=option)
        if not script:
            await visitor.send(visitor.button("Apply"))
        await visitor.page.wait_for_url(re.compile(r"\?.*(edge|value)=[0-9a-f]"))

    await choose("Value", "Together")
    letters = visitor.page.locator("article.card[id^=k-]")
    await expect(letters.filter(has_not_text="Together")).to_have_count(0)
    assert await letters.count() > 0

    await visitor.open("/")
    await choose("Connection", "Ward 3A → Pharmacy")
    await expect(letters.filter(has_not=visitor.page.get_by_text(re.compile("Ward 3A →.*Pharmacy")))).to_have_count(0)
    assert await letters.count() > 0


@BOTH_WAYS
async def test_a_person_and_a_department_filter_the_feed(visit: Visit, script: bool) -> None:
    visitor = await visit("Farid Haddad", script=script)
    await visitor.open(f"/?person={await visitor.id_of('Vanessa Bergmann')}")
    await expect(visitor.page.locator(".filtered")).to_contain_text("With Vanessa Bergmann")
    letters = visitor.page.locator("article.card[id^=k-]")
    await expect(letters.filter(has_not_text="Vanessa Bergmann")).to_have_count(0)

    await visitor.open(f"/?department={await visitor.department('RA')}")
    await expect(visitor.page.locator(".filtered")).to_contain_text("To and from Radiology")
    await expect(letters.filter(has_not_text="Radiology")).to_have_count(0)
    assert await letters.count() > 0


@BOTH_WAYS
async def test_a_long_letter_is_folded_until_one_reads_on(visit: Visit, script: bool) -> None:
    end = f"And all of it before breakfast, {script}."
    writer = await visit("Luca Moretti")
    await writer.thank("You moved every bed of the ward to the new wing. " * 30 + end, "Farid Haddad")
    visitor = await visit("Chiara Ricci", "/", script=script)
    letter = visitor.letter(end)
    card = await letter.bounding_box()
    assert card
    assert card["height"] < 500
    link = letter.get_by_role("link", name="Read more")
    await (visitor.press(link) if script else visitor.send(link))
    assert ("/kudos/" in visitor.page.url) is not script
    await expect(link).to_have_count(0)
    words = await visitor.letter(end).locator(".words").evaluate("(e) => [e.clientHeight, e.scrollHeight]")
    assert words[0] == words[1] > 500


@BOTH_WAYS
async def test_older_letters_follow_without_a_gap_or_a_repeat(visit: Visit, script: bool) -> None:
    visitor = await visit("Birgit Petersen", "/?show=all&q=die", script=script)
    first = await ids(visitor)
    older = visitor.page.get_by_role("link", name="Ältere anzeigen", exact=True)
    if script:
        await visitor.press(older)
        await expect(visitor.page.locator("article.card[id^=k-]")).not_to_have_count(len(first))
        shown = await ids(visitor)
    else:
        await visitor.send(older)
        shown = first + await ids(visitor)

    found = await visitor.ask(f"/api/v1/kudos?q=die&limit={len(shown)}")
    assert shown == [item["id"] for item in found["items"]]
    assert len(shown) > len(first)


async def test_back_leads_to_the_letter_that_was_read_with_its_reaction(visit: Visit) -> None:
    visitor = await visit("Farid Haddad", "/")
    # Not one that Farid himself gave in another test: nobody reacts to their own
    letter = visitor.page.locator("article.card[id^=k-]:has(button[value=strong]:not([disabled]))").nth(4)
    kudos = await letter.get_attribute("id")
    reaction = letter.get_by_role("button", name="Strong")
    pressed = await reaction.get_attribute("aria-pressed")
    await visitor.press(reaction)
    await expect(reaction).to_have_attribute("aria-pressed", "false" if pressed == "true" else "true")
    where = await visitor.page.evaluate("scrollY")
    await visitor.send(letter.locator(".stamp"))

    await visitor.page.go_back()

    letter = visitor.page.locator(f"#{kudos}")
    await expect(letter).to_be_in_viewport()
    await expect(letter.get_by_role("button", name="Strong")).to_have_attribute(
        "aria-pressed", "false" if pressed == "true" else "true"
    )
    assert abs(await visitor.page.evaluate("scrollY") - where) < 200
