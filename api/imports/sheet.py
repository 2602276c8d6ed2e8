"""What all kinds of lists have in common: cells by field, errors by cell, and the two passes over a file.

The first pass (`read`) looks at every row by itself and remembers only what rows must know of each other; then
`conclude` compares them. If nothing is wrong, the second pass (`difference`) makes the changes, a few hundred rows
at a time, against what is stored. What needs no database runs in a thread, so that requests go on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from api.core.i18n import gettext_later as _
from api.imports.cells import CellRefused, line_of, text_of
from api.imports.files import cell
from api.imports.rules import FIELDS
from api.imports.staging import Content, Fault, Faults, Staged

T = TypeVar("T")
Cells = list[str]
Batch = Sequence[tuple[int, Cells]]
Stored = Mapping[str, Mapping[str, Any]]


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """What a run says of its file."""

    kind: str
    mapping: Mapping[str, int]
    complete: bool
    uploader: str | None
    source: str = "csv"


class Sheet:
    """A list of one kind on its way to be a difference."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.faults = Faults()
        self.counts: Counter[str] = Counter()
        self._longest = {field.name: field.longest for field in FIELDS[frame.kind]}

    async def prepare(self) -> None:
        """Read what rows are compared with."""

    def read(self, batch: Batch) -> None:
        """First pass, no database: runs in a thread of its own."""
        raise NotImplementedError

    def conclude(self) -> None:
        """After the first pass, no database either: what is wrong between rows."""

    async def settle(self) -> None:
        """What only the database knows to be wrong with the list as a whole. Raises Invalid."""

    async def stored(self, batch: Batch) -> Stored:
        """What these rows are compared with, by id."""
        raise NotImplementedError

    def difference(self, batch: Batch, stored: Stored) -> list[Staged]:
        """Second pass, in a thread: the changes of these rows."""
        raise NotImplementedError

    def remaining(self) -> AsyncIterator[list[Staged]]:
        """Changes that no row stands for: who leaves, what is made along the way."""
        raise NotImplementedError

    def has(self, field: str) -> bool:
        """Whether the file has this field."""
        return field in self.frame.mapping

    def raw(self, cells: Cells, field: str) -> str:
        """A cell as it stands in the file, empty if there is no such column."""
        index = self.frame.mapping.get(field)
        return "" if index is None else cell(cells, index)

    def value(self, line: int, cells: Cells, field: str, read: Callable[[str], T], default: T) -> T:
        """A cell's meaning; if it has none, `default` and an error."""
        raw = self.raw(cells, field)
        try:
            return read(raw)
        except CellRefused as refused:
            self.faults.add(line, field, raw, refused.message)
            return default

    def line(self, line: int, cells: Cells, field: str) -> str:
        """A cell as a line of text."""
        return self.value(line, cells, field, lambda raw: line_of(raw, self._longest[field]), "")

    def text(self, line: int, cells: Cells, field: str) -> str:
        """A cell as a text that may have several lines."""
        return self.value(line, cells, field, lambda raw: text_of(raw, self._longest[field]), "")

    def need(self, line: int, field: str, value: object) -> None:
        """An error if there is nothing."""
        if value in ("", None):
            self.faults.add(line, field, "", _("This must not be empty."))

    def put(self, staged: Staged, *, count_as: str = "") -> Staged:
        """Count a change."""
        self.counts[count_as or staged.action] += 1
        return staged


def changed(columns: Mapping[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    """Those of `columns` that differ from what is stored."""
    return {name: value for name, value in columns.items() if stored[name] != value}


__all__ = ["Batch", "Cells", "Content", "Fault", "Frame", "Sheet", "Staged", "Stored", "changed"]
