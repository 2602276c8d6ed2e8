"""A progress bar in the terminal: phase, score, bound, gap. Ctrl-C stops the search and keeps its best plan."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Any, TextIO

from scheduler.plan import Progress, StopToken

_WIDTH = 20


class Bar:
    """Shows progress in place on a terminal, a line a phase elsewhere; `stop` is set by the first Ctrl-C."""

    def __init__(self, out: TextIO, *, quiet: bool, seconds: float | None) -> None:
        self.stop = StopToken()
        self._out, self._quiet, self._seconds = out, quiet, seconds
        self._phase = ""
        self._drawn = False
        self._before: Any = None

    def __enter__(self) -> Bar:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._interrupted)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
        if self._drawn:
            print(file=self._out)

    def _interrupted(self, number: int, frame: FrameType | None) -> None:
        if self.stop.stopped:
            raise KeyboardInterrupt
        self.stop.stop()

    def show(self, progress: Progress) -> None:
        """Draw it."""
        if self._quiet:
            return
        if self._out.isatty():
            print(f"\r{self.line(progress):<100}", end="", file=self._out, flush=True)
            self._drawn = True
        elif progress.phase != self._phase:
            print(self.line(progress), file=self._out, flush=True)
        self._phase = progress.phase

    def line(self, progress: Progress) -> str:
        """One line."""
        done = min(1.0, progress.elapsed / self._seconds) if self._seconds else None
        bar = "" if done is None else f"[{'#' * round(_WIDTH * done):<{_WIDTH}}] "
        score = "-" if progress.incumbent is None else f"{progress.incumbent:g}"
        bound = "-" if progress.bound is None else f"{progress.bound:g}"
        gap = "-" if progress.gap is None else f"{100 * progress.gap:.3f} %"
        return f"{bar}{progress.elapsed:6.1f} s  {progress.phase:<11} score {score}  bound {bound}  gap {gap}"
