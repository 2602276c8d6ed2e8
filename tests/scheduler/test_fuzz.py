"""Broken files at the command line: an exit status and words with places, whatever is in them; never a traceback."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from scheduler import solve
from scheduler.cli import main
from tests.scheduler.tiny import tiny

WILD: tuple[Any, ...] = (
    *(None, True, 0, -1, 3, 10**6, 10**9 + 1, 10**19, -(10**19), 10**30, 0.5, -0.5, 1e18, 1e308, -1e308, "", "x", "d0"),
    *("p0", "b0", "2026-01-05", "9999-12-31", "0001-01-01", "\x00", "\ud800", "é\n", [], {}, [[]], [1, 2, 3]),
    *({"id": "d0"}, ["d0", "d0"], "1e9", 2**31, 2**63 - 1, -(2**63)),
)
CHANGES = [
    {"change": "absent", "person": "p0", "blocks": ["b0"]},
    {"change": "seats", "department": "d0", "by": 1, "block": "b0"},
    {"change": "freeze", "department": "d1"},
    {"change": "join", "person": {"id": "n", "home": "d0"}},
    {"change": "limit", "person": "p1", "by": 1},
]
DEEP = 20_000


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something is in a document."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*at, key)
        yield from places(inner, (*at, key))


def broken(document: Any, r: random.Random) -> bytes:
    """The document with something wrong: types, fields, numbers, what is there twice, what is torn or no JSON."""
    copy = json.loads(json.dumps(document))
    for _ in range(r.choice([1, 1, 2, 4])):
        *path, last = r.choice(list(places(copy)))
        at = copy
        for key in path:
            at = at[key]
        match r.randrange(4):
            case 0 | 1:
                at[last] = r.choice(WILD)
            case 2 if isinstance(at, list):
                at.append(at[last])
            case 2:
                at[r.choice(["x", "id", "", "version", "person"])] = r.choice(WILD)
            case _:
                del at[last]
        if not any(True for _ in places(copy)):
            break
    text = json.dumps(copy)
    torn: list[str] = [text] * 10 + [
        *(text[: r.randrange(len(text))], text.replace("1", "NaN", 1), text.replace("0", "Infinity", 1), "", text * 2),
        *("\ufeff" + text, "[" * DEEP, '{"departments":' + "[" * DEEP, '{"people":[{"wishes":' + '{"a":' * DEEP),
    ]
    return r.choice(torn).encode("utf-8", "surrogatepass")


def commands(i: str, p: str, c: str, out: str) -> list[list[str]]:
    """Every command that reads files."""
    return [
        ["solve", i, "--out", out, "--work", "0", "--quiet"],
        ["check", i, p],
        ["explain", i, p, "--person", "p0", "--host", "d1"],
        ["replan", i, p, "--changes", c, "--out", out],
        ["whatif", i, "--changes", c],
        ["show", p],
        *(["show", p, "--instance", i, "--format", kind] for kind in ("table", "svg", "html", "pairings")),
    ]


def attempts(seeds: range, folder: Path, capsys: pytest.CaptureFixture[str]) -> Counter[int]:
    """Each command on files of which one is broken; how often each exit status."""
    found: Counter[int] = Counter()
    for seed in seeds:
        r = random.Random(seed)
        instance = tiny(seed % 500)
        files = {"i": instance, "p": solve(instance), "c": CHANGES}
        wrong = r.choice("ipc")
        for name, value in files.items():
            whole = msgspec.json.encode(value)
            (folder / name).write_bytes(broken(json.loads(whole), r) if name == wrong else whole)
        for command in commands(*(str(folder / name) for name in (*files, "out"))):
            status = main(command)
            said = capsys.readouterr()
            assert status in (0, 1, 2), (seed, command)
            assert "Traceback" not in said.err
            if status == 2:
                assert said.err.strip(), (seed, command)
                assert all(line.strip() for line in said.err.splitlines()), (seed, command)
            found[status] += 1
    return found


def test_broken_files_are_refused_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = attempts(range(30), tmp_path, capsys)
    assert found[0] > 50
    assert found[2] > 50


@pytest.mark.long
def test_many_more_broken_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert attempts(range(1_000, 4_000), tmp_path, capsys)[2] > 1_000
