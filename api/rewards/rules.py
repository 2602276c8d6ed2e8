"""What is allowed with rewards: fields, states of a redemption, periods, the tax guard's arithmetic. No database."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date
from enum import StrEnum

import arrow

from api.core.access.actor import Role
from api.core.changes import State
from api.core.clock import utc
from api.core.errors import Invalid
from api.core.i18n import gettext_later as _
from api.core.text import one_line
from api.people.rules import HUES, Findings, check_day, is_country

MOST_POINTS = 1_000_000
MOST_CENTS = 10_000_000
MOST_STOCK = 1_000_000
LONGEST_NOTE = 500
LONGEST_REASON = 500


def sees_to(roles: Set[Role], orderer: str) -> bool:
    """Whether somebody with these roles hands over what a person with those stored ones has ordered, if it is not
    they themselves: HR to everybody; an administrator to HR, who may be a single person."""
    return Role.HR in roles or (Role.ADMIN in roles and Role.HR in orderer.split())


class Kind(StrEnum):
    """What a reward is."""

    VOUCHER = "voucher"
    GOODS = "goods"
    TIME_OFF = "time_off"
    DONATION = "donation"
    TEAM_EVENT = "team_event"
    CUSTOM = "custom"


class TaxClass(StrEnum):
    """How payroll looks at a reward's cash value.

    BENEFIT counts towards the monthly limit for benefits in kind; TAXED is always wages (cash and what is like
    it); EXEMPT is neither (a donation, a free afternoon, a team event below its own limit).
    """

    BENEFIT = "benefit"
    TAXED = "taxed"
    EXEMPT = "exempt"


class Fulfilment(StrEnum):
    """Who hands a reward over: HR, or the list of codes that was imported for it."""

    HR = "hr"
    CODES = "codes"


class Period(StrEnum):
    """For how long a limit per person counts."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    EVER = "ever"


class Motif(StrEnum):
    """The drawing of a reward without a picture of its own."""

    BOOK = "book"
    CLOCK = "clock"
    CUP = "cup"
    BIKE = "bike"
    TREE = "tree"
    TICKET = "ticket"
    HEART = "heart"
    GIFT = "gift"


class RedemptionState(StrEnum):
    """Where an order stands. The person's points are held in the first two, spent once it is fulfilled."""

    REQUESTED = "requested"
    APPROVED = "approved"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    FULFILLED = "fulfilled"
    REFUNDED = "refunded"


OPEN = frozenset({RedemptionState.REQUESTED, RedemptionState.APPROVED})
NEXT: Mapping[RedemptionState, frozenset[RedemptionState]] = {
    RedemptionState.REQUESTED: frozenset(
        {RedemptionState.APPROVED, RedemptionState.DECLINED, RedemptionState.CANCELLED}
    ),
    RedemptionState.APPROVED: frozenset(
        {RedemptionState.FULFILLED, RedemptionState.DECLINED, RedemptionState.CANCELLED}
    ),
    RedemptionState.FULFILLED: frozenset({RedemptionState.REFUNDED}),
    RedemptionState.DECLINED: frozenset(),
    RedemptionState.CANCELLED: frozenset(),
    RedemptionState.REFUNDED: frozenset(),
}
COUNTED = frozenset({*OPEN, RedemptionState.FULFILLED})
"""Orders that count towards a limit per person: those that came to nothing do not."""


class When(StrEnum):
    """When the person wants it, if this month's limit would be broken."""

    NOW = "now"
    NEXT_MONTH = "next_month"
    NOW_TAXED = "now_taxed"


_LONGEST = {"title": 80, "text": 600, "alt": 160}


def check_reward(state: State) -> State:
    """A reward's fields as they are stored. Raises Invalid with a sentence for each field that is wrong."""
    found = Findings(_LONGEST)
    checked = dict(state)
    found.both(checked, "title", needed=_("Say what the reward is called."))
    found.both(checked, "text", lines=True)
    found.both(checked, "alt")
    if checked.get("picture_id") is not None and not checked["alt_de"]:
        found.add("alt_de", _("Say what the picture shows, for people who cannot see it."))
    found.one_of(checked, "kind", list(Kind), _("Choose one of the kinds."))
    found.one_of(checked, "tax_class", list(TaxClass), _("Choose how payroll looks at it."))
    found.one_of(checked, "fulfilment", list(Fulfilment), _("Choose who hands it over."))
    found.one_of(checked, "motif", list(Motif), _("Choose one of the drawings."))
    found.one_of(checked, "hue", range(1, HUES + 1), _("Choose one of the colours."))
    _whole(found, checked, "points", 1, MOST_POINTS, _("Points are a whole number from 1 to %(n)s.", n=MOST_POINTS))
    _whole(found, checked, "cents", 0, MOST_CENTS, _("Write an amount in euros like 25 or 25.50."))
    _check_limit(found, checked)
    checked["countries"] = _countries(found, checked)
    checked["places"] = "\n".join(dict.fromkeys(p for p in map(one_line, str(checked["places"]).splitlines()) if p))
    check_day(found, checked, "starts_on")
    check_day(found, checked, "ends_on")
    if checked["starts_on"] and checked["ends_on"] and str(checked["ends_on"]) < str(checked["starts_on"]):
        found.add("ends_on", _("The last day is before the first."))
    found.settle()
    return checked


