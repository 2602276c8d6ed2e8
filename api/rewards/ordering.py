"""Order a reward for oneself: what is offered, the stock, the person's limit, the month's limit, the points.

Rows are locked in the order reward, redemption, month, code, accounts.
"""

from __future__ import annotations

import msgspec

from api.approvals import service as approvals
from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now
from api.core.errors import Conflict, Invalid, NotFound
from api.core.i18n import gettext_later as _
from api.core.i18n import ngettext_later as _n
from api.core.idempotency import claim, request_hash
from api.core.ids import is_uuid, position
from api.core.money import Euros
from api.core.text import clean
from api.points import ledger
from api.points.errors import NotEnough
from api.points.records import rules as point_rules
from api.points.rules import AccountKind
from api.rewards import benefits
from api.rewards.moves import CASE, step
from api.rewards.places import COUNTRY
from api.rewards.rules import (
    COUNTED,
    LONGEST_NOTE,
    RedemptionState,
    TaxClass,
    When,
    is_here,
    month_after,
    month_of,
    period_start,
    today,
)
from api.rewards.words import DayName


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
    if not (await point_rules()).enabled:
        raise Conflict(_("Points are switched off here."))
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
            transfer_id, note, not_before, taxed_ok, from_stock, created_at, changed_at)
        VALUES ({}, {}, {}, {}, {}, 'requested', {}, {}, {}, {}, {}, {}, {}, {}, {}, {})
        ON CONFLICT (id) DO NOTHING RETURNING id""",
        *(redemption_id, position(at), reward_id, actor.id, actor.department_id, price, reward["cents"]),
        *(
            reward["tax_class"],
            transfer_id,
            note,
            terms.not_before,
            terms.taxed_ok,
            reward["stock"] is not None,
            at,
            at,
        ),
    )
    if inserted is None:
        raise Conflict(_("This id is taken. Make a new one."))
    await step(redemption_id, RedemptionState.REQUESTED, actor.id)
    approval_id = await approvals.ask(
        kind=CASE, subject_id=redemption_id, requester_id=actor.id, concerned_id=actor.id, amount=price
    )
    await database.execute("UPDATE redemption SET approval_id = {} WHERE id = {}", approval_id, redemption_id)
    return redemption_id, True


async def _take_piece(actor: Actor, reward_id: str) -> database.Row:
    """The reward with one piece less. From here on other orders of it wait, until this one is done or refused."""
    row = is_uuid(reward_id) and await database.fetch_one(
        """UPDATE reward SET stock = stock - 1 WHERE id = {} AND archived_at IS NULL AND (stock IS NULL OR stock > 0)
        RETURNING id, points, cents, tax_class, limit_count, limit_period, countries, places, starts_on, ends_on,
            stock""",
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
