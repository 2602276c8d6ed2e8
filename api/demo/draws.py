"""Chance that is the same on every machine and every Python: one stream of numbers for each purpose."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Draws:
    """Draws from one seeded stream. Uses only `random` and `getrandbits`, whose streams Python promises to keep."""

    __slots__ = ("bits", "chance")

    def __init__(self, stream: str) -> None:
        source = Random(stream)
        self.chance = source.random
        self.bits = source.getrandbits

    def below(self, count: int) -> int:
        """A whole number from 0 to `count` - 1."""
        return int(self.chance() * count)

    def one(self, choices: Sequence[T]) -> T:
        """One of `choices`, all alike."""
        return choices[int(self.chance() * len(choices))]

    def waiting(self, mean: float) -> float:
        """How long until something happens that happens every `mean` on average."""
        return -math.log(1.0 - self.chance()) * mean

    def uuid7(self, at: int) -> str:
        """A UUIDv7 for the time `at` (microseconds)."""
        ms = f"{at // 1_000:012x}"
        low = self.bits(74)
        variant = 0x8000 | (low >> 48 & 0x3FFF)
        return f"{ms[:8]}-{ms[8:]}-7{low >> 62:03x}-{variant:04x}-{low & 0xFFFFFFFFFFFF:012x}"


class Weighted(Generic[T]):
    """Choices of unequal weight; a weight of 0 is never drawn."""

    __slots__ = ("choices", "ends", "total")

    def __init__(self, choices: Sequence[T], weights: Sequence[float]) -> None:
        self.choices = choices
        self.ends = list(accumulate(weights))
        self.total = self.ends[-1]

    def draw(self, draws: Draws) -> T:
        """One of the choices, by weight."""
        return self.choices[bisect_right(self.ends, draws.chance() * self.total)]
