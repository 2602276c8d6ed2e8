"""The architecture as a test: who may import whom."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# A slice's files, each importing only from those before it. Schemas stand before queries: what is shown is
# one shape for JSON and pages, and queries return it.
FILES = (
    *("rules", "words", "errors", "periods", "settings", "tables", "visit_tables", "books", "ledger", "past"),
    *("visibility", "schemas", "visit_schemas", "record_schemas", "value_schemas", "filters", "cards", "kinds"),
    *("places", "benefits", "keys", "codes", "pictures", "deciders", "queries", "redemptions", "details", "overview"),
    *("records", "catalogue", "moves", "ordering", "registry", "giving", "steps", "deciding", "programmes"),
    *("service", "noting", "ending", "teams", "cases", "visiting", "mine", "seeing", "offering", "hosts", "calendars"),
    *("changes", "repairs", "repairing", "visit_jobs", "visit_privacy", "payroll", "deputies", "ruling", "editing"),
    *("departments", "values", "answers", "moderation", "privacy", "export", "jobs", "routes", "visit_routes"),
    *("record_routes", "value_routes", "fulfil_routes"),
    *("feedback_rules", "effect_rules", "feedback_tables", "feedback_schemas", "feedback_queries", "feedback"),
    *("effect", "feedback_privacy", "feedback_routes"),
)
# Slices, each on top of those before it; jobs shows the work of all others. Account is one's own person and
# touches no other slice.
SLICES = (
    *("people", "dependencies", "points", "approvals", "kudos", "improvements", "imports", "awards"),
    *("rewards", "administration", "invitations", "rotations", "notifications", "privacy", "jobs"),
)


def _imports(path: Path) -> set[str]:
    """The modules of ours that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{name.name}" for name in node.names)
    return found


def _all(folder: str) -> dict[Path, set[str]]:
    return {path: _imports(path) for path in sorted((ROOT / folder).rglob("*.py"))}


def _crossing(folder: str, forbidden: tuple[str, ...]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)} imports {module}"
        for path, modules in _all(folder).items()
        for module in sorted(modules)
        if module.split(".")[0] in forbidden
    ]


def test_the_api_does_not_know_the_pages() -> None:
    assert _crossing("api", ("frontend",)) == []


def test_the_scheduler_knows_neither_web_nor_database() -> None:
    assert _crossing("scheduler", ("api", "frontend", "litestar", "piccolo", "asyncpg", "sqlite3", "httpx")) == []


def test_the_core_does_not_know_the_slices() -> None:
    slices = (*SLICES, "account", "demo")
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path, modules in _all("api/core").items()
        for module in sorted(modules)
        if module.split(".")[:1] == ["api"] and module.split(".")[1:2] and module.split(".")[1] in slices
    ]
    assert wrong == []


@pytest.mark.parametrize("name", SLICES)
def test_a_slice_imports_only_slices_below_it(name: str) -> None:
    above = SLICES[SLICES.index(name) + 1 :]
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path, modules in _all(f"api/{name}").items()
        for module in sorted(modules)
        if module.split(".")[:1] == ["api"] and module.split(".")[1:2] and module.split(".")[1] in above
    ]
    assert wrong == []


@pytest.mark.parametrize("name", [*SLICES, "account"])
def test_within_a_slice_files_import_only_from_those_before_them(name: str) -> None:
    wrong = []
    for path, modules in _all(f"api/{name}").items():
        if path.stem in FILES:
            later = FILES[FILES.index(path.stem) + 1 :]
            wrong += [f"{path.stem} imports {m}" for m in sorted(modules) if m in {f"api.{name}.{f}" for f in later}]
    assert wrong == []


def test_only_routes_and_streams_speak_http_below_the_core() -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for name in (*SLICES, "account")
        for path, modules in _all(f"api/{name}").items()
        if not path.stem.endswith("routes") and any(module.split(".")[0] == "litestar" for module in modules)
    ]
    assert wrong == []
