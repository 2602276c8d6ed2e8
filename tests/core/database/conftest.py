"""Started databases with a toy table."""

from collections.abc import AsyncIterator

import pytest

from api.core.database import Database, migrate
from api.core.database.postgres import PooledEngine
from api.core.database.sqlite import EmbeddedEngine
from tests import databases
from tests.core.database.toys import MIGRATIONS, Toy


async def _toys(kind: databases.Kind) -> AsyncIterator[Database]:
    url = databases.fresh_url(kind)
    db = Database(url, [Toy])
    await db.start()
    try:
        await migrate(db, MIGRATIONS)
        yield db
    finally:
        await db.stop()
        databases.drop(url)


@pytest.fixture
async def db(kind: databases.Kind) -> AsyncIterator[Database]:
    async for started in _toys(kind):
        yield started


@pytest.fixture
async def sqlite_db() -> AsyncIterator[Database]:
    async for started in _toys("sqlite"):
        yield started


@pytest.fixture
async def postgres_db() -> AsyncIterator[Database]:
    async for started in _toys("postgres"):
        yield started


@pytest.fixture
def sqlite_engine(sqlite_db: Database) -> EmbeddedEngine:
    assert isinstance(sqlite_db.engine, EmbeddedEngine)
    return sqlite_db.engine


@pytest.fixture
def postgres_engine(postgres_db: Database) -> PooledEngine:
    assert isinstance(postgres_db.engine, PooledEngine)
    return postgres_db.engine
