"""Does the largest board scroll smoothly? python -m tests.benchmarks.board

The board of `tests/api/test_board_size.py` (60 departments, 26 blocks, 1,500 visits) in a real Chromium, answered by
the product in this process: time between frames while the wheel scrolls it, both ways, against the list of programmes,
a page with next to nothing on it.
"""

from __future__ import annotations

import asyncio
import statistics
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.async_api import Page, Route, async_playwright

from frontend.app import create_app
from tests.api.test_board_size import fill
from tests.browser import chromium
from tests.browser.conftest import QUIET
from tests.support.house import House, open_house
from tests.support.organisation import HELENE

STEPS = 120
"""Turns of the wheel, one a frame."""
_COUNT = """() => {
  window.frames_seen = []
  let last = performance.now()
  const next = now => { window.frames_seen.push(now - last); last = now; requestAnimationFrame(next) }
  requestAnimationFrame(next)
}"""


class Frames(NamedTuple):
    """Milliseconds between frames: the median, the 99th percentile, the longest; and how many were seen."""

    median: float
    late: float
    longest: float
    seen: int


async def scrolled(page: Page, where: str) -> Frames:
    """Frames while the wheel turns over an element, down and to the right and back."""
    box = await page.locator(where).first.bounding_box()
    assert box is not None
    await page.mouse.move(box["x"] + min(box["width"], 400) / 2, box["y"] + min(box["height"], 400) / 2)
    await page.evaluate(_COUNT)
    for step in range(STEPS):
        along = 60 if step % 60 < 30 else -60
        await page.mouse.wheel(along * (step // 60), along * (1 - step // 60))
    times = sorted((await page.evaluate("() => window.frames_seen"))[1:])
    return Frames(statistics.median(times), times[len(times) * 99 // 100], times[-1], len(times))


async def measure(house: House) -> dict[str, Frames]:
    """The board's frames and the list's."""
    board = await fill(house)
    browser = house.browser(HELENE)

    async def answer(route: Route) -> None:
        parts = urlsplit(route.request.url)
        found: httpx.Response = await browser.get(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        kept = {
            name: text for name, text in found.headers.items() if name not in ("content-encoding", "content-length")
        }
        await route.fulfill(status=found.status_code, headers=kept, body=found.content)

    async with async_playwright() as playwright:
        chrome = await playwright.chromium.launch(executable_path=chromium.executable(), args=QUIET)
        page = await chrome.new_page(viewport={"width": 1440, "height": 900})
        await page.route("**/*", answer)
        seen = {}
        for name, path, where in (("programmes", "/programmes", "main"), ("board", board, "planning-board table")):
            await page.goto(f"http://gearmesh.test{path}", wait_until="domcontentloaded")
            await page.wait_for_timeout(1_500)
            seen[name] = await scrolled(page, where)
        await chrome.close()
    return seen


async def main() -> None:
    """Print a row a page."""
    with pytest.MonkeyPatch.context() as patch:
        async with open_house("sqlite", patch, create=create_app) as house:
            seen = await measure(house)
    print("| page | frames | median ms | 99th percentile ms | longest ms |\n|---|---|---|---|---|")
    for name, frames in seen.items():
        print(f"| {name} | {frames.seen} | {frames.median:.1f} | {frames.late:.1f} | {frames.longest:.1f} |")


if __name__ == "__main__":
    asyncio.run(main())
