"""Thanks with points over HTTP: how many one COMMIT acknowledges, what durability costs, and what is left of the speed
of hand-written asyncpg that writes the same rows, without HTTP, rights, rules or repeats.

    python -m tests.benchmarks points
"""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import time
from collections.abc import Sequence
from contextlib import ExitStack

import asyncpg

from api.app import open_database
from api.core import database
from api.core.clock import now
from api.core.ids import position, uuid7
from api.core.settings import Settings
from api.points import ledger
from api.points.records import change_settings
from api.points.rules import HOUSE, AccountKind
from tests.benchmarks.figures import Figure, show
from tests.benchmarks.hospital import Hospital, Kind, Reader, sign_in
from tests.benchmarks.processes import Seen, Server, serving
from tests.benchmarks.writes import CLIENTS, GIVERS, PATH, without_waiting

FUNDS = 1_000_000
CONNECTIONS = 10
_MESSAGE = "Thank you for letter %d: the papers came complete, and nobody had to ask twice."


def letters(givers: Sequence[Reader], many: int) -> list[str]:
    """Requests that thank one colleague each, with a point."""
    made = []
    for number in range(many):
        giver, other = givers[number % len(givers)], givers[(number + 1 + number // len(givers) * 7) % len(givers)]
        other = other if other.id != giver.id else givers[(number + 3) % len(givers)]
        body = json.dumps({"recipients": [other.id], "message": _MESSAGE % number, "points": 1})
        made.append(
            f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {giver.token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        )
    return made


async def _fund(url: str, people: Sequence[Reader]) -> None:
    opened = open_database(Settings(database_url=url))
    await opened.start()
    try:
        await change_settings(
            actor=None,
            changes={"enabled": 1, "amount": 10_000, "person_percent": 100, "mutual_times": 100, "burst_times": 1_000},
        )

        async def fill() -> None:
            keys = [(kind, one.id, "") for one in people for kind in (AccountKind.GIVING, AccountKind.EARNED)]
            ids = await ledger.accounts([*keys, (AccountKind.ISSUE, HOUSE, "")])
            pots = {ids[AccountKind.GIVING, one.id, ""]: FUNDS for one in people}
            issue = ids[AccountKind.ISSUE, HOUSE, ""]
            await ledger.transfer(kind="boost", entries={**pots, issue: -FUNDS * len(people)})

        await database.transact(fill)
    finally:
        await opened.stop()


class _ByHand:
    """The same rows as fast as one writes them with asyncpg."""

    def __init__(self, pool: asyncpg.Pool, people: Sequence[asyncpg.Record], until: float) -> None:
        self._pool = pool
        self._people = people
        self._until = until
        self.done = 0

    async def client(self, seed: int) -> None:
        chance = random.Random(seed)
        while time.perf_counter() < self._until:
            giver, other = chance.sample(self._people, 2)
            async with self._pool.acquire() as connection, connection.transaction():
                await self._write(connection, giver, other)
            self.done += 1

    async def _write(self, connection: asyncpg.Connection, giver: asyncpg.Record, other: asyncpg.Record) -> None:
        at, kudos, hold = now(), uuid7(), uuid7()
        where, home, away = position(at), giver["department_id"], other["department_id"]
        week = at // 86_400_000_000 // 7 * 7
        pot = ledger.account_id(AccountKind.GIVING, str(giver["id"]))
        earned = ledger.account_id(AccountKind.EARNED, str(other["id"]))
        run = connection.execute
        await run(
            """INSERT INTO kudos (id, position, giver_id, giver_department_id, message, language, private, deliver_at,
                points) VALUES ($1, $2, $3, $4, $5, 'en', FALSE, $6, 1)""",
            *(kudos, where, giver["id"], home, _MESSAGE % where, at),
        )
        await run("INSERT INTO kudos_recipient VALUES ($1, $2, $3, $4)", kudos, other["id"], away, where)
        await run("INSERT INTO kudos_edge VALUES ($1, $2, $3, $4)", kudos, home, away, where)
        await run("INSERT INTO kudos_search VALUES ($1, to_tsvector('simple', $2))", where, _MESSAGE % where)
        await run(
            """INSERT INTO edge_week VALUES ($1, $2, $3, 1)
            ON CONFLICT (giver_department_id, recipient_department_id, week)
            DO UPDATE SET thanks = edge_week.thanks + 1""",
            *(home, away, week),
        )
        await run(
            """INSERT INTO person_tally VALUES ($1, 'to', $2, 1), ($3, 'from', $4, 1)
            ON CONFLICT (person_id, facet, key_id) DO UPDATE SET thanks = person_tally.thanks + 1""",
            *(giver["id"], away, other["id"], home),
        )
        await run(
            "INSERT INTO event (kind, actor_id, kudos_id, created_at) VALUES ('kudos.given', $1, $2, $3)",
            *(giver["id"], kudos, at),
        )
        await run(
            """INSERT INTO transfer (id, kind, about_id, actor_id, state, created_at)
            VALUES ($1, 'kudos', $2, $3, 'held', $4)""",
            *(hold, kudos, giver["id"], at),
        )
        await run("INSERT INTO posting VALUES ($1, $2, -1), ($1, $3, 1)", hold, pot, earned)
        await run("UPDATE account SET balance = balance - 1, held = held + 1 WHERE id = $1 AND balance >= 1", pot)


async def _by_hand(url: str, readers: Sequence[Reader], seconds: float) -> float:
    pool = await asyncpg.create_pool(url, min_size=CONNECTIONS, max_size=CONNECTIONS)
    try:
        people = await pool.fetch(
            "SELECT id, department_id FROM person WHERE id = ANY($1)", [one.id for one in readers]
        )
        begin = time.perf_counter()
        work = _ByHand(pool, people, begin + seconds)
        await asyncio.gather(*(work.client(seed) for seed in range(CLIENTS)))
        return work.done / (time.perf_counter() - begin)
    finally:
        await pool.close()


def _give(server: Server, requests: Sequence[str], seconds: float) -> Seen:
    return server.load(requests, connections=CLIENTS, seconds=seconds, status=201)


def measure(hospital: Hospital, kind: Kind, *, rounds: int, seconds: float) -> list[Figure]:
    """Rounds of durable writes and their baseline in turn, each on its own copy."""
    with ExitStack() as stack:
        urls = [stack.enter_context(hospital.copy(kind, name)) for name in ("points", "baseline")]
        givers = [sign_in(url, GIVERS) for url in urls]
        for url, people in zip(urls, givers, strict=True):
            asyncio.run(_fund(url, people))
        asked = [letters(people, 3_000) for people in givers]
        durable = stack.enter_context(serving("product", urls[0]))
        _give(durable, asked[0], seconds / 2)
        if kind == "sqlite":
            hasty = stack.enter_context(serving(*without_waiting(kind, urls[1])))
            _give(hasty, asked[1], seconds / 2)
            pairs = [
                (_give(durable, asked[0], seconds), _give(hasty, asked[1], seconds).rate) for _round in range(rounds)
            ]
        else:
            pairs = [
                (_give(durable, asked[0], seconds), asyncio.run(_by_hand(urls[1], givers[1], seconds)))
                for _round in range(rounds)
            ]
    ours, other = [seen for seen, _rate in pairs], statistics.median(rate for _seen, rate in pairs)
    ratio = Figure(
        f"{kind}: rate over that without waiting" if kind == "sqlite" else f"{kind}: rate over asyncpg by hand",
        [seen.rate / rate for seen, rate in pairs],
        at_least=0.7 if kind == "sqlite" else 0.4,
        note=f"{statistics.median(seen.rate for seen in ours):.0f}/s over {other:.0f}/s, "
        f"99% within {statistics.median(seen.slowest for seen in ours) * 1e3:.0f} ms, "
        f"0 errors in {sum(seen.answers for seen in ours)}",
    )
    if kind != "sqlite":
        return [ratio]
    grouped = [seen.answers / seen.commits for seen in ours]
    return [Figure(f"{kind}: acknowledged by one COMMIT", grouped, at_least=10), ratio]


def run(hospital: Hospital, kinds: Sequence[Kind], *, quick: bool, rounds: int) -> list[Figure]:
    """Measure and show."""
    found: list[Figure] = []
    for kind in kinds:
        figures = measure(hospital, kind, rounds=rounds, seconds=0.6 if quick else 3.0)
        show(f"Thanks with points on {kind}, {CLIENTS} clients, {hospital.kudos:,} kudos", figures)
        found += figures
    return found
