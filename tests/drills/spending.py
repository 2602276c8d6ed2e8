"""`python -m tests.drills.spending --spends 100000`: many spend out of the same pots at once; exactly what is covered
goes through."""

from __future__ import annotations

import argparse
import asyncio
import sys
from time import monotonic

import msgspec

from api.core import database
from api.points import ledger
from api.points.errors import NotEnough
from api.points.rules import HOUSE, AccountKind
from tests.databases import KINDS
from tests.drills.stored import broken, opened
from tests.support.house import organisation_url
from tests.support.organisation import PEOPLE

AT_ONCE = 50
COST = 7


class Spends(msgspec.Struct):
    """How many spends went through, how many were refused, how many were covered."""

    granted: int
    refused: int
    covered: int


@database.transaction
async def _spend(own: str, gone: str) -> str:
    return await ledger.transfer(kind="redemption", entries={own: -COST, gone: COST})


async def spend_at_once(spends: int) -> Spends:
    """So many spends of seven points, 50 at a time, out of eight accounts that cover half of them."""
    people = [person.id for person in PEOPLE]

    async def fill() -> dict[ledger.Key, str]:
        ids = await ledger.accounts(
            [(kind, HOUSE, "") for kind in (AccountKind.ISSUE, AccountKind.REDEEMED)]
            + [(AccountKind.EARNED, person, "") for person in people]
        )
        each = spends * COST // 2 // len(people) + 3  # a few are left that cover none
        entries = {ids[AccountKind.EARNED, person, ""]: each for person in people}
        await ledger.transfer(kind="boost", entries={**entries, ids[AccountKind.ISSUE, HOUSE, ""]: -each * len(people)})
        return ids

    ids = await database.transact(fill)
    accounts = [ids[AccountKind.EARNED, person, ""] for person in people]
    gone = ids[AccountKind.REDEEMED, HOUSE, ""]
    covered = len(people) * ((spends * COST // 2 // len(people) + 3) // COST)
    found = Spends(0, 0, covered)
    numbers = iter(range(spends))

    async def spender() -> None:
        for number in numbers:
            try:
                await _spend(accounts[number % len(accounts)], gone)
                found.granted += 1
            except NotEnough:
                found.refused += 1

    await asyncio.gather(*(spender() for _ in range(AT_ONCE)))
    return found


async def _main(spends: int) -> bool:
    sound = True
    for kind in KINDS:
        async with opened(organisation_url(kind)):
            began = monotonic()
            found = await spend_at_once(spends)
            seconds = monotonic() - began
            faults = await broken()
        print(f"{kind}: {found}, {spends / seconds:.0f} a second, {len(faults)} violations {faults}")
        sound = sound and found.granted == found.covered and not faults
    return sound


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--spends", type=int, default=100_000)
    sys.exit(not asyncio.run(_main(parser.parse_args().spends)))
