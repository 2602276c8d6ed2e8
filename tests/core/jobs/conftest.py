"""An open database with the schema, once on each engine, and a clock that tests set."""

from collections.abc import AsyncIterator

import pytest

from api.app import open_database
from api.core.clock import DAY
from api.core.database import Database, migrate
from api.core.settings import Settings
from api.migrations import MIGRATIONS
from tests import databases
from tests.support.clock import Clock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock(20_000 * DAY)
    monkeypatch.setattr("api.core.clock._now", made)
    return made


@pytest.fixture
async def db(kind: databases.Kind) -> AsyncIterator[Database]:
    url = databases.fresh_url(kind, databases.template_url(kind, "schema", _prepare))
    opened = open_database(Settings(database_url=url))
    await opened.start()
    try:
        yield opened
    finally:
        await opened.stop()
        databases.drop(url)


async def _prepare(url: str) -> None:
    opened = open_database(Settings(database_url=url))
    await opened.start()
    try:
        await migrate(opened, MIGRATIONS)
    finally:
        await opened.stop()
