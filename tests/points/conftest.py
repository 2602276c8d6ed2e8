"""A database with the organisation, once on each kind."""

from collections.abc import AsyncIterator

import pytest

from tests.databases import Kind
from tests.support.house import House, open_house


@pytest.fixture
async def house(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    async with open_house(kind, monkeypatch) as opened:
        yield opened
