"""Fixtures for tests of the scheduler."""

from __future__ import annotations

import fcntl

import pytest

from scheduler import generate
from scheduler.solver.build import build
from scheduler.solver.rounds import Rounds
from scheduler.solver.state import empty_state


@pytest.fixture(scope="session")
def loops(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Inner loops compiled, by the first worker that needs them: it takes half a minute, the others wait for it."""
    with (tmp_path_factory.getbasetemp().parent / "loops.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        arrays = build(generate(people=400, departments=12, blocks=12, seed=3))
        Rounds(arrays, 1).ready(empty_state(arrays))
