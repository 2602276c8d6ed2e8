"""Signing in: with one tap in the demo, with e-mail and password everywhere."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import WAYS, Visit
from tests.browser.houses import PASSWORD
from tests.browser.visitor import Device, Visitor, address_of

pytestmark = pytest.mark.asyncio(loop_scope="session")

BOTH_WAYS = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


async def sign_in_by_password(visitor: Visitor, name: str, password: str) -> None:
    """Through the form on the sign-in page."""
    if not await visitor.page.get_by_label("E-mail", exact=True).is_visible():
        await visitor.press(visitor.page.get_by_text("Sign in with e-mail and password"))
    await visitor.page.get_by_label("E-mail", exact=True).fill(address_of(name))
    await visitor.page.get_by_label("Password", exact=True).fill(password)
    await visitor.send(visitor.button("Sign in"))


@WAYS
async def test_one_tap_is_enough_in_the_demo(visit: Visit, device: Device, script: bool) -> None:
    visitor = await visit(at="/", device=device, script=script)
    assert visitor.page.url == visitor.url + "/sign-in"
    names = visitor.page.locator(".demo-people button b")
    await expect(names).to_have_text(
        ["Aylin Demir", "Katharina Brandt", "Nadine Vogt", "Birgit Petersen", "Serkan Yıldız"]
    )

    await visitor.send(visitor.page.get_by_role("button", name="Birgit Petersen"))

    assert visitor.page.url == visitor.url + "/"
    await expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Thanks in the house")  # the first page's
    await expect(visitor.page.locator("html")).to_have_attribute("lang", "en")


@BOTH_WAYS
async def test_e_mail_and_password_lead_to_the_page_that_was_asked_for(visit: Visit, script: bool) -> None:
    visitor = await visit(at="/departments", script=script)
    await sign_in_by_password(visitor, "Luca Moretti", PASSWORD)

    assert visitor.page.url == visitor.url + "/departments"
    await expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Departments")


@BOTH_WAYS
async def test_a_wrong_password_is_said_beside_the_field_and_later_tries_have_to_wait(
    visit: Visit, script: bool
) -> None:
    name = "Ralf Brüning" if script else "Esra Kara"
    visitor = await visit(at="/sign-in", script=script)
    visitor.watch.expected = {422, 429}
    password = visitor.page.get_by_label("Password", exact=True)

    await sign_in_by_password(visitor, name, "not this one")
    await expect(password).to_have_accessible_description(re.compile("4 more tries"))
    await expect(password).to_have_attribute("aria-invalid", "true")
    await expect(visitor.page.get_by_label("E-mail", exact=True)).to_have_value(address_of(name))

    for _try in range(4):
        await sign_in_by_password(visitor, name, "nor this one")
    await expect(password).to_have_accessible_description(re.compile("Please wait 5 minutes before the next try"))

    await sign_in_by_password(visitor, name, PASSWORD)
    await expect(password).to_have_accessible_description(re.compile("Too many tries. Please wait 5 minutes"))


@WAYS
async def test_signing_out_leads_back_to_the_first_page(visit: Visit, device: Device, script: bool) -> None:
    visitor = await visit("Luca Moretti", "/", device=device, script=script)
    if device.phone:
        await visitor.send(visitor.page.get_by_role("link", name="More", exact=True))
    else:
        await visitor.press(visitor.page.locator("details.me summary"))
    await visitor.send(visitor.button("Sign out"))

    await expect(visitor.page.get_by_role("heading", level=1)).to_have_text("What you do keeps others turning.")
    await expect(visitor.toast()).to_have_text("You are signed out.")
    await visitor.open("/settings")
    assert visitor.page.url.startswith(visitor.url + "/sign-in")
    await expect(visitor.toast()).to_have_count(0)


@BOTH_WAYS
async def test_the_language_can_be_chosen_before_signing_in(visit: Visit, script: bool) -> None:
    visitor = await visit(at="/sign-in?next=/departments", script=script)
    html = visitor.page.locator("html")
    await expect(html).to_have_attribute("lang", "en")

    await visitor.send(visitor.button("Deutsch"))

    await expect(html).to_have_attribute("lang", "de")
    await expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Was Du tust, hält andere in Gang.")
    assert visitor.page.url.endswith("?next=/departments")


async def test_the_browser_says_the_language_where_nobody_chose_one(visit: Visit) -> None:
    german = await visit(at="/sign-in", locale="de-AT")
    french = await visit(at="/sign-in", locale="fr-FR")

    await expect(german.page.locator("html")).to_have_attribute("lang", "de")
    await expect(french.page.locator("html")).to_have_attribute("lang", "en")
