"""The command line, as people use it: files in, files and tables out, an exit status."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from frontend.cli import main as gearmesh
from scheduler import generate, parse_instance, parse_plan
from scheduler.cli import main
from scheduler.files import write_file
from tests.scheduler.hospital import HOSPITAL

SMALL = generate(people=40, departments=4, blocks=6, seed=2)


@pytest.fixture
def files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A folder with an instance and its plan."""
    write_file(SMALL, tmp_path / "instance.json")
    assert main(["solve", *paths(tmp_path, "instance"), "--out", *paths(tmp_path, "plan")]) == 0
    capsys.readouterr()
    return tmp_path


def paths(folder: Path, *names: str) -> list[str]:
    return [str(folder / f"{name}.json") for name in names]


def test_generate_writes_an_instance(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["generate", "--people", "40", "--departments", "4", "--blocks", "6", "--seed", "2"]) == 0
    assert parse_instance(capfdbinary.readouterr().out) == SMALL


def test_the_plan_file_says_what_it_is_worth(files: Path) -> None:
    plan = json.loads((files / "plan.json").read_bytes())
    assert plan["status"] == "optimal"
    assert plan["gap"] == 0
    assert plan["score"] == plan["bound"] > 0
    assert plan["version"] == 1
    assert {"person", "host", "block", "group"} == set(plan["visits"][0])


def test_check_accepts_the_plan_and_refuses_a_broken_one(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *paths(files, "instance", "plan")]) == 0
    plan = json.loads((files / "plan.json").read_bytes())
    plan["visits"] = plan["visits"][1:]
    (files / "broken.json").write_text(json.dumps(plan))
    capsys.readouterr()
    assert main(["check", *paths(files, "instance", "broken")]) == 1
    assert "is no cycle of departments in one block" in capsys.readouterr().out


def test_explain_answers_for_every_block(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", *paths(files, "instance", "plan"), "--person", "p01", "--host", "d1"]) == 0
    out = capsys.readouterr().out
    assert out.count("p01 to d1 in ") == 6
    for who, host, block in (("nobody", "d1", "w1"), ("p01", "attic", "w1"), ("p01", "d1", "never")):
        command = ["explain", *paths(files, "instance", "plan"), "--person", who, "--host", host, "--block", block]
        assert main(command) == 2
    assert capsys.readouterr().err.splitlines() == [
        "There is no person nobody in this instance.",
        "There is no department attic in this instance.",
        "There is no block never in this instance.",
    ]


def test_replan_says_what_changed(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    visit = parse_plan((files / "plan.json").read_bytes()).visits[0]
    changes = [{"change": "absent", "person": visit.person, "blocks": [visit.block]}]
    (files / "changes.json").write_text(json.dumps(changes))
    command = ["replan", *paths(files, "instance", "plan"), "--changes", *paths(files, "changes")]
    assert main([*command, "--out", *paths(files, "new"), "--instance-out", *paths(files, "after")]) == 0
    assert "visits went" in capsys.readouterr().out
    assert main(["check", *paths(files, "after", "new")]) == 0


def test_changes_that_name_strangers_are_refused(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "changes.json").write_text(
        '[{"change": "seats", "department": "attic"}, {"change": "leave", "person": "x"}]'
    )
    assert main(["whatif", *paths(files, "instance"), "--changes", *paths(files, "changes")]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "changes[0]: there is no department attic",
        "changes[1]: there is no person x",
    ]


def test_whatif_names_prices(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "changes.json").write_text('[{"change": "freeze", "department": "d1"}]')
    assert main(["whatif", *paths(files, "instance"), "--changes", *paths(files, "changes")]) == 0
    out = capsys.readouterr().out
    assert "After the changes none exceeds" in out
    assert "one more seat" in out


def test_show_draws_what_stands_alone(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for kind, sign in (("svg", "<svg"), ("html", "<!doctype html>"), ("table", "swap"), ("pairings", "weight")):
        assert main(["show", *paths(files, "plan"), "--instance", *paths(files, "instance"), "--format", kind]) == 0
        out = capsys.readouterr().out
        assert sign in out
        assert "http" not in out.replace("http://www.w3.org/2000/svg", "")
        if kind == "svg":
            ElementTree.fromstring(out)


def test_ctrl_c_keeps_the_best_plan_so_far(tmp_path: Path) -> None:
    write_file(generate(people=150, departments=8, blocks=12, seed=31), tmp_path / "instance.json")
    command = [sys.executable, "-m", "scheduler", "solve", *paths(tmp_path, "instance"), "--seconds", "60"]
    with subprocess.Popen([*command, "--out", *paths(tmp_path, "plan")], stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        for line in running.stderr:
            if " s  bound " in line:
                break  # a first plan is there once the bound is looked for
        running.send_signal(signal.SIGINT)
        running.stderr.read()
        assert running.wait() == 0
    plan = parse_plan((tmp_path / "plan.json").read_bytes())
    assert plan.status == "stopped"
    assert len(plan.visits) > 0
    assert main(["check", *paths(tmp_path, "instance", "plan")]) == 0


def test_problems_are_said_not_thrown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.json").write_text('{"departments": [{"id": "a", "capacity": -1}], "blocks": []}')
    assert main(["solve", *paths(tmp_path, "bad"), "--out", *paths(tmp_path, "plan")]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "departments[0].capacity: must not be negative, is -1",
        "blocks: must not be empty",
    ]
    assert main(["check", *paths(tmp_path, "missing", "missing")]) == 2
    assert main(["generate", "--people", "3", "--departments", "4"]) == 2


def test_gearmesh_schedule_is_the_same_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_file(HOSPITAL, tmp_path / "instance.json")
    command = ["schedule", "solve", *paths(tmp_path, "instance"), "--out", *paths(tmp_path, "plan"), "--seconds", "5"]
    assert gearmesh([*command, "--quiet"]) == 0
    assert "optimal" in capsys.readouterr().out
