"""Gap over time as an SVG: both axes logarithmic."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

Trace = Sequence[tuple[float, float | None, float | None]]

COLOURS = ("#1f6f8b", "#99582a", "#4d7c0f", "#7c3aed", "#be123c", "#374151", "#0f766e", "#a16207", "#1d4ed8", "#9d174d")
LEFT, TOP, WIDTH, HEIGHT = 70, 20, 560, 320
SECONDS, GAPS = (0.1, 1.0, 10.0, 100.0), (0.001, 0.01, 0.1, 1.0)


def plot(traces: Sequence[tuple[str, Trace]]) -> str:
    """A line for each run, from its first bound on."""
    total = TOP + HEIGHT + 40 + 18 * len(traces)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 660 {total}" width="660" height="{total}" '
        'font-family="system-ui, sans-serif" font-size="12"><title>Gap over time</title>',
        f'<rect width="660" height="{total}" fill="#fff"/>',
    ]
    parts += [
        f'<text x="{_x(seconds):.0f}" y="{TOP + HEIGHT + 18}" text-anchor="middle">{seconds:g} s</text>'
        for seconds in SECONDS
    ]
    for gap in GAPS:
        parts.append(f'<line x1="{LEFT}" x2="{LEFT + WIDTH}" y1="{_y(gap):.0f}" y2="{_y(gap):.0f}" stroke="#d1d5db"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{_y(gap) + 4:.0f}" text-anchor="end">{100 * gap:g} %</text>')
    for number, (name, trace) in enumerate(traces):
        colour = COLOURS[number % len(COLOURS)]
        points = " ".join(
            f"{_x(at):.1f},{_y((bound - score) / abs(score)):.1f}"
            for at, score, bound in trace
            if score and bound is not None
        )
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        parts.append(f'<text x="{LEFT}" y="{TOP + HEIGHT + 44 + 18 * number}" fill="{colour}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _x(seconds: float) -> float:
    low, high = math.log10(SECONDS[0]), math.log10(SECONDS[-1])
    return LEFT + WIDTH * (math.log10(max(seconds, SECONDS[0])) - low) / (high - low)


def _y(gap: float) -> float:
    low, high = math.log10(GAPS[0]), math.log10(GAPS[-1])
    return TOP + HEIGHT * (high - math.log10(min(max(gap, GAPS[0]), GAPS[-1]))) / (high - low)
