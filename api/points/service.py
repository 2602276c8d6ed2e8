"""Where points come from: allowances, boosts, award budgets; and what people say about alerts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from api.core import database
from api.core.access.actor import Actor
from api.core.changes import Changed, State, lock_directory, record_change
from api.core.clock import now
from api.core.errors import Conflict, Invalid, NotFound
from api.core.events import record_event
from api.core.i18n import gettext_later as _
from api.core.idempotency import claim, request_hash
from api.core.ids import is_uuid
from api.core.text import clean
from api.points import ledger
from api.points.ledger import Key
from api.points.periods import Period, day_of, period_on
from api.points.queries import budgets, covered_until
from api.points.records import rules as present_rules
from api.points.rules import HOUSE, AccountKind
from api.points.settings import MOST_POINTS, PointRules

LONGEST_REASON = 500
_ISSUE: Key = (AccountKind.ISSUE, HOUSE, "")
_EXPIRED: Key = (AccountKind.EXPIRED, HOUSE, "")


class Entitled(msgspec.Struct, frozen=True):
    """Somebody who gets an allowance: roles as they are stored, whether they lead somebody, when they joined."""

    id: str
    roles: str
    manages: bool
    joined_on: str


@database.transaction
async def grant_allowances(*, period: Period, people: Sequence[Entitled]) -> int:
    """Give a period's allowance to those of these people who have not got it; returns how many that were.

    What is above the carry-over goes first. Days before somebody joined count for nothing, nor do days that a period
    of another rhythm has paid for already. Nothing happens while points are switched off, or if the rhythm is another
    by now.
    """
    await lock_directory()  # the rhythm stays until this is done
    rules = await present_rules()
    if not rules.enabled or not people or period != period_on(period.first, rules.rhythm):
        return 0
    covered = await covered_until(period, rules.rhythm, [one.id for one in people])
    amounts = {one.id: _part(rules, period, one, covered.get(one.id)) for one in people}
    rows = await database.fetch(
        f"""INSERT INTO allowance (period, person_id, amount)
        VALUES {", ".join(["({}, {}, {})"] * len(amounts))} ON CONFLICT DO NOTHING RETURNING person_id""",
        *(part for person_id in sorted(amounts) for part in (period.key, person_id, amounts[person_id])),
    )
    fresh = {row["person_id"] for row in rows}
    granted = [one for one in people if one.id in fresh and amounts[one.id]]
    if granted:
        await _expire_and_grant(rules, granted, amounts)
    return len(fresh)


def _part(rules: PointRules, period: Period, one: Entitled, covered: date | None) -> int:
    since = max((day for day in (day_of(one.joined_on), covered) if day is not None), default=None)
    return period.part(rules.allowance(one.roles.split(), manages=one.manages), since)


async def _expire_and_grant(rules: PointRules, people: Sequence[Entitled], amounts: Mapping[str, int]) -> None:
    pots = [(kind, one.id, "") for one in people for kind in (AccountKind.GIVING, AccountKind.RINGFENCED)]
    ids = await ledger.accounts([*pots, _ISSUE, _EXPIRED])
    balances = await ledger.balances(ids[pot] for pot in pots)
    gone: dict[str, int] = {}
    new: dict[str, int] = {}
    for one in people:
        whole, amount = rules.allowance(one.roles.split(), manages=one.manages), amounts[one.id]
        for kind, full, part in (
            (AccountKind.RINGFENCED, rules.ringfenced(whole), rules.ringfenced(amount)),
            (AccountKind.GIVING, whole - rules.ringfenced(whole), amount - rules.ringfenced(amount)),
        ):
            pot = ids[kind, one.id, ""]
            gone[pot] = -max(0, balances[pot] - full * rules.carry_percent // 100)
            new[pot] = part
    await _spread("expiry", gone, ids[_EXPIRED])
    await _spread("allowance", new, ids[_ISSUE])


async def _spread(kind: str, changes: Mapping[str, int], against: str, about_id: str | None = None) -> None:
    """One transfer between many accounts and one of the house's."""
    entries = {account: amount for account, amount in changes.items() if amount}
    if entries:
        await ledger.transfer(kind=kind, entries={**entries, against: -sum(entries.values())}, about_id=about_id)


