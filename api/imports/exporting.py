"""People, departments and dependencies as CSV that spreadsheets open and that imports read back unchanged."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any

from api.core import database
from api.core.errors import NotFound
from api.core.ids import is_uuid
from api.imports.cells import guard

_PAGE = 1_000
_BOM = "\ufeff"
"""Without it Excel takes UTF-8 for Windows-1252."""

_PEOPLE = (
    *("Gearmesh ID", "E-mail", "Name", "Given name", "Department", "Manager", "Job (German)", "Job (English)"),
    *("Joined", "Language", "Time zone"),
)
_DEPARTMENTS = (
    *("Gearmesh ID", "Name (German)", "Name (English)", "Code (German)", "Code (English)", "Purpose (German)"),
    *("Purpose (English)", "Manager", "Cost centre"),
)
_DEPENDENCIES = (
    *("Provider", "Customer", "Handed over (German)", "Handed over (English)", "Weight", "Cost of an error"),
    *("Note (German)", "Note (English)"),
)
EXPORTS = ("people", "departments", "dependencies")


def _lines(rows: Iterable[Sequence[Any]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([guard(str(cell)) if cell else "" for cell in row] for row in rows)
    return out.getvalue().encode()


def check_list(what: str) -> None:
    """Raises NotFound unless there is such a list."""
    if what not in EXPORTS:
        raise NotFound


async def export(what: str) -> AsyncIterator[bytes]:
    """The list as CSV (UTF-8), a piece at a time."""
    pages, headings = {
        "people": (_people, _PEOPLE),
        "departments": (_departments, _DEPARTMENTS),
        "dependencies": (_dependencies, _DEPENDENCIES),
    }[what]
    yield _BOM.encode() + _lines([headings])
    async for page in pages():
        yield _lines(page)


async def _names() -> dict[str, str]:
    """Departments by a name that only one has, else by their code; the organisation's language first."""
    house = await database.fetch_one("SELECT language FROM organisation")
    first, second = ("de", "en") if house and house["language"] == "de" else ("en", "de")
    rows = await database.fetch("SELECT * FROM department ORDER BY position, id")
    times: dict[str, int] = {}
    for row in rows:
        for name in {row["name_de"].casefold(), row["name_en"].casefold()}:
            times[name] = times.get(name, 0) + 1
    found = {}
    for row in rows:
        names = [row[f"name_{language}"] for language in (first, second)]
        found[row["id"]] = next((name for name in names if times[name.casefold()] == 1), row[f"code_{first}"])
    return found


async def _people() -> AsyncIterator[list[Sequence[Any]]]:
    names = await _names()
    last = ""
    while True:
        after = "AND p.id > {}" if is_uuid(last) else ""
        rows = await database.fetch(
            f"""SELECT p.id, p.email, p.name, p.given_name, p.department_id, m.email, p.job_de, p.job_en, p.joined_on,
                p.language, p.time_zone FROM person p LEFT JOIN person m ON m.id = p.manager_id
            WHERE p.deactivated_at IS NULL {after} ORDER BY p.id LIMIT {_PAGE}""",
            *([last] if last else []),
        )
        yield [(*tuple(row)[:4], names[row[4]], *tuple(row)[5:]) for row in rows]
        if len(rows) < _PAGE:
            return
        last = rows[-1][0]


async def _departments() -> AsyncIterator[list[Sequence[Any]]]:
    rows = await database.fetch(
        """SELECT d.id, d.name_de, d.name_en, d.code_de, d.code_en, d.purpose_de, d.purpose_en, m.email, d.cost_centre
        FROM department d LEFT JOIN person m ON m.id = d.manager_id AND m.deactivated_at IS NULL
        WHERE d.archived_at IS NULL ORDER BY d.position, d.id"""
    )
    yield [tuple(row) for row in rows]


async def _dependencies() -> AsyncIterator[list[Sequence[Any]]]:
    names = await _names()
    rows = await database.fetch(
        """SELECT provider_id, customer_id, handover_de, handover_en, weight, error_cost_cents, error_note_de,
        error_note_en FROM dependency ORDER BY id"""
    )
    yield [(names[row[0]], names[row[1]], row[2], row[3], row[4], _amount(row[5]), row[6], row[7]) for row in rows]


def _amount(cents: int | None) -> str:
    return "" if cents is None else f"{cents // 100}.{cents % 100:02d}"
