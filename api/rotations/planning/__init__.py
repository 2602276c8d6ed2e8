"""The only door to the scheduler: from what is stored to its instance, and from its plans to what is stored.

The scheduler is imported when first needed, in a thread or a child process: that takes two seconds and 150 MB, which
a server that plans nothing need not spend. All functions here compute and nothing else; call them with
`asyncio.to_thread`. Blocks are named by their numbers, people and departments by their ids.
"""

from __future__ import annotations

from api.rotations.planning.building import build, edited, from_now, hint, homes, prepare, unpack, with_pins
from api.rotations.planning.judging import (
    differences,
    judge,
    legs_of,
    mend,
    obstacles,
    planned,
    ways_out,
    why_not,
    without_past_leavers,
)
from api.rotations.planning.searching import search
from api.rotations.planning.shapes import (
    Difference,
    Fault,
    Found,
    Leg,
    Task,
    Tick,
    Unmet,
    Why,
    Worth,
    pack,
    unpack_legs,
)

__all__ = [
    "Difference",
    "Fault",
    "Found",
    "Leg",
    "Task",
    "Tick",
    "Unmet",
    "Why",
    "Worth",
    "build",
    "differences",
    "edited",
    "from_now",
    "hint",
    "homes",
    "judge",
    "legs_of",
    "mend",
    "obstacles",
    "pack",
    "planned",
    "prepare",
    "search",
    "unpack",
    "unpack_legs",
    "ways_out",
    "why_not",
    "with_pins",
    "without_past_leavers",
]
