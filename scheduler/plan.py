"""What comes out: visits grouped into swaps, rings and shadow visits, with a score, a bound and reasons."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Final

import msgspec

from scheduler.model import FORMAT, Value

TOLERANCE: Final = 1e-6
"""Scores closer than this (relative to their size, at least absolutely) are the same."""


class Status(StrEnum):
    """How a search ended: `STOPPED` by a token, `UNKNOWN` without a plan and without proof that there is none."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What a group of visits is."""

    SWAP = "swap"
    RING = "ring"
    SHADOW = "shadow"


class Reason(Value, frozen=True, kw_only=True):
    """A code with parameters, so that a product can put it into its user's words (`words.english` does so here)."""

    code: str
    about: dict[str, str | int | float] = msgspec.field(default_factory=dict)


class PlannedVisit(Value, frozen=True, kw_only=True):
    """A person in a department, starting with a block. Visits of the same group form its swap, ring or shadow visit."""

    person: str
    host: str
    block: str
    group: int


class Group(msgspec.Struct, frozen=True):
    """Visits that belong together: in a ring, each goes where the next one comes from."""

    kind: Kind
    visits: tuple[PlannedVisit, ...]


class Term(Value, frozen=True, kw_only=True):
    """A term of the score and its value, weight included."""

    name: str
    value: float


class Level(Value, frozen=True, kw_only=True):
    """One rank of a lexicographic order: its terms' sum, and what no plan as good in earlier ranks exceeds."""

    terms: tuple[str, ...]
    score: float
    bound: float


class Unmet(Value, frozen=True, kw_only=True):
    """A required visit that is not in the plan, and why."""

    person: str
    host: str
    reasons: tuple[Reason, ...] = ()


class Timing(Value, frozen=True, kw_only=True):
    """Seconds spent in a phase of the search."""

    phase: str
    seconds: float


class Plan(Value, frozen=True, kw_only=True):
    """A set of visits that keeps every rule (unless infeasible), and what is known about it.

    No plan scores above `bound`. `gap` is (bound - score) / |score|, 0 for an optimal plan, None where the score is 0
    and the bound is not. With `seconds` unlimited, equal seed and work give equal plans.
    """

    format: int = msgspec.field(default=FORMAT, name="version")
    status: Status
    score: float
    bound: float
    gap: float | None
    seed: int = 0
    work: int = 0
    terms: tuple[Term, ...] = ()
    levels: tuple[Level, ...] = ()
    reasons: tuple[Reason, ...] = ()
    unmet: tuple[Unmet, ...] = ()
    timings: tuple[Timing, ...] = ()
    visits: tuple[PlannedVisit, ...] = ()

    def groups(self) -> Iterator[Group]:
        """The plan's swaps, rings and shadow visits."""
        members: dict[int, list[PlannedVisit]] = {}
        for visit in self.visits:
            members.setdefault(visit.group, []).append(visit)
        for visits in members.values():
            kind = Kind.SHADOW if len(visits) == 1 else Kind.SWAP if len(visits) == 2 else Kind.RING
            yield Group(kind, tuple(visits))


class SolveOptions(Value, frozen=True, kw_only=True):
    """When to stop, and how.

    `seconds`: wall time; None means that only `work` counts and the result is the same every time. `work`: rounds of
    improvement, each about as long as a second on an ordinary core at 10,000 people. `gap`: stop when (bound -
    score) / |score| is no larger. `workers`: threads; more than one is as deterministic as one.
    """

    seconds: float | None = None
    work: int = 40
    gap: float = 0.0
    seed: int = 1
    workers: int = 1


class Progress(msgspec.Struct, frozen=True):
    """Where a search stands: `elapsed` in seconds, `gap` as a fraction; None before there is one."""

    phase: str
    incumbent: float | None
    bound: float | None
    gap: float | None
    elapsed: float


class StopToken:
    """Lets another thread (or a progress callback) end a search, which returns its best plan so far."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def stop(self) -> None:
        """Ask the search to end."""
        self._event.set()

    @property
    def stopped(self) -> bool:
        """Whether somebody asked."""
        return self._event.is_set()


OnProgress = Callable[[Progress], None]


def gap_of(score: float, bound: float) -> float | None:
    """How far `score` may be from the best one, as a fraction of it: what mixed-integer solvers report as gap."""
    if bound - score <= TOLERANCE * max(1.0, abs(score)):
        return 0.0
    return (bound - score) / abs(score) if abs(score) > TOLERANCE else None
