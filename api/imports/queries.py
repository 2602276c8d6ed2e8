"""What an import is, does and complains of, for those who may import."""

from __future__ import annotations

from typing import cast

import msgspec

from api.core import database
from api.core.clock import now, utc
from api.core.errors import Invalid, NotFound
from api.core.i18n import Language, Message
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid
from api.imports.files import Layout, layout
from api.imports.rules import FIELDS, KINDS, SILENT, Kind, State, guarded
from api.imports.schemas import (
    Change,
    ColumnOut,
    FaultList,
    FaultOut,
    FieldOut,
    ImportDetails,
    ImportList,
    ImportOut,
    RowList,
    RowOut,
)
from api.imports.staging import Content, spool

_ENCODINGS = {"utf-8-sig": "utf-8", "cp1252": "windows-1252"}
_PAGE = 50

# What columns of tables are called where the list has other names for them.
_LABELS = {
    "department_id": "department",
    "manager_id": "manager",
    "deactivated_at": "left_on",
    "error_cost_cents": "error_cost",
}


def _run(row: database.Row, language: Language) -> ImportOut:
    counts = msgspec.json.decode(row["counts"], type=dict[str, int])
    problem = msgspec.json.decode(row["problem"], type=Message).text(language) if row["problem"] else ""
    return ImportOut(
        id=row["id"],
        kind=cast(Kind, row["kind"]) if row["kind"] in KINDS else None,
        state=cast(State, "paused" if row["state"] == "fetching" and now() - row["seen_at"] > SILENT else row["state"]),
        file_name=row["file_name"],
        encoding=_ENCODINGS.get(row["encoding"], ""),
        delimiter=row["delimiter"],
        complete=bool(row["complete"]),
        counts=counts,
        errors=row["errors"],
        problem=problem,
        progress=row["progress"],
        total=row["total"],
        confirm_leaving=guarded(counts.get("leaving", 0), counts.get("active", 0)),
        created_at=utc(row["created_at"]),
        ended_at=utc(row["ended_at"]) if row["ended_at"] else None,
    )


async def _row(run_id: str) -> database.Row:
    row = is_uuid(run_id) and await database.fetch_one("SELECT * FROM import_run WHERE id = {}", run_id)
    if not row:
        raise NotFound
    return row


async def imports(language: Language, *, before: str | None = None, limit: int = 20) -> ImportList:
    """Imports, newest first. Raises Invalid for a page marker that is not ours."""
    if before and not is_uuid(before):
        raise Invalid.field("before", _("This page marker is not one of ours. Start again at the first page."))
    where = "WHERE id < {}" if before else ""
    rows = await database.fetch(
        f"SELECT * FROM import_run {where} ORDER BY id DESC LIMIT {limit + 1}", *([before] if before else [])
    )
    items = [_run(row, language) for row in rows[:limit]]
    return ImportList(items, items[-1].id if len(rows) > limit else None)


async def one_import(run_id: str, language: Language) -> ImportOut:
    """One import. Raises NotFound."""
    return _run(await _row(run_id), language)


async def details(run_id: str, language: Language) -> ImportDetails:
    """One import, with its columns if they can still be chosen. Raises NotFound."""
    row = await _row(run_id)
    run = _run(row, language)
    if run.state != "mapping" or run.kind is None or run.problem:
        return ImportDetails(run=run, fields=[], columns=[])
    mapping = msgspec.json.decode(row["mapping"], type=dict[str, int])
    fields = [
        FieldOut(field.name, field.label.text(language), field.required, mapping.get(field.name))
        for field in FIELDS[run.kind]
    ]
    found = await layout_of(run_id, row["encoding"])
    columns = [
        ColumnOut(index, heading, [cells[index] if index < len(cells) else "" for cells in found.samples])
        for index, heading in enumerate(found.headings)
    ]
    return ImportDetails(run=run, fields=fields, columns=columns)


async def layout_of(run_id: str, encoding: str) -> Layout:
    """Delimiter, headings and first rows of the uploaded file. Raises FileRefused."""
    with await spool(run_id) as file:
        return layout(file, encoding)


def label(kind: str, name: str, language: Language) -> str:
    """What a field is called for people."""
    known = _LABELS.get(name, name)
    found = next((field.label.text(language) for field in FIELDS.get(kind, ()) if field.name == known), None)
    return found or name


async def rows(
    run_id: str, language: Language, *, thing: str, action: str, after: int = 0, limit: int = _PAGE
) -> RowList:
    """A page of the difference: what happens to things of one kind, in the file's order. Raises NotFound."""
    run = await _row(run_id)
    found = await database.fetch(
        """SELECT line, thing, action, content FROM import_row
        WHERE import_id = {} AND thing = {} AND action = {} AND line > {} ORDER BY line LIMIT {}""",
        *(run_id, thing, action, after, limit + 1),
    )
    kind = "history" if run["kind"] == "bonusly" else run["kind"]
    items = [_change(row, kind, language) for row in found[:limit]]
    return RowList(items, str(items[-1].line) if len(found) > limit else None)


def _change(row: database.Row, kind: str, language: Language) -> RowOut:
    content = msgspec.json.decode(row["content"], type=Content)
    shown = [Change(label(kind, name, language), before, after) for name, before, after in content.show]
    reason = content.reason.text(language) if content.reason else ""
    return RowOut(row["line"], row["thing"], row["action"], content.title, shown, reason)


async def faults(run_id: str, language: Language, *, after: int = -1, limit: int = _PAGE) -> FaultList:
    """A page of errors, by row. Raises NotFound."""
    run = await _row(run_id)
    found = await database.fetch(
        """SELECT number, line, field, content, message FROM import_fault
        WHERE import_id = {} AND number > {} ORDER BY number LIMIT {}""",
        *(run_id, after, limit + 1),
    )
    items = [
        FaultOut(
            row["line"],
            label(run["kind"], row["field"], language),
            row["content"],
            msgspec.json.decode(row["message"], type=Message).text(language),
        )
        for row in found[:limit]
    ]
    return FaultList(items, str(found[limit - 1]["number"]) if len(found) > limit else None)


def read_after(marker: str | None, default: int) -> int:
    """A page marker of rows or errors. Raises Invalid."""
    if not marker:
        return default
    if not (marker.isascii() and marker.isdigit() and len(marker) <= 9):
        raise Invalid.field("after", _("This page marker is not one of ours. Start again at the first page."))
    return int(marker)


def choose_a_file(language: Language) -> str:
    """What to say where no file was sent."""
    return _("Choose the file first.").text(language)
