"""Fixtures for all tests."""

import os
from collections.abc import AsyncIterator

import pytest

from api.core.database import Database
from tests import databases


def pytest_xdist_auto_num_workers() -> int:
    """Half as many workers again as cores: drills and browser tests wait for half their time."""
    return 3 * (os.cpu_count() or 1) // 2


@pytest.fixture(params=databases.KINDS)
def kind(request: pytest.FixtureRequest) -> databases.Kind:
    """Runs the test once on SQLite and once on PostgreSQL."""
    chosen: databases.Kind = request.param
    return chosen


@pytest.fixture
async def empty_db(kind: databases.Kind) -> AsyncIterator[Database]:
    """A started database without any table."""
    url = databases.fresh_url(kind)
    db = Database(url)
    await db.start()
    try:
        yield db
    finally:
        await db.stop()
        databases.drop(url)
