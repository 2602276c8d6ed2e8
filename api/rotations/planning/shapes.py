"""What planning takes and gives: plain values that go through JSON."""

from __future__ import annotations

import zlib

import msgspec


class Leg(msgspec.Struct, frozen=True):
    """A visit as far as planning goes. Legs of the same group form its swap, ring or shadow visit."""

    person: str
    host: str
    block: int
    group: int


class Fault(msgspec.Struct, frozen=True):
    """A rule that is broken, or a reason: the scheduler's code with its parameters, ids and numbers of blocks."""

    code: str
    about: dict[str, str | int | float]


class Worth(msgspec.Struct, frozen=True):
    """A plan judged: what it breaks, its score, and the score's terms by name."""

    faults: list[Fault]
    score: float
    terms: dict[str, float]


class Unmet(msgspec.Struct, frozen=True):
    """A required visit that is not in the plan, and why."""

    person: str
    host: str
    reasons: list[Fault]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a search found. `status` is optimal, feasible, stopped, infeasible or unknown; `reasons` say why
    there is no plan, `ways` are sets of changes each of which makes it feasible."""

    status: str
    score: float
    bound: float
    gap: float | None
    terms: dict[str, float]
    legs: list[Leg]
    unmet: list[Unmet] = []
    reasons: list[Fault] = []
    ways: list[list[Fault]] = []


class Tick(msgspec.Struct, frozen=True, kw_only=True):
    """Where a search stands after so many seconds. `best` (packed legs) only now and then, if there is a better one."""

    seconds: float
    phase: str
    score: float | None
    bound: float | None
    best: bytes | None = None


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """A search: `instance` is packed, `start` (packed legs) what to begin with."""

    instance: bytes
    start: bytes | None
    seconds: float
    seed: int
    begun: int = 0
    """So many blocks have begun: nothing is added there."""


class Why(msgspec.Struct, frozen=True):
    """Why a person does not see a department in a block, and sets of changes each of which makes it possible."""

    block: int
    planned: bool
    reasons: list[Fault]
    ways: list[list[Fault]]


class Difference(msgspec.Struct, frozen=True):
    """Something that is not any more as it was when a plan was made: a code, whom it is about, how many."""

    code: str
    people: list[str]
    departments: list[str]


def pack(value: object) -> bytes:
    """As compressed JSON."""
    return zlib.compress(msgspec.json.encode(value), 1)


def unpack_legs(packed: bytes) -> list[Leg]:
    """Legs that were packed."""
    return msgspec.json.decode(zlib.decompress(packed), type=list[Leg])
