"""`gearmesh verify` on a large ledger: `python -m tests.benchmarks.verifying [--postings N] [--database KIND]`

A ledger of thanks with points between 5,000 people is loaded in bulk, the command runs on it as a process of its own
behind a terminal, then two rows in the middle are falsified and it runs again. Printed: how long it took, its most
memory, how often it said how far it is, and what it found.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import pty
import random
import subprocess
import sys
import threading
import time
from collections import defaultdict
from contextlib import suppress
from functools import partial

import psutil

from api.core import database
from api.core.clock import SECOND
from api.core.database.bulk import Row
from api.core.ids import uuid7
from api.demo.gifts import LEDGER
from api.points.ledger import account_id
from api.points.rules import HOUSE, AccountKind
from tests.databases import KINDS, Kind
from tests.drills.stored import opened
from tests.support.house import organisation_url
from tests.support.organisation import OPENED_AT

PEOPLE = 5_000
_CHUNK = 20_000


def ledger_rows(postings: int, *, seed: int = 1) -> dict[str, list[Row]]:
    """Accounts, transfers and postings: everybody gets a boost, then they thank each other."""
    chance = random.Random(seed)
    people = [uuid7(OPENED_AT) for _person in range(PEOPLE)]
    pots, earned = ([account_id(kind, one) for one in people] for kind in (AccountKind.GIVING, AccountKind.EARNED))
    issue, balances = account_id(AccountKind.ISSUE), defaultdict[str, int](int)
    gifts = (postings - PEOPLE - 1) // 2
    opening, each = uuid7(OPENED_AT), 20 * (gifts // PEOPLE + 1)
    transfers: list[Row] = [(opening, "boost", None, None, "posted", OPENED_AT, OPENED_AT)]
    rows: list[Row] = [(opening, pot, each) for pot in pots] + [(opening, issue, -each * PEOPLE)]
    for number in range(gifts):
        giver, points = number % PEOPLE, chance.choice((5, 10, 20))
        at, gift = OPENED_AT + number * SECOND, uuid7(OPENED_AT + number * SECOND)
        to = earned[(giver + chance.randrange(1, PEOPLE)) % PEOPLE]
        transfers.append((gift, "kudos", gift, people[giver], "posted", at, at))
        rows += [(gift, pots[giver], -points), (gift, to, points)]
        balances[pots[giver]] -= points
        balances[to] += points
    kinds = ((pots, AccountKind.GIVING, each), (earned, AccountKind.EARNED, 0))
    accounts: list[Row] = [(issue, AccountKind.ISSUE.value, HOUSE, "", False, 0, 0)]
    for ids, kind, begun in kinds:
        accounts += [
            (one, kind.value, owner, "", True, begun + balances[one], 0) for one, owner in zip(ids, people, strict=True)
        ]
    return {"account": accounts, "transfer": transfers, "posting": rows}


async def _load(url: str, postings: int) -> None:
    found = ledger_rows(postings)
    async with opened(url):
        for columns in LEDGER:
            rows = found[columns.table]
            for start in range(0, len(rows), _CHUNK):
                chunk = rows[start : start + _CHUNK]
                await database.transact(partial(columns.insert, chunk))
        await database.execute("ANALYZE")


async def _falsify(url: str) -> list[str]:
    """A posting and a balance in the middle; returns what should be named: the transfer and the accounts."""
    async with opened(url):
        (middle,) = await database.fetch("SELECT COUNT(*) / 2 AS n FROM transfer")
        rows = await database.fetch("SELECT id FROM transfer ORDER BY id LIMIT 1 OFFSET {}", middle["n"])
        transfer = rows[0]["id"]
        postings = await database.fetch("SELECT account_id FROM posting WHERE transfer_id = {}", transfer)
        wrong = postings[0]["account_id"]
        await database.execute(
            "UPDATE posting SET amount = amount + 1000 WHERE transfer_id = {} AND account_id = {}", transfer, wrong
        )
        rows = await database.fetch("SELECT id FROM account WHERE id <> {} ORDER BY id LIMIT 1 OFFSET 5000", wrong)
        await database.execute("UPDATE account SET balance = balance + 1 WHERE id = {}", rows[0]["id"])
        return [transfer, wrong, rows[0]["id"]]


def _verify(url: str) -> tuple[str, float, int, float]:
    """(What the command said, its seconds, how often it told of its progress, its most memory in MB)."""
    terminal, end = pty.openpty()
    told: list[bytes] = []

    def read() -> None:
        try:
            while part := os.read(terminal, 65_536):
                told.append(part)
        except OSError:
            return  # the command has ended

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    begun, most = time.monotonic(), 0
    command = [sys.executable, "-m", "frontend.cli", "verify"]
    environment = os.environ | {"GEARMESH_DATABASE_URL": url}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=end, text=True) as process:
        assert process.stdout is not None
        seen = psutil.Process(process.pid)
        while process.poll() is None:
            with suppress(psutil.Error):
                most = max(most, seen.memory_info().rss)
            time.sleep(0.05)
        said = process.stdout.read()
    seconds = time.monotonic() - begun
    os.close(end)
    reader.join(timeout=1)
    return said, seconds, b"".join(told).count(b"%"), most / 2**20


def measure(kind: Kind, postings: int) -> bool:
    """Load, verify, falsify, verify; whether just the falsified rows were named."""
    url = organisation_url(kind)
    begun = time.monotonic()
    asyncio.run(_load(url, postings))
    print(f"{kind}: {postings:,} postings loaded in {time.monotonic() - begun:.0f} s", flush=True)
    said, seconds, told, memory = _verify(url)
    print(f"  sound: {'broken' not in said}, {seconds:.1f} s, at most {memory:.0f} MB, told {told} times", flush=True)
    planted = asyncio.run(_falsify(url))
    found, seconds, _told, _memory = _verify(url)
    named = [line.strip() for line in found.splitlines() if line.startswith("          ")]
    print(f"  falsified: {named} named in {seconds:.1f} s; all and no others: {sorted(named) == sorted(planted)}")
    return "broken" not in said and sorted(named) == sorted(planted)


def main() -> None:
    """Measure on both databases, or on one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postings", type=int, default=1_000_000)
    parser.add_argument("--database", choices=KINDS)
    chosen = parser.parse_args()
    results = [measure(kind, chosen.postings) for kind in ([chosen.database] if chosen.database else KINDS)]
    sys.exit(not all(results))


if __name__ == "__main__":
    main()
