"""Transfers, holds and reversals, as the rest of the product calls them."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from api.core import database
from api.core.clock import MINUTE
from api.core.errors import NotFound
from api.core.ids import uuid7
from api.points import ledger
from api.points.errors import NotEnough, Settled
from api.points.giving import settle_due
from api.points.rules import AccountKind
from tests.support.house import House
from tests.support.organisation import AYLIN, JONAS, NOBODY

GIVING, EARNED = AccountKind.GIVING, AccountKind.EARNED


@database.transaction
async def granted(points: int) -> tuple[str, str]:
    """Aylin's pot with so many points, and Jonas's earned points."""
    pot = await ledger.account(GIVING, AYLIN.id)
    earned = await ledger.account(EARNED, JONAS.id)
    await ledger.transfer(kind="boost", entries={await ledger.account(AccountKind.ISSUE): -points, pot: points})
    return pot, earned


async def on(*accounts: str) -> list[tuple[int, int]]:
    """(balance, held) of each."""
    rows = await database.fetch(
        f"SELECT * FROM account WHERE id IN ({database.placeholders(len(accounts))})", *accounts
    )
    found = {row["id"]: (row["balance"], row["held"]) for row in rows}
    return [found[account] for account in accounts]


@database.transaction
async def held(pot: str, earned: str, points: int, unique: str | None = None) -> str:
    return await ledger.hold(kind="kudos", entries={pot: -points, earned: points}, unique=unique)


@database.transaction
async def moved(source: str, target: str, points: int, unique: str | None = None) -> str:
    return await ledger.transfer(kind="kudos", entries={source: -points, target: points}, unique=unique)


post = database.transaction(ledger.post)
void = database.transaction(ledger.void)
reverse = database.transaction(ledger.reverse)


async def test_what_is_held_is_out_of_the_balance_until_it_moves_or_comes_back(house: House) -> None:
    pot, earned = await granted(100)
    first, second = await held(pot, earned, 30), await held(pot, earned, 50)
    assert await on(pot, earned) == [(20, 80), (0, 0)]
    await post(first)
    assert await on(pot, earned) == [(20, 50), (30, 0)]
    await void(second)
    assert await on(pot, earned) == [(70, 0), (30, 0)]
    for settle in (post, void):
        for hold_id in (first, second):
            with pytest.raises(Settled):
                await settle(hold_id)
        with pytest.raises(NotFound):
            await settle(NOBODY)
    assert await on(pot, earned) == [(70, 0), (30, 0)]


async def test_nothing_goes_below_zero_and_the_error_says_by_how_much(house: House) -> None:
    pot, earned = await granted(20)
    for take in (held, moved):
        with pytest.raises(NotEnough) as refused:
            await take(pot, earned, 21)
        assert (refused.value.available, refused.value.needed) == (20, 21)
        assert refused.value.message.text("en") == "You have 20 points left to give; this needs 21."
    assert await on(pot, earned) == [(20, 0), (0, 0)]
    assert await database.fetch("SELECT id FROM transfer WHERE kind = 'kudos'") == []


async def test_of_many_at_once_exactly_what_is_covered_goes_through(house: House) -> None:
    pot, earned = await granted(100)
    results = await asyncio.gather(*(held(pot, earned, 7) for _ in range(40)), return_exceptions=True)
    assert sum(isinstance(result, str) for result in results) == 14
    assert sum(isinstance(result, NotEnough) for result in results) == 26
    assert await on(pot, earned) == [(2, 98), (0, 0)]


async def test_one_key_moves_points_once(house: House) -> None:
    pot, earned = await granted(100)
    for take in (held, moved):
        key = uuid7()
        results = await asyncio.gather(*(take(pot, earned, 5, key) for _ in range(10)))
        assert len(set(results)) == 1
    assert await on(pot, earned) == [(90, 5), (5, 0)]


async def test_a_reversal_takes_what_is_there_and_writes_off_the_rest(house: House) -> None:
    pot, earned = await granted(100)
    redeemed = ledger.account_id(AccountKind.REDEEMED)
    await database.transact(lambda: ledger.account(AccountKind.REDEEMED))
    kudos = await moved(pot, earned, 60)
    order = await moved(earned, redeemed, 45)
    with pytest.raises(NotEnough):
        await reverse(kudos, at_most_available=False)
    result = await reverse(kudos, actor_id=AYLIN.id)
    assert (result.taken, result.written_off) == (15, 45)
    assert await on(pot, earned) == [(55, 0), (0, 0)]
    with pytest.raises(Settled):
        await reverse(kudos)
    # A refund: what was redeemed comes back.
    result = await reverse(order)
    assert (result.taken, result.written_off) == (45, 0)
    assert await on(pot, earned) == [(55, 0), (45, 0)]
    sums = await database.fetch("SELECT transfer_id FROM posting GROUP BY transfer_id HAVING SUM(amount) <> 0")
    assert sums == []


async def test_reversing_an_open_hold_gives_it_back(house: House) -> None:
    pot, earned = await granted(10)
    hold_id = await held(pot, earned, 10)
    assert (await reverse(hold_id)).taken == 10
    assert await on(pot, earned) == [(10, 0), (0, 0)]
    with pytest.raises(Settled):
        await reverse(hold_id)


async def test_a_hold_whose_time_has_come_is_settled_as_it_says_once(house: House) -> None:
    pot, earned = await granted(100)
    due = house.clock() + MINUTE
    for at_due, points in (("expire", 30), ("post", 20)):
        await database.transact(
            partial(ledger.hold, kind="kudos", entries={pot: -points, earned: points}, due_at=due, at_due=at_due)
        )
    assert await settle_due() == 0
    house.clock.forward(MINUTE)
    assert await on(pot, earned) == [(50, 50), (0, 0)]
    assert sum(await asyncio.gather(*(settle_due() for _ in range(5)))) == 2
    assert await on(pot, earned) == [(80, 0), (20, 0)]
    states = await database.fetch("SELECT state FROM transfer WHERE kind = 'kudos' ORDER BY id")
    assert sorted(row["state"] for row in states) == ["expired", "posted"]


async def test_of_two_who_settle_at_once_one_does(house: House) -> None:
    pot, earned = await granted(100)
    for settles in ((post, void), (post, post), (reverse, reverse), (void, reverse)):
        hold_id = await held(pot, earned, 10)
        if reverse in settles and void not in settles:
            await post(hold_id)
        results = await asyncio.gather(*(settle(hold_id) for settle in settles), return_exceptions=True)
        assert sum(isinstance(result, Settled) for result in results) == 1
    rows = await database.fetch("SELECT held FROM account WHERE held <> 0")
    assert rows == []
