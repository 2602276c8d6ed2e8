"""What happens with redemptions: ordered, approved or declined, handed over, cancelled, refunded.

A redemption holds its points in the ledger from the first moment: the hold is posted at hand-over and given back
when nothing comes of it. State, stock, hold, ledger of benefits and the timeline change in one transaction each; what
waits in between (a decision, next month) is a row and a durable job. Rows are locked in the order reward, redemption,
month, code, accounts.
"""

from __future__ import annotations

from api.approvals import service as approvals
from api.approvals.kinds import Request
from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now
from api.core.errors import Conflict, NotFound
from api.core.events import record_event
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid
from api.core.jobs import enqueue
from api.core.text import clean
from api.points import ledger
from api.rewards import benefits
from api.rewards.codes import assign_code
from api.rewards.moves import CASE, NOW, check_others, locked, move, release
from api.rewards.rules import (
    Fulfilment,
    RedemptionState,
    When,
    check_reason,
    first_moment,
    month_after,
    month_of,
)
from api.rewards.words import MonthName

HAND_OVER = "rewards.hand_over"


async def approved(request: Request) -> None:
    """The approvals' hook: it may be handed over. A code goes out at once, or when its month comes."""
    row = await locked(request.subject_id)
    await move(row, RedemptionState.APPROVED, request.decided_by)
    zone = await benefits.time_zone()
    not_before = row["not_before"]
    if request.choice == When.NEXT_MONTH and not not_before:
        not_before = month_after(month_of(now(), zone))
        await database.execute("UPDATE redemption SET not_before = {} WHERE id = {}", not_before, row["id"])
    if row["fulfilment"] == Fulfilment.CODES:
        run_at = first_moment(not_before, zone) if not_before else None
        await enqueue(HAND_OVER, row["id"], run_at=run_at, unique=f"{row['id']}:{not_before}")


async def declined(request: Request) -> None:
    """The approvals' hook: points and piece go back; the person reads the reason."""
    row = await locked(request.subject_id)
    await release(row, RedemptionState.DECLINED, request.decided_by, request.reason)


async def cancelled(request: Request) -> None:
    """The approvals' hook: its person took it back before it was decided."""
    await release(await locked(request.subject_id), RedemptionState.CANCELLED, request.requester_id)


@database.transaction
async def cancel(*, actor: Actor, redemption_id: str) -> None:
    """Take one's own order back, as long as nothing was handed over. Doing it twice is fine.

    Raises NotFound, Conflict once it is too late.
    """
    found = is_uuid(redemption_id) and await database.fetch_one(
        "SELECT state FROM redemption WHERE id = {} AND person_id = {}", redemption_id, actor.id
    )
    if not found:
        raise NotFound
    case = await approvals.open_case(kind=CASE, subject_id=redemption_id)
    if case is not None:
        await approvals.cancel(actor=actor, approval_id=case)
        return
    row = await locked(redemption_id)
    if row["state"] != RedemptionState.CANCELLED:
        await release(row, RedemptionState.CANCELLED, actor.id)


@database.transaction
async def hand_over(*, actor: Actor | None, redemption_id: str, taxed: bool = False) -> None:
    """The person has it: points are spent, the cash value is entered for payroll. Doing it twice is fine.

    `taxed`: even if the month's limit breaks. `actor` None: the code goes out by itself. Raises NotFound, Conflict
    if it is not approved, waits for another month or is one's own, OverLimit.
    """
    row = await locked(redemption_id)
    check_others(row, actor)
    if row["state"] == RedemptionState.FULFILLED:
        return
    if row["state"] != RedemptionState.APPROVED:
        raise Conflict(NOW[RedemptionState(row["state"])])
    month = month_of(now(), await benefits.time_zone())
    if row["not_before"] > month and not taxed:
        raise Conflict(
            _("This waits for %(month)s, so that the month's limit holds.", month=MonthName(row["not_before"]))
        )
    await benefits.enter(
        redemption_id=redemption_id,
        person_id=row["person_id"],
        cents=row["cents"],
        tax_class=row["tax_class"],
        month=month,
        taxed=taxed or bool(row["taxed_ok"]),
    )
    if row["fulfilment"] == Fulfilment.CODES:
        await assign_code(redemption_id=redemption_id, reward_id=row["reward_id"])
    await ledger.post(row["transfer_id"])
    await move(row, RedemptionState.FULFILLED, actor.id if actor else None)


@database.transaction
async def let_wait(*, actor: Actor | None, redemption_id: str) -> str:
    """Hand it over next month only; returns that month.

    Raises NotFound, Conflict if it is not approved or one's own.
    """
    row = await locked(redemption_id)
    check_others(row, actor)
    if row["state"] != RedemptionState.APPROVED:
        raise Conflict(NOW[RedemptionState(row["state"])])
    zone = await benefits.time_zone()
    month = month_after(month_of(now(), zone))
    if row["not_before"] != month:
        await database.execute(
            "UPDATE redemption SET not_before = {}, changed_at = {} WHERE id = {}", month, now(), redemption_id
        )
        await record_event("redemption.waits", actor_id=actor.id if actor else None, subject_id=redemption_id)
        if row["fulfilment"] == Fulfilment.CODES:
            await enqueue(HAND_OVER, redemption_id, run_at=first_moment(month, zone), unique=f"{redemption_id}:{month}")
    return month


@database.transaction
async def decline(*, actor: Actor, redemption_id: str, reason: str) -> None:
    """An approved order cannot be handed over: points and piece go back; the person reads the reason.

    Raises NotFound, Invalid without a reason, Conflict if it is not approved (any more) or one's own.
    """
    reason = clean(reason)
    check_reason(reason)
    row = await locked(redemption_id)
    check_others(row, actor)
    if row["state"] == RedemptionState.REQUESTED:
        raise Conflict(NOW[RedemptionState.REQUESTED])
    await release(row, RedemptionState.DECLINED, actor.id, reason, "hr")


@database.transaction
async def refund(*, actor: Actor, redemption_id: str, reason: str) -> None:
    """Give the points of something handed over back; payroll sees the amount with a minus in the same month.

    The piece does not return to the stock by itself: HR counts. Raises NotFound, Invalid, Conflict.
    """
    reason = clean(reason)
    check_reason(reason)
    row = await locked(redemption_id)
    check_others(row, actor)
    await move(row, RedemptionState.REFUNDED, actor.id, reason)
    await benefits.take_back(redemption_id)
    await ledger.reverse(row["transfer_id"], kind="refund", actor_id=actor.id)
