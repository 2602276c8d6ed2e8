"""What may be said of a programme, and how it and its visits move from state to state."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Final, Literal

import msgspec

from api.core.errors import Conflict
from api.core.i18n import Message
from api.core.i18n import gettext_later as _
from api.people.rules import Findings

ProgrammeState = Literal["draft", "published", "archived"]
PlanState = Literal["waiting", "solving", "storing", "ready", "infeasible", "failed", "published", "retired"]
"""`ready`: may be edited and published. `retired`: was published, another version took its place."""
VisitState = Literal["planned", "proposed", "accepted", "declined", "objected", "done", "cancelled"]
"""`planned` in a plan nobody was told of; the others once it is published."""
VisitKind = Literal["swap", "ring", "shadow"]

VISIT_MOVES: Final[Mapping[VisitState, tuple[VisitState, ...]]] = {
    "planned": ("proposed",),
    "proposed": ("accepted", "declined", "objected", "cancelled", "done"),
    "accepted": ("proposed", "declined", "objected", "cancelled", "done"),
    "objected": ("proposed", "cancelled"),
    "declined": ("proposed", "cancelled"),
    "done": (),
    "cancelled": (),
}
"""What a visit's state may become."""

LIVE: Final[tuple[PlanState, ...]] = ("waiting", "solving", "storing")
MOST_BLOCKS: Final = 260
LONGEST_NAME: Final = 120
LONGEST_TEXT: Final = 4_000
WEEKDAYS: Final = range(7)
"""Monday is 0, as in Python."""

GOALS: Final = ("dependency", "coverage", "fairness", "wishes", "seniority", "stability")
"""What a plan aims at; required visits come before all of them."""
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class Pattern(msgspec.Struct, frozen=True, kw_only=True):
    """How a period is cut into blocks.

    `length`: a week from its first to its last chosen weekday, a day, or two half days split at `noon`. `weeks`: every
    so many weeks (2 with weekday Tuesday and days: every second Tuesday). Times are local to the house. `country`
    (ISO 3166) and `region` (its state, as the holidays library names it) say which days are public holidays, empty for
    none; `closed` are further days, or stretches of days as "2026-12-24/2026-12-31".
    """

    length: Literal["weeks", "days", "half_days"] = "weeks"
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    weeks: int = 1
    start: str = "08:00"
    noon: str = "12:00"
    end: str = "16:00"
    country: str = "DE"
    region: str = ""
    closed: tuple[str, ...] = ()


class RuleSet(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for every visit; see `scheduler.Rules`, whose fields these are."""

    max_visits: int = 2
    gap: int = 2
    repeat_months: int = 12
    visit_blocks: int = 1
    cover_worth: float = 0.5
    longest_ring: int = 3
    shadow_visits: bool = False


LIMITS: Final[Mapping[str, tuple[float, float]]] = {
    "max_visits": (1, 20),
    "gap": (1, 52),
    "repeat_months": (0, 120),
    "visit_blocks": (1, 10),
    "cover_worth": (0.0, 1.0),
    "longest_ring": (2, 4),
}


class Goals(msgspec.Struct, frozen=True, kw_only=True):
    """How much each of GOALS matters, 0 (not at all) to 5, 3 being usual; or, with `by_order`, which comes first."""

    weights: dict[str, int] = msgspec.field(
        default_factory=lambda: {
            "dependency": 3,
            "coverage": 3,
            "fairness": 3,
            "wishes": 3,
            "seniority": 1,
            "stability": 3,
        }
    )
    by_order: bool = False
    order: tuple[str, ...] = GOALS


class Participants(msgspec.Struct, frozen=True, kw_only=True):
    """Who takes part: people of `departments` (none: of all in scope), volunteers only or all; then the exceptions."""

    departments: tuple[str, ...] = ()
    volunteers: bool = False
    excluded: tuple[str, ...] = ()
    included: tuple[str, ...] = ()


def check_period(name: str, starts_on: str, ends_on: str, pattern: Pattern) -> None:
    """Raises Invalid beside the fields that are wrong."""
    found = Findings()
    if not name:
        found.add("name", _("Give the programme a name."))
    elif len(name) > LONGEST_NAME:
        found.add("name", _("At most %(n)s characters.", n=LONGEST_NAME))
    days = {}
    for field, text in (("starts_on", starts_on), ("ends_on", ends_on)):
        try:
            days[field] = date.fromisoformat(text)
            if days[field].isoformat() != text or not 2000 <= days[field].year <= 2100:
                raise ValueError(text)
        except ValueError:
            days.pop(field, None)
            found.add(field, _("Write a day as in 2026-03-31."))
    if len(days) == 2 and days["ends_on"] < days["starts_on"]:
        found.add("ends_on", _("The last day is before the first."))
    elif len(days) == 2 and (days["ends_on"] - days["starts_on"]).days > 3 * 366:
        found.add("ends_on", _("Three years at most."))
    _check_pattern(found, pattern)
    found.settle()


def _check_pattern(found: Findings, pattern: Pattern) -> None:
    if not pattern.weekdays or not set(pattern.weekdays) <= set(WEEKDAYS):
        found.add("weekdays", _("Choose at least one day of the week."))
    if not 1 <= pattern.weeks <= 12:
        found.add("weeks", _("From every week to every twelfth."))
    times = [pattern.start, *([pattern.noon] if pattern.length == "half_days" else []), pattern.end]
    if not all(_CLOCK.fullmatch(text) for text in times):
        found.add("start", _("Write times as in 08:00."))
    elif [time.fromisoformat(text) for text in times] != sorted({time.fromisoformat(text) for text in times}):
        found.add("end", _("The times must follow one another."))
    try:
        for text in pattern.closed:
            closed_days(text)
    except ValueError:
        found.add("closed", _("Write a day as in 2026-12-24, or a stretch as in 2026-12-24/2026-12-31, one a line."))


def closed_days(text: str) -> tuple[date, date]:
    """The first and last day of "2026-12-24" or "2026-12-24/2026-12-31". Raises ValueError."""
    first, _sep, last = text.partition("/")
    days = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
    if days[1] < days[0] or (days[1] - days[0]).days > 366 or not 2000 <= days[0].year <= 2101:
        raise ValueError(text)
    return days


def check_rules(rules: RuleSet, goals: Goals) -> None:
    """Raises Invalid beside the fields that are wrong."""
    found = Findings()
    for field, (low, high) in LIMITS.items():
        if not low <= getattr(rules, field) <= high:
            found.add(field, _("From %(low)s to %(high)s.", low=f"{low:g}", high=f"{high:g}"))
    if sorted(goals.order) != sorted(GOALS):
        found.add("order", _("Name each goal once."))
    for goal, weight in goals.weights.items():
        if goal not in GOALS or not 0 <= weight <= 5:
            found.add(f"goal_{goal}", _("From 0 to 5."))
    found.settle()


def check_move(before: VisitState, after: VisitState) -> None:
    """Raises Conflict if a visit in state `before` cannot become `after`."""
    if after not in VISIT_MOVES[before]:
        raise Conflict(_("This visit is not in a state in which that is possible. Look at it as it is now."))


def check_open(state: str) -> None:
    """Raises Conflict if a programme is archived: it is kept, not changed."""
    if state == "archived":
        raise Conflict(_("This programme is archived. Copy it to plan anew."))


REASONS_TO_STOP: Final[Mapping[str, Message]] = {
    "optimal": _("No better plan exists."),
    "feasible": _("The time was used up."),
    "stopped": _("Somebody found it good enough."),
    "infeasible": _("No plan keeps every rule."),
}
