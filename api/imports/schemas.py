"""Imports as JSON and pages show them, in the reader's language."""

from __future__ import annotations

from datetime import datetime

import msgspec

from api.imports.rules import Action, Kind, State, Thing


class ColumnOut(msgspec.Struct, frozen=True):
    """A column of the file: its heading, what stands in its first rows."""

    index: int
    heading: str
    samples: list[str]


class FieldOut(msgspec.Struct, frozen=True):
    """Something that a list may hold. `column` (from 0) is where it is read from, None if nowhere."""

    name: str
    label: str
    required: bool
    column: int | None


class ImportOut(msgspec.Struct, frozen=True, kw_only=True):
    """An import. `counts` says by action what it does: new, changed, leaving, same, left_out, and departments that are
    new with a list of people. `encoding` is "utf-8" or "windows-1252". `problem` is a sentence if the whole file
    is refused. `confirm_leaving`: so many leave at once that the number must be typed. `progress` of `total` rows
    (total 0: not known yet)."""

    id: str
    kind: Kind | None
    state: State
    file_name: str
    encoding: str
    delimiter: str
    complete: bool
    counts: dict[str, int]
    errors: int
    problem: str
    progress: int
    total: int
    confirm_leaving: bool
    created_at: datetime
    ended_at: datetime | None


class ImportDetails(msgspec.Struct, frozen=True, kw_only=True):
    """An import with its columns while it waits for its mapping."""

    run: ImportOut
    fields: list[FieldOut]
    columns: list[ColumnOut]


class ImportList(msgspec.Struct, frozen=True):
    """Imports, newest first; `next` marks the next page."""

    items: list[ImportOut]
    next: str | None


class Change(msgspec.Struct, frozen=True):
    """One field: what it is now and what it becomes. What is new has no `before`."""

    field: str
    before: str
    after: str


class RowOut(msgspec.Struct, frozen=True):
    """A row of the difference. `line` is its row in the file; of those who leave, a running number. `reason` says why
    it is left out, or why it may not be meant so: its department is new."""

    line: int
    thing: Thing
    action: Action
    title: str
    changes: list[Change]
    reason: str


class RowList(msgspec.Struct, frozen=True):
    """A page of the difference; `next` marks the next page."""

    items: list[RowOut]
    next: str | None


class FaultOut(msgspec.Struct, frozen=True):
    """What is wrong with a row: the column's heading, what stands there, what to do."""

    line: int
    column: str
    content: str
    message: str


class FaultList(msgspec.Struct, frozen=True):
    """A page of errors; `next` marks the next page."""

    items: list[FaultOut]
    next: str | None


class StartCheck(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Which column (from 0) holds which field, and whether whoever is missing from the list leaves."""

    mapping: dict[str, int] | None = None
    kind: Kind | None = None
    complete: bool = False


class StartApply(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """`leaving`: how many leave by this import; must be the right number if any do."""

    leaving: int = 0


class StartFetch(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Another product's API token. It stays in memory while its history is read, and nowhere else."""

    token: str
