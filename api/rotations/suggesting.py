"""Which dependencies need visits most: heavy, seen by few, thanked little or from one side only."""

from __future__ import annotations

from collections import Counter
from typing import Literal

import msgspec

from api.core import database
from api.core.clock import monday, now
from api.core.i18n import Language
from api.dependencies.queries import edges
from api.dependencies.schemas import WEEKS, EdgeOut

Cause = Literal["heavy", "unseen", "silent", "one_way"]
HEAVY = 4


class Suggestion(msgspec.Struct, frozen=True):
    """A dependency, why it is suggested, and how many visits it has had in each direction."""

    edge: EdgeOut
    causes: list[Cause]
    seen: tuple[int, int]
    urgency: int


async def suggestions(language: Language) -> list[Suggestion]:
    """All dependencies, those that need visits most first: three statements."""
    found = await edges(language)
    seen = Counter[tuple[str, str]]()
    for row in await database.fetch(
        "SELECT home_id, host_id, COUNT(*) AS visits FROM visit WHERE state = 'done' GROUP BY home_id, host_id"
    ):
        seen[row[0], row[1]] = row[2]
    thanks = Counter[tuple[str, str]]()
    for row in await database.fetch(
        """SELECT giver_department_id, recipient_department_id, SUM(thanks) FROM edge_week WHERE week >= {}
        GROUP BY giver_department_id, recipient_department_id""",
        monday(now()) - 7 * (WEEKS - 1),
    ):
        thanks[row[0], row[1]] = int(row[2])
    return sorted((_suggestion(edge, seen, thanks) for edge in found), key=lambda each: -each.urgency)


def _suggestion(edge: EdgeOut, seen: Counter[tuple[str, str]], thanks: Counter[tuple[str, str]]) -> Suggestion:
    there, back = (edge.provider.id, edge.customer.id), (edge.customer.id, edge.provider.id)
    causes: list[Cause] = []
    if edge.weight >= HEAVY:
        causes.append("heavy")
    if seen[there] + seen[back] < 2:
        causes.append("unseen")
    if not thanks[back]:
        causes.append("silent")
    elif min(thanks[there], thanks[back]) * 4 < max(thanks[there], thanks[back]):
        causes.append("one_way")
    urgency = 2 * edge.weight + 3 * ("unseen" in causes) + 2 * ("silent" in causes) + ("one_way" in causes)
    return Suggestion(edge, causes, (seen[there], seen[back]), urgency)
