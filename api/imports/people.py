"""Lists of people: who is new, who has changed, who leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Mapping
from sys import intern
from typing import Any

import msgspec

from api.core import database
from api.core.clock import now, utc
from api.core.errors import Invalid
from api.core.i18n import Message
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid, uuid7
from api.core.text import search_name
from api.imports import cells as read
from api.imports.graph import circles, depths
from api.imports.places import Places
from api.imports.rules import STEP
from api.imports.sheet import Batch, Cells, Frame, Sheet, Stored, changed
from api.imports.staging import Content, Staged

DEPARTMENTS, NEW, CHANGED, LEAVING = 0, 1_000, 1_000_000, 2_000_000
"""Phases: departments first; then who is new, each level of managers (NEW + depth) before those they lead."""

_KEPT = "id, email, search, manager_id, deactivated_at"
_COMPARED = (
    "id, email, name, given_name, search, job_de, job_en, department_id, manager_id, joined_on, language, time_zone,"
    " deactivated_at"
)
_UNCLEAR = ""


class Row(msgspec.Struct, gc=False):
    """What rows must know of each other."""

    line: int
    manager: str
    department: str
    named: bool
    leaves: bool


class PeopleSheet(Sheet):
    """People, known by their address, or by their Gearmesh ID where the list has it."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.places = Places()
        self._rows: dict[str, Row] = {}
        self._given_ids: dict[str, str] = {}
        self._named: dict[str, str] = {}
        self._targets: dict[str, str] = {}
        self._stored: dict[str, str] = {}
        self._address: dict[str, str] = {}
        self._active: set[str] = set()
        self._leads: dict[str, str] = {}
        self._stored_names: dict[str, str] = {}
        self._here: set[str] = set()
        self._gone: set[str] = set()
        self._new_addresses: dict[str, str] = {}
        self._depths: dict[str, int] = {}
        self._today = utc(now()).date().isoformat()

    async def prepare(self) -> None:
        """Read who is here: addresses, names and managers, a thousand at a time."""
        await self.places.load()
        last = ""
        while True:
            where = "WHERE id > {}" if last else ""
            rows = await database.fetch(
                f"SELECT {_KEPT} FROM person {where} ORDER BY id LIMIT 1000", *([last] * bool(last))
            )
            for row in rows:
                # Interned: of 100,000 people the same texts come from the table, the list and as managers.
                last, address = intern(row["id"]), intern(row["email"])
                self._stored[address] = last
                self._address[last] = address
                if row["deactivated_at"] is None:
                    self._active.add(last)
                    if self.has("manager"):
                        self._stored_names[row["search"]] = _UNCLEAR if row["search"] in self._stored_names else last
                    if row["manager_id"]:
                        self._leads[last] = intern(row["manager_id"])
            if len(rows) < 1_000:
                return

    def read(self, batch: Batch) -> None:
        """Look at rows by themselves."""
        for line, cells in batch:
            address = intern(self.value(line, cells, "email", read.address_of, ""))
            name, _given = self._name(line, cells)
            for field in ("job_de", "job_en"):
                self.line(line, cells, field)
            self.value(line, cells, "joined_on", read.day_of, "")
            self.value(line, cells, "language", read.language_of, "")
            self.value(line, cells, "time_zone", read.zone_of, "")
            row = Row(
                line,
                intern(self.line(line, cells, "manager")),
                intern(self.line(line, cells, "department")),
                bool(name),
                self._leaves(line, cells),
            )
            if not address:
                continue
            if address in self._rows:
                other = self._rows[address].line
                self.faults.add(line, "email", address, _("This address stands in row %(row)s already.", row=other))
                continue
            self._rows[address] = row
            if name and not row.leaves and self.has("manager"):
                folded = search_name(name)
                self._named[folded] = _UNCLEAR if folded in self._named else address
            if given_id := self.line(line, cells, "id"):
                self._given_ids[address] = given_id

    def _leaves(self, line: int, cells: Cells) -> bool:
        day = self.value(line, cells, "left_on", read.day_of, "")
        return bool(day) and day <= self._today

    def _name(self, line: int, cells: Cells) -> tuple[str, str]:
        """Full and given name; the latter is empty where the list has no column for it."""
        given, family = self.line(line, cells, "given_name"), self.line(line, cells, "family_name")
        name = self.line(line, cells, "name")
        last, comma, first = name.partition(", ")
        if comma and last and first and "," not in first:  # "Weber, Jonas", as lists are sorted
            name = f"{first} {last}"
        return name or f"{given} {family}".strip(), given

    def conclude(self) -> None:
        """Find everybody's row in the table, then managers, departments and who leaves."""
        twice = {given for given, times in Counter(self._given_ids.values()).items() if times > 1}
        for address, row in self._rows.items():
            self._targets[address] = self._target(address, row, twice)
        self._here = {self._targets[address] for address, row in self._rows.items() if not row.leaves}
        gone = {self._targets[address] for address, row in self._rows.items() if row.leaves} & self._active
        if self.frame.complete:
            gone |= self._active - self._here
        self._gone = gone
        self._find_departments()
        self._find_managers()
        if not self.faults.count:  # a circle of managers has no depth, and what is faulty is not compared
            self._depths = depths([i for i in self._here if i not in self._address], self._leads)
        self.counts["active"] = len(self._active)

    def _target(self, address: str, row: Row, twice: set[str]) -> str:
        by_address = self._stored.get(address)
        given = self._given_ids.get(address)
        if given is None:
            if by_address is None and not row.leaves and not row.named:
                self.need(row.line, "name", "")
            return by_address or uuid7()
        if not is_uuid(given) or given not in self._address:
            self.faults.add(row.line, "id", given, _("Nobody has this ID. Leave it empty for somebody new."))
        elif by_address not in (None, given):
            self.faults.add(row.line, "email", address, _("Somebody else has this address."))
        elif given in twice:
            self.faults.add(row.line, "id", given, _("Another row has this ID, too."))
        return given

    def _find_departments(self) -> None:
        known: dict[str, str | Message | None] = {}
        for row in self._rows.values():
            if not row.department:
                if not row.leaves:
                    self.need(row.line, "department", "")
                continue
            found = known.get(row.department)
            if found is None:
                found = self.places.find(row.department)
                if found is None and not row.leaves:
                    found = self.places.add(row.department, row.line)
                known[row.department] = found
            if isinstance(found, Message):
                self.faults.add(row.line, "department", row.department, found)

    def _find_managers(self) -> None:
        for person in self._gone:
            self._leads.pop(person, None)
        lines: dict[str, tuple[int, str]] = {}
        for address, row in self._rows.items():
            person = self._targets[address]
            if row.leaves or not self.has("manager"):
                continue
            lines[person] = (row.line, row.manager)
            self._leads.pop(person, None)
            if row.manager:
                found = self._manager(row.manager)
                if isinstance(found, Message):
                    self.faults.add(row.line, "manager", row.manager, found)
                elif found == person:
                    self.faults.add(row.line, "manager", row.manager, _("Nobody leads themselves."))
                else:
                    self._leads[person] = found
        for circle in circles(self._leads):
            names = " → ".join(self._address_of(person) for person in [*circle[:5], circle[0]])
            for person in circle:
                if person in lines:
                    sentence = _("These lead each other in a circle: %(names)s.", names=names)
                    self.faults.add(lines[person][0], "manager", lines[person][1], sentence)

    def _manager(self, text: str) -> str | Message:
        address = text.lower()
        if "@" in text:
            person = self._targets.get(address) or self._stored.get(address)
        else:
            folded = search_name(text.partition(", ")[2] + " " + text.partition(", ")[0])
            person = self._named.get(folded)
            person = self._targets[person] if person else person
            person = self._stored_names.get(folded) if person is None else person
            if person == _UNCLEAR:
                return _("Several people have this name. Write the manager’s e-mail address.")
        if person in self._gone:
            return _("This person leaves, by the same list.")
        if person is None or (person not in self._active and person not in self._here):
            return _("Nobody on the list or in Gearmesh is found by this. Check the e-mail address.")
        return person

    def _address_of(self, person: str) -> str:
        if person not in self._address and not self._new_addresses:
            self._new_addresses = {i: address for address, i in self._targets.items() if i not in self._address}
        return self._address.get(person) or self._new_addresses.get(person, "")

    async def settle(self) -> None:
        """Somebody must remain who can mend a wrong list."""
        if self.frame.uploader in self._gone:
            raise Invalid.field(
                "file",
                _("By this list you would leave yourself. Add your own row, or do not mark the list as complete."),
            )
        rows = await database.fetch(
            "SELECT id FROM person WHERE deactivated_at IS NULL AND ' ' || roles || ' ' LIKE '% admin %'"
        )
        admins = {row["id"] for row in rows}
        if admins and not admins - self._gone:
            raise Invalid.field("file", _("By this list the last administrator would leave. Keep at least one."))

    async def stored(self, batch: Batch) -> Stored:
        """People as they are stored, by id."""
        known = [self._targets[address] for _line, _cells, address in self._addressed(batch)]
        rows = await database.fetch(
            f"SELECT {_COMPARED} FROM person WHERE id IN ({database.placeholders(len(known))})", *known
        )
        return {row["id"]: dict(row) for row in rows}

    def _addressed(self, batch: Batch) -> list[tuple[int, Cells, str]]:
        return [(line, cells, read.address_of(self.raw(cells, "email"))) for line, cells in batch]

    def difference(self, batch: Batch, stored: Stored) -> list[Staged]:
        """Who of these rows is new, who has changed."""
        staged: list[Staged] = []
        for line, cells, address in self._addressed(batch):
            row, person = self._rows[address], self._targets[address]
            before = stored.get(person)
            if row.leaves:
                self.counts["same"] += before is None or before["deactivated_at"] is not None
                continue
            columns = self._columns(line, cells, address, before)
            if before is None:
                content = Content(
                    person, columns["name"], columns, self._show(columns, None), self.places.remark(row.department)
                )
                staged.append(self.put(Staged(NEW + self._depths[person], line, "person", "new", content)))
                continue
            new = changed(columns, before)
            if before["deactivated_at"] is not None:
                new["deactivated_at"] = None
                self.counts["returning"] += 1
            if not new:
                self.counts["same"] += 1
                continue
            name = str(columns.get("name") or before["name"])
            shown, remark = self._show(new, before), self.places.remark(row.department)
            content = Content(person, name, new, shown, remark)
            staged.append(self.put(Staged(CHANGED, line, "person", "changed", content)))
        return staged

    def _columns(self, line: int, cells: Cells, address: str, before: Mapping[str, Any] | None) -> dict[str, Any]:
        """What the list says of a person; of somebody new whatever the table needs."""
        row = self._rows[address]
        columns: dict[str, Any] = {"email": address}
        name, given = self._name(line, cells)
        if name or before is None:
            columns["name"] = name
            if before is None or before["name"] != name:
                columns["search"] = search_name(name)
        if given:
            columns["given_name"] = given
        elif before is None or columns.get("name", before["name"]) != before["name"]:
            columns["given_name"] = _given_name(columns["name"])
        found = self.places.find(row.department)
        columns["department_id"] = found if isinstance(found, str) else ""
        if self.has("manager"):
            columns["manager_id"] = self._leads.get(self._targets[address])
        for field in ("job_de", "job_en"):
            if self.has(field):
                columns[field] = self.line(line, cells, field)
        for field, meaning in (("joined_on", read.day_of), ("language", read.language_of), ("time_zone", read.zone_of)):
            if self.has(field):
                columns[field] = self.value(line, cells, field, meaning, "")
        return columns

    def _show(self, columns: dict[str, Any], before: Mapping[str, Any] | None) -> list[tuple[str, str, str]]:
        shown = [
            name
            for name in columns
            if name != "search" and (before is not None or (name not in ("name", "given_name") and columns[name]))
        ]
        return [(name, self._word(name, before and before[name]), self._word(name, columns[name])) for name in shown]

    def _word(self, name: str, value: Any) -> str:
        if name == "department_id":
            return self.places.names.get(value, "")
        if name == "manager_id":
            return self._address_of(value) if value else ""
        if name == "deactivated_at":
            return utc(value).date().isoformat() if value else ""
        return str(value or "")

    async def remaining(self) -> AsyncIterator[list[Staged]]:
        """Departments that the list brings along, and who leaves."""
        made = [
            Staged(
                *(DEPARTMENTS, number, "department", "new"),
                Content(i, name, {"name_de": name, "name_en": name}, reason=self.places.remark(name)),
            )
            for number, (i, name, _row) in enumerate(self.places.new.values(), start=1)
        ]
        yield [self.put(staged, count_as="departments") for staged in made]
        leaving = sorted(self._gone)
        for start in range(0, len(leaving), STEP):
            part = leaving[start : start + STEP]
            rows = await database.fetch(
                f"SELECT id, name, email FROM person WHERE id IN ({database.placeholders(len(part))})", *part
            )
            yield [
                self.put(
                    Staged(
                        *(LEAVING, start + number, "person", "leaving"),
                        Content(row["id"], row["name"], show=[("email", row["email"], "")]),
                    )
                )
                for number, row in enumerate(rows, start=1)
            ]


def _given_name(name: str) -> str:
    """The first of the names, titles aside: "Dr. Anna Berg" is Anna."""
    parts = name.split()
    return next((part for part in parts if not part.endswith(".")), parts[0])
