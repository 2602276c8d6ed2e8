"""Rewards in the simulation: ordered, decided, cancelled, handed over, refunded, through the product's services."""

from __future__ import annotations

from collections import Counter

from api.approvals import ruling, steps
from api.approvals import service as approvals
from api.approvals.kinds import kind_named, use_kinds
from api.approvals.rules import Decision, Rule
from api.cases import CASES
from api.core import database
from api.core.ids import uuid7
from api.core.sealing import use_sealing
from api.rewards import codes, ordering, service
from api.rewards.catalogue import create_reward
from api.rewards.moves import CASE
from tests.support.ledger.world import World
from tests.support.rewards import KEY

PIECES = 60
_RANK = ("requested", "approved", "declined", "cancelled", "fulfilled", "refunded")
_PRICES = ((1, 0), (5, 900), (5, 2_600), (30, 1_000))
"""Points and cents of the rewards; the last one needs an approval."""


async def prepare(world: World) -> None:
    """HR's catalogue: a few things with little stock, and codes."""
    use_kinds(CASES)
    use_sealing(KEY)
    await ruling.change_rule(actor=world.hr, kind=CASE, rule=Rule(free_up_to=20, first=kind_named(CASE).rule.first))
    for number, (points, cents) in enumerate((*_PRICES, (2, 500))):
        with_codes = number == len(_PRICES)
        fields = {"title_en": f"Reward {number}", "kind": "goods", "points": points, "cents": cents}
        fields |= {"tax_class": "benefit", "fulfilment": "codes" if with_codes else "hr", "stock": PIECES}
        changed, _fresh = await create_reward(actor=world.hr, fields=fields)
        world.pieces[changed.id] = PIECES
        if with_codes:
            text = "\n".join(f"CODE-{n}" for n in range(PIECES))
            await codes.import_codes(actor=world.hr, reward_id=changed.id, text=text)


async def redeem(world: World) -> None:
    """Order something, for now or for next month."""
    reward, when = world.chance.choice(sorted(world.pieces)), world.chance.choice(("now", "next_month", "now_taxed"))
    person = world.actor()
    answer, done = await world.reliably(ordering.order, actor=person, reward_id=reward, when=when, key=uuid7())
    if done:
        world.redemptions.setdefault(answer[0], (person.id, "requested"))


def _some(world: World) -> str:
    return world.recent(world.redemptions)


def _is(world: World, redemption: str, state: str) -> None:
    """What was acknowledged last; answers of two at once may come the other way round."""
    person, before = world.redemptions[redemption]
    world.redemptions[redemption] = person, max(before, state, key=_RANK.index)


async def decide_on_reward(world: World) -> None:
    """Whoever is asked decides; several may at once."""
    rows = await database.fetch(
        "SELECT d.approval_id, d.person_id FROM approval_decider d ORDER BY d.approval_id, d.person_id LIMIT 5"
    )
    for row in rows:
        decision = world.chance.choice((Decision.APPROVE, Decision.APPROVE, Decision.DECLINE))
        answer, done = await world.reliably(
            approvals.decide,
            actor=world.actors[row["person_id"]],
            approval_ids=[row["approval_id"]],
            decision=decision,
            undo_seconds=0,
            reason="Not now." if decision is Decision.DECLINE else "",
        )
        if done:
            await world.reliably(
                database.transaction(steps.settle), approval_id=row["approval_id"], decision_id=answer.id
            )


async def cancel(world: World) -> None:
    """Its person takes it back."""
    if world.redemptions:
        redemption = _some(world)
        actor = world.actors[world.redemptions[redemption][0]]
        _answer, done = await world.reliably(service.cancel, actor=actor, redemption_id=redemption)
        if done:
            _is(world, redemption, "cancelled")


async def hand_over(world: World) -> None:
    """HR hands it over; or lets it wait, if the month's limit stands in the way."""
    if world.redemptions:
        redemption, taxed = _some(world), world.chance.random() < 0.2
        _answer, done = await world.reliably(service.hand_over, actor=world.hr, redemption_id=redemption, taxed=taxed)
        if done:
            _is(world, redemption, "fulfilled")
        else:
            await world.reliably(service.let_wait, actor=world.hr, redemption_id=redemption)


async def refund(world: World) -> None:
    """HR gives the points back."""
    if world.redemptions:
        redemption = _some(world)
        _answer, done = await world.reliably(
            service.refund, actor=world.hr, redemption_id=redemption, reason="It was broken."
        )
        if done:
            _is(world, redemption, "refunded")


OPERATIONS = [(10, redeem), (4, decide_on_reward), (3, cancel), (6, hand_over), (1, refund)]


async def redemptions(world: World) -> list[str]:
    """Each acknowledged order is there once, where it was left; every piece is in stock or with somebody."""
    rows = await database.fetch("SELECT id, reward_id, person_id, state FROM redemption")
    wrong = [f"redemption {row['id']}: nobody was told of it" for row in rows if row["id"] not in world.redemptions]
    found = {row["id"]: (row["person_id"], row["state"]) for row in rows}
    for redemption, (person, state) in world.redemptions.items():
        there = found.get(redemption)
        decided = state == "requested" and there is not None and there[1] in ("approved", "declined")
        if there != (person, state) and not decided:
            wrong.append(f"redemption {redemption} is {there} instead of {(person, state)}")
    taken = Counter(row["reward_id"] for row in rows if row["state"] not in ("declined", "cancelled"))
    stocks = await database.fetch("SELECT id, stock FROM reward")
    return wrong + [
        f"reward {row['id']}: {row['stock']} in stock and {taken[row['id']]} with people"
        for row in stocks
        if row["stock"] + taken[row["id"]] != world.pieces[row["id"]]
    ]
