"""One browser and one hospital for each test process; every visitor has cookies of their own.

All of these tests share one event loop, because a browser belongs to the loop it was started in.
"""

from collections.abc import AsyncIterator, Iterator
from typing import Any, Protocol

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, async_playwright, expect

from tests import databases
from tests.browser import chromium
from tests.browser.houses import House, open_house
from tests.browser.visitor import DESK, PHONE, Device, Visitor
from tests.browser.watch import Watch

QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
).split()


WAYS = pytest.mark.parametrize(
    ("device", "script"),
    [
        pytest.param(DESK, True, id="desk"),
        pytest.param(PHONE, False, id="phone without script"),
        pytest.param(PHONE, True, id="phone", marks=pytest.mark.long),
    ],
)
"""How most stories are told; the main one is told in every way."""

# A machine that is busy with other tests too is slow, not broken.
expect.set_options(timeout=15_000)


class Visit(Protocol):
    """Opens a browser for somebody: signed in as `name` if one is given, at the page `at` if one is given.

    `options` are Playwright's for a browser context: locale, color_scheme, reduced_motion, ...
    """

    async def __call__(
        self, name: str = "", at: str = "", *, device: Device = DESK, script: bool = True, **options: Any
    ) -> Visitor: ...


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium, without a window."""
    try:
        path = chromium.executable()
    except chromium.NoChromium as error:
        pytest.fail(str(error), pytrace=False)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
def hospital(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The hospital of this test process, on SQLite."""
    with open_house(tmp_path_factory.mktemp("hospital")) as house:
        yield house


@pytest.fixture
def house(hospital: House) -> House:
    """The hospital that visitors go to; a module may bring another."""
    return hospital


@pytest.fixture(scope="session")
def hospital_on_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The same hospital on PostgreSQL."""
    url = databases.fresh_url("postgres")
    with open_house(tmp_path_factory.mktemp("hospital"), database_url=url, kudos=100) as house:
        yield house
    databases.drop(url)


@pytest.fixture(scope="session")
def quiet_hospital(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A hospital in which nobody has thanked anybody yet."""
    with open_house(tmp_path_factory.mktemp("hospital"), kudos=0) as house:
        yield house


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser, house: House) -> AsyncIterator[Visit]:
    """Opens browsers for people, closes them after the test, and fails if one of them complained."""
    opened: list[tuple[BrowserContext, Watch]] = []

    async def open_browser(
        name: str = "", at: str = "", *, device: Device = DESK, script: bool = True, **options: Any
    ) -> Visitor:
        context = await browser.new_context(
            viewport={"width": device.width, "height": device.height},
            is_mobile=device.phone,
            has_touch=device.phone,
            java_script_enabled=script,
            # Gears that turn behind every sign-in cost more than the tests themselves
            **{"locale": "en-GB", "reduced_motion": "reduce", **options},
        )
        context.set_default_timeout(20_000)
        watch = Watch(context, house.url, script=script)
        opened.append((context, watch))
        visitor = Visitor(await context.new_page(), watch, house.url, device=device, script=script)
        if name:
            await visitor.sign_in(name)
        if at:
            await visitor.open(at)
        return visitor

    yield open_browser
    for context, _watch in opened:
        await context.close()
    assert [complaint for _context, watch in opened for complaint in watch.complaints] == []
