"""Put a demo hospital into an empty database: as fast as it is written, in bounded memory, all or nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from functools import partial
from itertools import islice

from api.core import database
from api.core.access.secrets import hash_password
from api.core.database.bulk import Columns, Row
from api.core.events import record_event
from api.demo.after import thank_the_team
from api.demo.awards import put_awards
from api.demo.generate import Demo, Letter, generate
from api.demo.gifts import LEDGER
from api.demo.known import PASSWORD
from api.demo.news import tell_the_known
from api.demo.rewards import put_rewards
from api.demo.rotations import arrange_rotations
from api.demo.rows import HOUSE, MAIL, ROLLUPS, Clerk, house_rows

NAME = "Klinikum Lindenhof"
LOADED = "demo.loaded"
_CHUNK = 10_000  # letters to a transaction: every one touches pages all over the indexes
_ROOM = 256_000  # KiB of pages that SQLite keeps while loading; written out less often, loading takes half the time


async def load_demo(
    *,
    people: int = 300,
    kudos: int | None = None,
    seed: int = 1,
    until: int,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Demo:
    """Make the hospital of `generate` and store it. `progress(letters stored, letters in all)` tells how far it is.

    A load that was broken off is cleared away first. Raises ValueError if the database is in use for
    anything else or holds a demo already.
    """
    demo = generate(people=people, kudos=kudos, seed=seed, until=until)
    password_hash = await hash_password(PASSWORD)
    await _clear_unfinished()
    await database.transact(partial(_store_house, house_rows(demo, password_hash=password_hash)))
    async with _room_for_pages():
        await _store_letters(demo, progress)
    return demo


async def _store_letters(demo: Demo, progress: Callable[[int, int], None]) -> None:
    clerk = Clerk(demo)
    letters = demo.letters()
    done = 0
    progress(done, demo.kudos)
    chunk, rows = await asyncio.to_thread(_next, letters, clerk)
    while chunk:
        # The next chunk is written while this one is stored.
        _, following = await asyncio.gather(
            database.transact(partial(_store_mail, rows)), asyncio.to_thread(_next, letters, clerk)
        )
        done += chunk
        progress(done, demo.kudos)
        chunk, rows = following
    await database.transact(partial(_finish, demo, clerk.rollup_rows()))


@asynccontextmanager
async def _room_for_pages() -> AsyncIterator[None]:
    """Let SQLite's writer keep more pages in memory for a while."""
    if database.current().dialect != "sqlite":
        yield
        return
    before = await database.fetch_one("PRAGMA cache_size")
    await database.execute(f"PRAGMA cache_size = -{_ROOM}")
    try:
        yield
    finally:
        await database.execute(f"PRAGMA cache_size = {before[0] if before else 0}")


async def is_unfinished() -> bool:
    """Whether the database holds a demo whose load was broken off."""
    row = await database.fetch_one(
        """SELECT o.demo AND NOT EXISTS (SELECT 1 FROM event WHERE kind = {}) AS unfinished
        FROM organisation o""",
        LOADED,
    )
    return bool(row and row["unfinished"])


def _next(letters: Iterator[Letter], clerk: Clerk) -> tuple[int, dict[str, list[Row]]]:
    chunk = list(islice(letters, _CHUNK))
    return len(chunk), clerk.rows(chunk)


async def _clear_unfinished() -> None:
    if await is_unfinished():
        await database.transact(_clear)
    if await database.fetch_one("SELECT 1 FROM person LIMIT 1"):
        raise ValueError("the demo needs a database that nobody has used")


async def _clear() -> None:
    await database.execute("UPDATE department SET manager_id = NULL")
    for columns in (*reversed(LEDGER), *reversed(MAIL), *ROLLUPS):
        await database.execute(f"DELETE FROM {columns.table}")
    await database.execute("DELETE FROM kudos_search")
    await database.execute("UPDATE person SET manager_id = NULL")
    for table in ("dependency", "value", "session", "person", "department"):
        await database.execute(f"DELETE FROM {table}")


async def _store_house(rows: dict[str, list[Row]]) -> None:
    await database.execute(
        "UPDATE organisation SET name = {}, language = 'de', time_zone = 'Europe/Berlin', demo = {},"
        " directory_revision = directory_revision + 1", NAME, True
    )
    await database.execute("UPDATE points_settings SET enabled = 1, ring_percent = 20")
    await _store(HOUSE, rows)
    await _tell_planner()


async def _store_mail(rows: dict[str, list[Row]]) -> None:
    await _store(MAIL, rows)
    found = rows["kudos_search"]
    if database.current().dialect == "sqlite":
        await database.execute_many(
            "INSERT INTO kudos_search (rowid, body) VALUES ({}, {})",
            [(position, " ".join(sorted(words))) for position, words in found],
        )
    else:
        # Words hold letters and figures only, so they can travel in one text.
        await database.execute(
            """INSERT INTO kudos_search (position, body)
            SELECT u.position, array_to_tsvector(string_to_array(u.words, ' '))
            FROM unnest({}::bigint[], {}::text[]) AS u (position, words)""",
            [position for position, _ in found],
            [" ".join(sorted(words)) for _, words in found],
        )


async def _finish(demo: Demo, rows: dict[str, list[Row]]) -> None:
    await _store(ROLLUPS, rows)
    await tell_the_known(demo)
    await _store(LEDGER, rows)
    await put_rewards(demo)
    if demo.kudos:  # what was awarded stands in the feed
        await put_awards(demo)
    await arrange_rotations(demo.until)
    if demo.kudos:
        await thank_the_team(demo)
    await record_event(LOADED, actor_id=None)
    await _tell_planner()


async def _tell_planner() -> None:
    """PostgreSQL plans for empty tables until it is told, also its checks of references while loading."""
    if database.current().dialect == "postgres":
        await database.execute("ANALYZE")


async def _store(tables: tuple[Columns, ...], rows: dict[str, list[Row]]) -> None:
    for columns in tables:
        await columns.insert(rows[columns.table])
