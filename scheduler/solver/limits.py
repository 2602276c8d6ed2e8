"""When a search has to end, and who is told how it goes."""

from __future__ import annotations

import atexit
import contextlib
import threading
import time
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from typing import Final, TypeVar

from scheduler.plan import OnProgress, Progress, SolveOptions, StopToken, Timing, gap_of

R = TypeVar("R")
_POLL: Final = 0.02  # seconds between looks at the stop token
_PATIENCE: Final = 5.0  # seconds at the end of a program
_RUNNING: Final[weakref.WeakSet[threading.Thread]] = weakref.WeakSet()
_SEEDS: Final = 1 << 31  # what HiGHS and CP-SAT take


class Stopped(Exception):
    """The search was over while something was under way that cannot be ended early."""


class Limits:
    """Clock, stop token and listener of one search."""

    def __init__(self, options: SolveOptions, on_progress: OnProgress | None, stop: StopToken | None) -> None:
        self.options = options
        self.seed, self.workers = options.seed % _SEEDS, max(1, options.workers)
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

    def wait(self, job: Callable[[], R], *, patient: bool = False) -> R:
        """Do a long job so that a stop is heard meanwhile: `Stopped` is raised, and nobody hears of the job again.

        So it is when time runs out, unless `patient`.
        """
        if self.stopped():
            raise Stopped
        if self._stop is None and (patient or self.options.seconds is None):
            return job()
        return self.wait_for(beside(job), patient=patient)

    def wait_for(self, done: Future[R], *, patient: bool = False) -> R:
        """The same for what is under way already."""
        over = self.stopped if patient else self.over
        while not done.done():
            if over():
                raise Stopped
            with contextlib.suppress(TimeoutError):
                return done.result(_POLL)
        return done.result()

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


def beside(job: Callable[[], R]) -> Future[R]:
    """Begin a job in a thread that nobody has to wait for."""
    done: Future[R] = Future()
    thread = threading.Thread(target=_carry_out, args=(job, done), daemon=True)
    _RUNNING.add(thread)
    thread.start()
    return done


@atexit.register
def _settle() -> None:
    """Let what was left alone come to its end: solvers abort a program that ends under them."""
    until = time.monotonic() + _PATIENCE
    for thread in list(_RUNNING):
        thread.join(max(0.0, until - time.monotonic()))


def _carry_out(job: Callable[[], R], done: Future[R]) -> None:
    try:
        done.set_result(job())
    except BaseException as error:
        done.set_exception(error)
