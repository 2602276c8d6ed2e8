"""A search's curve: the best plan rises, the proven bound falls, the area between is what could still be gained."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

WIDTH, HEIGHT = 300, 122
_LEFT, _TOP, _BOTTOM = 8, 12, 112


class Curve(msgspec.Struct, frozen=True):
    """Paths of the picture; empty as long as there are fewer than two points."""

    best: str
    bound: str
    gap: str


def draw(points: Sequence[tuple[float, float | None, float | None]]) -> Curve:
    """The curve of (seconds, score, bound)."""
    known = [(at, score, bound) for at, score, bound in points if score is not None and bound is not None]
    if len(known) < 2:
        return Curve("", "", "")
    low, high = min(score for _at, score, _bound in known), max(bound for _at, _score, bound in known)
    first, last = known[0][0], known[-1][0]

    def x(at: float) -> float:
        return round(_LEFT + (WIDTH - 2 * _LEFT) * (at - first) / max(last - first, 1e-9), 1)

    def y(value: float) -> float:
        return round(_BOTTOM - (_BOTTOM - _TOP) * (value - low) / max(high - low, 1e-9), 1)

    steps = f"M{x(first)} {y(known[0][1])}" + "".join(f"H{x(at)}V{y(score)}" for at, score, _bound in known[1:])
    line = "M" + " ".join(f"{x(at)} {y(bound)}" for at, _score, bound in known)
    back = " ".join(f"{x(at)} {y(bound)}" for at, _score, bound in reversed(known))
    return Curve(steps, line, f"{steps}L{back}z")
