"""No rule without its tests: every code that the checker's rules can utter binds in a case and is caught in a plan."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest

import scheduler
from scheduler import solve
from scheduler.checker import RULES
from scheduler.model import VisitOption
from tests.scheduler.hospital import HOSPITAL, person, ruled
from tests.scheduler.test_rules import CASES, ONE_EACH, TWO_WEEKS, codes, plan_of

SOURCES = Path(scheduler.__file__).parent
CODE = re.compile(r'(?:code=|_reason\()"([a-z_]+)"')
SAID = {rule.__name__: set(CODE.findall(inspect.getsource(rule))) for rule in RULES}
"""The codes of each rule."""

SWAP = (("Ada", "billing", "week1", 0), ("Cleo", "registration", "week1", 0))
AGAIN = (("Ada", "billing", "week2", 1), ("Cleo", "registration", "week2", 1))
AT_HOME = person(HOSPITAL, "Ada", may_visit=(VisitOption(host="billing"),))
PLANS = {
    "repeated": (ONE_EACH, (*SWAP, *AGAIN)),
    "own_department": (AT_HOME, (("Ada", "registration", "week1", 0),)),
    "beyond_end": (ruled(TWO_WEEKS, visit_blocks=2), AGAIN),
    "not_a_cycle": (HOSPITAL, (SWAP[0], ("Cleo", "registration", "week2", 0))),
}
"""Plans that break what no other instance would allow."""


def test_every_rule_binds_and_every_code_is_caught() -> None:
    bound = {case.code for case in CASES.values()}
    assert {name for name, said in SAID.items() if not said & bound} == {"is_seen_once"}  # binds below
    assert set().union(*SAID.values()) == bound | set(PLANS)


@pytest.mark.parametrize("code", PLANS)
def test_the_checker_catches_what_no_instance_allows(code: str) -> None:
    instance, visits = PLANS[code]
    assert code in codes(instance, *visits)


def test_seeing_a_department_once_binds() -> None:
    twice = plan_of(ONE_EACH, *SWAP, *AGAIN)
    assert solve(ONE_EACH).score < twice.score
    assert set(codes(ONE_EACH, *SWAP, *AGAIN)) == {"repeated"}


def test_the_checker_and_the_solver_share_no_code() -> None:
    modules = {path: _imports(path) for path in SOURCES.rglob("*.py")}
    judging = [SOURCES / f"{name}.py" for name in ("checker", "facts", "scoring")]
    for path in judging:
        assert not [name for name in modules[path] if name.startswith("scheduler.solver")], path
    told = {f"scheduler.{path.stem}" for path in judging} | {
        "scheduler.unmet",
        "scheduler.validate",
        "scheduler.beside",
    }
    door = SOURCES / "solver" / "run.py"  # asks for contradictory pins before a search, and for reasons after it
    for path, names in modules.items():
        if path.parent.name == "solver" and path != door:
            assert not told & names, path


def _imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
