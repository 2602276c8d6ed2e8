"""Lists of departments: known by their ID, or by their name in either language. None is ever removed by a list."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

from api.core import database
from api.core.i18n import Message
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, uuid7
from api.imports.places import Places
from api.imports.rules import plain
from api.imports.sheet import Batch, Cells, Frame, Sheet, Stored, changed
from api.imports.staging import Content, Staged
from api.people.schemas import initials

_COLUMNS = (
    "id, code_de, code_en, name_de, name_en, purpose_de, purpose_en, d.manager_id AS manager_id, cost_centre, position"
)


class DepartmentsSheet(Sheet):
    """Departments. One name or code without a language stands for both."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.places = Places()
        self._stored: dict[str, dict[str, Any]] = {}
        self._managers: dict[str, str] = {}
        self._emails: dict[str, str] = {}
        self._lines: dict[int, str] = {}
        self._taken: dict[str, int] = {}
        self._names: dict[str, int] = {}
        self._wanted: dict[int, str] = {}

    async def prepare(self) -> None:
        """All departments."""
        await self.places.load()
        rows = await database.fetch(f"SELECT {_COLUMNS} FROM department d")
        self._stored = {row["id"]: dict(row) for row in rows}

    def read(self, batch: Batch) -> None:
        """Rows by themselves, and which department each means."""
        for line, cells in batch:
            columns = self._columns(line, cells)
            name = columns.get("name_de") or columns.get("name_en") or ""
            given = self.line(line, cells, "id")
            if not given:
                self.need(line, "name" if self.has("name") or not self.has("name_de") else "name_de", name)
            target: str | Message | None = given
            if given and (not is_uuid(given) or given not in self._stored):
                self.faults.add(line, "id", given, _("No department has this ID. Leave it empty for a new one."))
                target = None
            elif not given:
                target = self.places.find(columns.get("name_de", "")) or self.places.find(columns.get("name_en", ""))
            if isinstance(target, Message):
                self.faults.add(line, "name", name, target)
                target = None
            target = target or uuid7()
            if (other := self._taken.setdefault(target, line)) != line:
                self.faults.add(line, "name", name, _("Row %(row)s means the same department.", row=other))
            if not given:
                self._once(line, columns)
            self._lines[line] = target
            if manager := self.line(line, cells, "manager").lower():
                self._wanted[line] = manager

    def _once(self, line: int, columns: Mapping[str, Any]) -> None:
        for name in {plain(columns.get("name_de", "")), plain(columns.get("name_en", ""))} - {""}:
            if (other := self._names.setdefault(name, line)) != line:
                self.faults.add(line, "name", "", _("Row %(row)s has the same name.", row=other))

    def _columns(self, line: int, cells: Cells) -> dict[str, str]:
        found: dict[str, str] = {}
        for field in ("name", "code"):
            both = self.line(line, cells, field)
            for language, other in (("de", "en"), ("en", "de")):
                own = self.line(line, cells, f"{field}_{language}") or both
                if own or (own := self.line(line, cells, f"{field}_{other}")):
                    found[f"{field}_{language}"] = own
        for field in ("purpose_de", "purpose_en", "cost_centre"):
            if self.has(field):
                found[field] = self.text(line, cells, field)
        return found

    async def settle(self) -> None:
        """Managers are found by their addresses; those who are missing are errors of their rows."""
        wanted = sorted(set(self._wanted.values()))
        for start in range(0, len(wanted), 1_000):
            part = wanted[start : start + 1_000]
            rows = await database.fetch(
                f"""SELECT id, email FROM person WHERE deactivated_at IS NULL
                AND email IN ({database.placeholders(len(part))})""",
                *part,
            )
            self._managers.update({row["email"]: row["id"] for row in rows})
        for line, address in self._wanted.items():
            if address not in self._managers:
                self.faults.add(line, "manager", address, _("Nobody who works here has this address."))
        rows = await database.fetch(
            "SELECT p.id, p.email FROM person p WHERE p.id IN (SELECT manager_id FROM department)"
        )
        self._emails = {row["id"]: row["email"] for row in rows}
        self._emails.update({i: email for email, i in self._managers.items()})

    async def stored(self, batch: Batch) -> Stored:
        """They are all in memory."""
        return self._stored

    def difference(self, batch: Batch, stored: Stored) -> list[Staged]:
        """New and changed departments."""
        staged = []
        for line, cells in batch:
            target, columns = self._lines[line], dict[str, Any](self._columns(line, cells))
            if self.has("manager"):
                columns["manager_id"] = self._managers.get(self._wanted.get(line, ""))
            before = stored.get(target)
            if before is None:
                for language in ("de", "en"):
                    columns.setdefault(f"code_{language}", initials(columns[f"name_{language}"]))
            new = columns if before is None else changed(columns, before)
            if not new:
                self.counts["same"] += 1
                continue
            shown = [
                (name, self._word(name, before and before[name]), self._word(name, value))
                for name, value in new.items()
            ]
            title = str(columns.get("name_de") or self.places.names.get(target, ""))
            action = Content(target, title, new, shown)
            staged.append(self.put(Staged(0, line, "department", "new" if before is None else "changed", action)))
        return staged

    def _word(self, name: str, value: Any) -> str:
        return self._emails.get(value, "") if name == "manager_id" else str(value or "")

    async def remaining(self) -> AsyncIterator[list[Staged]]:
        """Nothing: departments do not go by a list."""
        yield []
