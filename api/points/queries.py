"""What a person has, where it came from, what comes next; what HR should look at."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

import msgspec

from api.core import database
from api.core.access.actor import Actor, Role
from api.core.clock import now, utc
from api.core.i18n import Language
from api.people.queries import department_columns
from api.people.schemas import DepartmentRef, PersonRef, initials, name_column
from api.points import ledger
from api.points.past import is_mutual, look_back
from api.points.periods import ALLOWANCE_RHYTHMS, Period, period_on
from api.points.rules import AccountKind
from api.points.settings import PointRules

HISTORY_PAGE = 30
MOST_ALERTS = 50
_LAST = "ffffffff-ffff-ffff-ffff-ffffffffffff"
_OWN = (AccountKind.GIVING, AccountKind.RINGFENCED, AccountKind.EARNED)


class Purse(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody can give (`ringfenced` only to other departments) and redeem; `held` is on its way, `ordered` of it
    for rewards."""

    giving: int
    ringfenced: int
    earned: int
    held: int
    ordered: int = 0

    @property
    def pot(self) -> int:
        """All that can be given."""
        return self.giving + self.ringfenced


class Coming(msgspec.Struct, frozen=True):
    """The next allowance: on which day, how much, and how much of what is left now would not be kept."""

    day: date
    amount: int
    lost: int


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What a transfer meant for somebody: points in their pot and earned points, gained or lost.

    `waiting`: it is held and may still be taken back.
    """

    id: str
    kind: str
    at: datetime
    about_id: str | None
    actor_id: str | None
    pot: int
    earned: int
    waiting: bool


class History(msgspec.Struct, frozen=True):
    """Lines, newest first; `next` is the cursor for older ones."""

    items: list[Line]
    next: str | None


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """What HR should look at. `objection` is the giver's answer to a reversal."""

    id: str
    kind: str
    giver: PersonRef
    other: PersonRef | None
    about_id: str
    amount: int
    at: datetime
    outcome: str
    reason: str
    objection: str


async def purse(person_id: str) -> Purse:
    """What somebody has now."""
    ids = {ledger.account_id(kind, person_id): kind for kind in _OWN}
    rows = await database.fetch("SELECT id, balance, held FROM account WHERE id IN ({}, {}, {})", *ids)
    found = {ids[row["id"]]: row["balance"] for row in rows}
    return Purse(
        giving=found.get(AccountKind.GIVING, 0),
        ringfenced=found.get(AccountKind.RINGFENCED, 0),
        earned=found.get(AccountKind.EARNED, 0),
        held=sum(row["held"] for row in rows),
        ordered=sum(row["held"] for row in rows if ids[row["id"]] is AccountKind.EARNED),
    )