@database.transaction
async def boost(
    *, actor: Actor, people: Sequence[str], points: int, key: str | None = None, client_id: str | None = None
) -> bool:
    """HR adds points to these people's giving pots, once; returns whether it is new or a repeat. Raises Invalid."""
    people = sorted(set(people))
    fingerprint = request_hash({"boost": people, "points": points})
    boost_id, fresh = await claim(person_id=actor.id, key=key, client_id=client_id, fingerprint=fingerprint)
    if not fresh:
        return False
    if not 1 <= points <= MOST_POINTS:
        raise Invalid.field("points", _("Give from 1 to %(n)s points.", n=MOST_POINTS))
    known = [person for person in people if is_uuid(person)]
    rows = await database.fetch(
        f"""SELECT id FROM person WHERE deactivated_at IS NULL
        AND id IN ({database.placeholders(len(known)) or "NULL"})""",
        *known,
    )
    if not people or len(rows) < len(people):
        raise Invalid.field("people", _("Choose somebody who works here."))
    pots = [(AccountKind.GIVING, row["id"], "") for row in rows]
    ids = await ledger.accounts([*pots, _ISSUE])
    await _spread("boost", {ids[pot]: points for pot in pots}, ids[_ISSUE], boost_id)
    await record_event("points.boosted", actor_id=actor.id, subject_id=boost_id)
    return True


@database.transaction
async def fund_budget(
    *,
    actor: Actor,
    department_id: str,
    points: int,
    period: str | None = None,
    key: str | None = None,
    client_id: str | None = None,
) -> Changed:
    """Add points to a department's award budget, or take free ones away (< 0); once with a key or id.

    `period` is a name like "2026-Q4", None the present one. Raises NotFound, Invalid, NotEnough if more is taken away
    than is free, Conflict if the key or id was used for something else.
    """
    fingerprint = request_hash({"fund": department_id, "points": points})
    _id, fresh = await claim(person_id=actor.id, key=key, client_id=client_id, fingerprint=fingerprint)
    if not fresh:
        return Changed(department_id, None)
    if not points:
        raise Invalid.field("points", _("Say how many points."))
    await lock_directory()
    there = is_uuid(department_id) and await database.fetch("SELECT 1 FROM department WHERE id = {}", department_id)
    if not there:
        raise NotFound
    period = period or (await present_rules()).budget_period_of(now()).key
    award = (AccountKind.AWARD, department_id, period)
    ids = await ledger.accounts([award, _ISSUE])
    before = await budget_state(department_id, period)
    await ledger.transfer(
        kind="budget",
        about_id=department_id,
        actor_id=actor.id,
        entries={ids[award]: points, ids[_ISSUE]: -points},
    )
    change_id = await record_change(
        "budget.funded",
        actor_id=actor.id,
        subject_id=department_id,
        before=before,
        after=await budget_state(department_id, period),
    )
    return Changed(department_id, change_id)


async def budget_state(department_id: str, period: str) -> State:
    """What has come into a budget, as the history holds it."""
    return {"period": period, "funded": (await budgets([(department_id, period)]))[department_id, period].funded}


@database.transaction
async def object_to(*, actor: Actor, alert_id: str, text: str) -> None:
    """The giver says why the points should have stood; HR reads it. Raises NotFound, Invalid, Conflict if repeated."""
    text = clean(text)
    if not text or len(text) > LONGEST_REASON:
        raise Invalid.field("objection", _("Say why, in up to %(n)s characters.", n=LONGEST_REASON))
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    row = is_uuid(alert_id) and await database.fetch_one(
        f"SELECT objection FROM points_alert WHERE id = {{}} AND giver_id = {{}} AND outcome = 'reversed' {lock}",
        *(alert_id, actor.id),
    )
    if not row:
        raise NotFound
    if row["objection"]:
        raise Conflict(_("You have objected already; HR reads it."))
    await database.execute(
        "UPDATE points_alert SET objection = {}, objected_at = {} WHERE id = {}", text, now(), alert_id
    )
    await record_event("points.objected", actor_id=actor.id, subject_id=alert_id)
