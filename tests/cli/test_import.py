"""`gearmesh import`: what it prints, and what it changes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.core import database
from frontend.cli import main
from tests.cli.test_commands import use
from tests.databases import Kind
from tests.drills.stored import opened
from tests.support.house import organisation_url

LIST = "E-Mail;Name;Abteilung\nneu@x.example;Nele Neumann;Abrechnung\naylin@hospital.example;Aylin Demir;Röntgen\n"


async def test_a_list_is_compared_then_carried_out_then_changes_nothing(
    kind: Kind, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = organisation_url(kind)
    use(monkeypatch, url)
    file = tmp_path / "people.csv"
    file.write_text(LIST, encoding="utf-8")
    assert _run("import", str(file)) == 0
    shown = capsys.readouterr()
    assert "1 changed" in shown.out
    assert "1 new" in shown.out
    assert "Department: Billing → Radiology" in shown.out
    assert "Nothing was changed." in shown.out
    assert "E-mail is read from “E-Mail”." in shown.err
    assert _run("import", str(file), "--apply") == 0
    capsys.readouterr()
    assert _run("import", str(file), "--apply") == 0
    assert "2 same" in capsys.readouterr().out
    file.write_text(LIST + "bad;B;Abrechnung\n", encoding="utf-8")
    assert _run("import", str(file), "--apply") == 1
    assert "row 4, E-mail: 'bad'" in capsys.readouterr().err
    file.write_text(LIST, encoding="utf-8")
    assert _run("import", str(file), "--apply", "--complete") == 1
    assert "last administrator" in capsys.readouterr().err
    assert _run("import", str(tmp_path / "none.csv")) == 1
    async with opened(url):
        assert len(await database.fetch("SELECT 1 FROM person")) == 9
        assert await database.fetch("SELECT 1 FROM import_chunk") == []


def _run(*arguments: str) -> int:
    """In a thread: the command starts an event loop of its own."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(main, arguments).result()
