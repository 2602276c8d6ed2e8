"""Wait for what is to happen, no longer than it may take."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

_LOOK_EVERY_SECONDS = 0.01


async def until(condition: Callable[[], bool], within: float, what: str = "") -> None:
    """Return as soon as it holds. Fails the test when `within` seconds have passed."""

    async def look() -> bool:
        return condition()

    await until_found(look, within, what)


async def until_found(look: Callable[[], Awaitable[object]], within: float, what: str = "") -> None:
    """Look again and again until something true is found. Fails the test when `within` seconds have passed."""
    end = time.monotonic() + within
    while not await look():
        assert time.monotonic() < end, f"not within {within} s: {what or look}"
        await asyncio.sleep(_LOOK_EVERY_SECONDS)
