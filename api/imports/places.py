"""Departments by whatever a list calls them."""

from __future__ import annotations

from difflib import get_close_matches

from api.core import database
from api.core.i18n import Message
from api.core.i18n import gettext_later as _
from api.core.ids import uuid7
from api.imports.rules import plain

_ALIKE = 0.75
_FEW = 300
"""New departments that are looked at for slips of the pen; a list with more brings a whole house."""


class Places:
    """All departments: found by name in either language, or by a code that only one has."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self._ids: dict[str, set[str]] = {}
        self._codes: dict[str, set[str]] = {}
        self._archived: set[str] = set()
        self.new: dict[str, tuple[str, str, int]] = {}
        """Those that a list brings along: by folded name, (id, name, row)."""
        self._spelled: dict[str, str] = {}
        self._similar: dict[str, str] = {}

    async def load(self) -> None:
        """Read them all; there are hundreds at most."""
        house = await database.fetch_one("SELECT language FROM organisation")
        german = house is not None and house["language"] == "de"
        rows = await database.fetch("SELECT id, name_de, name_en, code_de, code_en, archived_at FROM department")
        for row in rows:
            self.names[row["id"]] = row["name_de"] if german else row["name_en"]
            for name in (row["name_de"], row["name_en"]):
                self._ids.setdefault(plain(name), set()).add(row["id"])
                if row["archived_at"] is None:
                    self._spelled[plain(name)] = name
            if row["archived_at"] is not None:
                self._archived.add(row["id"])
            for code in (row["code_de"], row["code_en"]):
                self._codes.setdefault(plain(code), set()).add(row["id"])

    def find(self, name: str) -> str | Message | None:
        """The id of the department that `name` means, a sentence if several could be meant, None if none is."""
        key = plain(name)
        found = self._ids.get(key) or self._codes.get(key)
        if not found:
            return self.new[key][0] if key in self.new else None
        if len(found) > 1:
            return _("Several departments are called “%(name)s”. Use a name that only one has.", name=name)
        if found <= self._archived:
            return _("The department “%(name)s” is archived. Bring it back first.", name=name)
        return next(iter(found))

    def remark(self, name: str) -> Message | None:
        """What to say of a department that the list brings along, None of one that is here."""
        key = plain(name)
        if key not in self.new:
            return None
        if key not in self._similar:
            self._similar[key] = self._alike(key) if len(self.new) <= _FEW else ""
        if similar := self._similar[key]:
            return _("“%(name)s” is a new department. Did you mean “%(similar)s”?", name=name, similar=similar)
        return _("“%(name)s” is a new department.", name=name)

    def _alike(self, key: str) -> str:
        """A department that is here and spelled much like this one; "Station 3" is none for "Station 4"."""
        figures = [sign for sign in key if sign.isdigit()]
        there = [known for known in self._spelled if [sign for sign in known if sign.isdigit()] == figures]
        found = get_close_matches(key, there, n=1, cutoff=_ALIKE)
        return self._spelled[found[0]] if found else ""

    def add(self, name: str, line: int) -> str:
        """A department that is not there yet, to be made; returns its id."""
        department_id = uuid7()
        self.new[plain(name)] = (department_id, name, line)
        self.names[department_id] = name
        return department_id
