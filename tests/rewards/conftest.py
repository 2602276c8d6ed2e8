"""A house that can seal codes, with a manager over everybody who orders."""

from collections.abc import AsyncIterator

import pytest

from frontend.app import create_app
from tests.databases import Kind
from tests.support.house import House, open_house
from tests.support.points import switch_on
from tests.support.rewards import KEY


@pytest.fixture
async def house(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    async with open_house(kind, monkeypatch, create=create_app, secret_key=KEY) as opened:
        await switch_on()
        yield opened
