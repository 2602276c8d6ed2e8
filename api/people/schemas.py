"""People and departments as JSON and pages show them, in the reader's language."""

from __future__ import annotations

import msgspec

from api.core.i18n import LANGUAGES, Language
from api.core.i18n import gettext_later as _


class DepartmentRef(msgspec.Struct, frozen=True):
    """A department in passing: `code` is what its cog shows, `hue` (1 to 14) its colour."""

    id: str
    code: str
    name: str
    hue: int


class PersonRef(msgspec.Struct, frozen=True):
    """A person in passing."""

    id: str
    name: str
    initials: str
    department: DepartmentRef


class PersonOut(msgspec.Struct, frozen=True, kw_only=True):
    """A person with what colleagues may know. `joined_on` is an ISO date or empty. Of who was `erased`
    nothing is known any more but that there was somebody."""

    id: str
    name: str
    given_name: str
    initials: str
    job: str
    department: DepartmentRef
    manager: PersonRef | None
    joined_on: str
    active: bool
    erased: bool


class DepartmentOut(msgspec.Struct, frozen=True, kw_only=True):
    """A department with what it is for and who leads it; `people` counts those who work there. An archived one
    stands in no list; thanks of its time lead to it."""

    id: str
    code: str
    name: str
    hue: int
    purpose: str
    manager: PersonRef | None
    people: int
    archived: bool


class PeopleList(msgspec.Struct, frozen=True):
    """Suggestions, the best first."""

    items: list[PersonRef]


class DepartmentList(msgspec.Struct, frozen=True):
    """All departments, along the patient's way."""

    items: list[DepartmentOut]


FORMER = _("Former colleague")
_FORMER = frozenset(FORMER.text(language) for language in LANGUAGES)


def name_column(alias: str, language: Language) -> str:
    """The SQL for a person's name as readers of this language get it: of who was erased, no name is left."""
    former = FORMER.text(language).replace("'", "''")
    return f"CASE WHEN {alias}.erased_at IS NULL THEN {alias}.name ELSE '{former}' END"


def initials(name: str) -> str:
    """Two letters for a disc: of the first and the last name, one if there is only one, a dash for nobody's."""
    if name in _FORMER:
        return "–"
    parts = [part for part in name.split() if part[0].isalpha()]
    if not parts:
        return "?"
    return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()
