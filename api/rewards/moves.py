"""From one state of a redemption to the next: row, timeline, event, and what is given back, together."""

from __future__ import annotations

from collections.abc import Mapping

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now
from api.core.errors import Conflict, NotFound
from api.core.events import record_event
from api.core.i18n import Message
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, uuid7
from api.points import ledger
from api.rewards.rules import (
    NEXT,
    RedemptionState,
    sees_to,
)

CASE = "redemption"
"""The kind of the approvals' case, and of the ledger's transfer."""


async def step(redemption_id: str, state: str, actor_id: str | None, reason: str = "", detail: str = "") -> None:
    """Write the step into the timeline, and say that it happened."""
    at = now()
    await database.execute(
        "INSERT INTO redemption_step (id, redemption_id, state, actor_id, reason, at) VALUES ({}, {}, {}, {}, {}, {})",
        *(uuid7(at), redemption_id, state, actor_id, reason, at),
    )
    await record_event(f"redemption.{state}", actor_id=actor_id, subject_id=redemption_id, detail=detail)


async def locked(redemption_id: str) -> database.Row:
    """A redemption, how its reward is handed over and the stored roles of who ordered it (`orderer`), locked until the
    transaction ends. Raises NotFound."""
    lock = database.sql(sqlite="", postgres="FOR UPDATE OF r")
    row = is_uuid(redemption_id) and await database.fetch_one(
        f"""SELECT r.*, w.fulfilment, p.roles AS orderer FROM redemption r JOIN reward w ON w.id = r.reward_id
        JOIN person p ON p.id = r.person_id WHERE r.id = {{}} {lock}""",
        redemption_id,
    )
    if not row:
        raise NotFound
    return row


NOW: Mapping[RedemptionState, Message] = {
    RedemptionState.REQUESTED: _("This still waits for approval."),
    RedemptionState.APPROVED: _("This is approved and waits to be handed over."),
    RedemptionState.DECLINED: _("This was declined meanwhile."),
    RedemptionState.CANCELLED: _("This was cancelled meanwhile."),
    RedemptionState.FULFILLED: _("This was handed over already."),
    RedemptionState.REFUNDED: _("This was refunded already."),
}


def check_others(row: database.Row, actor: Actor | None) -> None:
    """Raise NotFound for an order that is not this person's to see to, Conflict for their own: that is for somebody
    else. `actor` None: it goes by itself."""
    if actor is None:
        return
    if not sees_to(actor.roles, row["orderer"]):
        raise NotFound
    if actor.id == row["person_id"]:
        raise Conflict(_("This is your own order. Somebody else of human resources or administration sees to it."))


async def move(
    row: database.Row, state: RedemptionState, actor_id: str | None, reason: str = "", detail: str = ""
) -> None:
    """Bring a locked redemption to its next state. Raises Conflict if that does not follow from the present one."""
    present = RedemptionState(row["state"])
    if state not in NEXT[present]:
        raise Conflict(NOW[present])
    await database.execute(
        "UPDATE redemption SET state = {}, changed_at = {} WHERE id = {}", state.value, now(), row["id"]
    )
    await step(row["id"], state.value, actor_id, reason, detail)


async def release(
    row: database.Row, state: RedemptionState, actor_id: str | None, reason: str = "", detail: str = ""
) -> None:
    """Nothing comes of it: the points can be spent again, the piece it took is back in stock."""
    await move(row, state, actor_id, reason, detail)
    if row["from_stock"]:
        await database.execute("UPDATE reward SET stock = stock + 1 WHERE id = {}", row["reward_id"])
    await ledger.void(row["transfer_id"])
