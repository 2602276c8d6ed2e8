"""The books, counted anew in Python from all rows, against the accounts and against what was acknowledged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable

from api.core import database
from api.points import ledger
from api.points.jobs import grant_due
from api.points.records import rules
from api.points.rules import AccountKind
from tests.support.ledger.redemptions import redemptions
from tests.support.ledger.world import AMOUNT, Gift, World


async def balances(_world: World) -> list[str]:
    """Transfers sum to zero; balance and held are what postings and open holds come to; nothing is below zero."""
    states = {row["id"]: row["state"] for row in await database.fetch("SELECT id, state FROM transfer")}
    sums: dict[str, int] = defaultdict(int)
    stands: dict[str, int] = defaultdict(int)
    held: dict[str, int] = defaultdict(int)
    for row in await database.fetch("SELECT transfer_id, account_id, amount FROM posting"):
        amount, state = row["amount"], states[row["transfer_id"]]
        sums[row["transfer_id"]] += amount
        if state == "posted":
            stands[row["account_id"]] += amount
        elif state == "held" and amount < 0:
            held[row["account_id"]] -= amount
    wrong = [f"transfer {transfer} does not sum to zero" for transfer, total in sums.items() if total]
    wrong += [f"transfer {transfer} has no postings" for transfer in states if transfer not in sums]
    for row in await database.fetch("SELECT id, kind, balance, held FROM account WHERE guarded"):
        expected = stands[row["id"]] - held[row["id"]], held[row["id"]]
        if (row["balance"], row["held"]) != expected or min(expected) < 0:
            wrong.append(f"{row['kind']} {row['id']} has {row['balance']}, {row['held']} instead of {expected}")
    return wrong


async def allowances(world: World) -> list[str]:
    """Everybody got each period's allowance once, and each boost."""
    boosts: dict[str, int] = defaultdict(int)
    for person, points in world.boosts.values():
        boosts[person] += points
    wrong = []
    for kind, expected in (
        ("allowance", dict.fromkeys(world.actors, AMOUNT * len(world.periods))),
        ("boost", boosts),
    ):
        rows = await database.fetch(
            """SELECT a.owner_id, SUM(p.amount) AS points FROM posting p JOIN account a ON a.id = p.account_id
            JOIN transfer t ON t.id = p.transfer_id WHERE t.kind = {} AND a.guarded GROUP BY a.owner_id""",
            kind,
        )
        found = {row["owner_id"]: int(row["points"]) for row in rows}
        if found != {person: points for person, points in expected.items() if points}:
            wrong.append(f"{kind}: {found} instead of {dict(expected)}")
    return wrong


async def gifts(world: World) -> list[str]:
    """Each acknowledged gift is there once, for whom it was meant, and is held, moved or taken back as it should."""
    wrong = []
    for kind, known in (("kudos", world.gifts), ("addon", world.comments)):
        rows = await database.fetch(
            """SELECT t.id, t.about_id, t.state, (SELECT COUNT(*) FROM transfer r WHERE r.reverses_id = t.id) AS back
            FROM transfer t WHERE t.kind = {}""",
            kind,
        )
        found = defaultdict(list)
        for row in rows:
            found[row["about_id"]].append(row)
        for about_id, gift in known.items():
            there = found.pop(about_id, [])
            if len(there) != (gift.points > 0):
                wrong.append(f"{kind} {about_id}: {len(there)} transfers for {gift.points} points")
                continue
            for row in there:
                back = row["state"] == "voided" or row["back"] == 1
                if back != _gone(world, gift) or row["back"] > 1:
                    wrong.append(f"{kind} {about_id} is {row['state']}, reversed {row['back']} times")
        wrong += [f"{kind} {about_id}: nobody was told of it" for about_id in found]
    postings = await database.fetch(
        """SELECT t.about_id, p.account_id, p.amount FROM transfer t JOIN posting p ON p.transfer_id = t.id
        WHERE t.kind IN ('kudos', 'addon') AND p.amount > 0"""
    )
    amounts: dict[str, dict[str, int]] = defaultdict(dict)
    for row in postings:
        amounts[row["about_id"]][row["account_id"]] = row["amount"]
    for about_id, gift in (world.gifts | world.comments).items():
        earned = {ledger.account_id(AccountKind.EARNED, person): gift.points for person in gift.recipients}
        if gift.points and amounts[about_id] != earned:
            wrong.append(f"{about_id}: {amounts[about_id]} instead of {earned}")
    return wrong


def _gone(world: World, gift: Gift) -> bool:
    return gift.gone or world.gifts[gift.kudos_id].ended


async def orders(world: World) -> list[str]:
    """Each acknowledged order is there once, in the state of the one decision that was acknowledged."""
    rows = await database.fetch(
        """SELECT t.id, t.state, (SELECT COUNT(*) FROM transfer r WHERE r.reverses_id = t.id) AS back
        FROM transfer t WHERE t.kind = 'order'"""
    )
    found = {row["id"]: "refunded" if row["back"] else row["state"] for row in rows}
    expected = {order_id: order.state for order_id, order in world.orders.items()}
    return [] if found == expected else [f"orders: {set(found.items()) ^ set(expected.items())}"]


async def grant_to_all(world: World) -> None:
    """What is granted in the present period is granted to all before it ends."""
    await grant_due()
    world.periods.add((await rules()).period_of(world.clock()).key)


CHECKS: list[Callable[[World], Awaitable[list[str]]]] = [balances, allowances, gifts, orders, redemptions]
