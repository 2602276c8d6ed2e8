"""How much the first visit loads, and what every answer says about what a page may load."""

import pytest
from playwright.async_api import CDPSession

from tests.browser.conftest import Visit
from tests.browser.tour import PAGES, paths
from tests.browser.visitor import DESK, PHONE, Device

pytestmark = pytest.mark.asyncio(loop_scope="session")

FIRST_VISIT = 100_000
"""Bytes on the wire, headers included."""


class Wire:
    """Counts what comes over the wire, compressed as it is sent."""

    def __init__(self, session: CDPSession) -> None:
        self.bytes = 0
        self.requests = 0
        session.on("Network.loadingFinished", self._finished)

    def _finished(self, event: dict[str, float]) -> None:
        self.bytes += int(event["encodedDataLength"])
        self.requests += 1


@pytest.mark.parametrize("device", [DESK, PHONE], ids=lambda device: device.name)
async def test_the_first_visit_to_the_feed_transfers_less_than_100_kilobytes(visit: Visit, device: Device) -> None:
    visitor = await visit("Aylin Demir", device=device)
    session = await visitor.page.context.new_cdp_session(visitor.page)
    await session.send("Network.enable")
    await session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    wire = Wire(session)

    await visitor.open("/")
    await visitor.page.wait_for_function("['live-feed', 'writing-help'].every((name) => customElements.get(name))")

    assert wire.requests >= 4, "the page, its style, htmx and our scripts"
    assert 10_000 < wire.bytes < FIRST_VISIT, f"{wire.bytes:,} bytes in {wire.requests} answers"


async def test_the_second_visit_loads_the_page_alone(visit: Visit) -> None:
    visitor = await visit("Aylin Demir", "/")
    visitor.watch.requested.clear()
    session = await visitor.page.context.new_cdp_session(visitor.page)
    await session.send("Network.enable")
    wire = Wire(session)

    await visitor.open("/departments")

    assert wire.bytes < 20_000, f"{wire.bytes:,} bytes in {wire.requests} answers"


async def test_every_page_says_strictly_what_it_may_load(visit: Visit) -> None:
    visitor = await visit("Nadine Vogt")
    visitor.watch.expected = {404}
    for path in [*(await paths(visitor)).values(), "/nowhere"]:
        answer = await visitor.page.context.request.get(visitor.url + path)
        policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'", path
        assert policy["script-src"] == "'self'", path
        assert policy["style-src"] == "'self'", path
        assert policy["frame-ancestors"] == "'none'", path
        assert "unsafe" not in str(policy), path
        assert answer.headers["x-content-type-options"] == "nosniff", path
    assert len(PAGES) >= 12
