"""The hospital in a database: complete, consistent, signed in to, and made again after a break."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from api.core import database
from api.core.access.secrets import password_matches
from api.core.database import Database, migrate
from api.core.sealing import use_sealing
from api.core.text import words
from api.demo import load
from api.demo.generate import Demo, Letter
from api.demo.hospital import BONDS
from api.demo.known import DEMO_PEOPLE, PASSWORD
from api.demo.load import is_unfinished, load_demo
from api.demo.news import UNREAD
from api.demo.rows import quick_words
from api.migrations import MIGRATIONS
from api.registry import TABLES
from api.verify import verify
from tests import databases
from tests.demo.conftest import UNTIL
from tests.support.rewards import KEY

LETTERS = "award_id IS NULL AND id NOT IN (SELECT kudos_id FROM improvement_team WHERE kudos_id IS NOT NULL)"
AWARDED = 2
TEAMED = 1, 3
"""Thank-yous at the end of an improvement team, and whom they thank."""
NEW_YEAR = 1_798_759_800_000_000  # half past midnight in Berlin: month and quarter are an hour old


@asynccontextmanager
async def fresh(kind: databases.Kind) -> AsyncIterator[Database]:
    """A started database with the product's tables and nothing in them."""
    url = databases.fresh_url(kind)
    db = Database(url, TABLES)
    await db.start()
    try:
        await migrate(db, MIGRATIONS)
        yield db
    finally:
        await db.stop()
        databases.drop(url)


@pytest.fixture
async def db(kind: databases.Kind) -> AsyncIterator[Database]:
    async with fresh(kind) as opened:
        yield opened


async def count(table: str, where: str = "TRUE") -> int:
    row = await database.fetch_one(f"SELECT COUNT(*) FROM {table} WHERE {where}")
    assert row is not None
    return int(row[0])


async def test_everything_is_stored_and_adds_up(db: Database, demo: Demo, letters: list[Letter]) -> None:
    told: list[tuple[int, int]] = []
    await load_demo(until=UNTIL, progress=lambda done, total: told.append((done, total)))
    assert told[0] == (0, 3_000)
    assert told[-1] == (3_000, 3_000)
    assert [(o.says, o.broken) async for o in verify() if o.broken] == []
    assert await count("person") == 300
    assert await count("department", "manager_id IS NOT NULL") == 14
    assert await count("dependency") == len(BONDS)
    assert await count("kudos", LETTERS) == len(letters)
    assert await count("kudos") == len(letters) + AWARDED + TEAMED[0]
    assert await count("kudos_recipient") == sum(len(x.recipients) for x in letters) + AWARDED + TEAMED[1]
    assert await count("kudos_mention") == sum(len(x.everyone_mentioned()) for x in letters)
    assert await count("reaction") == sum(len(x.reactions) for x in letters)
    assert await count("comment") == sum(len(x.comments) for x in letters)
    assert await count("kudos", f"{LETTERS} AND (delivered_at IS NULL OR delivered_at <> deliver_at)") == 0
    assert await count("kudos", "hidden_at IS NOT NULL") == await count("report", "outcome = 'hidden'") == 2
    assert await count("report", "resolved_at IS NULL") == 1
    assert await count("notification", "kind = 'reported'") == 1
    assert await count("notification", "kind = 'thanked' AND read_at IS NULL") == sum(
        person in x.recipients and person is not x.giver and x.deliver_at >= UNTIL - UNREAD
        for person in (p for p in demo.people if p.email in {known.email for known in DEMO_PEOPLE.values()})
        for x in letters
    )
    last = await database.fetch_one(
        f"SELECT id, message, language FROM kudos WHERE {LETTERS} ORDER BY position DESC LIMIT 1"
    )
    assert last is not None
    assert tuple(last) == (letters[-1].id, letters[-1].message, letters[-1].language)


async def test_the_demo_is_marked_and_its_people_sign_in_with_one_password(db: Database) -> None:
    await load_demo(people=60, kudos=40, until=UNTIL)
    house = await database.fetch_one("SELECT name, language, time_zone, demo FROM organisation")
    assert house is not None
    assert (house[0], house[1], house[2], bool(house[3])) == ("Klinikum Lindenhof", "de", "Europe/Berlin", True)
    hashes = await database.fetch("SELECT DISTINCT password_hash FROM person")
    assert len(hashes) == 1
    assert await password_matches(PASSWORD, hashes[0][0])
    for one in DEMO_PEOPLE.values():
        assert await count("person", f"email = '{one.email}' AND language = ''") == 1
    assert await count("person", "language = ''") == len(DEMO_PEOPLE)


async def test_a_broken_off_load_is_cleared_and_made_again(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken_off(*_what: object) -> None:
        raise RuntimeError("broken off")

    assert not await is_unfinished()
    with monkeypatch.context() as patch:
        patch.setattr(load, "_finish", broken_off)
        with pytest.raises(RuntimeError, match="broken off"):
            await load_demo(people=60, kudos=90, until=UNTIL)
    assert await is_unfinished()
    assert await count("kudos", LETTERS) == 90
    await load_demo(people=60, kudos=40, until=UNTIL)
    assert not await is_unfinished()
    assert await count("kudos", LETTERS) == 40
    assert [o.says async for o in verify() if o.broken] == []


async def test_a_database_in_use_is_refused(db: Database) -> None:
    await load_demo(people=60, kudos=40, until=NEW_YEAR)
    with pytest.raises(ValueError, match="nobody has used"):
        await load_demo(people=60, kudos=40, until=UNTIL)
    assert await count("kudos", LETTERS) == 40


def test_the_index_finds_by_the_words_that_the_product_looks_for(letters: list[Letter]) -> None:
    for text in [*(x.message for x in letters), "Grüße an Łukasz Đorđević, 38,9 °C … 🙂 und_so", "Ionuț Ünal ß"]:
        assert quick_words(text) == words(text)


async def test_what_people_did_with_verbs_has_the_same_ids_again(kind: databases.Kind) -> None:
    use_sealing(KEY)
    made = []
    for _again in range(2):
        async with fresh(kind):
            await load_demo(people=60, kudos=40, until=UNTIL)
            rows = await database.fetch(
                """SELECT id, state, created_at AS at FROM redemption
                UNION ALL SELECT id, state, created_at FROM nomination
                UNION ALL SELECT id, state, created_at FROM approval
                UNION ALL SELECT id, kind, created_at FROM transfer
                UNION ALL SELECT id, '', position FROM kudos ORDER BY id"""
            )
            assert max(row["at"] for row in rows if row["state"]) < UNTIL
            made.append([tuple(row) for row in rows])
    use_sealing("")
    assert made[0] == made[1]
