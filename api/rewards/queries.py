"""The catalogue for one person: what they may order, what it costs them, and why they cannot."""

from __future__ import annotations

import msgspec

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now
from api.core.errors import Invalid, NotFound
from api.core.i18n import Language
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid
from api.core.pages import PAGE
from api.core.text import words
from api.people.queries import like
from api.points.ledger import account_id
from api.points.rules import AccountKind
from api.rewards.benefits import Guard, guards, time_zone
from api.rewards.places import COUNTRY
from api.rewards.rules import COUNTED, Kind, Period, TaxClass, month_of, period_start, today
from api.rewards.schemas import Balance, Catalogue, GuardOut, RewardDetails, RewardOut, RewardRef

_COUNTED = ", ".join(f"'{state}'" for state in sorted(COUNTED))


def ref_columns(language: Language) -> str:
    """The SQL for a RewardRef of the table alias `w`, in the order of `reward_ref`."""
    return f"w.id, w.title_{language}, w.kind, w.picture_id, w.alt_{language}, w.motif, w.hue"


def reward_ref(row: database.Row, at: int = 0) -> RewardRef:
    """A RewardRef from the seven columns of `row` that begin at `at`."""
    found = tuple(row)[at : at + 7]
    names = ("id", "title", "kind", "picture_id", "alt", "motif", "hue")
    return RewardRef(**dict(zip(names, found, strict=True)))


def guard_out(guard: Guard) -> GuardOut:
    """The guard as people see it."""
    return GuardOut(month=guard.month, limit=guard.limit, had=guard.had, waiting=guard.waiting)


class Standing(msgspec.Struct, frozen=True):
    """Where a person stands: the day, where they work, their points, their month."""

    zone: str
    at: int
    country: str
    place: str
    balance: Balance
    guard: Guard

    @property
    def day(self) -> str:
        return today(self.at, self.zone)


async def standing(actor: Actor) -> Standing:
    """Where this person stands now, in three statements."""
    at, zone = now(), await time_zone()
    guard = (await guards([actor.id], month_of(at, zone)))[actor.id]
    row = await database.fetch_one(
        f"""SELECT {COUNTRY} AS country, d.place, COALESCE(a.balance, 0) AS balance, COALESCE(a.held, 0) AS held
        FROM department d CROSS JOIN reward_settings s LEFT JOIN account a ON a.id = {{}} WHERE d.id = {{}}""",
        *(account_id(AccountKind.EARNED, actor.id), actor.department_id),
    )
    if row is None:
        raise NotFound
    return Standing(zone, at, row["country"], row["place"], Balance(row["balance"], row["held"]), guard)


async def catalogue(
    actor: Actor, *, q: str = "", kind: str = "", affordable: bool = False, after: str | None = None, limit: int = PAGE
) -> Catalogue:
    """A page of what is offered to this person, the cheapest first, in four statements.

    Raises Invalid for an unknown kind and for a page marker that is none of ours.
    """
    stand = await standing(actor)
    conditions, arguments = _offered(stand)
    for word in words(q)[:5]:
        conditions.append("(' ' || w.search) LIKE {} ESCAPE '\\'")
        arguments.append(f"% {like(word)}%")
    if kind:
        if kind not in set(Kind):
            raise Invalid.field("kind", _("Choose one of the kinds."))
        conditions.append("w.kind = {}")
        arguments.append(kind)
    if affordable:
        conditions.append("w.points <= {}")
        arguments.append(stand.balance.available)
    if after:
        points, sep, reward_id = after.partition("~")
        if not (sep and points.isascii() and points.isdigit() and len(points) < 9 and is_uuid(reward_id)):
            raise Invalid.field("after", _("This page marker is not one of ours. Start again at the first page."))
        conditions.append("(w.points, w.id) > ({}, {})")
        arguments += [int(points), reward_id]
    rows = await _rows(actor, stand, conditions, arguments, limit + 1)
    items = [_item(row, stand) for row in rows[:limit]]
    more = len(rows) > limit
    return Catalogue(
        balance=stand.balance,
        guard=guard_out(stand.guard),
        items=items,
        next=f"{items[-1].points}~{items[-1].reward.id}" if more else None,
    )


async def reward(actor: Actor, reward_id: str) -> RewardDetails:
    """One reward for this person. Raises NotFound for what is not offered to them."""
    stand = await standing(actor)
    conditions, arguments = _offered(stand)
    rows = is_uuid(reward_id) and await _rows(actor, stand, [*conditions, "w.id = {}"], [*arguments, reward_id], 1)
    if not rows:
        raise NotFound
    return RewardDetails(balance=stand.balance, guard=guard_out(stand.guard), item=_item(rows[0], stand))


def _offered(stand: Standing) -> tuple[list[str], list[object]]:
    """What is meant for people who are there, and not over."""
    conditions = [
        "w.archived_at IS NULL",
        "(w.ends_on = '' OR w.ends_on >= {})",
        "(w.countries = '' OR (' ' || w.countries || ' ') LIKE {})",
        "(w.places = '' OR ({} <> '' AND ({} || w.places || {}) LIKE {} ESCAPE '\\'))",
    ]
    place = [stand.place, "\n", "\n", f"%\n{like(stand.place)}\n%"]
    return conditions, [stand.day, f"% {stand.country} %", *place]


async def _rows(
    actor: Actor, stand: Standing, conditions: list[str], arguments: list[object], limit: int
) -> list[database.Row]:
    periods = (Period.MONTH, Period.QUARTER, Period.YEAR)
    since = " ".join(f"WHEN '{period}' THEN {period_start(period, stand.at, stand.zone)}" for period in periods)
    return await database.fetch(
        f"""SELECT {ref_columns(actor.language)}, w.text_{actor.language} AS text, w.points, w.cents, w.tax_class,
            w.fulfilment, w.stock, w.limit_count, w.limit_period, w.starts_on, w.ends_on,
            CASE WHEN w.limit_count IS NULL THEN 0 ELSE (SELECT COUNT(*) FROM redemption r
                WHERE r.reward_id = w.id AND r.person_id = {{}} AND r.state IN ({_COUNTED})
                AND r.created_at >= CASE w.limit_period {since} ELSE 0 END) END AS had
        FROM reward w WHERE {" AND ".join(conditions)} ORDER BY w.points, w.id LIMIT {{}}""",
        *(actor.id, *arguments, limit),
    )


def _item(row: database.Row, stand: Standing) -> RewardOut:
    points, cents = row["points"], row["cents"]
    missing = max(0, points - stand.balance.available)
    can = "order"
    if row["starts_on"] > stand.day:
        can = "later"
    elif row["stock"] == 0:
        can = "sold_out"
    elif row["limit_count"] is not None and row["had"] >= row["limit_count"]:
        can = "limit"
    elif missing:
        can = "points"
    return RewardOut(
        reward=reward_ref(row),
        text=row["text"],
        points=points,
        cents=cents,
        tax_class=row["tax_class"],
        fulfilment=row["fulfilment"],
        left=row["stock"],
        limit_count=row["limit_count"],
        limit_period=row["limit_period"],
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        can=can,  # type: ignore[arg-type]
        missing=missing,
        over=stand.guard.over(cents) if row["tax_class"] == TaxClass.BENEFIT else 0,
    )
