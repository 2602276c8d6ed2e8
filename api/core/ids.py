"""UUID version 7 (RFC 9562, section 5.7): sortable keys that clients may make themselves."""

from __future__ import annotations

import uuid
from random import Random, SystemRandom

from api.core.clock import now

# The demo puts a seeded one in its place while it is made.
_chance: Random = SystemRandom()

# Position: microseconds * 1000 + a random part, so that two rows of one microsecond differ and order holds.
_FINE = 1_000


def uuid7(at: int | None = None) -> str:
    """A new UUIDv7 in canonical lower case for the time `at` (microseconds; now by default)."""
    milliseconds = (now() if at is None else at) // 1_000
    value = (milliseconds & ((1 << 48) - 1)) << 80 | _chance.getrandbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def first_uuid7(at: int) -> str:
    """The smallest UUIDv7 of the time `at` (microseconds): what was made before has a smaller id."""
    return str(uuid.UUID(int=((at // 1_000) & ((1 << 48) - 1)) << 80 | 0x7 << 76 | 0x2 << 62))


def is_uuid(text: str) -> bool:
    """Whether `text` is a UUID in canonical lower-case form, the only one that the tables hold."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def is_uuid7(text: str) -> bool:
    """Whether `text` is a canonical UUID of version 7."""
    return is_uuid(text) and uuid.UUID(text).version == 7


def position(at: int) -> int:
    """The feed position for the server time `at` (microseconds): unique in practice, ordered by time."""
    return at * _FINE + _chance.randrange(_FINE)


def position_time(value: int) -> int:
    """The server time in microseconds that a feed position stands for."""
    return value // _FINE
