"""A search in its child process, and what it says meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from api.rotations.planning.building import from_now, unpack
from api.rotations.planning.judging import found_of, legs_of, planned, ways_out
from api.rotations.planning.shapes import Found, Task, Tick, pack, unpack_legs

if TYPE_CHECKING:
    import scheduler

_PAUSE: Final = 0.5
"""Seconds between two messages of a search; visits are sent four times as rarely."""
_BEAT: Final = 1.0
COMPILING: Final = "compile"
"""The phase while this machine is made ready, which it needs once, whatever the search is at."""


def search(task: Task, say: Callable[[object], None]) -> Found:
    """Look for a plan, in a child process; says a Tick now and then."""
    import scheduler
    from scheduler.plan import gap_of

    instance = from_now(unpack(task.instance), task.begun)
    start = planned(unpack_legs(task.start)) if task.start else ()
    told = _Teller(say, scheduler.compiling)

    def run(seconds: float, start: Sequence[scheduler.PlannedVisit]) -> scheduler.Plan:
        return scheduler.solve(
            instance,
            scheduler.SolveOptions(seconds=seconds, work=1_000_000, seed=task.seed, gap=0.0),
            on_progress=told.progress,
            start=start,
            on_visits=told.visits,
        )

    try:
        plan = run(task.seconds, start)
        if told.compiling and plan.status is scheduler.Status.FEASIBLE:
            # This machine was made ready at the search's expense: for as long as that took it goes on
            later = run(min(told.compiling, task.seconds), plan.visits)
            bound = min(plan.bound, later.bound)
            plan = msgspec.structs.replace(later, bound=bound, gap=gap_of(later.score, bound))
    finally:
        told.end()
    found = found_of(plan)
    return msgspec.structs.replace(found, ways=ways_out(instance)) if found.status == "infeasible" else found


class _Teller:
    """Passes on where a search stands: not too often, and every second while it is busy with one thing for long."""

    def __init__(self, say: Callable[[object], None], compiling: Callable[[], bool]) -> None:
        self._say, self._compiling, self._lock = say, compiling, threading.Lock()
        self.compiling = 0.0
        """Seconds in which this machine was made ready, about."""
        self._begun = time.monotonic()
        self._told, self._sent = -_PAUSE, -4 * _PAUSE
        self._better: tuple[scheduler.PlannedVisit, ...] | None = None
        self._last: scheduler.Progress | None = None
        self._over = threading.Event()
        threading.Thread(target=self._beat, daemon=True).start()

    def progress(self, progress: scheduler.Progress) -> None:
        """Where it stands."""
        self._last = progress
        self._tell()

    def visits(self, visits: tuple[scheduler.PlannedVisit, ...]) -> None:
        """A better plan; the first one is passed on at once."""
        self._better = visits
        if self._sent < 0:
            self._tell(at_once=True)

    def end(self) -> None:
        """Nothing more is said."""
        self._over.set()
        with self._lock:
            pass

    def _beat(self) -> None:
        while not self._over.wait(_BEAT):
            self.compiling += _BEAT * self._compiling()
            self._tell()

    def _tell(self, *, at_once: bool = False) -> None:
        with self._lock:
            elapsed, last = time.monotonic() - self._begun, self._last
            if last is None or self._over.is_set() or (elapsed - self._told < _PAUSE and not at_once):
                return
            best = None
            if self._better is not None and (at_once or elapsed - self._sent >= 4 * _PAUSE):
                best, self._better, self._sent = pack(legs_of(self._better)), None, elapsed
            self._told = elapsed
            phase = COMPILING if self._compiling() else last.phase
            self._say(Tick(seconds=elapsed, phase=phase, score=last.incumbent, bound=last.bound, best=best))
