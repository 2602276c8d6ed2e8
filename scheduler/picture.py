"""A plan as a picture that needs nothing else: an SVG, or an HTML page around it with the table for screen readers."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from scheduler.model import Instance
from scheduler.plan import Group, Kind, Plan
from scheduler.table import summary

_COLOURS: Final = {Kind.SWAP: "#1f6f8b", Kind.RING: "#99582a", Kind.SHADOW: "#6b7280"}
_WORDS: Final = {Kind.SWAP: "swap", Kind.RING: "ring", Kind.SHADOW: "shadow visit"}
_WIDTH, _LEFT, _TOP, _LINE, _LARGEST = 150, 150, 60, 26, 60


def svg(plan: Plan, instance: Instance | None = None) -> str:
    """Departments down, blocks across: each cell says who comes, in the colour of the kind of visit.

    With more departments or blocks than are readable, cells show how many come instead of names.
    """
    blocks = [b.id for b in instance.blocks] if instance else list(dict.fromkeys(v.block for v in plan.visits))
    hosts = [d.id for d in instance.departments] if instance else sorted({v.host for v in plan.visits})
    cells: dict[tuple[str, str], list[tuple[str, Kind]]] = {}
    for group in plan.groups():
        for visit in group.visits:
            cells.setdefault((visit.host, visit.block), []).append((visit.person, group.kind))
    names = max((len(cell) for cell in cells.values()), default=0) <= 6 and len(hosts) <= _LARGEST
    width = _WIDTH if names else 44
    heights = [
        _LINE + 14 * (max((len(cells.get((h, b), ())) for b in blocks), default=1) if names else 1) for h in hosts
    ]
    total = _LEFT + width * len(blocks) + 20, _TOP + sum(heights) + 20
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {total[0]} {total[1]}" width="{total[0]}" '
        f'height="{total[1]}" font-family="system-ui, sans-serif" font-size="12" role="img">',
        f"<title>{escape(next(summary(plan)))}</title>",
        f'<rect width="{total[0]}" height="{total[1]}" fill="#ffffff"/>',
        *_legend(plan),
    ]
    for number, block in enumerate(blocks):
        parts.append(f'<text x="{_LEFT + number * width + 6}" y="{_TOP - 8}" fill="#374151">{escape(block)}</text>')
    top = _TOP
    for host, height in zip(hosts, heights, strict=True):
        parts.append(f'<line x1="0" x2="{total[0]}" y1="{top}" y2="{top}" stroke="#d1d5db"/>')
        parts.append(f'<text x="8" y="{top + 18}" fill="#111827">{escape(host)}</text>')
        for number, block in enumerate(blocks):
            parts += _cell(cells.get((host, block), ()), _LEFT + number * width, top, names=names)
        top += height
    return "\n".join([*parts, "</svg>"]) + "\n"


def _legend(plan: Plan) -> list[str]:
    parts, x = [], 8
    for kind in sorted({group.kind for group in plan.groups()}):
        parts.append(f'<rect x="{x}" y="12" width="12" height="12" rx="3" fill="{_COLOURS[kind]}"/>')
        parts.append(f'<text x="{x + 18}" y="22" fill="#374151">{_WORDS[kind]}</text>')
        x += 110
    return parts


def _cell(visitors: Sequence[tuple[str, Kind]], left: int, top: int, *, names: bool) -> list[str]:
    if not visitors:
        return []
    if not names:
        return [f'<text x="{left + 6}" y="{top + 18}" fill="{_COLOURS[visitors[0][1]]}">{len(visitors)}</text>']
    return [
        f'<text x="{left + 6}" y="{top + 18 + 14 * number}" fill="{_COLOURS[kind]}">{escape(person[:20])}</text>'
        for number, (person, kind) in enumerate(visitors)
    ]


def html(plan: Plan, instance: Instance | None = None) -> str:
    """A page that stands alone: the figures, the picture, and every group as a table row."""
    figures = "".join(f"<li>{escape(line.strip())}</li>" for line in summary(plan))
    rows = "".join(_row(group) for group in plan.groups())
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Plan</title>\n'
        "<style>body{font:16px/1.5 system-ui,sans-serif;margin:2rem}table{border-collapse:collapse}"
        "td,th{border-bottom:1px solid #d1d5db;padding:.25rem .75rem;text-align:left}svg{max-width:100%;height:auto}"
        f"</style></head><body>\n<h1>Plan</h1>\n<ul>{figures}</ul>\n{svg(plan, instance)}\n"
        f"<table><thead><tr><th>Block</th><th>Kind</th><th>Visits</th></tr></thead><tbody>{rows}</tbody></table>\n"
        "</body></html>\n"
    )


def _row(group: Group) -> str:
    visits = "; ".join(f"{escape(v.person)} to {escape(v.host)}" for v in group.visits)
    return f"<tr><td>{escape(group.visits[0].block)}</td><td>{_WORDS[group.kind]}</td><td>{visits}</td></tr>\n"
