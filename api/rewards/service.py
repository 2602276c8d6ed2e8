"""What happens with redemptions: ordered, approved or declined, handed over, cancelled, refunded.

A redemption holds its points in the ledger from the first moment: the hold is posted at hand-over and given back
when nothing comes of it. State, stock, hold, ledger of benefits and the timeline change in one transaction each; what
waits in between (a decision, next month) is a row and a durable job. Rows are locked in the order reward, redemption,
month, code, accounts.
"""

from __future__ import annotations

import msgspec

from api.approvals import service as approvals
from api.approvals.kinds import Request
from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now
from api.core.errors import Conflict, Invalid, NotFound
from api.core.events import record_event
from api.core.i18n import gettext_later as _
from api.core.i18n import ngettext_later as _n
from api.core.idempotency import claim, request_hash
from api.core.ids import is_uuid, position, uuid7
from api.core.jobs import enqueue
from api.core.money import Euros
from api.core.text import clean
from api.points import ledger
from api.points.errors import NotEnough
from api.points.rules import AccountKind
from api.rewards import benefits
from api.rewards.codes import assign_code
from api.rewards.places import COUNTRY
from api.rewards.rules import (
    COUNTED,
    LONGEST_NOTE,
    NEXT,
    Fulfilment,
    RedemptionState,
    TaxClass,
    When,
    check_reason,
    first_moment,
    is_here,
    month_after,
    month_of,
    period_start,
    today,
)
from api.rewards.words import DayName, MonthName

CASE = "redemption"
"""The kind of the approvals' case, and of the ledger's transfer."""

HAND_OVER = "rewards.hand_over"


class SoldOut(Conflict):
    """Somebody else got the last one."""

    code = "sold_out"

    def __init__(self) -> None:
        super().__init__(_("Somebody was quicker: there is none left. Your points are untouched."))


class TooFewPoints(Conflict):
    """It costs more than the person has."""

    code = "not_enough_points"

    def __init__(self, available: int, needed: int) -> None:
        super().__init__(
            _("This costs %(needed)s points and you have %(available)s.", needed=needed, available=available)
        )


class _Terms(msgspec.Struct, frozen=True):
    """When a redemption may be handed over, and whether it may be taxed."""

    not_before: str = ""
    taxed_ok: bool = False


@database.transaction
async def order(
    *,
    actor: Actor,
    reward_id: str,
    points: int | None = None,
    note: str = "",
    when: str = When.NOW,
    key: str | None = None,
    client_id: str | None = None,
) -> tuple[str, bool]:
    """Order a reward for oneself: (the redemption's id, whether it is new or a repeat). Its points are held.

    `points` is the price that the person has seen. Raises NotFound for what is not offered to this person, Invalid
    beside "note" or "when" (the month's limit would be broken and nothing was said about it), and Conflict if the
    price has changed, none is left, the person's limit is reached, the points do not suffice or the key was used.
    """
    note = clean(note)
    fingerprint = request_hash({"reward": reward_id, "note": note, "when": when})
    redemption_id, fresh = await claim(person_id=actor.id, key=key, client_id=client_id, fingerprint=fingerprint)
    if not fresh:
        return redemption_id, False
    if len(note) > LONGEST_NOTE:
        raise Invalid.field("note", _("Use at most %(n)s characters.", n=LONGEST_NOTE))
    at, zone = now(), await benefits.time_zone()
    reward = await _take_piece(actor, reward_id)
    await _check_offer(actor, reward, at, zone)
    if points is not None and points != reward["points"]:
        raise Conflict(
            _("The price has changed to %(points)s points. Look again before you order.", points=reward["points"])
        )
    await _check_person_limit(actor, reward, at, zone)
    terms = await _terms(actor, reward, when, at, zone)
    earned = await ledger.account(AccountKind.EARNED, actor.id)
    redeemed = await ledger.account(AccountKind.REDEEMED)
    price = int(reward["points"])
    try:
        transfer_id = await ledger.hold(
            kind=CASE, entries={earned: -price, redeemed: price}, about_id=redemption_id, actor_id=actor.id
        )
    except NotEnough as error:
        raise TooFewPoints(error.available, error.needed) from error
    inserted = await database.fetch_one(
        """INSERT INTO redemption (id, position, reward_id, person_id, department_id, state, points, cents, tax_class,
            transfer_id, note, not_before, taxed_ok, created_at, changed_at)
        VALUES ({}, {}, {}, {}, {}, 'requested', {}, {}, {}, {}, {}, {}, {}, {}, {})
        ON CONFLICT (id) DO NOTHING RETURNING id""",
        *(redemption_id, position(at), reward_id, actor.id, actor.department_id, price, reward["cents"]),
        *(reward["tax_class"], transfer_id, note, terms.not_before, terms.taxed_ok, at, at),
    )
    if inserted is None:
        raise Conflict(_("This id is taken. Make a new one."))
    await _step(redemption_id, RedemptionState.REQUESTED, actor.id)
    approval_id = await approvals.ask(
        kind=CASE, subject_id=redemption_id, requester_id=actor.id, concerned_id=actor.id, amount=price
    )
    await database.execute("UPDATE redemption SET approval_id = {} WHERE id = {}", approval_id, redemption_id)
    return redemption_id, True


