"""Every code that the scheduler can utter has words, and its parameters fill them."""

from __future__ import annotations

import re
from pathlib import Path

import scheduler
from scheduler import Reason, english

SOURCES = Path(scheduler.__file__).parent
CODES = re.compile(r'(?:code=|_reason\(|_about\(|_problem\([^"\n]*?(?:"[^"\n]*"), |_shape\()"([a-z_]+)"')


def test_every_code_has_words() -> None:
    codes = {code for path in SOURCES.rglob("*.py") for code in CODES.findall(path.read_text(encoding="utf-8"))}
    assert len(codes) > 30
    assert [code for code in sorted(codes) if english(Reason(code=code)).startswith(f"{code} (")] == []


def test_words_name_what_it_is_about() -> None:
    about: dict[str, str | int | float] = {"host": "Billing", "block": "week1", "visitors": 3, "capacity": 2}
    assert english(Reason(code="host_full", about=about)) == "Billing has 3 visitors in week1, room is for 2"


def test_an_unknown_code_is_said_as_it_is() -> None:
    assert english(Reason(code="new", about={"a": 1})) == "new (a: 1)"
