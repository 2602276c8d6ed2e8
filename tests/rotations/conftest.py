"""The hospital on both databases, with its pages."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from frontend.app import create_app
from tests.databases import Kind
from tests.support.house import House, open_house


@pytest.fixture
async def house(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    async with open_house(kind, monkeypatch, create=create_app) as opened:
        yield opened