async def _take_piece(actor: Actor, reward_id: str) -> database.Row:
    """The reward with one piece less. From here on other orders of it wait, until this one is done or refused."""
    row = is_uuid(reward_id) and await database.fetch_one(
        """UPDATE reward SET stock = stock - 1 WHERE id = {} AND archived_at IS NULL AND (stock IS NULL OR stock > 0)
        RETURNING id, points, cents, tax_class, limit_count, limit_period, countries, places, starts_on, ends_on""",
        reward_id,
    )
    if row:
        return row
    there = is_uuid(reward_id) and await database.fetch_one(
        "SELECT countries, places FROM reward WHERE id = {} AND archived_at IS NULL", reward_id
    )
    if not there or not await _offered_to(actor, there):
        raise NotFound
    raise SoldOut


async def _offered_to(actor: Actor, reward: database.Row) -> bool:
    where = await database.fetch_one(
        f"""SELECT {COUNTRY} AS country, d.place FROM department d CROSS JOIN reward_settings s WHERE d.id = {{}}""",
        actor.department_id,
    )
    return where is not None and is_here(reward["countries"], reward["places"], where["country"], where["place"])


async def _check_offer(actor: Actor, reward: database.Row, at: int, zone: str) -> None:
    if not await _offered_to(actor, reward):
        raise NotFound
    day = today(at, zone)
    if reward["starts_on"] > day:
        raise Conflict(_("This can be ordered from %(day)s on.", day=DayName(reward["starts_on"])))
    if reward["ends_on"] and reward["ends_on"] < day:
        raise Conflict(_("This could be ordered until %(day)s.", day=DayName(reward["ends_on"])))


async def _check_person_limit(actor: Actor, reward: database.Row, at: int, zone: str) -> None:
    if reward["limit_count"] is None:
        return
    since = period_start(reward["limit_period"], at, zone)
    row = await database.fetch_one(
        f"""SELECT COUNT(*) AS n FROM redemption WHERE reward_id = {{}} AND person_id = {{}} AND created_at >= {{}}
            AND state IN ({database.placeholders(len(COUNTED))})""",
        *(reward["id"], actor.id, since, *sorted(COUNTED)),
    )
    if row is not None and row["n"] >= reward["limit_count"]:
        raise Conflict(
            _n(
                "You have had this one already; each person may have one in this time.",
                "You have had %(n)s of this already; that is as many as each person may have in this time.",
                reward["limit_count"],
            )
        )


async def _terms(actor: Actor, reward: database.Row, when: str, at: int, zone: str) -> _Terms:
    """What the person says about the month's limit. Raises Invalid if it matters and they have not said."""
    if when not in set(When):
        raise Invalid.field("when", _("Choose one of the two."))
    month = month_of(at, zone)
    if when == When.NEXT_MONTH:
        return _Terms(not_before=month_after(month))
    if when == When.NOW_TAXED:
        return _Terms(taxed_ok=True)
    if reward["tax_class"] != TaxClass.BENEFIT:
        return _Terms()
    guard = (await benefits.guards([actor.id], month))[actor.id]
    if guard.over(reward["cents"]):
        raise Invalid.field(
            "when",
            _(
                "With this, your benefits in kind of this month come to %(sum)s; above %(limit)s all of them are taxed."
                " Choose next month, or say that it may be taxed.",
                sum=Euros(guard.had + guard.waiting + reward["cents"]),
                limit=Euros(guard.limit or 0),
            ),
        )
    return _Terms()


async def _step(redemption_id: str, state: str, actor_id: str | None, reason: str = "") -> None:
    """Write the step into the timeline, and say that it happened."""
    at = now()
    await database.execute(
        "INSERT INTO redemption_step (id, redemption_id, state, actor_id, reason, at) VALUES ({}, {}, {}, {}, {}, {})",
        *(uuid7(at), redemption_id, state, actor_id, reason, at),
    )
    await record_event(f"redemption.{state}", actor_id=actor_id, subject_id=redemption_id)


