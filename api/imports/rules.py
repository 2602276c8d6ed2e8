"""What a list may hold: its kinds, its columns and what these are called elsewhere, how large it may be."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final, Literal

import msgspec

from api.core.clock import MINUTE
from api.core.i18n import Message
from api.core.i18n import gettext_later as _
from api.core.text import words

Kind = Literal["people", "departments", "dependencies", "history", "bonusly"]
KINDS: Final[tuple[Kind, ...]] = ("people", "departments", "dependencies", "history", "bonusly")
Thing = Literal["department", "person", "dependency", "kudos"]
Action = Literal["new", "changed", "leaving", "left_out"]
State = Literal[
    "uploading", "mapping", "checking", "fetching", "paused", "checked", "applying", "done", "failed", "cancelled"
]

BUSY: Final = frozenset({"uploading", "checking", "fetching", "applying"})
OVER: Final = frozenset({"done", "failed", "cancelled"})
CANCELLABLE: Final = frozenset({"mapping", "checking", "fetching", "paused", "checked"})

LARGEST_FILE = 64 * 1024 * 1024
LARGEST_LINE = 64 * 1024
"""Bytes between two line ends: no row of such a list is longer, but a file of another kind may be one line."""
MOST_ROWS = 200_000
MOST_LINES = 4 * MOST_ROWS
"""A row may have several lines; beyond this a file is not even read."""
MOST_COLUMNS = 100
MOST_FAULTS = 1_000
"""Errors that are kept and shown; beyond them only their number is."""

SILENT = 2 * MINUTE
"""A fetch without a sign of life for so long has ended with its process, and is paused."""

STEP = 500
"""Rows that are read and compared at a time."""

APPLIED_STEP = 100
"""Rows to a transaction that carries them out: a thank-you that is sent meanwhile waits for one of these at most."""


class Field(msgspec.Struct, frozen=True):
    """A column that we know. `known_as` are folded names of it elsewhere; `longest` in characters."""

    name: str
    label: Message
    known_as: frozenset[str]
    required: bool = False
    longest: int = 120


def plain(text: str) -> str:
    """A heading or a name for comparing: folded letters and digits only ("Vorgesetzte/r" is "vorgesetzter")."""
    return "".join(words(text))


def _field(name: str, label: Message, known_as: str, *, required: bool = False, longest: int = 120) -> Field:
    names = frozenset({plain(name), *map(plain, known_as.split(", "))})
    return Field(name, label, names, required, longest)


_ID = _field("id", _("Gearmesh ID"), "gearmesh id, gearmesh-id, id")

FIELDS: Final[Mapping[str, tuple[Field, ...]]] = {
    "people": (
        _ID,
        _field(
            "email",
            _("E-mail"),
            "e-mail, email, e-mail address, mail, e-mail-adresse, mailadresse, emailadresse, work email, login, upn",
            required=True,
            longest=254,
        ),
        _field("name", _("Name"), "name, full name, display name, vollständiger name, anzeigename, mitarbeiter"),
        _field("given_name", _("Given name"), "given name, first name, vorname, rufname, firstname"),
        _field("family_name", _("Family name"), "family name, last name, surname, nachname, familienname, lastname"),
        _field(
            "department",
            _("Department"),
            "department, abteilung, bereich, station, team, organisationseinheit, org unit, orgeinheit, unit, dept",
            required=True,
        ),
        _field(
            "manager",
            _("Manager"),
            "manager, vorgesetzte/r, vorgesetzter, vorgesetzte, führungskraft, supervisor, reports to, manager email,"
            " teamleitung, leitung, vorgesetzte person, line manager",
            longest=254,
        ),
        _field("job_de", _("Job (German)"), "stelle, position, funktion, tätigkeit, beruf, stellenbezeichnung"),
        _field("job_en", _("Job (English)"), "job, job title, title, role, occupation"),
        _field("joined_on", _("Joined"), "joined, joined on, eintritt, eintrittsdatum, hire date, start date, beginn"),
        _field("left_on", _("Left"), "left, left on, austritt, austrittsdatum, end date, leaving date"),
        _field("language", _("Language"), "language, sprache, lang, preferred language"),
        _field("time_zone", _("Time zone"), "time zone, timezone, zeitzone"),
    ),
    "departments": (
        _ID,
        _field("name", _("Name"), "name, department, abteilung, bereich, bezeichnung, station, org unit"),
        _field("name_de", _("Name (German)"), "name german, name deutsch, name (de), german name"),
        _field("name_en", _("Name (English)"), "name english, name englisch, name (en), english name"),
        _field("code", _("Code"), "code, kürzel, kurzzeichen, abkürzung, short name", longest=4),
        _field("code_de", _("Code (German)"), "code german, kürzel deutsch, code (de)", longest=4),
        _field("code_en", _("Code (English)"), "code english, kürzel englisch, code (en)", longest=4),
        _field("purpose_de", _("Purpose (German)"), "purpose german, zweck, aufgabe, wofür, zweck (de)", longest=300),
        _field("purpose_en", _("Purpose (English)"), "purpose, purpose english, zweck (en), mission", longest=300),
        _field("manager", _("Manager"), "manager, leitung, abteilungsleitung, head, vorgesetzte/r", longest=254),
        _field("cost_centre", _("Cost centre"), "cost centre, cost center, kostenstelle, kst", longest=40),
    ),
    "dependencies": (
        _field("provider", _("Provider"), "provider, lieferant, liefert, anbieter, von, from, supplier", required=True),
        _field("customer", _("Customer"), "customer, kunde, abnehmer, empfänger, an, to, recipient", required=True),
        _field("handover", _("Handed over"), "handover, hand-over, übergabe, was, what, leistung", longest=160),
        _field("handover_de", _("Handed over (German)"), "handover german, übergabe deutsch", longest=160),
        _field("handover_en", _("Handed over (English)"), "handover english, übergabe englisch", longest=160),
        _field("weight", _("Weight 1 to 5"), "weight, gewicht, bedeutung, importance, wichtigkeit"),
        _field("error_cost", _("Cost of an error"), "cost of an error, error cost, fehlerkosten, kosten eines fehlers"),
        _field("error_note_de", _("Note (German)"), "note german, hinweis, fehlerfolge, bemerkung", longest=300),
        _field("error_note_en", _("Note (English)"), "note, note english, comment, remark", longest=300),
    ),
    "history": (
        _field("external_id", _("ID there"), "id, external id, kudos id, recognition id, nummer"),
        _field(
            "giver",
            _("Giver (e-mail)"),
            "giver, from, sender, von, absender, geber, given by, giver email, from email, sender email",
            required=True,
        ),
        _field(
            "recipients",
            _("Recipients (e-mail)"),
            "recipients, recipient, receiver, receivers, to, an, empfänger, receiver email, to email, recipient email",
            required=True,
            longest=10_000,
        ),
        _field("message", _("Message"), "message, reason, text, nachricht, grund, dank", required=True, longest=4_000),
        _field("value", _("Value"), "value, values, wert, werte, hashtag, hashtags, core value", longest=300),
        _field(
            "time", _("Time"), "time, date, created at, created, zeit, datum, zeitpunkt, timestamp", required=True
        ),
    ),
}  # fmt: skip


def guess_mapping(kind: str, headings: Sequence[str]) -> dict[str, int]:
    """Which column (from 0) seems to hold which field: by its whole name first, then by how it begins."""
    found: dict[str, int] = {}
    names = [plain(heading) for heading in headings]
    for whole in (True, False):
        for field in FIELDS[kind]:
            if field.name in found:
                continue
            for index, name in enumerate(names):
                same = (
                    name in field.known_as if whole else any(len(k) > 3 and name.startswith(k) for k in field.known_as)
                )
                if name and same and index not in found.values():
                    found[field.name] = index
                    break
    return found


def guess_kind(headings: Sequence[str]) -> Kind:
    """What a list with these headings seems to be: the kind with most of its required columns and the fewest spare."""
    ranked: list[tuple[float, int, Kind]] = []
    for order, kind in enumerate(("dependencies", "history", "people", "departments")):
        required = {field.name for field in FIELDS[kind] if field.required}
        found = guess_mapping(kind, headings)
        complete = not required - set(found) and (
            kind != "departments" or bool(set(found) & {"name", "name_de", "name_en"})
        )
        ranked.append((len(found) if complete else -1, -order, kind))  # type: ignore[arg-type]
    return max(ranked)[2]


def guarded(leaving: int, active: int) -> bool:
    """Whether so many leaving at once smells of a mistake: more than a fifth, which must be typed to be believed."""
    return leaving > math.floor(active / 5)
