"""Points switched on in a test's house, and what stands on people's accounts."""

from __future__ import annotations

from api.core import database
from api.kudos.delivery import deliver_due
from api.points import ledger
from api.points.giving import settle_due
from api.points.jobs import grant_due
from api.points.records import change_settings
from api.points.rules import HOUSE, AccountKind
from tests.support.organisation import Person


async def switch_on(**settings: object) -> None:
    """Everybody gets 100 points a month unless said otherwise, and has this month's."""
    await change_settings(actor=None, changes={"enabled": 1, **settings})
    await grant_due()


async def on(kind: AccountKind, person: Person) -> tuple[int, int]:
    """(balance, held) of an account; nothing if there is none yet."""
    row = await database.fetch_one(
        "SELECT balance, held FROM account WHERE id = {}", ledger.account_id(kind, person.id)
    )
    return (row["balance"], row["held"]) if row else (0, 0)


async def pot(person: Person) -> tuple[int, int]:
    return await on(AccountKind.GIVING, person)


async def earned(person: Person) -> int:
    balance, held = await on(AccountKind.EARNED, person)
    assert held == 0
    return balance


@database.transaction
async def spend(person: Person, points: int) -> str:
    """Somebody redeems earned points."""
    ids = await ledger.accounts([(AccountKind.EARNED, person.id, ""), (AccountKind.REDEEMED, HOUSE, "")])
    own, gone = ids.values()
    return await ledger.transfer(kind="redemption", entries={own: -points, gone: points}, actor_id=person.id)


async def deliver() -> None:
    """The time to take things back is over for all that is due."""
    while await deliver_due() or await settle_due():
        pass