async def _locked(redemption_id: str) -> database.Row:
    """A redemption and how its reward is handed over, locked until the transaction ends. Raises NotFound."""
    lock = database.sql(sqlite="", postgres="FOR UPDATE OF r")
    row = is_uuid(redemption_id) and await database.fetch_one(
        f"""SELECT r.*, w.fulfilment FROM redemption r JOIN reward w ON w.id = r.reward_id
        WHERE r.id = {{}} {lock}""",
        redemption_id,
    )
    if not row:
        raise NotFound
    return row


_NOW = {
    RedemptionState.REQUESTED: _("This still waits for approval."),
    RedemptionState.APPROVED: _("This is approved and waits to be handed over."),
    RedemptionState.DECLINED: _("This was declined meanwhile."),
    RedemptionState.CANCELLED: _("This was cancelled meanwhile."),
    RedemptionState.FULFILLED: _("This was handed over already."),
    RedemptionState.REFUNDED: _("This was refunded already."),
}


async def _move(row: database.Row, state: RedemptionState, actor_id: str | None, reason: str = "") -> None:
    """Bring a locked redemption to its next state. Raises Conflict if that does not follow from the present one."""
    present = RedemptionState(row["state"])
    if state not in NEXT[present]:
        raise Conflict(_NOW[present])
    await database.execute(
        "UPDATE redemption SET state = {}, changed_at = {} WHERE id = {}", state.value, now(), row["id"]
    )
    await _step(row["id"], state.value, actor_id, reason)


async def _release(row: database.Row, state: RedemptionState, actor_id: str | None, reason: str = "") -> None:
    """Nothing comes of it: the points can be spent again, the piece is back in stock."""
    await _move(row, state, actor_id, reason)
    await database.execute("UPDATE reward SET stock = stock + 1 WHERE id = {}", row["reward_id"])
    await ledger.void(row["transfer_id"])


async def approved(request: Request) -> None:
    """The approvals' hook: it may be handed over. A code goes out at once, or when its month comes."""
    row = await _locked(request.subject_id)
    await _move(row, RedemptionState.APPROVED, request.decided_by)
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
    row = await _locked(request.subject_id)
    await _release(row, RedemptionState.DECLINED, request.decided_by, request.reason)


async def cancelled(request: Request) -> None:
    """The approvals' hook: its person took it back before it was decided."""
    await _release(await _locked(request.subject_id), RedemptionState.CANCELLED, request.requester_id)


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
    row = await _locked(redemption_id)
    if row["state"] != RedemptionState.CANCELLED:
        await _release(row, RedemptionState.CANCELLED, actor.id)


@database.transaction
async def hand_over(*, actor: Actor | None, redemption_id: str, taxed: bool = False) -> None:
    """The person has it: points are spent, the cash value is entered for payroll. Doing it twice is fine.

    `taxed`: even if the month's limit breaks. `actor` None: the code goes out by itself. Raises NotFound, Conflict
    if it is not approved or waits for another month, OverLimit.
    """
    row = await _locked(redemption_id)
    if row["state"] == RedemptionState.FULFILLED:
        return
    if row["state"] != RedemptionState.APPROVED:
        raise Conflict(_NOW[RedemptionState(row["state"])])
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
    await _move(row, RedemptionState.FULFILLED, actor.id if actor else None)


@database.transaction
async def let_wait(*, actor: Actor | None, redemption_id: str) -> str:
    """Hand it over next month only; returns that month. Raises NotFound, Conflict if it is not approved."""
    row = await _locked(redemption_id)
    if row["state"] != RedemptionState.APPROVED:
        raise Conflict(_NOW[RedemptionState(row["state"])])
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
    """HR cannot hand an approved order over: points and piece go back; the person reads the reason.

    Raises NotFound, Invalid without a reason, Conflict if it is not approved (any more).
    """
    reason = clean(reason)
    check_reason(reason)
    row = await _locked(redemption_id)
    if row["state"] == RedemptionState.REQUESTED:
        raise Conflict(_NOW[RedemptionState.REQUESTED])
    await _release(row, RedemptionState.DECLINED, actor.id, reason)


@database.transaction
async def refund(*, actor: Actor, redemption_id: str, reason: str) -> None:
    """Give the points of something handed over back; payroll sees the amount with a minus in the same month.

    The piece does not return to the stock by itself: HR counts. Raises NotFound, Invalid, Conflict.
    """
    reason = clean(reason)
    check_reason(reason)
    row = await _locked(redemption_id)
    await _move(row, RedemptionState.REFUNDED, actor.id, reason)
    await benefits.take_back(redemption_id)
    await ledger.reverse(row["transfer_id"], kind="refund", actor_id=actor.id)
