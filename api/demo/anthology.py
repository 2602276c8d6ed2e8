"""The letters and comments, compiled and sorted by who may write them to whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from api.demo.grammar import Text, compile_text
from api.demo.hospital import OFFICE, WARDS
from api.demo.letters import (
    comments,
    de_anyone,
    de_care,
    de_office,
    en_anyone,
    en_care,
    en_office,
)

Language = Literal["de", "en"]

VALUES = {"t": "together", "r": "reliable", "c": "careful", "k": "kind", "a": "asked"}
_HEAD = re.compile(r"(\+?)([trcka]) (.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Core:
    """One hand-written letter. `number` counts through the language; `several`: for two recipients or more."""

    number: int
    value: str
    text: Text
    several: bool
    thanks: bool


@dataclass(frozen=True, slots=True)
class Deck:
    """What one department can write to another: letters about just that, and letters that fit anyone."""

    specific: tuple[Core, ...]
    general: tuple[Core, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """An opening, a closing or a comment; `run_on`: the letter continues the opening's sentence, in lower case."""

    text: Text
    run_on: bool


Frames = dict[str, tuple[int, ...]]  # their numbers, by the value of the letters that they suit


class Anthology:
    """All texts of one language."""

    def __init__(self, language: Language) -> None:
        modules = (de_care, de_office, de_anyone) if language == "de" else (en_care, en_office, en_anyone)
        frames = de_anyone if language == "de" else en_anyone
        self.language = language
        self.size = 0
        self.frames: dict[int, Frame] = {}
        self.pools = {key: self._cores(text) for m in modules for key, text in m.LETTERS.items()}
        self.openings = self._frames(frames.OPENINGS)
        self.closings = self._frames(frames.CLOSINGS)
        self.comments = {
            voice: self._frames(text)
            for voice, text in (comments.GERMAN if language == "de" else comments.ENGLISH).items()
        }

    def deck(self, giver: str, recipient: str) -> Deck:
        """The letters that department `giver` can write to `recipient`; its own people if they are the same."""
        if giver == recipient:
            own = ["own:night"] if giver in WARDS | {"icu", "theatres"} else []
            own += ["own:desk"] if giver in OFFICE else []
            return Deck(self._all(*own, "own"), ())
        specific = [f"{g}>{r}" for g in _aliases(giver) for r in _aliases(recipient)]
        general = ["ward>any"] if giver in WARDS else []
        general += ["office>any"] if giver in OFFICE else []
        general += [f"any>{recipient}"]
        return Deck(self._all(*specific, f"{giver}>any"), self._all(*general, "any>any"))

    def shared(self, giver: str) -> dict[tuple[str, ...], tuple[Core, ...]]:
        """Letters of department `giver` to two departments at once, by these; ("any", "any") fits any two."""
        found: dict[tuple[str, ...], tuple[Core, ...]] = {}
        for key, cores in self.pools.items():
            writer, _, readers = key.partition(">")
            if "+" in readers and writer in (*_aliases(giver), "any"):
                found[tuple(readers.split("+"))] = cores
        return found

    def _all(self, *keys: str) -> tuple[Core, ...]:
        return tuple(core for key in keys for core in self.pools.get(key, ()))

    def _number(self) -> int:
        self.size += 1
        return self.size - 1

    def _cores(self, text: str) -> tuple[Core, ...]:
        cores = []
        for paragraph in text.strip().split("\n\n"):
            match = _HEAD.match(paragraph)
            if not match:
                raise ValueError(f"no value before {paragraph!r}")
            plus, value, source = match.groups()
            thanks = "dank" in source.lower() or "thank" in source.lower()
            cores.append(Core(self._number(), VALUES[value], compile_text(source), bool(plus), thanks))
        return tuple(cores)

    def _frames(self, text: str) -> Frames:
        frames: dict[str, list[int]] = {value: [] for value in VALUES.values()}
        for paragraph in text.strip().split("\n\n"):
            suits, source = paragraph.removesuffix("#").strip().split(" ", 1)
            number = self._number()
            self.frames[number] = Frame(compile_text(source), source.endswith(","))
            for letter, value in VALUES.items():
                if suits == "*" or letter in suits:
                    frames[value].append(number)
        return {value: tuple(found) for value, found in frames.items()}


def _aliases(department: str) -> tuple[str, ...]:
    return (department, "ward") if department in WARDS else (department,)


@lru_cache(maxsize=2)
def anthology(language: Language) -> Anthology:
    """The compiled texts of `language`; made once."""
    return Anthology(language)

