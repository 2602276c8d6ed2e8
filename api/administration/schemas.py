"""The history of what HR and administration changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec

from api.people.schemas import DepartmentRef, PersonRef

Scalar = str | int | None


class ChangeOut(msgspec.Struct, frozen=True, kw_only=True):
    """A change: who, when, what, and the fields that differ before and after.

    `kind` is "<thing>.<past participle>", `subject` the thing's present name, `subject_id` its id. `parts` followed
    from it; those of an import (`list.imported`) are asked for by its id. `undone` says that it has been taken
    back, `undoes` which change this one took back; `actor` is empty for commands. `latest`: nothing has happened to
    the thing since, so it can most likely be taken back.
    """

    id: str
    at: datetime
    actor: str
    kind: str
    subject_id: str | None
    subject: str
    before: Mapping[str, Scalar]
    after: Mapping[str, Scalar]
    undone: bool
    undoes: str | None
    latest: bool
    parts: list[ChangeOut]


class History(msgspec.Struct, frozen=True, kw_only=True):
    """Changes, newest first, and whom their fields name. Pass `next` as `before` for older ones."""

    items: list[ChangeOut]
    people: dict[str, PersonRef]
    departments: dict[str, DepartmentRef]
    next: str | None


class WholeUndo(msgspec.Struct, frozen=True, kw_only=True):
    """Taking an import back as a whole. `state` is "open" before it, then "running", and "done" when it has ended.

    `open` says by kind how many of its changes still stand, `taken_back` how many do not; while it runs, instead,
    `progress` of `total` are dealt with.
    `staying` are changes that cannot be taken back, at most 50, newest first, of `staying_count`: those whose things
    have changed again since, and once it is done, all that still stand.
    """

    import_id: str
    list: str
    state: Literal["open", "running", "done"]
    open: Mapping[str, int]
    taken_back: int
    progress: int
    total: int
    staying: History
    staying_count: int
