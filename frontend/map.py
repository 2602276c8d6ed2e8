"""The whole organisation as one picture: departments down two sides, hand-overs between them.

No line ever crosses a name: names stand outside, lines run inside. Positions follow the departments' own order
and do not move when dependencies do. What is drawn is decided here; the template only writes it down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import msgspec

from api.people.schemas import DepartmentRef

WIDTH = 1000
LEFT, RIGHT = 262, 738
"""Where the middles of the cogs stand."""
LABEL = 224
"""Width that a name may take; longer ones are shortened."""
FEW = 20
"""Up to so many departments all dependencies are drawn, with more only the heaviest."""
MOST_DRAWN = 60
HEAVY = 4


class Edge(Protocol):
    """A dependency as far as the picture goes."""

    @property
    def id(self) -> str: ...
    @property
    def provider(self) -> DepartmentRef: ...
    @property
    def customer(self) -> DepartmentRef: ...
    @property
    def weight(self) -> int: ...
    @property
    def silent(self) -> bool: ...


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A department in the picture: its cog's middle, and where its name begins or ends (`anchor`)."""

    id: str
    code: str
    name: str
    label: str
    hue: int
    x: int
    y: int
    words: int
    anchor: str
    near: bool
    """Chosen, or joined to what is chosen, or nothing is chosen."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A dependency in the picture: the way from provider to customer, the arrow's head at its end, its middle."""

    edge: Any
    path: str
    head: str
    middle: tuple[int, int]
    near: bool


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """All of it; `hidden` dependencies are not drawn until one of their departments is chosen."""

    width: int
    height: int
    cog: int
    places: list[Place]
    lines: list[Line]
    hidden: int


class Spot(msgspec.Struct, frozen=True):
    """A department as the picture needs it."""

    id: str
    code: str
    name: str
    hue: int


def text_width(text: str) -> float:
    """About the width of `text` at 14 px in the widest of the common faces, in px."""
    wide = {**dict.fromkeys("iljtfrI.,'|!:;()- ", 5.8), **dict.fromkeys("mwMW@%", 14.0)}
    return sum(wide.get(char, 10.3 if char.isupper() else 9.0) for char in text)


def shortened(text: str, width: float) -> str:
    """`text`, cut with an ellipsis if it is wider than `width` px."""
    if text_width(text) <= width:
        return text
    while text and text_width(text + "…") > width:
        text = text[:-1]
    return text.rstrip() + "…"


def draw(departments: Sequence[Spot], edges: Sequence[Edge], *, focus: str = "") -> Picture:
    """The picture of these departments; with `focus` all dependencies of that one, the others faint."""
    row, cog = (58, 40) if len(departments) <= FEW else (30, 25)
    half = (len(departments) + 1) // 2
    joined = {end for edge in edges for end in _ends(edge) if focus in _ends(edge)} | {focus}
    places = {
        one.id: Place(
            id=one.id,
            code=one.code,
            name=one.name,
            label=shortened(one.name, LABEL),
            hue=one.hue,
            x=LEFT if index < half else RIGHT,
            y=row // 2 + 4 + (index % half) * row,
            words=LEFT - cog // 2 - 9 if index < half else RIGHT + cog // 2 + 9,
            anchor="end" if index < half else "start",
            near=not focus or one.id in joined,
        )
        for index, one in enumerate(departments)
    }
    shown = _shown([edge for edge in edges if all(end in places for end in _ends(edge))], len(departments), focus)
    lines = _lines(places, shown, cog, focus)
    # What is near is drawn last, so that it lies on top, and of that what is silent.
    lines.sort(key=lambda line: (line.near, line.edge.silent))
    return Picture(
        width=WIDTH,
        height=half * row + 8,
        cog=cog,
        places=list(places.values()),
        lines=lines,
        hidden=len(edges) - len(shown),
    )


def _ends(edge: Edge) -> tuple[str, str]:
    return edge.provider.id, edge.customer.id


def _shown(edges: Sequence[Edge], departments: int, focus: str) -> list[Edge]:
    if departments <= FEW:
        return list(edges)
    heavy = sorted((edge for edge in edges if edge.weight >= HEAVY or edge.silent), key=lambda edge: -edge.weight)
    chosen = [edge for edge in edges if focus in _ends(edge)]
    return [*chosen, *(edge for edge in heavy[:MOST_DRAWN] if edge not in chosen)]


def _lines(places: Mapping[str, Place], edges: Sequence[Edge], cog: int, focus: str) -> list[Line]:
    """Lines leave a cog side by side, in the order in which their other ends stand, so that few of them cross."""
    at: dict[tuple[str, str], int] = {}
    for place in places.values():
        mine = [edge for edge in edges if place.id in _ends(edge)]
        near = [edge for edge in mine if not focus or focus in _ends(edge)]

        def turn(edge: Edge, place: Place = place) -> tuple[int, int]:
            end = places[edge.customer.id if edge.provider.id == place.id else edge.provider.id]
            if end.x != place.x:
                return 1, end.y
            # Bows lie inside one another: the nearest is the outermost at the cog
            return (0, place.y - end.y) if end.y < place.y else (2, place.y - end.y)

        for group in (near, [edge for edge in mine if edge not in near]):
            group.sort(key=turn)
            step = min(9.0, cog * (1.3 if place.id == focus else 0.9) / max(1, len(group) - 1))
            for index, edge in enumerate(group):
                at[edge.id, place.id] = place.y + round((index - (len(group) - 1) / 2) * step)
    return [
        _line(
            (places[edge.provider.id], at[edge.id, edge.provider.id]),
            (places[edge.customer.id], at[edge.id, edge.customer.id]),
            edge,
            cog // 2 + 4,
            focus,
        )
        for edge in edges
    ]


def _line(provider: tuple[Place, int], customer: tuple[Place, int], edge: Edge, gap: int, focus: str) -> Line:
    (one, y), (two, to_y) = provider, customer
    start, end = _mouth(one, gap), _mouth(two, gap + 7)
    if one.x == two.x:
        # A bow into the middle, the deeper the further apart
        depth = 40 + min(240, abs(one.y - two.y) * 3 // 5)
        bend = (start + depth, end + depth) if one.x == LEFT else (start - depth, end - depth)
    else:
        bend = (start + (end - start) * 2 // 5, end - (end - start) * 2 // 5)
    inward = 4 if two.x == LEFT else -4
    return Line(
        edge=edge,
        path=f"M{start} {y}C{bend[0]} {y} {bend[1]} {to_y} {end} {to_y}",
        head=f"M{end + inward} {to_y - 4}L{end - 2 * inward} {to_y}L{end + inward} {to_y + 4}z",
        middle=((start + 3 * bend[0] + 3 * bend[1] + end) // 8, (y + to_y) // 2),
        near=not focus or focus in _ends(edge),
    )


def _mouth(place: Place, gap: int) -> int:
    return place.x + gap if place.x == LEFT else place.x - gap
