"""Servers and load generators as processes, and what one stretch of load showed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Seen:
    """One stretch of load."""

    answers: int
    rate: float
    """Good answers a second."""
    cpu: float
    """Seconds of the server process's CPU for an answer."""
    size: float
    """Bytes of an answer with its head."""
    median: float
    """Seconds from a request to the whole answer."""
    slowest: float
    """The same, 99th percentile."""
    commits: int
    """COMMITs meanwhile."""


class Failed(Exception):
    """An answer was not what it should be: no figure comes of that."""


class Server:
    """A running server process."""

    def __init__(self, *arguments: str, **settings: object) -> None:
        command = [sys.executable, "-m", "tests.benchmarks.serving", *arguments]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GEARMESH_")}
        environment = kept | {f"GEARMESH_{name.upper()}": str(value) for name, value in settings.items()}
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.port = int(self._read())

    def _read(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise Failed(f"the server ended with status {self._process.wait()}")
        return line

    def _counters(self) -> dict[str, float]:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        counters: dict[str, float] = json.loads(self._read())
        return counters

    def load(self, requests: Sequence[str], *, connections: int, seconds: float, status: int = 200) -> Seen:
        """Ask for `seconds` on so many connections. Raises Failed if one answer has another status."""
        job = {"port": self.port, "requests": requests, "connections": connections, "seconds": seconds}
        before = self._counters()
        generator = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.load"],
            cwd=ROOT,
            input=json.dumps({**job, "status": status}),
            capture_output=True,
            text=True,
            check=True,
        )
        after = self._counters()
        found: dict[str, Any] = json.loads(generator.stdout)
        if found["errors"] or not found["answers"]:
            raise Failed("\n".join(found["errors"]) or "there were no answers")
        return Seen(
            answers=found["answers"],
            rate=found["rate"],
            cpu=(after["cpu"] - before["cpu"]) / found["answers"],
            size=found["bytes"],
            median=found["median"],
            slowest=found["slowest"],
            commits=int(after.get("commits", 0) - before.get("commits", 0)),
        )

    def settle(self, seconds: float = 30.0) -> None:
        """Wait until it has next to nothing to do any more, at most so long."""
        until = time.monotonic() + seconds
        busy = True
        while busy and time.monotonic() < until:
            before = self._counters()["cpu"]
            time.sleep(1.0)
            busy = self._counters()["cpu"] - before > 0.05

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)


@contextmanager
def serving(*arguments: str, **settings: object) -> Iterator[Server]:
    """A server for as long as it is needed; `undo_seconds=1` is GEARMESH_UNDO_SECONDS=1."""
    server = Server(*arguments, **settings)
    try:
        yield server
    finally:
        server.stop()
