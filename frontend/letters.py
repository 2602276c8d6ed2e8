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

from api.core.clock import MINUTE
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


class Parts(NamedTuple):
    """Texts with gaps, and for each gap its place and its slot."""

    texts: list[str]
    slots: list[tuple[int, Slot]]


class Card:
    """A card taken apart. Most readers are neither in it nor have reacted: for them it is `plain`.

    `shown` is the plain card as it was last shown, in the minute and time zone `shown_at`.
    """

    __slots__ = ("full", "people", "plain", "shown", "shown_at")

    def __init__(self, full: Parts, plain: Parts, people: frozenset[str]) -> None:
        self.full = full
        self.plain = plain
        self.people = people
        self.shown = ""
        self.shown_at: tuple[int, str] | None = None


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
    texts = text.split(_MARK)
    slots = [Slot(*part.split(_COMMA)) for part in texts[1::2]]
    people = frozenset(slot.key for slot in slots if slot.kind == "reader")
    plain = [texts[0]]
    kept: list[tuple[int, Slot]] = []
    for slot, following in zip(slots, texts[2::2], strict=True):
        if slot.kind in ("reader", "reaction"):
            plain[-1] += slot.otherwise + following
        else:
            kept.append((len(plain), slot))
            plain += ["", following]
    return Card(Parts(texts, list(zip(range(1, len(texts), 2), slots, strict=True))), Parts(plain, kept), people)


def finish_card(card: Card, reader: Reader, reactions: Collection[str], extras: Mapping[str, str]) -> str:
    """The card as HTML for this reader.

    `reactions`: kinds the reader has given; `extras`: what stands in the extra slots, by their name.
    """
    if reactions or extras or reader.person_id in card.people:
        return _fill(card.full, reader, reactions, extras)
    at = (reader.now // MINUTE, reader.time_zone)
    if card.shown_at != at:
        card.shown, card.shown_at = _fill(card.plain, reader, reactions, extras), at
    return card.shown


def _fill(parts: Parts, reader: Reader, reactions: Collection[str], extras: Mapping[str, str]) -> str:
    person_id, language, time_zone, now = reader
    texts = parts.texts.copy()
    for at, (kind, key, then, otherwise) in parts.slots:
        if kind == "time":
            texts[at] = time_element(int(key), now, time_zone, language)
        elif kind == "extra":
            texts[at] = extras.get(key, "")
        elif kind == "reaction":
            texts[at] = then if key in reactions else otherwise
        else:
            texts[at] = then if key == person_id else otherwise
    return "".join(texts)
