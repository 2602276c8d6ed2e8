"""What children compute in tests."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from api.core.jobs.kinds import PermanentFailure

Say = Callable[[object], None]


class Order(msgspec.Struct):
    """Numbers to add, named as a person may name them."""

    name: str
    numbers: list[int]


def add(order: Order, say: Say) -> Order:
    print("this must not get between the answers")
    for number in order.numbers[:3]:
        say({"at": number})
    return Order(f"sum of {order.name}", [sum(order.numbers), os.nice(0), niceness_of_session()])


def niceness_of_session() -> int:
    """How nice the whole session is on Linux; 0 where sessions have no weight of their own."""
    with suppress(OSError):
        return int(Path("/proc/self/autogroup").read_text().rpartition(" ")[2])
    return 0


def echo(text: str, say: Say) -> str:
    return text


def fail(code: str, say: Say) -> None:
    raise PermanentFailure(code) if code else ValueError("Miriam's secret")


def die(_argument: None, say: Say) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def connect(_argument: None, say: Say) -> None:
    sqlite3.connect(":memory:")


def sleep(_argument: None, say: Say) -> None:
    """Says who it is, and then only waits."""
    say(os.getpid())
    time.sleep(60)
