"""One's own settings: language, appearance, time zone, password, browsers and tokens."""

import re

import httpx
import pytest
from playwright.async_api import expect

from tests.browser.conftest import WAYS, Visit
from tests.browser.houses import PASSWORD
from tests.browser.test_sign_in import sign_in_by_password
from tests.browser.visitor import Device, Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

BOTH_WAYS = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


async def open_menu(visitor: Visitor) -> None:
    """To where appearance and language are: the menu beside, or a page of its own on a phone."""
    if visitor.device.phone:
        await visitor.open("/more")
    else:
        await visitor.press(visitor.page.locator("details.me summary"))


@WAYS
async def test_the_language_changes_the_page_its_lang_and_its_dates(visit: Visit, device: Device, script: bool) -> None:
    visitor = await visit("Daniela Imhof", "/", device=device, script=script)
    html = visitor.page.locator("html")
    written = visitor.page.locator("article.card .stamp time").first
    await expect(html).to_have_attribute("lang", "de")
    path = "/kudos/" + (await visitor.ask("/api/v1/kudos?limit=1"))["items"][0]["id"]
    await visitor.open(path)
    german = await written.get_attribute("title") or ""

    await open_menu(visitor)
    await visitor.send(visitor.button("English"))
    await expect(html).to_have_attribute("lang", "en")
    await visitor.open(path)
    await expect(visitor.page.get_by_role("heading", name="Comments")).to_be_visible()
    english = await written.get_attribute("title") or ""
    assert english != german
    assert re.search(r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", english), english

    await open_menu(visitor)
    await visitor.send(visitor.button("Deutsch"))
    await expect(html).to_have_attribute("lang", "de")
    await visitor.open(path)
    await expect(written).to_have_attribute("title", german)


@WAYS
async def test_the_appearance_survives_a_reload(visit: Visit, device: Device, script: bool) -> None:
    visitor = await visit("Divya Kumar", "/", device=device, script=script)
    html = visitor.page.locator("html")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light = await visitor.page.evaluate(paper) if script else ""

    await open_menu(visitor)
    dark = visitor.button("Dunkel")
    if script:
        async with visitor.page.expect_response("**/settings/theme"):
            await visitor.press(dark)
        assert await visitor.page.evaluate(paper) != light
    else:
        await visitor.send(dark)
    await expect(html).to_have_attribute("data-theme", "dark")

    await visitor.page.reload()
    await expect(html).to_have_attribute("data-theme", "dark")

    await visitor.change(theme="")
    await visitor.page.reload()
    assert await html.get_attribute("data-theme") is None


@BOTH_WAYS
async def test_times_follow_the_chosen_zone(visit: Visit, script: bool) -> None:
    visitor = await visit("Susanne Zimmermann", "/settings", script=script)
    await visitor.page.get_by_label("Time zone", exact=True).select_option("Pacific/Auckland")
    await visitor.send(visitor.button("Save"))
    await expect(visitor.toast()).to_contain_text("Saved.")
    await expect(visitor.page.get_by_label("Time zone", exact=True)).to_have_value("Pacific/Auckland")

    await visitor.open("/?q=die")
    time = visitor.page.locator("article.card .stamp time").first
    in_auckland = await time.get_attribute("title")
    await visitor.change(time_zone="America/Los_Angeles")
    await visitor.page.reload()

    assert in_auckland != await time.get_attribute("title")


async def test_a_new_password_signs_out_other_browsers(visit: Visit) -> None:
    here = await visit("Goran Pavlović", "/settings")
    there = await visit("Goran Pavlović", "/settings")
    here.watch.expected = {422}
    current, new = here.page.locator("#current"), here.page.locator("#new")

    await current.fill("wrong")
    await new.fill("a longer secret")
    await here.send(here.button("Passwort ändern"))
    await expect(current).to_have_accessible_description(re.compile("nicht Dein"))
    await current.fill(PASSWORD)
    await new.fill("short")
    await here.send(here.button("Passwort ändern"))
    await expect(new).to_have_accessible_description(re.compile("10"))
    await current.fill(PASSWORD)
    await new.fill("ein längeres Geheimnis")
    await here.send(here.button("Passwort ändern"))
    await expect(here.toast()).to_contain_text("Passwort")

    await there.page.reload()
    assert "/sign-in" in there.page.url
    await sign_in_by_password(there, "Goran Pavlović", "ein längeres Geheimnis")
    assert there.page.url == there.url + "/settings"


async def test_a_token_is_shown_once_and_works_until_it_is_taken_back(visit: Visit) -> None:
    visitor = await visit("Farid Haddad", "/settings")
    visitor.watch.expected = {422}
    await visitor.page.get_by_label("What is it for?").fill("Ward dashboard")
    scopes = visitor.page.locator("input[name=scopes]")
    offered = await scopes.evaluate_all("(all) => all.map((one) => one.value)")
    assert offered == [
        *("people:read", "kudos:read", "kudos:write", "account"),
        *("approvals:read", "approvals:decide", "awards", "rewards:read", "rewards:order"),
        "improvements",
    ], "what a colleague can use"
    await visitor.page.locator("label.choice", has_text="Read thanks").click()
    await visitor.send(visitor.button("Make a token"))
    await visitor.press(visitor.button("Copy"))
    await expect(visitor.page.locator("copy-text").get_by_role("status")).to_have_text("Copied.")
    secret = await visitor.page.locator(".notice code").inner_text()

    async with httpx.AsyncClient(base_url=visitor.url, headers={"Authorization": f"Bearer {secret}"}) as script:
        assert len((await script.get("/api/v1/kudos?limit=3")).json()["items"]) == 3
        assert (await script.get("/api/v1/me")).status_code == 403, "its scope does not say so"

        await visitor.open("/settings")
        await expect(visitor.page.get_by_text(secret)).to_have_count(0)
        row = visitor.page.locator("li", has_text="Ward dashboard")
        await visitor.send(visitor.button("Take back", within=row))
        await expect(row).to_have_count(0)
        assert (await script.get("/api/v1/kudos")).status_code == 401


async def test_one_other_browser_or_all_can_be_signed_out(visit: Visit) -> None:
    here = await visit("Susanne Zimmermann")
    there = await visit("Susanne Zimmermann", "/")
    await here.open("/settings")
    await here.send(here.page.get_by_role("button", name="Sign out there").first)
    await there.page.reload()
    assert "/sign-in" in there.page.url

    await there.sign_in("Susanne Zimmermann")
    await here.page.reload()
    await here.send(here.button("Sign out everywhere"))
    await expect(here.toast()).to_contain_text("You are signed out everywhere.")
    await there.open("/")
    assert "/sign-in" in there.page.url


async def test_the_description_of_the_api_is_where_the_settings_say(visit: Visit) -> None:
    visitor = await visit("Farid Haddad", "/settings")
    await visitor.send(visitor.page.get_by_role("link", name="What the API can do"))
    await expect(visitor.page.get_by_text("/api/v1/kudos", exact=True).first).to_be_visible()
