"""axe finds nothing on any page, in both languages and both colour schemes, by the rules of WCAG 2.2 AA."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Literal

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from tests.browser.conftest import Visit
from tests.browser.houses import House
from tests.browser.tour import paths
from tests.browser.visitor import DESK, PHONE, Device, Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

Scheme = Literal["light", "dark"]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
BY_TAGS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"], "preload": False}
BY_COLOUR = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
    "preload": False,
}
"""What another scheme can change: it has the same elements, names and sizes."""

AXE = Axe().axe_script
MORE_OF_THE_SAME = "article.card:nth-of-type(n + 5)"
"""Letters further down: they come from the same template as the first four."""

PAIRS = pytest.mark.parametrize(
    ("language", "schemes", "part"),
    [
        pytest.param("de", ("light",), slice(0, None, 2), id="de-light"),
        pytest.param("en", ("dark",), slice(1, None, 2), id="en-dark"),
        pytest.param("de", ("dark", "light"), slice(None), id="de", marks=pytest.mark.long),
        pytest.param("en", ("light", "dark"), slice(None), id="en", marks=pytest.mark.long),
    ],
)
"""Each page once, every other one in German and light, the rest in English and dark; by `-m long` in all of these."""


async def violations(visitor: Visitor, state: str, schemes: Sequence[Scheme] = ("light", "dark")) -> list[str]:
    """What axe objects to on the page as it stands: by all rules in the first scheme, by colour in the next."""
    found = []
    await visitor.page.evaluate(AXE)
    for scheme, options in zip(schemes, (BY_TAGS, BY_COLOUR), strict=False):
        await visitor.page.emulate_media(color_scheme=scheme)
        result = await visitor.page.evaluate(
            "([context, options]) => axe.run(context, options)", [{"exclude": [MORE_OF_THE_SAME]}, options]
        )
        found += [f"{state}, {scheme}: {_said(one)}" for one in result["violations"]]
    return found


def _said(violation: dict[str, Any]) -> str:
    nodes = "; ".join(node["html"][:160] + " " + node["failureSummary"][:200] for node in violation["nodes"][:2])
    return f"{violation['id']} ({len(violation['nodes'])}): {nodes}"


@PAIRS
async def test_no_page_has_barriers(visit: Visit, language: str, schemes: Sequence[Scheme], part: slice) -> None:
    visitor = await visit("Nadine Vogt")
    found = []
    async with visitor.speaking(language):
        for name, path in list((await paths(visitor)).items())[part]:
            await visitor.open(path)
            found += await violations(visitor, name, schemes)
    assert found == []


@pytest.mark.long
async def test_no_page_has_barriers_on_a_phone(visit: Visit) -> None:
    visitor = await visit("Nadine Vogt", device=PHONE)
    found = []
    tour = await paths(visitor)
    for name in ("feed", "give", "letter", "department", "settings", "more"):
        await visitor.open(tour[name])
        found += await violations(visitor, name)
    assert found == []


async def menu_open(visitor: Visitor) -> None:
    await visitor.open("/")
    await visitor.page.locator("details.me summary").click()


async def suggestions_open(visitor: Visitor) -> None:
    await visitor.open("/give")
    await visitor.page.locator("#to").press_sequentially("an")
    await expect(visitor.page.get_by_role("option").first).to_be_visible()


async def somebody_chosen(visitor: Visitor) -> None:
    await visitor.open("/give")
    await visitor.add_recipients(["Anke Thiele"])


async def mentioning(visitor: Visitor) -> None:
    await visitor.open("/give")
    await visitor.page.locator("#words").press_sequentially("@an")
    await expect(visitor.page.get_by_role("option").first).to_be_visible()


async def preview_shown(visitor: Visitor) -> None:
    await visitor.open("/give")
    await visitor.page.locator("#words").fill("**Danke** für die ruhige Hand, Liste:\n\n- eins\n- zwei")
    await visitor.page.locator("button[formaction]").click()
    await expect(visitor.page.locator("#preview blockquote")).to_be_visible()


async def errors_beside_fields(visitor: Visitor) -> None:
    await visitor.open("/give")
    await visitor.send(visitor.page.locator("form.form button.primary"))


async def just_sent(visitor: Visitor) -> None:
    await visitor.open("/give")
    await visitor.add_recipients(["Anke Thiele"])
    await visitor.page.locator("#words").fill("Für die geduldige Einführung in das neue Programm.")
    await visitor.send(visitor.page.locator("form.form button.primary"))


async def new_ones_announced(visitor: Visitor) -> None:
    await visitor.open("/")
    await visitor.thank("Für den schnellen Rückruf am Montag früh.", "Anke Thiele")
    await expect(visitor.page.locator("live-feed a")).to_be_visible()


async def hiding_open(visitor: Visitor) -> None:
    found = await visitor.ask("/api/v1/kudos?limit=50")
    letter = next(item["id"] for item in found["items"] if item["comments"])
    await visitor.open(f"/kudos/{letter}")
    await visitor.page.locator(".act summary").first.click()


async def refused_in_the_queue(visitor: Visitor) -> None:
    await visitor.open("/reports")
    await visitor.send(visitor.page.locator("button[value=hidden]").first)


async def settings_refused(visitor: Visitor) -> None:
    await visitor.open("/settings")
    await visitor.page.locator("#current").fill("wrong")
    await visitor.page.locator("#new").fill("short")
    await visitor.send(visitor.page.locator("form[action='/settings/password'] button"))


async def token_shown(visitor: Visitor) -> None:
    await visitor.open("/settings")
    await visitor.page.locator("#token-name").fill("Auswertung")
    await visitor.page.locator("form[action='/settings/tokens'] label.choice").first.click()
    await visitor.send(visitor.page.locator("form[action='/settings/tokens'] button"))


async def not_found(visitor: Visitor) -> None:
    await visitor.open("/nowhere")


STATES: tuple[Callable[[Visitor], Awaitable[None]], ...] = (
    menu_open,
    suggestions_open,
    somebody_chosen,
    mentioning,
    preview_shown,
    errors_beside_fields,
    just_sent,
    new_ones_announced,
    hiding_open,
    refused_in_the_queue,
    settings_refused,
    token_shown,
    not_found,
)


@pytest.mark.parametrize("language", [pytest.param("de", marks=pytest.mark.long), "en"])
async def test_no_state_of_a_page_has_barriers(visit: Visit, language: str) -> None:
    visitor = await visit("Nadine Vogt")
    visitor.watch.expected = {404, 422}
    found = []
    async with visitor.speaking(language):
        for reach in STATES:
            await reach(visitor)
            found += await violations(visitor, reach.__name__)
    assert found == []


@pytest.mark.parametrize(
    ("language", "device"),
    [
        pytest.param("de", PHONE, id="de-phone"),
        pytest.param("en", DESK, id="en-desk"),
        pytest.param("de", DESK, id="de-desk", marks=pytest.mark.long),
        pytest.param("en", PHONE, id="en-phone", marks=pytest.mark.long),
    ],
)
async def test_the_sign_in_page_has_no_barriers(visit: Visit, language: str, device: Device) -> None:
    visitor = await visit(at="/sign-in", device=device, locale=language)
    visitor.watch.expected = {422}
    found = await violations(visitor, "sign-in")
    await visitor.page.locator("summary").click()
    await visitor.page.locator("#email").fill(f"nobody-{device.name}-{language}@lindenhof.example")
    await visitor.page.locator("#password").fill("wrong")
    await visitor.send(visitor.page.locator("button.primary"))
    found += await violations(visitor, "sign-in refused")
    assert found == []


class TestWhereNobodyHasThankedYet:
    @pytest.fixture
    def house(self, quiet_hospital: House) -> House:
        return quiet_hospital

    @PAIRS
    async def test_empty_pages_have_no_barriers_and_teach(
        self, visit: Visit, language: str, schemes: Sequence[Scheme], part: slice
    ) -> None:
        visitor = await visit("Aylin Demir", "/")
        await visitor.change(language=language)
        me = await visitor.ask("/api/v1/me")
        found = []
        for path in ("/", f"/people/{me['id']}", f"/departments/{me['department_id']}"):
            await visitor.open(path)
            await expect(visitor.page.locator("main a[href^='/give']").first).to_be_visible()
            found += await violations(visitor, path, schemes)
        assert found == []
