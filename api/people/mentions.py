"""Mentions: people type "@Greta Sommer"; what is stored names the person, so that names can change or go."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from api.core.text import GONE, MENTION, search_name
from api.people.queries import people_named

_AT = re.compile(r"(?<![\w@])@(?=[^\W\d_])")
_NAME_PART = re.compile(r"[^\W\d_][\w.'’-]*", re.UNICODE)
_LONGEST = 4


def _candidates(text: str, start: int) -> list[tuple[int, str]]:
    """Possible names from `start` on, longest first, as (where it ends, folded name)."""
    found: list[tuple[int, str]] = []
    at = start
    for _part in range(_LONGEST):
        match = _NAME_PART.match(text, at)
        if match is None:
            break
        end = match.end()
        while end > match.start() and text[end - 1] in ".'’-":
            end -= 1
        found.append((end, search_name(text[start:end])))
        if end != match.end() or match.end() >= len(text) or text[match.end()] != " ":
            break
        at = match.end() + 1
    return found[::-1]


async def store_mentions(text: str, *, prefer: Collection[str] = ()) -> str:
    """`text` with every "@Full Name" of a colleague replaced by "@{id}".

    Of several people with one name the one in `prefer` is meant (those chosen in the form, the
    recipients); without such a hint the words stay as they are.
    """
    places = [(match.start(), _candidates(text, match.end())) for match in _AT.finditer(text)]
    names = {name for _start, candidates in places for _end, name in candidates}
    people: dict[str, list[str]] = {}
    for person in await people_named(sorted(names)[:200], prefer):
        people.setdefault(person.search, []).append(person.id)
    for start, candidates in reversed(places):
        for end, name in candidates:
            ids = people.get(name, [])
            chosen = ids if len(ids) == 1 else [i for i in ids if i in prefer]
            if len(chosen) == 1:
                text = f"{text[:start]}@{{{chosen[0]}}}{text[end:]}"
                break
    return text


def typed_mentions(text: str, names: Mapping[str, str]) -> str:
    """The reverse, for editing: "@{id}" as "@Full Name"."""
    return MENTION.sub(lambda match: "…" if match[1] == GONE else f"@{names.get(match[1], '…')}", text)
