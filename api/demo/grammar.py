"""A small language in which the demo's letters are written, and its compiler.

    [a|b|]       one of these, drawn anew each time; an empty one may be nothing
    <du|ihr>     the first for one recipient, the second for several
    {3-9}        a whole number, as a word up to twelve; {#3-9} always in figures
    {5:10-6:50}  a time of day, on five minutes
    {n:3-9}      the same as {3-9}, and {n} says it once more
    {day}        a word that the writer of the letter knows (see `lexicon.py`)
    //           a new line

What begins a sentence gets its capital by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

_TOKEN = re.compile(r"\{([^{}]+)\}|\s*//\s*|[\[\]<>|]")
_CLOCK = re.compile(r"(\d+):(\d\d)-(\d+):(\d\d)$")
_RANGE = re.compile(r"(#?)(\d+)-(\d+)$")
_BOUND = re.compile(r"([a-z]):(.+)$")
_SENTENCE_START = re.compile(r"(^|[.!?]\s|[.!?]\*\*\s|\n|„)$")
_SPACES = re.compile(r" {2,}")
_LOOSE = re.compile(r" +(?=[,.\n]|$)|(?<=\n) +")

NUMBERS = {
    "de": "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split(),
    "en": "zero one two three four five six seven eight nine ten eleven twelve".split(),
}


@dataclass(slots=True)
class Writing:
    """What is known while one letter is written: chance, number of recipients, words, language."""

    chance: Callable[[], float]
    language: str
    several: bool
    words: Mapping[str, Callable[[], str]]
    bound: dict[str, str] = field(default_factory=dict)


Piece = Callable[[Writing], str]


@dataclass(frozen=True, slots=True)
class Text:
    """A compiled text; `write` fills it for one occasion. `loose`: some choice may be empty and leave spaces."""

    pieces: tuple[str | Piece, ...]
    loose: bool

    def write(self, writing: Writing) -> str:
        """The text for this occasion, without double spaces or loose ends."""
        text = _joined(self.pieces, writing)
        return _LOOSE.sub("", _SPACES.sub(" ", text)).strip() if self.loose else text


def compile_text(source: str) -> Text:
    """Compile `source`. Raises ValueError for brackets that do not match."""
    tokens = _Tokens(" ".join(source.split()))
    pieces = tokens.sequence(start=True)
    if tokens.closer:
        raise ValueError(f"unmatched {tokens.closer!r} in {source!r}")
    return Text(pieces, loose="|]" in source or "[|" in source)


class _Tokens:
    """Reads a source from left to right; `closer` is what ended the last sequence ("" at the end)."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.closer = ""

    def sequence(self, *, start: bool) -> tuple[str | Piece, ...]:
        """Everything up to a "|", a closing bracket or the end. `start`: whether a sentence begins here."""
        pieces: list[str | Piece] = []
        while match := _TOKEN.search(self.source, self.at):
            if literal := self.source[self.at : match.start()]:
                pieces.append(literal)
                start = bool(_SENTENCE_START.search(literal))
            self.at = match.end()
            mark = match[0]
            if mark.strip() == "//":
                pieces.append("\n")
                start = True
            elif match[1]:
                pieces.append(_capital(_slot(match[1])) if start else _slot(match[1]))
                start = False
            elif mark in "[<":
                pieces.append(self.choice(mark, start=start))
                start = False
            else:
                self.closer = mark
                return tuple(pieces)
        if literal := self.source[self.at :]:
            pieces.append(literal)
            self.at = len(self.source)
        self.closer = ""
        return tuple(pieces)

    def choice(self, opener: str, *, start: bool) -> Piece:
        options = []
        while True:
            options.append(self.sequence(start=start))
            if self.closer != "|":
                break
        if self.closer != {"[": "]", "<": ">"}[opener]:
            raise ValueError(f"{opener!r} is not closed in {self.source!r}")
        if opener == "[":
            return _any_of(tuple(options))
        if len(options) != 2:
            raise ValueError(f"one and several, please: {self.source!r}")
        return _by_number(options[0], options[1])


def _joined(pieces: tuple[str | Piece, ...], writing: Writing) -> str:
    return "".join([p if isinstance(p, str) else p(writing) for p in pieces])


def _any_of(options: tuple[tuple[str | Piece, ...], ...]) -> Piece:
    count = len(options)
    return lambda writing: _joined(options[int(writing.chance() * count)], writing)


def _by_number(one: tuple[str | Piece, ...], several: tuple[str | Piece, ...]) -> Piece:
    return lambda writing: _joined(several if writing.several else one, writing)


def _capital(piece: Piece) -> Piece:
    def capital(writing: Writing) -> str:
        text = piece(writing)
        return text[:1].upper() + text[1:]

    return capital


def _slot(name: str) -> Piece:
    if match := _CLOCK.match(name):
        first, last = (int(match[i]) * 60 + int(match[i + 1]) for i in (1, 3))
        return _clock(first, last)
    if match := _RANGE.match(name):
        return _number(int(match[2]), int(match[3]), figures=bool(match[1]))
    if match := _BOUND.match(name):
        return _bind(match[1], _slot(match[2]))
    return lambda writing: writing.bound[name] if name in writing.bound else writing.words[name]()


def _bind(name: str, piece: Piece) -> Piece:
    def bind(writing: Writing) -> str:
        text = writing.bound[name] = piece(writing)
        return text

    return bind


def _clock(first: int, last: int) -> Piece:
    steps = (last - first) // 5 + 1

    def clock(writing: Writing) -> str:
        minutes = first + 5 * int(writing.chance() * steps)
        return f"{minutes // 60}:{minutes % 60:02}"

    return clock


def _number(low: int, high: int, *, figures: bool) -> Piece:
    count = high - low + 1

    def number(writing: Writing) -> str:
        value = low + int(writing.chance() * count)
        if figures:
            return str(value)
        if value <= 12:
            return NUMBERS[writing.language][value]
        if value < 1000:
            return str(value)
        return f"{value:,}" if writing.language == "en" else f"{value:,}".replace(",", ".")

    return number
