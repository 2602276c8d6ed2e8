"""What must hold for any instance: bounds, metamorphic relations, stopping, files that come back as they were."""

from __future__ import annotations

import io
import threading
import time

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler import (
    Forbidden,
    Instance,
    Person,
    Plan,
    Progress,
    SolveOptions,
    Status,
    StopToken,
    check,
    generate,
    parse_instance,
    parse_plan,
    solve,
    validate,
    write,
)
from tests.scheduler.hospital import changed, department, ruled
from tests.scheduler.tiny import tiny

seeds = st.integers(20_000, 10_000_000)
few = settings(max_examples=25, deadline=None)
SMALL = generate(people=60, departments=5, blocks=6, seed=3)


def score(instance: Instance) -> float:
    """Of the best plan; minus infinity if there is none."""
    plan = solve(instance)
    if plan.status is Status.INFEASIBLE:
        return float("-inf")
    assert check(instance, plan).ok
    assert plan.status is Status.OPTIMAL
    return plan.score


def renamed(instance: Instance) -> Instance:
    """The same with other ids, by way of the file."""
    text = msgspec.json.encode(instance).decode()
    for number in range(10):
        for letter in "pdb":
            text = text.replace(f'"{letter}{number}"', f'"{letter}x{9 - number}"')
    return msgspec.json.decode(text.encode(), type=Instance)


@few
@given(seeds)
def test_names_do_not_matter(seed: int) -> None:
    instance = tiny(seed)
    assert score(renamed(instance)) == pytest.approx(score(instance), abs=1e-6)


@few
@given(seeds)
def test_somebody_who_may_go_nowhere_changes_nothing(seed: int) -> None:
    instance = tiny(seed)
    if any(d.minimum for d in instance.departments) or instance.objective.departments:
        return  # a colleague more is staff, and headcount
    more = changed(instance, people=(*instance.people, Person(id="new", home="d0", may_visit=())))
    assert score(more) == pytest.approx(score(instance), abs=1e-6)


@few
@given(seeds, st.sampled_from(["max_visits", "gap", "shadow", "cover", "ring", "capacity", "minimum", "forbidden"]))
def test_relaxing_a_rule_never_makes_it_worse(seed: int, rule: str) -> None:
    instance = tiny(seed)
    rules = instance.rules
    relaxed = {
        "max_visits": lambda: ruled(instance, max_visits=rules.max_visits + 1),
        "gap": lambda: ruled(instance, gap=1),
        "shadow": lambda: ruled(instance, shadow_visits=True),
        "cover": lambda: ruled(instance, cover_worth=1.0),
        "ring": lambda: ruled(instance, longest_ring=4),
        "capacity": lambda: department(instance, "d0", capacity=9),
        "minimum": lambda: department(instance, "d0", minimum=0),
        "forbidden": lambda: changed(instance, forbidden=()),
    }[rule]()
    assert score(relaxed) >= score(instance) - 1e-6


@few
@given(seeds, st.sampled_from(["max_visits", "gap", "shadow", "cover", "ring", "capacity", "minimum", "forbidden"]))
def test_tightening_a_rule_never_makes_it_better(seed: int, rule: str) -> None:
    instance = tiny(seed)
    rules = instance.rules
    tightened = {
        "max_visits": lambda: ruled(instance, max_visits=max(0, rules.max_visits - 1)),
        "gap": lambda: ruled(instance, gap=rules.gap + 1),
        "shadow": lambda: ruled(instance, shadow_visits=False),
        "cover": lambda: ruled(instance, cover_worth=0.0),
        "ring": lambda: ruled(instance, longest_ring=2),
        "capacity": lambda: department(instance, "d0", capacity=0),
        "minimum": lambda: department(instance, "d0", minimum=9),
        "forbidden": lambda: changed(instance, forbidden=(*instance.forbidden, Forbidden(host="d1"))),
    }[rule]()
    assert score(tightened) <= score(instance) + 1e-6


@few
@given(seeds)
def test_files_come_back_as_they_were(seed: int) -> None:
    instance = tiny(seed)
    if validate(instance):
        return
    plan = solve(instance)
    for value, parse in ((instance, parse_instance), (plan, parse_plan)):
        out = io.BytesIO()
        write(value, out)
        assert parse(out.getvalue()) == value


def test_the_bound_only_falls_and_the_score_only_rises() -> None:
    heard: list[Progress] = []
    plan = solve(SMALL, SolveOptions(work=2), on_progress=heard.append)
    bounds = [progress.bound for progress in heard if progress.bound is not None]
    scores = [progress.incumbent for progress in heard if progress.incumbent is not None]
    assert bounds == sorted(bounds, reverse=True)
    assert scores == sorted(scores)
    assert heard[-1].incumbent == pytest.approx(plan.score)
    assert {progress.phase for progress in heard} >= {"first plan", "bound", "master", "done"}
    assert check(SMALL, plan).ok


@pytest.mark.usefixtures("loops")
def test_a_stop_token_ends_the_search_with_a_plan() -> None:
    instance = generate(people=300, departments=12, blocks=26, seed=2)
    token, asked = StopToken(), [0.0]

    def later() -> None:
        time.sleep(0.4)
        asked[0] = time.monotonic()
        token.stop()

    threading.Thread(target=later).start()
    plan = solve(instance, SolveOptions(seconds=60), stop=token)
    waited = time.monotonic() - asked[0]
    assert plan.status is Status.STOPPED
    assert check(instance, plan).ok
    assert waited < 5  # half a second where the machine has nothing else to do


def test_equal_seeds_and_work_give_equal_plans() -> None:
    def plan() -> Plan:
        return solve(SMALL, SolveOptions(seed=5, work=2))

    one, other = plan(), plan()
    assert (one.visits, one.score, one.bound) == (other.visits, other.score, other.bound)


def test_highs_and_cp_sat_live_in_one_process() -> None:
    # 1.15.1 of highspy and 9.15 of ortools could not be imported together.
    import highspy
    from ortools.sat.python import cp_model

    assert highspy.Highs().version().startswith("1.14")
    assert cp_model.CpSolver().solve(cp_model.CpModel()) == cp_model.OPTIMAL
