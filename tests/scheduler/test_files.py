"""Malformed and contradictory files: every problem is listed with its place, never a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler import FileError, Instance, Plan, SolveOptions, Visit, check, english, parse_instance, schema, solve
from scheduler.changes import AnyChange
from tests.scheduler.hospital import HOSPITAL, changed, person, ruled
from tests.scheduler.tiny import tiny

PUBLISHED = Path(__file__).parent.parent.parent / "scheduler" / "schemas"


def as_data(instance: Instance = HOSPITAL) -> dict[str, Any]:
    """The instance as JSON data, to be broken."""
    found: dict[str, Any] = json.loads(msgspec.json.encode(instance))
    return found


def places(data: object) -> list[tuple[str, str]]:
    """Place and code of each problem, sorted."""
    with pytest.raises(FileError) as caught:
        parse_instance(data if isinstance(data, bytes) else json.dumps(data).encode())
    for problem in caught.value.problems:
        assert english(problem.reason)
        assert "?" not in english(problem.reason), problem
    return sorted((problem.place, problem.reason.code) for problem in caught.value.problems)


def test_every_broken_field_is_listed() -> None:
    data = as_data()
    data["departments"][0] |= {"capacity": "many", "colour": "red"}
    data["people"][1] = {"home": "billing"}
    data["people"][2]["absent"] = ["week1", 7]
    del data["blocks"]
    assert places(data) == [
        ("blocks", "missing_field"),
        ("departments[0].capacity", "shape"),
        ("departments[0].colour", "unknown_field"),
        ("people[1].id", "missing_field"),
        ("people[2].absent[1]", "shape"),
    ]


def test_everything_that_means_nothing_is_listed() -> None:
    data = as_data()
    data["version"] = 9
    data["departments"][0] |= {"capacity": -1, "minimum": [1, 2, 3]}
    data["people"][0] |= {"home": "kitchen", "absent": ["week9"], "wishes": {"cellar": 1}, "max_visits": -2}
    data["people"][1]["id"] = "Ada"
    data["blocks"][1] |= {"start": "2026-03-02T08:00:00", "end": "2026-03-01T08:00:00"}
    data["dependencies"] += [{"provider": "billing", "customer": "billing", "weight": -3}]
    data["rules"] |= {"cover_worth": 1.5, "longest_ring": 7, "gap": 0}
    data["objective"] |= {"fairness": [1, 2], "lexicographic": [["beauty"]]}
    data["history"] = [{"person": "Zoe", "host": "billing", "ended": "2025-01-01"}]
    data["forbidden"] = [{"host": "attic"}]
    data["required"] = [{"host": "billing"}]
    data["pins"] = [{"person": "Ada", "host": "loft", "block": "week1"}]
    assert places(data) == [
        ("blocks[1].end", "ends_before_start"),
        ("blocks[1].start", "overlaps"),
        ("departments[0].capacity", "negative"),
        ("departments[0].minimum", "wrong_length"),
        ("dependencies[1]", "depends_on_itself"),
        ("dependencies[1].weight", "negative"),
        ("forbidden[0].host", "unknown_department"),
        ("history[0].person", "unknown_person"),
        ("objective.fairness", "increasing"),
        ("objective.lexicographic", "unknown_term"),
        ("people[0].absent[0]", "unknown_block"),
        ("people[0].home", "unknown_department"),
        ("people[0].max_visits", "negative"),
        ("people[0].wishes.cellar", "unknown_department"),
        ("people[1]", "duplicate"),
        ("pins[0].host", "unknown_department"),
        ("required[0]", "nobody_required"),
        ("rules.cover_worth", "out_of_range"),
        ("rules.gap", "out_of_range"),
        ("rules.longest_ring", "out_of_range"),
        ("version", "unknown_version"),
    ]


PIN = Visit(person="Ada", host="billing", block="week1")


@pytest.mark.parametrize(
    ("instance", "problem"),
    [
        (person(HOSPITAL, "Ada", absent=("week1",)), ("pins[0]", "absent")),
        (person(HOSPITAL, "Ada", max_visits=0), ("pins", "maximum")),
        (ruled(HOSPITAL, visit_blocks=2), ("pins[0]", "beyond_end")),
    ],
)
def test_a_pin_that_breaks_a_rule_is_listed(instance: Instance, problem: tuple[str, str]) -> None:
    pin = PIN if problem[1] != "beyond_end" else Visit(person="Ada", host="billing", block="week2")
    pinned = changed(instance, pins=(pin,))
    assert places(as_data(pinned)) == [problem]
    plan = solve(pinned)
    assert plan.status == "infeasible"
    assert [reason.code for reason in plan.reasons] == [problem[1]]


def test_pins_without_partners_are_infeasible_not_an_error() -> None:
    alone = changed(HOSPITAL, people=HOSPITAL.people[:2], pins=(PIN,))
    plan = solve(alone)
    assert plan.status == "infeasible"
    assert [reason.code for reason in plan.reasons] == ["pins_conflict"]


@pytest.mark.parametrize(
    "data", [b"", b"{", b'{"people": [}', b"\xff\xfe", b"[]", b"null", b'{"blocks": 1e999}', b"[" * 5000]
)
def test_what_is_no_instance_at_all_is_said(data: bytes) -> None:
    with pytest.raises(FileError) as caught:
        parse_instance(data)
    assert caught.value.problems


@pytest.mark.parametrize(("kind", "name"), [(Instance, "instance"), (Plan, "plan"), (list[AnyChange], "changes")])
def test_the_published_schema_is_this_version(kind: Any, name: str) -> None:
    assert json.loads((PUBLISHED / f"{name}.schema.json").read_bytes()) == json.loads(msgspec.json.encode(schema(kind)))


def test_files_fit_the_published_schemas() -> None:
    for seed in range(30):
        instance = tiny(seed)
        jsonschema_rs.validator_for(schema(Instance)).validate(json.loads(msgspec.json.encode(instance)))
        plan = solve(instance)
        jsonschema_rs.validator_for(schema(Plan)).validate(json.loads(msgspec.json.encode(plan)))


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats()
    | st.sampled_from(["d0", "p0", "b0", "", "2026-01-05"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "home", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 40), st.data())
def test_broken_files_are_refused_in_words(seed: int, data: st.DataObject) -> None:
    """Any field, however deep, becomes anything: the reader lists problems with places or the instance is sound."""
    document = json.loads(msgspec.json.encode(tiny(seed)))
    at: Any = document
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        if not keys:
            break
        key = data.draw(st.sampled_from(keys))
        if not isinstance(at[key], (dict, list)) or not at[key] or data.draw(st.booleans()):
            at[key] = data.draw(values)
            break
        at = at[key]
    try:
        instance = parse_instance(json.dumps(document).encode())
    except FileError as error:
        problems = error.problems
    else:
        assert check(instance, solve(instance, SolveOptions(work=1))).ok
        return
    assert problems
    assert all(problem.place for problem in problems)
    assert all(english(problem.reason) for problem in problems)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=40), st.integers(0, 400))
def test_torn_files_are_refused_in_words(noise: bytes, cut: int) -> None:
    whole = msgspec.json.encode(HOSPITAL)
    with pytest.raises(FileError):
        parse_instance(whole[:cut] + noise + b"\xff")