async def coming(actor: Actor, rules: PointRules, has: Purse) -> Coming:
    """What the next period brings."""
    whole = rules.allowance(actor.roles, manages=Role.MANAGER in actor.roles)
    ring = rules.ringfenced(whole)
    kept = min(has.ringfenced, ring * rules.carry_percent // 100)
    kept += min(has.giving, (whole - ring) * rules.carry_percent // 100)
    following = period_on(rules.period_of(now()).next, rules.rhythm)
    amount = following.part(whole, (await covered_until(following, rules.rhythm, [actor.id])).get(actor.id))
    return Coming(following.first, amount, has.pot - kept if amount else 0)


async def covered_until(period: Period, rhythm: str, people: Sequence[str]) -> dict[str, date]:
    """Up to which day (exclusive) a period's days are paid for already, for those of these people for whom some are:
    the rhythm has changed, and what they got last lasts longer than a period of the other."""
    (other,) = set(ALLOWANCE_RHYTHMS) - {rhythm}
    beside = period.beside(other)
    rows = await database.fetch(
        f"""SELECT person_id, period FROM allowance WHERE person_id IN ({database.placeholders(len(people))})
        AND period IN ({database.placeholders(len(beside))})""",
        *(*people, *beside),
    )
    found: dict[str, date] = {}
    for row in rows:
        found[row["person_id"]] = max(found.get(row["person_id"], period.first), beside[row["period"]].next)
    return found


class Outlook(msgspec.Struct, frozen=True):
    """How many points somebody can still get from a giver this month; `mutual`: HR would hear of more."""

    left: int
    mutual: bool


async def outlook(actor: Actor, rules: PointRules, people: Sequence[str]) -> tuple[dict[str, Outlook], bool]:
    """The limits for each of these people, and whether one more gift now would be a burst."""
    past, burst = await look_back(actor.id, people, rules)
    limit = rules.month_limit(actor.roles, manages=Role.MANAGER in actor.roles)
    found = {person: Outlook(max(0, limit - before.month), is_mutual(before, rules)) for person, before in past.items()}
    return found, burst + 1 >= rules.burst_times


async def history(person_id: str, *, before: str = _LAST, limit: int = HISTORY_PAGE) -> History:
    """A page of what moved on somebody's accounts; what was given back before it moved is left out."""
    one = """SELECT * FROM (SELECT t.id, t.kind, t.state, t.created_at, t.about_id, t.actor_id, p.amount, {} AS pot
        FROM posting p JOIN transfer t ON t.id = p.transfer_id
        WHERE p.account_id = {} AND p.transfer_id < {} AND t.state IN ('held', 'posted')
        ORDER BY p.transfer_id DESC LIMIT {}) AS"""
    selects = [
        one.replace("{}", "0" if kind == AccountKind.EARNED else "1", 1) + f" {kind.value}_lines" for kind in _OWN
    ]
    rows = await database.fetch(
        " UNION ALL ".join(selects),
        *(part for kind in _OWN for part in (ledger.account_id(kind, person_id), before, limit + 1)),
    )
    lines: dict[str, Line] = {}
    for row in sorted(rows, key=lambda row: str(row["id"]), reverse=True):
        # What is held has left the pot, and has not reached anybody.
        amount = 0 if row["state"] == "held" and row["amount"] > 0 else row["amount"]
        known = lines.get(row["id"])
        lines[row["id"]] = Line(
            id=row["id"],
            kind=row["kind"],
            at=utc(row["created_at"]),
            about_id=row["about_id"],
            actor_id=row["actor_id"],
            pot=(known.pot if known else 0) + (amount if row["pot"] else 0),
            earned=(known.earned if known else 0) + (0 if row["pot"] else amount),
            waiting=row["state"] == "held",
        )
    found = list(lines.values())
    shown = found[:limit]
    # Points that wait for their minute are still a secret.
    return History([line for line in shown if line.pot or line.earned], shown[-1].id if len(found) > limit else None)


async def alerts(language: Language, *, giver_id: str = "") -> list[Alert]:
    """What waits for HR's decision, objections first; or, for a giver, what HR reversed of theirs."""
    where, arguments = "(a.outcome = '' OR a.objected_at IS NOT NULL)", []
    if giver_id:
        where, arguments = "a.outcome = 'reversed' AND a.giver_id = {}", [giver_id]
    rows = await database.fetch(
        f"""SELECT a.*, a.id AS alert_id,
            g.id AS giver, {name_column("g", language)} AS giver_name, {department_columns("gd", language)},
            o.id AS other, {name_column("o", language)} AS other_name, {department_columns("od", language)}
        FROM points_alert a JOIN person g ON g.id = a.giver_id JOIN department gd ON gd.id = g.department_id
        LEFT JOIN person o ON o.id = a.other_id LEFT JOIN department od ON od.id = o.department_id
        WHERE {where} ORDER BY a.outcome DESC, a.id DESC LIMIT {MOST_ALERTS}""",
        *arguments,
    )
    return [
        Alert(
            id=row["alert_id"],
            kind=row["kind"],
            giver=_person(tuple(row)[14:20]),
            other=_person(tuple(row)[20:26]) if row["other"] else None,
            about_id=row["about_id"],
            amount=row["amount"],
            at=utc(row["created_at"]),
            outcome=row["outcome"],
            reason=row["reason"],
            objection=row["objection"],
        )
        for row in rows
    ]


def _person(columns: Sequence[str]) -> PersonRef:
    hue: DepartmentRef = DepartmentRef(*columns[2:6])  # type: ignore[arg-type]
    return PersonRef(columns[0], columns[1], initials(columns[1]), hue)


class Budget(msgspec.Struct, frozen=True, kw_only=True):
    """A department's award budget of a period, in points."""

    spent: int
    held: int
    free: int

    @property
    def funded(self) -> int:
        """What has come in."""
        return self.spent + self.held + self.free


_EMPTY = Budget(spent=0, held=0, free=0)


async def budgets(wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], Budget]:
    """The budgets of departments in periods, by both; those that were never funded are empty."""
    ids = {ledger.account_id(AccountKind.AWARD, *one): one for one in wanted}
    rows = await database.fetch(
        f"""SELECT a.id, a.balance, a.held, (SELECT COALESCE(SUM(p.amount), 0) FROM posting p
            JOIN transfer t ON t.id = p.transfer_id
            WHERE p.account_id = a.id AND t.state = 'posted' AND t.kind <> 'budget') AS spent
        FROM account a WHERE a.id IN ({database.placeholders(len(ids)) or "NULL"})""",
        *ids,
    )
    found = {row["id"]: Budget(spent=-int(row["spent"]), held=row["held"], free=row["balance"]) for row in rows}
    return {one: found.get(account_id, _EMPTY) for account_id, one in ids.items()}
