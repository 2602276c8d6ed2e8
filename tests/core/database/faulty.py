"""SQLite connections that are slow or broken on command."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import pytest


class Faulty(sqlite3.Connection):
    """COMMIT waits for the gate, then fails as often as it was told to."""

    gate: ClassVar[threading.Event] = threading.Event()
    failures: ClassVar[list[str]] = []

    def execute(self, sql: str, *arguments: Any) -> sqlite3.Cursor:
        if sql == "COMMIT":
            self.gate.wait(10)
            if self.failures:
                raise sqlite3.OperationalError(self.failures.pop())
        return super().execute(sql, *arguments)


@contextmanager
def faulty_connections(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Faulty]]:
    """Databases started meanwhile get faulty connections; the gate is open and nothing fails at first."""
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def faulty(*arguments: Any, **named: Any) -> sqlite3.Connection:
        return connect(*arguments, factory=Faulty, **named)

    Faulty.gate.set()
    Faulty.failures.clear()
    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", faulty)
        yield Faulty
    Faulty.gate.set()
