"""Gap over time as an SVG that suits light and dark pages: both axes logarithmic."""

from __future__ import annotations

import math
from collections.abc import Sequence

Trace = Sequence[tuple[float, float | None, float | None]]

LEFT, TOP, WIDTH, HEIGHT = 70, 46, 540, 300
SECONDS, GAPS = (1.0, 3.0, 10.0, 30.0, 120.0), (0.0002, 0.001, 0.005, 0.01, 0.05, 0.2)
STYLE = """
text{font:13px system-ui,sans-serif;fill:#374151} .grid{stroke:#d1d5db} polyline{fill:none;stroke-width:1.6;opacity:.85}
.host{stroke:#0f6b8b} .person{stroke:#b45309}
tspan.host{fill:#0f6b8b;stroke:none} tspan.person{fill:#b45309;stroke:none}
.many{stroke-dasharray:6 4}
@media (prefers-color-scheme:dark){text{fill:#d1d5db}.grid{stroke:#4b5563}.host{stroke:#67c4e4}.person{stroke:#f0a860}
tspan.host{fill:#67c4e4}tspan.person{fill:#f0a860}}
"""


def plot(traces: Sequence[tuple[int, str, Trace]]) -> str:
    """A line for each run (people, regime, trace) of 10,000 people and more, from its first real bound on."""
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 390" role="img" aria-labelledby="t">',
        f'<title id="t">Gap between plan and bound over time</title><style>{STYLE}</style>',
        f'<text x="{LEFT}" y="20">Gap between plan and bound: <tspan class="host">bound by hosts</tspan>, '
        '<tspan class="person">by people</tspan> (dashed: 100,000 people)</text>',
    ]
    for gap in GAPS:
        y = _y(gap)
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{LEFT + WIDTH}" y1="{y:.0f}" y2="{y:.0f}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{100 * gap:g} %</text>')
    parts += [f'<text x="{_x(at):.0f}" y="{TOP + HEIGHT + 22}" text-anchor="middle">{at:g} s</text>' for at in SECONDS]
    for people, regime, trace in traces:
        points = [(at, (b - s) / abs(s)) for at, s, b in trace if s and b is not None and people >= 10_000]
        line = " ".join(f"{_x(at):.1f},{_y(gap):.1f}" for at, gap in points if GAPS[0] <= gap <= GAPS[-1])
        parts.append(f'<polyline class="{regime}{" many" if people > 10_000 else ""}" points="{line}"/>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _x(seconds: float) -> float:
    low, high = math.log10(SECONDS[0]), math.log10(SECONDS[-1])
    return LEFT + WIDTH * (math.log10(max(seconds, SECONDS[0])) - low) / (high - low)


def _y(gap: float) -> float:
    low, high = math.log10(GAPS[0]), math.log10(GAPS[-1])
    return TOP + HEIGHT * (high - math.log10(gap)) / (high - low)
