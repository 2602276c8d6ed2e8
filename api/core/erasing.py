"""Take a person out of texts: their name however it is written, their address, the mentions that name them.

What stands in its place is a mention of nobody, which each reader gets in their language ("(erased)").
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise
from typing import Any

import msgspec

from api.core import database
from api.core.text import GONE, fold

MARK = f"@{{{GONE}}}"
"""Instead of a name, and of a whole text that an erased person wrote, where texts are rendered."""

PLAIN_MARK = "…"
"""The same in texts that are shown as they are: reasons."""

_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\s,.*_~'’‐–-]{1,4}")
# People without an umlaut on their keyboard
_EXPANDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae"})


class Gone(msgspec.Struct, frozen=True):
    """Who is to be forgotten, while it is still known."""

    id: str
    name: str
    email: str


def name_words(name: str) -> list[str]:
    """The words of a name as they are spelled."""
    return _WORD.findall(name)


def _forms(word: str) -> frozenset[str]:
    """How a word of a name is written, folded."""
    return frozenset({fold(word), fold(word.casefold().translate(_EXPANDED))})


def _is(token: str, forms: frozenset[str], *, last: bool) -> bool:
    folded = fold(token)
    return folded in forms or (last and folded.removesuffix("s") in forms)


def forget(text: str, gone: Gone, *, mark: str = MARK, alone: Collection[str] = ()) -> str:
    """`text` without this person.

    Their full name goes, family name first or last, with or without case, accents and a genitive "s". `alone`
    are words that mean them even by themselves, as they are spelled.
    """
    text = text.replace(f"@{{{gone.id}}}", mark)
    if gone.email:
        text = re.sub(rf"(?<![\w.+-]){re.escape(gone.email)}(?![\w-])", mark, text, flags=re.IGNORECASE)
    spelled = name_words(gone.name)
    if not spelled:
        return text
    name = [_forms(word) for word in spelled]
    orders = [name[turn:] + name[:turn] for turn in range(len(name))]  # "Groß, Grete" too
    tokens = list(_WORD.finditer(text))
    single = {*alone, *(f"{word}s" for word in alone)}
    places: list[tuple[int, int]] = []
    at = 0
    while at < len(tokens):
        count = next((len(order) for order in orders if _stands(tokens, at, order, text)), 0)
        if not count and tokens[at][0] in single:
            count = 1
        if count:
            places.append((tokens[at].start(), tokens[at + count - 1].end()))
        at += count or 1
    for start, end in reversed(places):
        begin = start - 1 if text[start - 1 : start] == "@" else start
        text = text[:begin] + mark + text[end:]
    return text


def _stands(tokens: list[re.Match[str]], at: int, order: list[frozenset[str]], text: str) -> bool:
    """Whether the words of a name stand here, one after the other."""
    found = tokens[at : at + len(order)]
    if len(found) < len(order):
        return False
    if not all(
        _is(token[0], forms, last=place == len(order) - 1)
        for place, (token, forms) in enumerate(zip(found, order, strict=True))
    ):
        return False
    return all(_BETWEEN.fullmatch(text[one.end() : other.start()]) for one, other in pairwise(found))


def _pattern(word: str) -> str:
    """A LIKE pattern that finds a word in any case; what is no plain letter may be written otherwise."""
    return "%" + re.sub(r"[^a-z0-9]+", "%", word.casefold()) + "%"


def _escaped(text: str) -> str:
    return "%" + re.sub(r"([\\%_])", r"\\\1", text) + "%"


async def forget_in(table: str, column: str, gone: Gone, *, mark: str = MARK, key: str = "id") -> list[str]:
    """Take a person out of a text column of every row; returns the ids of the rows that were changed.

    `key` is the column of ids; rows that share one share the text, or have none (any more).
    """
    like = database.sql(sqlite="LIKE", postgres="ILIKE")
    patterns = [_escaped(f"@{{{gone.id}}}")]
    if gone.email:
        patterns.append(_escaped(gone.email))
    if gone.name:
        patterns.append(_pattern(max(name_words(gone.name) or [gone.name], key=len)))
    matches = f"{column} {like} {{}} ESCAPE '\\'"
    found = await database.fetch(
        f"SELECT {key} AS id, {column} AS text FROM {table} WHERE {' OR '.join([matches] * len(patterns))}", *patterns
    )
    changed = [(new, row["id"]) for row in found if (new := forget(row["text"], gone, mark=mark)) != row["text"]]
    await database.execute_many(f"UPDATE {table} SET {column} = {{}} WHERE {key} = {{}} AND {column} <> ''", changed)
    return [str(row_id) for _new, row_id in changed]


async def forget_in_changes(what: str, texts: Collection[str], gone: Gone) -> None:
    """Take a person out of these texts of what was recorded, before and after, of changes of `what` (the first part
    of their kind)."""
    changed = []
    for row in await database.fetch("SELECT id, before, after FROM change WHERE kind LIKE {}", f"{what}.%"):
        states = [_state_without(row[name], texts, gone) for name in ("before", "after")]
        if states != [row["before"], row["after"]]:
            changed.append((*states, row["id"]))
    await database.execute_many("UPDATE change SET before = {}, after = {} WHERE id = {}", changed)


def _state_without(state: str, texts: Collection[str], gone: Gone) -> str:
    found: dict[str, Any] = msgspec.json.decode(state)
    without = {name: forget(found[name], gone, mark=PLAIN_MARK) for name in texts if found.get(name)}
    return msgspec.json.encode({**found, **without}).decode()
