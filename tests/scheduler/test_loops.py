"""Inner loops do the same compiled as they do as plain Python, and count the score as the checker does."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numba
import numpy as np
import pytest

from scheduler import Instance, Plan, Status, check, compiling, generate
from scheduler.compiled import compiled
from scheduler.solver.build import build
from scheduler.solver.result import terms_of, visits_of
from scheduler.solver.ruin import cycles_by_department, ruin_and_recreate, shift_shadows
from scheduler.solver.search import fill, polish
from scheduler.solver.state import State, empty_state
from tests.scheduler.hospital import aiming, changed, ruled

pytestmark = pytest.mark.usefixtures("loops")
PLAIN = generate(people=60, departments=5, blocks=6, seed=3)
RICH = aiming(
    ruled(changed(PLAIN), shadow_visits=True, visit_blocks=2, gap=1), coverage=(3.0, 1.0), seniority=1.5, shadow=1.0
)


def searched(instance: Instance, *, twin: bool) -> State:
    """A short search."""
    arrays = build(instance)
    state = empty_state(arrays)
    order = np.arange(len(arrays.cycles))
    first, cycles = cycles_by_department(arrays)
    greedy, better, ruin, shift = (
        (compiled(fill), compiled(polish), compiled(ruin_and_recreate), compiled(shift_shadows))
        if twin
        else (fill, polish, ruin_and_recreate, shift_shadows)
    )
    greedy(state, order, 1, True)
    better(state, 0, len(arrays.arc), 1)
    ruin(state, first, cycles, 60, 2)
    if arrays.shadow:
        shift(state, 30, 3)
    return state


@pytest.mark.parametrize("instance", [PLAIN, RICH], ids=["plain", "rich"])
def test_compiled_loops_keep_every_rule_and_count_right(instance: Instance) -> None:
    arrays = build(instance)
    for twin in (False, True):
        state = searched(instance, twin=twin)
        score = sum(term.value for term in terms_of(arrays, state))
        assert state.score[0] == pytest.approx(score)
        said = Plan(status=Status.FEASIBLE, score=score, bound=score, gap=0.0, visits=visits_of(arrays, state))
        assert check(instance, said).violations == ()


def test_compiled_and_plain_loops_agree() -> None:
    plain, twin = searched(RICH, twin=False), searched(RICH, twin=True)
    assert twin.score[0] == pytest.approx(plain.score[0])
    assert (twin.at == plain.at).all()


def test_says_whether_a_loop_is_being_compiled() -> None:
    compiled(fill)  # listens from then on
    doubled = numba.njit(lambda number: 2 * number)

    def heard(job: Callable[[], int]) -> bool:
        over, said = threading.Event(), []

        def listen() -> None:
            while not over.wait(0.001):
                said.append(compiling())

        listener = threading.Thread(target=listen)
        listener.start()
        assert job() == 14
        over.set()
        listener.join()
        return any(said)

    assert [heard(lambda: doubled(7)) for _time in range(2)] == [True, False]
    assert not compiling()
