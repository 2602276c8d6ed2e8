"""When a search has to end, and who is told how it goes."""

from __future__ import annotations

import time

from scheduler.plan import OnProgress, Progress, SolveOptions, StopToken, Timing, gap_of


class Limits:
    """Clock, stop token and listener of one search."""

    def __init__(self, options: SolveOptions, on_progress: OnProgress | None, stop: StopToken | None) -> None:
        self.options = options
        self.seed, self.workers = options.seed, options.workers
        self._on_progress, self._stop = on_progress, stop
        self._begun = time.monotonic()
        self._phase, self._since = "read", self._begun
        self._spent: dict[str, float] = {}

    def elapsed(self) -> float:
        """Seconds since the search began."""
        return time.monotonic() - self._begun

    def seconds_left(self) -> float | None:
        """Seconds that are left, at least 0; None without a limit."""
        return None if self.options.seconds is None else max(0.0, self.options.seconds - self.elapsed())

    def stopped(self) -> bool:
        """Whether somebody asked to stop."""
        return self._stop is not None and self._stop.stopped

    def over(self) -> bool:
        """Whether there is no time left or somebody asked to stop."""
        return self.stopped() or self.seconds_left() == 0.0

    def tell(self, phase: str, score: float | None, bound: float | None) -> None:
        """Report where the search stands, and book the time to the phase that ends."""
        now = time.monotonic()
        self._spent[self._phase] = self._spent.get(self._phase, 0.0) + now - self._since
        self._phase, self._since = phase, now
        if self._on_progress is not None:
            gap = None if score is None or bound is None else gap_of(score, bound)
            self._on_progress(Progress(phase, score, bound, gap, now - self._begun))

    def timings(self) -> tuple[Timing, ...]:
        """Seconds by phase, so far."""
        spent = dict(self._spent)
        spent[self._phase] = spent.get(self._phase, 0.0) + time.monotonic() - self._since
        return tuple(Timing(phase=phase, seconds=round(seconds, 3)) for phase, seconds in spent.items())
