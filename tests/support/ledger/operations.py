"""What people do with points, through the services that the product calls."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from api.core import database
from api.core.errors import NotFound
from api.core.ids import uuid7
from api.kudos import answers, moderation, service
from api.kudos.delivery import deliver_due
from api.points import ledger
from api.points.errors import Settled
from api.points.giving import settle_due
from api.points.jobs import grant_due
from api.points.rules import HOUSE, AccountKind
from api.points.service import boost
from tests.support.ledger import redemptions
from tests.support.ledger.world import Gift, Order, World
from tests.support.organisation import CARE

Operation = Callable[[World], Awaitable[None]]
MINUTE = 60


async def give(world: World) -> None:
    """Thank one to three people, with points most of the time."""
    giver = world.actor()
    recipients, points = world.others(giver), world.chance.choice((0, 1, 5, 10, 20, 60))
    answer, done = await world.reliably(
        service.give_kudos,
        actor=giver,
        recipients=recipients,
        message="You rang instead of sending it back.",
        value=CARE,
        private=False,
        undo_seconds=MINUTE,
        points=points,
        key=uuid7(),
    )
    if done:
        world.gifts[answer[0]] = Gift(giver, recipients, points, answer[0])


async def add(world: World) -> None:
    """Comment on somebody's thanks, with points."""
    if not world.gifts:
        return
    gift = world.gifts[world.recent(world.gifts, 50)]
    author = world.actor()
    points = world.chance.choice((0, 1, 5, 10))
    answer, done = await world.reliably(
        answers.add_comment,
        actor=author,
        kudos_id=gift.kudos_id,
        message="So true!",
        points=points,
        undo_seconds=MINUTE,
        key=uuid7(),
    )
    if done:
        recipients = [person for person in gift.recipients if person != author.id]
        world.comments[answer[0]] = Gift(author, recipients, points, gift.kudos_id)


async def withdraw(world: World) -> None:
    """Take thanks back, at once or much later, two at the same time now and then."""
    if world.gifts:
        kudos_id = world.recent(world.gifts)
        gift = world.gifts[kudos_id]
        answer, done = await world.reliably(service.withdraw_kudos, actor=gift.giver, kudos_id=kudos_id)
        # Not there any more: a crash after the commit, or somebody was quicker.
        gift.ended = gift.ended or done or isinstance(answer, NotFound)


async def withdraw_comment(world: World) -> None:
    """Delete a comment; its points go back."""
    if world.comments:
        comment_id = world.recent(world.comments)
        gift = world.comments[comment_id]
        answer, done = await world.reliably(answers.withdraw_comment, actor=gift.giver, comment_id=comment_id)
        gift.gone = gift.gone or done or isinstance(answer, NotFound)


async def revise(world: World) -> None:
    """Editing changes words, never points."""
    if world.gifts:
        kudos_id = world.recent(world.gifts)
        message = f"You rang {world.chance.randint(2, 9)} times instead of sending it back."
        await world.reliably(
            service.revise_kudos, actor=world.gifts[kudos_id].giver, kudos_id=kudos_id, message=message, value=CARE
        )


async def hide(world: World) -> None:
    """HR hides thanks and takes all points back."""
    if world.gifts:
        kudos_id = world.recent(world.gifts)
        _answer, done = await world.reliably(
            moderation.hide_kudos, actor=world.hr, kudos_id=kudos_id, reason="It names a patient.", reverse_points=True
        )
        if done:
            world.gifts[kudos_id].ended = True


async def look_after_alerts(world: World) -> None:
    """HR reverses what looks odd."""
    rows = await database.fetch(
        "SELECT id, about_id FROM points_alert WHERE outcome = '' AND giver_id <> {} ORDER BY id LIMIT 3", world.hr.id
    )
    for row in rows:
        outcome = world.chance.choice(("kept", "reversed"))
        _answer, done = await world.reliably(
            moderation.resolve_alert, actor=world.hr, alert_id=row["id"], outcome=outcome, reason="Too much of it."
        )
        if done and outcome == "reversed":
            (world.comments.get(row["about_id"]) or world.gifts[row["about_id"]]).gone = True


async def deliver(world: World) -> None:
    """What every server does each second."""
    await world.reliably(deliver_due)
    await world.reliably(settle_due)


async def grant(world: World) -> None:
    """What every server does each hour, and here far more often."""
    await world.reliably(grant_due)


async def give_boost(world: World) -> None:
    """HR is generous."""
    person, points, key = world.actor().id, world.chance.choice((10, 50)), uuid7()
    _answer, done = await world.reliably(boost, actor=world.hr, people=[person], points=points, key=key)
    if done:
        world.boosts[key] = person, points


@database.transaction
async def _order(*, person_id: str, points: int, unique: str) -> str:
    ids = await ledger.accounts([(AccountKind.EARNED, person_id, ""), (AccountKind.REDEEMED, HOUSE, "")])
    own, gone = ids[AccountKind.EARNED, person_id, ""], ids[AccountKind.REDEEMED, HOUSE, ""]
    return await ledger.hold(kind="order", entries={own: -points, gone: points}, actor_id=person_id, unique=unique)


async def order(world: World) -> None:
    """Hold earned points for a reward."""
    person, points = world.actor().id, world.chance.choice((1, 5, 20, 50))
    answer, done = await world.reliably(_order, person_id=person, points=points, unique=uuid7())
    if done:
        world.orders[answer] = Order(person, points)


_DECISIONS: dict[str, tuple[Any, str]] = {
    "posted": (database.transaction(ledger.post), "held"),
    "voided": (database.transaction(ledger.void), "held"),
    "refunded": (database.transaction(ledger.reverse), "posted"),
}


async def decide(world: World) -> None:
    """Approve, decline or refund an order; several do at once."""
    if world.orders:
        order_id = world.recent(world.orders)
        state = world.chance.choice(sorted(_DECISIONS))
        verb, needed = _DECISIONS[state]
        if state == "refunded" and world.orders[order_id].state != needed:
            return  # reversing an open order is giving it back; said otherwise by "voided"
        argument = "transfer_id" if state == "refunded" else "hold_id"
        answer, done = await world.reliably(verb, **{argument: order_id})
        if done:
            world.orders[order_id].state = state
        else:
            assert isinstance(answer, Settled), answer


OPERATIONS: list[tuple[int, Operation]] = [
    (30, give),
    (12, add),
    (10, withdraw),
    (5, withdraw_comment),
    (3, revise),
    (1, hide),
    (2, look_after_alerts),
    (10, deliver),
    (4, grant),
    (2, give_boost),
    (12, order),
    (9, decide),
    *redemptions.OPERATIONS,
]
"""What happens, and how often in proportion."""
