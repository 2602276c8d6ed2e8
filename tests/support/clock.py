"""A clock that tests set. It ticks with every look, so that no two rows are of one moment."""

from __future__ import annotations

from itertools import count

_TICK = 1_000  # microseconds: UUIDv7 counts milliseconds


class Clock:
    """Microseconds since the epoch, as `api.core.clock._now` gives them."""

    def __init__(self, at: int) -> None:
        self._ticks = count(at, _TICK)
        self._ahead = 0

    def __call__(self) -> int:
        return next(self._ticks) + self._ahead

    def forward(self, microseconds: int) -> None:
        """Let time pass."""
        self._ahead += microseconds
