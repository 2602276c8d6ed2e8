"""Why somebody is not in a plan: said once for all blocks that speak against it in the same way."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from babel.lists import format_list

from api.core.i18n import Language
from api.rotations.planning import Why
from frontend.pages.rotations.naming import Head
from frontend.pages.rotations.words import Namer

_GROUPS, _NAMED = 3, 6


class Answer(msgspec.Struct, frozen=True):
    """What speaks against a visit in a block, and what would make it possible there; `likewise` are other blocks in
    which much the same does, `more` further ones."""

    block: str
    reasons: list[str]
    ways: list[str]
    likewise: list[str]
    more: int


def answers_of(found: Sequence[Why], heads: Sequence[Head], namer: Namer, language: Language) -> list[Answer]:
    """The blocks that need least, the same reasons only once."""
    alike: dict[tuple[str, ...], list[Why]] = {}
    for one in sorted(found, key=lambda one: (not one.ways, len(one.reasons), one.block)):
        alike.setdefault(tuple(reason.code for reason in one.reasons), []).append(one)
    return [
        Answer(
            heads[first.block].long,
            [namer.reason(reason, language) for reason in first.reasons],
            [format_list([namer.change(change, language) for change in way], locale=language) for way in first.ways],
            [heads[block].short for block in sorted(one.block for one in others)[:_NAMED]],
            max(0, len(others) - _NAMED),
        )
        for first, *others in list(alike.values())[:_GROUPS]
    ]
