"""The pages of a person and of a department."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import WAYS, Visit
from tests.browser.visitor import Device

pytestmark = pytest.mark.asyncio(loop_scope="session")


@WAYS
async def test_a_person_s_page_shows_what_they_were_thanked_for_and_whom_they_thanked(
    visit: Visit, device: Device, script: bool
) -> None:
    visitor = await visit("Farid Haddad", device=device, script=script)
    await visitor.open(f"/people/{await visitor.id_of('Vanessa Bergmann')}")
    await expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Vanessa Bergmann")
    letters = visitor.page.locator("article.card h2")
    await expect(letters.first).to_contain_text(re.compile("(?:thanks|You thank) "))
    await expect(visitor.page.get_by_role("heading", name="Thanked for")).to_be_visible()
    await expect(visitor.page.get_by_text("They are no measure of anybody’s work.")).to_be_visible()

    given = visitor.page.get_by_role("link", name="Given", exact=True)
    await visitor.press(given)
    await expect(given).to_have_attribute("aria-current", "true")
    await expect(letters.filter(has_not_text="Vanessa Bergmann thanks")).to_have_count(0)


async def test_from_a_person_s_page_the_form_knows_whom_to_thank(visit: Visit) -> None:
    visitor = await visit("Farid Haddad")
    await visitor.open(f"/people/{await visitor.id_of('Vanessa Bergmann')}")
    await visitor.send(visitor.page.get_by_role("link", name="Thank Vanessa"))
    await expect(visitor.page.locator(".token")).to_contain_text("Vanessa Bergmann")


@WAYS
async def test_all_departments_lead_to_their_pages(visit: Visit, device: Device, script: bool) -> None:
    visitor = await visit("Farid Haddad", "/departments", device=device, script=script)
    await expect(visitor.page.locator(".places a")).to_have_count(14)
    await visitor.send(visitor.page.get_by_role("link", name="Radiology"))
    await expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Radiology")
    await expect(visitor.page.get_by_role("heading", name="Who serves them")).to_be_visible()
    await expect(visitor.page.get_by_role("heading", name="The people")).to_be_visible()


async def test_the_picture_says_in_words_what_it_shows_and_its_departments_are_links(visit: Visit) -> None:
    visitor = await visit("Farid Haddad")
    await visitor.open(f"/departments/{await visitor.department('RA')}")
    picture = visitor.page.get_by_role("group", name="Radiology between its providers and its customers")
    await expect(picture).to_have_accessible_description(
        re.compile(r"^\d departments serve it: .*\bIT\b.* It serves .*Intensive care.*\.$")
    )
    links = picture.get_by_role("link")
    count = await links.count()
    assert count >= 5

    await visitor.page.get_by_role("group", name="Picture, can be moved sideways").focus()
    for index in range(count):
        await visitor.page.keyboard.press("Tab")
        await expect(links.nth(index)).to_be_focused()
    last = await links.nth(count - 1).get_attribute("href")
    async with visitor.page.expect_navigation():
        await visitor.page.keyboard.press("Enter")
    assert visitor.page.url == f"{visitor.url}{last}"


async def test_a_department_offers_its_people_to_be_thanked(visit: Visit) -> None:
    visitor = await visit("Farid Haddad")
    await visitor.open(f"/departments/{await visitor.department('RA')}")
    await visitor.send(visitor.page.get_by_role("link", name="Thank Radiology"))
    assert "/give?department=" in visitor.page.url
