"""Lists of dependencies: known by provider and customer, each pair once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from api.core import database
from api.core.i18n import Message
from api.core.i18n import gettext_later as _
from api.core.ids import uuid7
from api.imports import cells as read
from api.imports.places import Places
from api.imports.sheet import Batch, Cells, Frame, Sheet, Stored, changed
from api.imports.staging import Content, Staged


class DependenciesSheet(Sheet):
    """Who depends on whom: known by provider and customer, once each."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.places = Places()
        self._stored: dict[str, dict[str, Any]] = {}
        self._edges: dict[tuple[str, str], int] = {}
        self._lines: dict[int, tuple[str, str]] = {}

    async def prepare(self) -> None:
        """All departments and dependencies."""
        await self.places.load()
        rows = await database.fetch(
            """SELECT id, provider_id, customer_id, handover_de, handover_en, weight, error_cost_cents, error_note_de,
            error_note_en FROM dependency"""
        )
        self._stored = {f"{row['provider_id']} {row['customer_id']}": dict(row) for row in rows}

    def read(self, batch: Batch) -> None:
        """Rows by themselves, and which edge each means."""
        for line, cells in batch:
            ends = [self._end(line, cells, field) for field in ("provider", "customer")]
            columns = self._columns(line, cells)
            if None in ends:
                continue
            edge = (str(ends[0]), str(ends[1]))
            if edge[0] == edge[1]:
                self.faults.add(
                    line, "customer", self.raw(cells, "customer"), _("A department does not depend on itself.")
                )
            if (other := self._edges.setdefault(edge, line)) != line:
                self.faults.add(line, "customer", "", _("Row %(row)s has the same two departments.", row=other))
            self._lines[line] = edge
            if " ".join(edge) not in self._stored:
                self.need(line, "handover" if self.has("handover") else "handover_de", columns.get("handover_de"))
                self.need(line, "weight", columns.get("weight"))

    def _end(self, line: int, cells: Cells, field: str) -> str | None:
        name = self.line(line, cells, field)
        found = self.places.find(name) if name else None
        if isinstance(found, Message):
            self.faults.add(line, field, name, found)
        elif not name:
            self.need(line, field, name)
        elif found is None:
            self.faults.add(line, field, name, _("There is no department of this name. Import departments first."))
        return found if isinstance(found, str) else None

    def _columns(self, line: int, cells: Cells) -> dict[str, Any]:
        found: dict[str, Any] = {}
        both = self.line(line, cells, "handover")
        for language, other in (("de", "en"), ("en", "de")):
            own = self.line(line, cells, f"handover_{language}") or both or self.line(line, cells, f"handover_{other}")
            if own:
                found[f"handover_{language}"] = own
            if self.has(f"error_note_{language}"):
                found[f"error_note_{language}"] = self.text(line, cells, f"error_note_{language}")
        if self.has("weight"):
            found["weight"] = self.value(line, cells, "weight", read.weight_of, 1)
        if self.has("error_cost"):
            found["error_cost_cents"] = self.value(line, cells, "error_cost", read.cents_of, None)
        return found

    async def stored(self, batch: Batch) -> Stored:
        """They are all in memory."""
        return self._stored

    def difference(self, batch: Batch, stored: Stored) -> list[Staged]:
        """New and changed dependencies."""
        staged = []
        for line, cells in batch:
            edge, columns = self._lines[line], self._columns(line, cells)
            before = stored.get(" ".join(edge))
            new = columns if before is None else changed(columns, before)
            if not new:
                self.counts["same"] += 1
                continue
            shown = [(name, _word(name, before and before[name]), _word(name, value)) for name, value in new.items()]
            if before is None:
                new = {"provider_id": edge[0], "customer_id": edge[1], **new}
            content = Content(before["id"] if before else uuid7(), self._title(edge), new, shown)
            staged.append(self.put(Staged(0, line, "dependency", "changed" if before else "new", content)))
        return staged

    def _title(self, edge: tuple[str, str]) -> str:
        return f"{self.places.names[edge[0]]} → {self.places.names[edge[1]]}"

    async def remaining(self) -> AsyncIterator[list[Staged]]:
        """Edges that a complete list no longer has."""
        gone: list[Staged] = []
        for number, row in enumerate(self._stored.values(), start=1):
            edge = (row["provider_id"], row["customer_id"])
            if self.frame.complete and edge not in self._edges:
                gone.append(Staged(1, number, "dependency", "leaving", Content(row["id"], self._title(edge))))
        self.counts["active"] = len(self._stored)
        yield [self.put(staged) for staged in gone]


def _word(name: str, value: Any) -> str:
    if name == "error_cost_cents":
        return "" if value is None else f"{value // 100}.{value % 100:02d}"
    return str(value or "")
