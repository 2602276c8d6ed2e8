"""Cards of thanks, rendered once per row, version and language, and finished per reader by joining strings.

The template of a card leaves slots where readers differ: a time in words, "Du" instead of a name, a pressed
reaction, the strip on one's own card. A cached card is therefore a tuple of texts and slots, and finishing
one costs a few microseconds, whoever reads.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup, escape

from frontend.times import minutes, time_element

# Nobody can write a slot into a message: the marks are drawn anew in every process and never sent out.
_MARK = f"\x02{secrets.token_hex(12)}\x03"
_COMMA = f"\x04{secrets.token_hex(12)}\x05"


class Slot(NamedTuple):
    """A place in a card that depends on the reader: which kind, of what, and its two texts if it has any."""

    kind: str
    key: str
    then: str
    otherwise: str


Card = tuple[str | Slot, ...]


class Reader(NamedTuple):
    """What of the reader and the moment a card needs."""

    person_id: str
    language: str
    time_zone: str
    now: int


def time_slot(at: datetime) -> Markup:
    """In a card's template: the moment, in words when the card is shown."""
    return _slot("time", str(minutes(at)), "", "")


def reader_slot(person_id: str, then: str, otherwise: str) -> Markup:
    """In a card's template: `then` if the reader is that person, else `otherwise`."""
    return _slot("reader", person_id, escape(then), escape(otherwise))


def reaction_slot(kind: str, then: str, otherwise: str) -> Markup:
    """In a card's template: `then` if the reader reacted so, else `otherwise`."""
    return _slot("reaction", kind, escape(then), escape(otherwise))


def extra_slot(name: str) -> Markup:
    """In a card's template: a text that the page hands over under `name` for this card and reader."""
    return _slot("extra", name, "", "")


def _slot(kind: str, key: str, then: str, otherwise: str) -> Markup:
    return Markup(_MARK + _COMMA.join((kind, key, then, otherwise)) + _MARK)  # noqa: S704 (parts escaped)


def compile_card(text: str) -> Card:
    """A rendered template with slots, taken apart."""
    parts: list[str | Slot] = list(text.split(_MARK))
    for index in range(1, len(parts), 2):
        parts[index] = Slot(*str(parts[index]).split(_COMMA))
    return tuple(part for part in parts if part != "")


def finish_card(card: Card, reader: Reader, reactions: Collection[str], extras: Mapping[str, str]) -> Markup:
    """The card for this reader. `reactions`: kinds the reader has given; `extras`: texts by slot name."""
    person_id, language, time_zone, now = reader
    done: list[str] = []
    for part in card:
        if isinstance(part, str):
            done.append(part)
            continue
        kind, key, then, otherwise = part
        if kind == "reaction":
            done.append(then if key in reactions else otherwise)
        elif kind == "reader":
            done.append(then if key == person_id else otherwise)
        elif kind == "time":
            done.append(time_element(int(key), now, time_zone, language))
        else:
            done.append(extras.get(key, ""))
    return Markup("".join(done))  # noqa: S704 (made of rendered templates)
