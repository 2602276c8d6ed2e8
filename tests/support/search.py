"""Searches for plans without a process of their own: the scheduler is loaded once for all tests, not for each."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import pytest

from api.rotations import planning
from api.rotations.planning import Found, Task


async def _in_thread(
    function: str, argument: Task, *, on_message: Callable[[Any], Awaitable[object]], returns: type[Found]
) -> Found:
    assert function == "api.rotations.planning:search"
    said: list[object] = []
    found = await asyncio.to_thread(planning.search, argument, said.append)
    for message in said:
        await on_message(msgspec.json.decode(msgspec.json.encode(message)))
    return msgspec.json.decode(msgspec.json.encode(found), type=returns)


def search_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Searches run in a thread of this process, and end by themselves."""
    monkeypatch.setattr("api.rotations.solving.in_child", _in_thread)
