"""Computation in a child process: typed both ways, stopped with whoever waits for it."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from api.core.jobs import PermanentFailure
from api.core.jobs.child import in_child
from api.core.jobs.kinds import ChildFailed
from tests.core.jobs.sums import Order
from tests.drills.waiting import until

SUMS = "tests.core.jobs.sums"
NICE = [10, 10 if Path("/proc/self/autogroup").exists() else 0]
"""A child itself, and its session where sessions are weighed."""


def alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def test_argument_messages_and_result_travel_typed() -> None:
    heard: list[Any] = []

    async def hear(message: Any) -> None:
        heard.append(message)

    order = Order("Übergabe\n", list(range(50_000)))
    result = await in_child(f"{SUMS}:add", order, on_message=hear, returns=Order)
    assert result == Order("sum of Übergabe\n", [sum(range(50_000)), *NICE])
    assert heard == [{"at": 0}, {"at": 1}, {"at": 2}]


async def test_what_is_large_fits() -> None:
    text = "ä" * 5_000_000
    assert await in_child(f"{SUMS}:echo", text) == text


async def test_failures_come_back_typed() -> None:
    with pytest.raises(PermanentFailure, match="no_header"):
        await in_child(f"{SUMS}:fail", "no_header")
    for function, name in (("fail", "ValueError"), ("die", "ChildDied"), ("connect", "RuntimeError")):
        with pytest.raises(ChildFailed) as failed:
            await in_child(f"{SUMS}:{function}", "" if function == "fail" else None)
        assert failed.value.name == name


async def test_it_ends_with_the_task_that_waits_and_with_a_listener_that_fails() -> None:
    pids: list[int] = []

    async def hear(pid: int) -> None:
        pids.append(pid)
        if len(pids) == 2:
            raise ValueError("enough")

    waiting = asyncio.create_task(in_child(f"{SUMS}:sleep", on_message=hear))
    await until(lambda: bool(pids), 10)
    assert alive(pids[0])
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        await waiting
    with pytest.raises(ValueError, match="enough"):
        await in_child(f"{SUMS}:sleep", on_message=hear)
    assert not any(alive(pid) for pid in pids)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere only the end of its input tells the child")
async def test_it_dies_with_its_parent() -> None:
    program = f"""
import asyncio
from api.core.jobs.child import in_child
async def hear(pid):
    print(pid, flush=True)
asyncio.run(in_child("{SUMS}:sleep", on_message=hear))
"""
    parent = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", program), stdout=asyncio.subprocess.PIPE, env=os.environ | {"PYTHONPATH": os.getcwd()}
    )
    assert parent.stdout is not None
    pid = int(await asyncio.wait_for(parent.stdout.readline(), 20))
    assert alive(pid)
    parent.kill()
    await parent.wait()
    await until(lambda: not alive(pid), 5, "the child is gone")
