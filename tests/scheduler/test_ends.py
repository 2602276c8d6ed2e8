"""How searches end: stopped at any moment, out of time, undecided. None of them says more than it knows."""

from __future__ import annotations

import threading
import time

import pytest

from scheduler import Instance, Progress, SolveOptions, Status, StopToken, Visit, check, generate, solve
from scheduler.solver import limits, pins
from scheduler.solver.bounds import crude_bound
from scheduler.solver.flat import Answer
from scheduler.solver.limits import Limits, Stopped
from tests.scheduler.hospital import HOSPITAL, changed
from tests.scheduler.tiny import tiny

LONELY = changed(HOSPITAL, people=HOSPITAL.people[:2], pins=(Visit(person="Ada", host="billing", block="week1"),))


def stopped() -> StopToken:
    token = StopToken()
    token.stop()
    return token


def test_pins_that_were_not_decided_are_not_called_infeasible(monkeypatch: pytest.MonkeyPatch) -> None:
    assert solve(LONELY).status is Status.INFEASIBLE
    monkeypatch.setattr(pins, "solve_flat", lambda *_: Answer())  # CP-SAT runs out of time
    plan = solve(LONELY)
    assert plan.status is Status.UNKNOWN
    assert [reason.code for reason in plan.reasons] == ["pins_undecided"]
    assert (plan.gap, plan.visits) == (None, ())
    assert check(LONELY, plan).ok


def test_no_proof_where_not_everybody_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pins, "_LARGEST", 0)
    assert solve(LONELY).status is Status.INFEASIBLE  # one pin: thirty people are everybody who could be needed
    monkeypatch.setattr(pins, "_ENOUGH", 0)
    assert solve(LONELY).status is Status.UNKNOWN


@pytest.mark.parametrize("instance", [HOSPITAL, generate(people=300, departments=12, seed=2)])
def test_a_stop_before_the_first_plan_gives_an_empty_one(instance: Instance) -> None:
    plan = solve(instance, stop=stopped())
    assert (plan.status, plan.visits, plan.score) == (Status.STOPPED, (), 0.0)
    assert check(instance, plan).ok
    assert solve(changed(HOSPITAL, pins=LONELY.pins), stop=stopped()).status is Status.UNKNOWN


def test_what_is_known_before_anything_is_solved_is_a_bound() -> None:
    for seed in range(60):
        instance = tiny(seed)
        assert crude_bound(instance) >= solve(instance).score - 1e-6


def test_a_stop_is_heard_during_whatever_cannot_be_ended() -> None:
    token, begun = StopToken(), time.monotonic()
    ending = Limits(SolveOptions(), None, token)
    threading.Timer(0.1, token.stop).start()
    with pytest.raises(Stopped):
        ending.wait(lambda: time.sleep(1.5), patient=True)
    assert time.monotonic() - begun < 1.0
    with pytest.raises(Stopped):
        Limits(SolveOptions(seconds=0.05), None, None).wait(lambda: time.sleep(0.5))
    assert Limits(SolveOptions(seconds=0.05), None, None).wait(lambda: "built", patient=True) == "built"
    with pytest.raises(ZeroDivisionError):
        ending.__class__(SolveOptions(), None, StopToken()).wait(lambda: 1 // 0)


def test_a_small_search_ends_in_time_and_hears_a_stop_at_once() -> None:
    instance = generate(people=60, departments=5, blocks=12, seed=31)  # in plain Python
    begun = time.monotonic()
    assert solve(instance, SolveOptions(seconds=1.0, work=1_000)).gap is not None
    assert time.monotonic() - begun < 3.0
    open_ = generate(people=150, departments=8, blocks=20, seed=31)  # ten seconds to the optimum
    token, asked = StopToken(), [0.0]

    def stop_at_the_first_plan(progress: Progress) -> None:
        if progress.incumbent is not None and not token.stopped:
            asked[0] = time.monotonic()
            token.stop()

    plan = solve(open_, SolveOptions(seconds=60, work=1_000_000), on_progress=stop_at_the_first_plan, stop=token)
    assert plan.status is Status.STOPPED
    assert time.monotonic() - asked[0] < 2.0  # half a second where the machine has nothing else to do


def test_solvers_left_alone_come_to_their_end_before_the_program_does() -> None:
    done = limits.beside(lambda: time.sleep(0.2))
    limits._settle()
    assert done.done()


@pytest.mark.parametrize("seed", [-1, 5_000, 123_456_789_012])
def test_any_whole_number_is_a_seed(seed: int) -> None:
    instance = generate(people=60, departments=5, blocks=6, seed=3)
    options = SolveOptions(seed=seed, work=1)
    one, other = solve(instance, options), solve(instance, options)
    assert one.visits == other.visits
    assert one.seed == seed
