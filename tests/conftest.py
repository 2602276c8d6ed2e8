"""Fixtures for all tests."""

from collections.abc import AsyncIterator

import pytest

from api.core.database import Database
from tests import databases


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