def _whole(found: Findings, state: State, field: str, low: int, high: int, message: object) -> None:
    value = state.get(field)
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        found.add(field, message)  # type: ignore[arg-type]


def _check_limit(found: Findings, state: State) -> None:
    count = state.get("limit_count")
    if count is None:
        state["limit_period"] = ""
        return
    _whole(found, state, "limit_count", 1, 1_000, _("How many each person may have: a whole number, or empty."))
    found.one_of(state, "limit_period", list(Period), _("Choose for how long the limit counts."))


def _countries(found: Findings, state: State) -> str:
    codes = str(state.get("countries") or "").upper().replace(",", " ").split()
    if any(not is_country(code) for code in codes):
        found.add("countries", _("Write countries as two letters, like DE AT."))
    return " ".join(dict.fromkeys(codes))


def check_stock(stock: object) -> int | None:
    """How many there are, None for as many as are asked for. Raises Invalid."""
    if stock is None:
        return None
    if not isinstance(stock, int) or isinstance(stock, bool) or not 0 <= stock <= MOST_STOCK:
        raise Invalid.field("stock", _("How many there are: a whole number, or empty for as many as are asked for."))
    return stock


def check_reason(text: str) -> None:
    """Raise Invalid unless a reason is given that fits; the person reads it."""
    if not text:
        raise Invalid.field("reason", _("Say why, in a sentence. The person reads it."))
    if len(text) > LONGEST_REASON:
        raise Invalid.field("reason", _("Use at most %(n)s characters.", n=LONGEST_REASON))


def today(at: int, time_zone: str) -> str:
    """The day of `at` (microseconds) by the organisation's clocks, as an ISO date."""
    return arrow.get(utc(at)).to(time_zone).date().isoformat()


def month_of(at: int, time_zone: str) -> str:
    """The month of `at` by the organisation's clocks, like "2026-03"."""
    return today(at, time_zone)[:7]


def month_after(month: str) -> str:
    """The month after, "2027-01" after "2026-12"."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04}-{number % 12 + 1:02}"


def first_moment(month: str, time_zone: str) -> int:
    """The microsecond at which a month begins by the organisation's clocks."""
    return int(arrow.get(f"{month}-01", tzinfo=time_zone).timestamp()) * 1_000_000


def check_month(text: str) -> str:
    """A month as "2026-03". Raises Invalid."""
    try:
        date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Invalid.field("month", _("Write a month as in 2026-03.")) from None
    return text


def period_start(period: str, at: int, time_zone: str) -> int:
    """When the present period of a limit began (microseconds); 0 for "ever"."""
    day = today(at, time_zone)
    month = int(day[5:7])
    match period:
        case Period.MONTH:
            return first_moment(day[:7], time_zone)
        case Period.QUARTER:
            return first_moment(f"{day[:4]}-{month - (month - 1) % 3:02}", time_zone)
        case Period.YEAR:
            return first_moment(f"{day[:4]}-01", time_zone)
        case _:
            return 0


def over_by(limit: int | None, had: int, more: int) -> int:
    """By how many cents `more` on top of `had` breaks the limit: 0 if it holds, None for no limit.

    It is a cliff: at one cent above it, all of the month's benefits are taxed.
    """
    return max(0, had + more - limit) if limit is not None else 0


def read_tax_rules(text: str) -> dict[str, int]:
    """The monthly limits in cents by country, of those that are guarded."""
    return {country: int(cents) for country, _sep, cents in (line.partition(" ") for line in text.splitlines())}


def check_tax_rules(country: str, rules: Mapping[str, int]) -> State:
    """The settings as they are stored. Raises Invalid."""
    country = country.strip().upper()
    if not is_country(country):
        raise Invalid.field("country", _("Write a country as two letters, like DE."))
    for code, cents in rules.items():
        if not is_country(code) or not 0 <= cents <= MOST_CENTS:
            raise Invalid.field("rules", _("Name countries as two letters, and limits in euros like 50."))
    return {"country": country, "tax_rules": "\n".join(f"{code} {cents}" for code, cents in sorted(rules.items()))}


def is_here(countries: str, places: str, country: str, place: str) -> bool:
    """Whether a reward for these countries and places is one for a department there."""
    return (not countries or country in countries.split()) and (not places or place in places.splitlines())
