"""Before and after: which weeks are compared, and when a difference is more than chance. No database, no web."""

from __future__ import annotations

from math import comb
from typing import Final, Literal

import msgspec

from api.core.clock import DAY, monday

MOST_WEEKS: Final = 12
LEAST_WEEKS: Final = 4
"""Shorter stretches are not compared: a holiday would decide."""
FEW: Final = 10
"""Below this many events in both periods together, no difference is called one, and nothing is given in per cent."""
LEVEL: Final = 0.05 / 3
"""The page makes three comparisons; together they call chance a change in at most one of twenty edges (Bonferroni)."""
FEWEST_PEOPLE: Final = 5
"""Groups below this are not counted: their numbers would be names."""


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of two equally long periods. `few`: too few to tell; `chance`: it may well be chance; `more`, `less`: than
    before, by more than chance explains. `odds`: if nothing had changed, a difference at least as large would come up
    in one of so many cases."""

    before: int
    after: int
    verdict: Literal["few", "chance", "more", "less"]
    odds: int


def compare(before: int, after: int) -> Comparison:
    """Compare two counts of equally long periods, exactly.

    Events that come independently of one another are Poisson counts. Given their total, the first of two equal rates
    is binomial with probability one half, so that the two-sided p-value is twice the smaller tail: the conditional test
    of J. Przyborowski and H. Wilenski, Homogeneity of results in testing samples from Poisson series, Biometrika 31
    (1940), 313-323. It errs on the careful side. Thanks and errors that come in bunches vary more than that, which the
    strict LEVEL is meant to absorb; and no test tells a swap's doing from that of anything else that changed.
    """
    total = before + after
    p = min(1.0, 2 * sum(comb(total, count) for count in range(min(before, after) + 1)) / 2**total)
    odds = min(1_000, int(1 / p)) if p > 0 else 1_000
    if total < FEW:
        verdict: Literal["few", "chance", "more", "less"] = "few"
    elif p >= LEVEL:
        verdict = "chance"
    else:
        verdict = "more" if after > before else "less"
    return Comparison(before=before, after=after, verdict=verdict, odds=odds)


class Span(msgspec.Struct, frozen=True):
    """The weeks around visits, as Mondays (days since 1970): `visits_from` up to `visits_until` (not included) they
    took place, `first` is where the picture begins. `weeks` on either side are compared, 0: none."""

    first: int
    visits_from: int
    visits_until: int
    weeks: int


def span(first_start: int, last_end: int, at: int) -> Span:
    """The span of visits between these moments (microseconds), seen from the moment `at`; only whole weeks count."""
    begins, ends = monday(first_start), monday(last_end) + 7
    after = max(0, (monday(at) - ends) // 7)
    weeks = min(MOST_WEEKS, after)
    return Span(begins - 7 * max(weeks, LEAST_WEEKS), begins, ends, weeks if weeks >= LEAST_WEEKS else 0)


def start_of(week: int) -> int:
    """A Monday as a moment (microseconds)."""
    return week * DAY
