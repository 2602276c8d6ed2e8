"""Nothing is cut off: narrow screens, large text, enlarged pages; and nothing turns for those who want it still."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Visit
from tests.browser.tour import paths
from tests.browser.visitor import DESK, NARROW, Device

pytestmark = pytest.mark.asyncio(loop_scope="session")

TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const wide = [...document.body.querySelectorAll("*")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.right > width + 1 && box.width > 1 && !element.closest(".scroll, svg, .skip, .hidden, select");
  });
  return document.documentElement.scrollWidth > width ? wide.slice(0, 3).map((e) => e.outerHTML.slice(0, 120)) : [];
}"""


@pytest.mark.parametrize(
    ("script", "language"),
    [
        pytest.param(True, "de", id="de with script"),
        pytest.param(False, "en", id="en without script", marks=pytest.mark.long),
        pytest.param(True, "en", id="en with script", marks=pytest.mark.long),
        pytest.param(False, "de", id="de without script", marks=pytest.mark.long),
    ],
)
async def test_no_page_scrolls_sideways_at_320_pixels(visit: Visit, script: bool, language: str) -> None:
    visitor = await visit("Nadine Vogt", device=NARROW, script=script, locale=language)
    visitor.watch.expected = {404}
    async with visitor.speaking(language):
        for name, path in (await paths(visitor)).items():
            await visitor.open(path)
            assert await visitor.page.evaluate(TOO_WIDE) == [], name
            assert await visitor.page.evaluate("document.documentElement.scrollWidth") <= NARROW.width, name

    await visitor.page.context.clear_cookies()
    for path in ("/sign-in", "/nowhere"):
        await visitor.open(path)
        assert await visitor.page.evaluate("document.documentElement.scrollWidth") <= NARROW.width, path


@pytest.mark.parametrize(
    "device",
    [
        pytest.param(Device("desk at 200 %", DESK.width // 2, DESK.height // 2, False), id="desk at 200 %"),
        pytest.param(Device("400 %", 360, 225, False), id="400 %", marks=pytest.mark.long),
    ],
)
async def test_an_enlarged_page_needs_no_sideways_scrolling(visit: Visit, device: Device) -> None:
    visitor = await visit("Nadine Vogt", device=device, device_scale_factor=2)
    for name, path in (await paths(visitor)).items():
        await visitor.open(path)
        assert await visitor.page.evaluate(TOO_WIDE) == [], name
        assert await visitor.page.evaluate("document.documentElement.scrollWidth") <= device.width, name


async def test_text_of_twice_the_size_still_fits(visit: Visit) -> None:
    visitor = await visit("Nadine Vogt")
    for name, path in (await paths(visitor)).items():
        await visitor.open(path)
        # As if the person had set 32 px as the browser's size of text
        await visitor.page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert await visitor.page.evaluate(TOO_WIDE) == [], name
        assert await visitor.page.evaluate("document.documentElement.scrollWidth") <= DESK.width, name


async def test_gears_turn_unless_the_person_wants_no_motion(visit: Visit) -> None:
    running = "document.getAnimations().filter((one) => one.playState === 'running').length"
    lively = await visit(at="/sign-in", reduced_motion="no-preference")
    still = await visit(at="/sign-in", reduced_motion="reduce")

    await expect(lively.page.locator(".signin-art")).to_be_visible()
    assert await lively.page.evaluate(running) > 0
    await expect(still.page.locator(".signin-art")).to_be_visible()
    assert await still.page.evaluate(running) == 0
    durations = "getComputedStyle(document.querySelector('.button')).transitionDuration"
    assert set((await still.page.evaluate(durations)).split(", ")) <= {"0s", "0.001s", "0.01ms", "1e-05s"}
