"""Which Chromium the browser tests use, and what is said where there is none."""

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.browser import chromium

Answer = Callable[[Sequence[str]], int]


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without any browser; returns a folder on its PATH."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "PLACES", ())
    monkeypatch.setattr(chromium, "_playwrights_own", lambda: None)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    return tmp_path


def put(folder: Path, name: str, *, works: bool = True) -> str:
    path = folder / name
    path.write_text(f"#!/bin/sh\nexit {0 if works else 1}\n")
    path.chmod(0o755)
    return str(path)


def run_instead(monkeypatch: pytest.MonkeyPatch, answer: Answer) -> list[list[str]]:
    """Commands other than "--version" are not run but answered; returns the list of them."""
    asked: list[list[str]] = []
    real = chromium._run

    def run(command: Sequence[str], *, patience: float) -> subprocess.CompletedProcess[str]:
        if command[-1] == "--version":
            return real(command, patience=patience)
        asked.append(list(command))
        return subprocess.CompletedProcess(command, answer(command), "", "the network is down")

    monkeypatch.setattr(chromium, "_run", run)
    return asked


def test_the_one_that_the_environment_names_comes_first(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(bare, "chromium")
    named = put(bare, "another-browser")
    monkeypatch.setenv("CHROMIUM", named)

    assert chromium.executable() == named


def test_a_named_one_that_does_not_start_is_an_error_and_not_passed_over(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(bare, "chromium")
    monkeypatch.setenv("CHROMIUM", put(bare, "broken", works=False))

    with pytest.raises(chromium.NoChromium, match="cannot be started"):
        chromium.executable()


def test_one_that_lacks_its_libraries_is_passed_over(bare: Path) -> None:
    put(bare, "chromium", works=False)
    works = put(bare, "google-chrome")

    assert chromium.executable() == works


def test_debians_is_installed_where_playwright_cannot_load_its_own(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(bare, "apt-get")

    def answer(command: Sequence[str]) -> int:
        if command[-1] == "chromium" and "apt-get" in command:
            put(bare, "chromium")
        return 1 if "playwright" in command or command[-1] == "chromium-headless-shell" else 0

    asked = run_instead(monkeypatch, answer)

    assert chromium.executable() == str(bare / "chromium")
    assert [command[-1] for command in asked] == ["chromium", "update", "chromium-headless-shell", "chromium"]


def test_the_one_without_windows_is_preferred(bare: Path) -> None:
    put(bare, "chromium")
    shell = put(bare, "chromium-headless-shell")

    assert chromium.executable() == shell


def test_where_nothing_works_it_says_how_to_help(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(bare, "apt-get")
    run_instead(monkeypatch, lambda command: 1)

    with pytest.raises(chromium.NoChromium) as failed:
        chromium.executable()

    said = str(failed.value)
    assert "python -m playwright install --with-deps chromium" in said
    assert "apt-get install chromium-headless-shell" in said
    assert said.count("the network is down") == 3
