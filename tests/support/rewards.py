"""Rewards in a test's house: made, paid for, decided, and what came of them."""

from __future__ import annotations

from typing import Any

import httpx

from api.approvals import service as approvals
from api.approvals.rules import Decision
from api.core import database
from api.core.clock import MINUTE
from api.core.jobs.worker import run_due
from api.points import ledger
from api.points.rules import HOUSE, AccountKind
from api.verify import verify
from api.work import KINDS
from tests.support.house import House
from tests.support.organisation import AYLIN, HELENE, KATHARINA, Person
from tests.support.points import on

KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
API = "/api/v1"
VOUCHER = {"kind": "voucher", "points": 250, "cents": 2_500, "tax_class": "benefit"}


@database.transaction
async def fund(person: Person, points: int) -> None:
    """Somebody has earned points."""
    ids = await ledger.accounts([(AccountKind.EARNED, person.id, ""), (AccountKind.ISSUE, HOUSE, "")])
    own, issue = ids.values()
    await ledger.transfer(kind="test", entries={own: points, issue: -points})


async def make(house: House, title: str = "Book voucher", **fields: Any) -> str:
    """A reward of HR's; returns its id. A voucher for 25 euros unless said otherwise."""
    answer = await house.browser(HELENE).post(f"{API}/rewards", json={**VOUCHER, "title_en": title, **fields})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def with_codes(house: House, codes: str = "AAA\nBBB\nCCC", **fields: Any) -> str:
    """A reward that codes fulfil."""
    reward = await make(house, fulfilment="codes", **fields)
    answer = await house.browser(HELENE).post(f"{API}/rewards/{reward}/codes", json={"codes": codes})
    assert answer.status_code == 200, answer.text
    return reward


async def try_order(house: House, person: Person, reward: str, key: str = "", **body: Any) -> httpx.Response:
    """What the API says to an order."""
    headers = {"Idempotency-Key": key} if key else {}
    return await house.browser(person).post(f"{API}/rewards/{reward}/redemptions", json=body, headers=headers)


async def order(house: House, person: Person, reward: str, **body: Any) -> str:
    """Order it; returns the redemption's id."""
    answer = await try_order(house, person, reward, **body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["redemption"]["id"])


async def state(redemption: str) -> str:
    """Where an order stands."""
    row = await database.fetch_one("SELECT state FROM redemption WHERE id = {}", redemption)
    assert row is not None
    return str(row["state"])


async def stock(reward: str) -> int | None:
    """How many are left."""
    row = await database.fetch_one("SELECT stock FROM reward WHERE id = {}", reward)
    assert row is not None
    found: int | None = row["stock"]
    return found


async def points(person: Person) -> tuple[int, int]:
    """Points to spend, and held."""
    return await on(AccountKind.EARNED, person)


async def decide(
    house: House, redemption: str, decider: Person = KATHARINA, reason: str = "", choice: str = ""
) -> None:
    """Somebody approves, or declines with a reason; the undo minute passes, and what follows is carried out."""
    row = await database.fetch_one("SELECT approval_id FROM redemption WHERE id = {}", redemption)
    assert row is not None
    await approvals.decide(
        actor=await house.actor(decider),
        approval_ids=[row["approval_id"]],
        decision=Decision.DECLINE if reason else Decision.APPROVE,
        undo_seconds=60,
        reason=reason,
        choice=choice,
    )
    house.clock.forward(2 * MINUTE)
    await work()


async def work() -> None:
    """Everything that is due is done."""
    while await run_due(KINDS):
        pass


async def settled(house: House, reward: str, person: Person = AYLIN, **body: Any) -> str:
    """An order of a small thing, approved by nobody and handed over by HR."""
    redemption = await order(house, person, reward, **body)
    answer = await house.browser(HELENE).post(f"{API}/redemptions/{redemption}/hand-over", json={})
    assert answer.status_code == 200, answer.text
    return redemption


async def sound() -> None:
    """Everything adds up."""
    assert [(outcome.says, outcome.broken) async for outcome in verify() if outcome.broken] == []
