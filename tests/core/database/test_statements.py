"""Templates and what is recognised as a write."""

import pytest

from api.core import database
from api.core.database import Database
from api.core.database.statements import Statement, Statements, compile_template


def test_placeholders_become_the_drivers_own() -> None:
    template = "SELECT '{{}}' WHERE a = {} AND b IN ({}, {})"
    assert compile_template(template, "sqlite") == "SELECT '{}' WHERE a = ? AND b IN (?, ?)"
    assert compile_template(template, "postgres") == "SELECT '{}' WHERE a = $1 AND b IN ($2, $3)"


@pytest.mark.parametrize("template", ["SELECT {0}", "SELECT {name}", "SELECT {!r}", "SELECT {:>3}", "SELECT {"])
def test_anything_else_between_braces_is_refused(template: str) -> None:
    with pytest.raises(ValueError, match=r"marks a value|'}'|'{'"):
        compile_template(template, "sqlite")


@pytest.mark.parametrize(
    ("sql", "reads"),
    [
        ("SELECT deleted FROM a WHERE x = 'UPDATE'", True),
        ("\n  select 1", True),
        ("WITH x AS (SELECT 1) SELECT * FROM x", True),
        ("WITH x AS (SELECT 1) DELETE FROM a", False),
        ("VALUES (1)", True),
        ("PRAGMA table_info(toy)", True),
        ("PRAGMA max_page_count = 7", False),
        ("EXPLAIN QUERY PLAN SELECT 1", True),
        ("UPDATE a SET b = 1", False),
        ("REPLACE INTO a VALUES (1)", False),
        ("CREATE TABLE a (b)", False),
        ("SELECTED", False),
    ],
)
def test_reads_are_recognised(sql: str, reads: bool) -> None:
    assert Statement(sql).reads is reads


def test_endless_texts_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.core.database.statements._CACHE_LIMIT", 10)
    statements = Statements("sqlite")
    for number in range(100):
        statements.template(f"SELECT {number}")
        statements.sql(f"SELECT {number}")
    assert len(statements._from_template) <= 10
    assert len(statements._from_sql) <= 10
    assert statements.template("SELECT 99") is statements.template("SELECT 99")


def test_placeholders_for_lists() -> None:
    assert database.placeholders(3) == "{}, {}, {}"


async def test_texts_are_chosen_by_dialect(empty_db: Database) -> None:
    assert database.sql(sqlite="sqlite", postgres="postgres") == empty_db.dialect


@pytest.mark.parametrize("url", ["mysql://x", "sqlite:///", "sqlite:///:memory:", "sqlite://relative.db", ""])
def test_urls_that_name_no_database_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"database URL|names a file"):
        Database(url)
