"""All edges, kept for a short while: every page shows some of them, and they change slowly."""

from __future__ import annotations

import itertools

import msgspec

from api.core.clock import SECOND, monday, now
from api.core.i18n import Language
from api.dependencies.queries import edges
from api.dependencies.schemas import EdgeOut

KEPT_FOR = 10 * SECOND

_versions = itertools.count(1)


class Overview(msgspec.Struct, frozen=True):
    """All edges at one moment; `version` changes whenever anything in it does."""

    version: int
    edges: list[EdgeOut]

    def needed_from(self, department_id: str) -> list[EdgeOut]:
        """Edges on which others serve the department."""
        return [edge for edge in self.edges if edge.customer.id == department_id]

    def served_by(self, department_id: str) -> list[EdgeOut]:
        """Edges on which the department serves others."""
        return [edge for edge in self.edges if edge.provider.id == department_id]


class _Kept(msgspec.Struct):
    overview: Overview
    revision: int
    week: int
    until: int


_kept: dict[Language, _Kept] = {}


async def overview(language: Language, revision: int) -> Overview:
    """All edges, at most ten seconds old; names (`revision`) and the week are always the present ones."""
    at = now()
    kept = _kept.get(language)
    if kept and kept.revision == revision and kept.week == monday(at) and at < kept.until:
        return kept.overview
    found = await edges(language)
    same = kept is not None and kept.overview.edges == found
    fresh = kept.overview if kept and same else Overview(next(_versions), found)
    _kept[language] = _Kept(fresh, revision, monday(at), at + KEPT_FOR)
    return fresh


def forget() -> None:
    """Another database is in use, or a count has just changed in this process."""
    _kept.clear()
