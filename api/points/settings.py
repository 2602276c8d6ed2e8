"""How an organisation uses points, and what a person gets in a period. No database, no web."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from api.core.changes import State
from api.core.errors import Invalid
from api.core.i18n import Language, Message
from api.core.i18n import gettext_later as _
from api.core.text import one_line
from api.points.periods import ALLOWANCE_RHYTHMS, BUDGET_RHYTHMS, Period, period_of

MOST_POINTS = 10_000
"""The largest allowance, and the most that one person can be given at once."""

MOST_LEVELS = 6
CHIPS = (5, 10, 20, 50)

_RANGES = {
    "amount": (0, MOST_POINTS),
    "amount_manager": (0, MOST_POINTS),
    "amount_hr": (0, MOST_POINTS),
    "carry_percent": (100, 1_000),
    "ring_percent": (0, 100),
    "person_percent": (1, 100),
    "mutual_times": (1, 100),
    "burst_times": (1, 1_000),
}
FIELDS = ("enabled", "hidden", "rhythm", *_RANGES, "levels", "budget_rhythm")


class Level(msgspec.Struct, frozen=True):
    """An amount with a label instead of a bare number."""

    points: int
    name_de: str
    name_en: str

    def name(self, language: Language) -> str:
        """The label in the reader's language."""
        return self.name_de if language == "de" else self.name_en


class PointRules(msgspec.Struct, frozen=True, kw_only=True):
    """The settings as they stand.

    `enabled` and `hidden` (amounts are not shown) are 0 or 1. `amount` is what everybody gets in a period
    (`rhythm`: "week" or "month"), managers and HR `amount_manager` and `amount_hr`, if that is more. What is left is
    kept up to `carry_percent` of it; `ring_percent` of it only counts for other departments. `levels` are the only
    amounts that can be given, if there are any. To one person goes `person_percent` of a month's allowance at most.
    HR hears of points that went back and forth `mutual_times` in 30 days, and of `burst_times` thanks with points in
    an hour. Award budgets last for `budget_rhythm` ("month", "quarter", "half" a year, "year"). `time_zone` is the
    organisation's.
    """

    enabled: int
    hidden: int
    rhythm: str
    amount: int
    amount_manager: int
    amount_hr: int
    carry_percent: int
    ring_percent: int
    levels: str
    person_percent: int
    mutual_times: int
    burst_times: int
    budget_rhythm: str = "quarter"
    time_zone: str = "UTC"

    def allowance(self, roles: Collection[str], *, manages: bool) -> int:
        """What somebody with these roles gets in a whole period."""
        amounts = [self.amount]
        if manages:
            amounts.append(self.amount_manager)
        if "hr" in roles:
            amounts.append(self.amount_hr)
        return max(amounts)

    def month_limit(self, roles: Collection[str], *, manages: bool) -> int:
        """The points that one person may get from such a giver in a calendar month."""
        monthly = self.allowance(roles, manages=manages) * (52 if self.rhythm == "week" else 12)
        return -(-monthly * self.person_percent // 1_200)

    def ringfenced(self, amount: int) -> int:
        """The share of an amount that only counts for other departments."""
        return amount * self.ring_percent // 100

    def named_levels(self) -> list[Level]:
        """The levels, the smallest first; none: any amount can be given."""
        return read_levels(self.levels)

    def period_of(self, at: int) -> Period:
        """The allowance's period that holds a moment (microseconds)."""
        return period_of(at, self.rhythm, self.time_zone)

    def budget_period_of(self, at: int) -> Period:
        """The award budgets' period that holds a moment (microseconds)."""
        return period_of(at, self.budget_rhythm, self.time_zone)


def read_levels(text: str) -> list[Level]:
    """Lines like "10 Danke / Thanks". Raises ValueError for what cannot be read."""
    levels = []
    for line in filter(None, map(one_line, text.splitlines())):
        number, _space, label = line.partition(" ")
        german, slash, english = label.partition("/")
        if not slash:
            english = german
        level = Level(int(number), german.strip(), english.strip())
        if not 1 <= level.points <= MOST_POINTS or not level.name_de or not level.name_en:
            raise ValueError(line)
        levels.append(level)
    if len({level.points for level in levels}) < len(levels) or len(levels) > MOST_LEVELS:
        raise ValueError(text)
    return sorted(levels, key=lambda level: level.points)


def check_settings(state: State) -> State:
    """The settings as they are stored. Raises Invalid with a sentence for each field that is wrong."""
    errors: dict[str, Message] = {}
    checked = dict(state)
    for name, (least, most) in _RANGES.items():
        value = checked[name]
        if type(value) is not int or not least <= value <= most:
            errors[name] = _("A whole number from %(least)s to %(most)s, please.", least=least, most=most)
    for name in ("enabled", "hidden"):
        checked[name] = 1 if checked[name] in (1, True, "1", "on", "yes") else 0
    for name, rhythms in (("rhythm", ALLOWANCE_RHYTHMS), ("budget_rhythm", BUDGET_RHYTHMS)):
        if checked[name] not in rhythms:
            errors[name] = _("Choose a rhythm.")
    try:
        levels = read_levels(str(checked["levels"] or ""))
    except ValueError:
        errors["levels"] = _(
            "Write up to %(n)s lines like “10 Danke / Thanks”, each with another number.", n=MOST_LEVELS
        )
    else:
        checked["levels"] = "\n".join(f"{level.points} {level.name_de} / {level.name_en}" for level in levels)
    if errors:
        raise Invalid(next(iter(errors.values())), fields=errors)
    return checked


def check_amount(rules: PointRules, points: int) -> None:
    """Raise Invalid unless so many points can be given to each."""
    levels = rules.named_levels()
    if not rules.enabled:
        raise Invalid.field("points", _("Points are switched off here."))
    if levels and points not in {level.points for level in levels}:
        raise Invalid.field("points", _("Choose one of the levels, or none."))
    if not 1 <= points <= MOST_POINTS:
        raise Invalid.field("points", _("Give from 1 to %(n)s points.", n=MOST_POINTS))
