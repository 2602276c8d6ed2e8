"""An edge before and after visits as small pictures: a column a week, the weeks of the visits shaded, the stretches
that are compared on a bed of their own."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from api.rotations.feedback_schemas import Coverage, EdgeEffect

WIDTH, HEIGHT = 560, 72
_BASE, _TOP = 60, 8
_DOT, _MOST_DOTS = 4.5, 5
SHOWN_PEOPLE = 60


class Bar(msgspec.Struct, frozen=True):
    """A week's column."""

    x: float
    y: float
    width: float
    height: float


class Dot(msgspec.Struct, frozen=True):
    """One event, or one person; `kind` says which sort."""

    x: float
    y: float
    kind: str = ""


class Stretch(msgspec.Struct, frozen=True):
    """Weeks from `x` on."""

    x: float
    width: float


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """Columns, or dots where there are few. `before` and `after` are compared, None while it is too early."""

    bars: list[Bar]
    dots: list[Dot]
    visits: Stretch
    before: Stretch | None
    after: Stretch | None
    most: int


def draw_weeks(counts: Sequence[int], effect: EdgeEffect) -> Picture:
    """The counts of one sort of event by week."""
    step = WIDTH / max(1, len(counts))

    def stretch(first: int, until: int) -> Stretch:
        start = (first - effect.first) / 7 * step
        return Stretch(round(start, 1), round((until - first) / 7 * step, 1))

    most = max(counts, default=0)
    dots = [
        Dot(round((week + 0.5) * step, 1), round(_BASE - _DOT - 2 - number * (2 * _DOT + 1), 1))
        for week, count in enumerate(counts)
        for number in range(count)
    ]
    bars = []
    for week, count in enumerate(counts):
        height = round((_BASE - _TOP) * count / most, 1) if most else 0.0
        bars.append(Bar(round(week * step + step * 0.2, 1), round(_BASE - height, 1), round(step * 0.6, 1), height))
    compared = 7 * effect.weeks
    return Picture(
        bars=bars if most > _MOST_DOTS else [],
        dots=dots if most <= _MOST_DOTS else [],
        visits=stretch(effect.visits_from, effect.visits_until),
        before=stretch(effect.visits_from - compared, effect.visits_from) if compared else None,
        after=stretch(effect.visits_until, effect.visits_until + compared) if compared else None,
        most=most,
    )


def draw_people(coverage: Coverage) -> list[Dot]:
    """A dot for each person of a department: "before" and "new" have worked in the other, "not" have not. None where
    they are not counted, or too many to be drawn."""
    people, before, now = coverage.people or 0, coverage.before or 0, coverage.now or 0
    if people > SHOWN_PEOPLE:
        return []
    kinds = ["before"] * before + ["new"] * (now - before) + ["not"] * (people - now)
    return [Dot(8 + 18 * (number % 20), 8 + 18 * (number // 20), kind) for number, kind in enumerate(kinds)]
