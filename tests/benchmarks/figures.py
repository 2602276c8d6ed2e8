"""What a benchmark found, as lines of a table."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A ratio (or a time) measured several times; `at_least` or `at_most` is the aim, None if there is none."""

    name: str
    values: Sequence[float]
    at_least: float | None = None
    at_most: float | None = None
    note: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def aim(self) -> str:
        if self.at_least is not None:
            return f">= {self.at_least:g}"
        return f"<= {self.at_most:g}" if self.at_most is not None else ""

    @property
    def verdict(self) -> str:
        """By the median."""
        if not self.aim:
            return ""
        reached = self.median >= self.at_least if self.at_least is not None else self.median <= (self.at_most or 0)
        return "met" if reached else "missed"


def show(title: str, figures: Sequence[Figure]) -> None:
    """Print them."""
    print(f"\n{title}\n{'':58}{'aim':>8}{'median':>9}{'min':>8}{'max':>8}", flush=True)
    for figure in figures:
        numbers = "".join(f"{number:>{width}.2f}" for number, width in zip(_three(figure), (9, 8, 8), strict=True))
        print(f"{figure.name:58}{figure.aim:>8}{numbers}  {figure.verdict:7}{figure.note}", flush=True)


def _three(figure: Figure) -> tuple[float, float, float]:
    return figure.median, min(figure.values), max(figure.values)
