"""A plan taken elsewhere: as CSV, as a workbook, as a calendar."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import icalendar
import msgspec
import xlsxwriter

from api.core import database
from api.core.clock import utc
from api.core.errors import NotFound
from api.core.i18n import Language
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid
from api.people.schemas import name_column

_HEADINGS = (
    *(
        _("Start"),
        _("End"),
        _("Person"),
        _("E-mail"),
        _("From"),
        _("Host department"),
        _("Kind"),
        _("Partners"),
        _("Buddy"),
    ),
    *(_("Pinned"), _("State")),
)
_KINDS = {"swap": _("swap"), "ring": _("ring"), "shadow": _("shadow visit")}
_STATES = {
    "planned": _("planned"),
    "proposed": _("proposed"),
    "accepted": _("accepted"),
    "declined": _("declined"),
    "objected": _("objected to"),
    "done": _("done"),
    "cancelled": _("cancelled"),
}


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A visit as it is taken out; times are local to the house."""

    uid: str
    revision: int
    start: datetime
    end: datetime
    person: str
    email: str
    home: str
    host: str
    place: str
    kind: str
    partners: str
    buddy: str
    pinned: bool
    state: str


async def lines(plan_id: str, language: Language) -> tuple[str, list[Line]]:
    """The programme's name and the plan's visits in the order of time. Raises NotFound."""
    plan = is_uuid(plan_id) and await database.fetch_one(
        """SELECT m.name, m.time_zone FROM plan n JOIN programme m ON m.id = n.programme_id WHERE n.id = {}""", plan_id
    )
    if not plan:
        raise NotFound
    zone = ZoneInfo(plan["time_zone"])
    rows = await database.fetch(
        f"""SELECT v.uid, v.revision, v.starts_at, v.ends_at, v.group_number, v.kind, v.pinned, v.state,
            {name_column("p", language)} AS name, p.email, h.name_{language} AS home, o.name_{language} AS host,
            COALESCE(g.place, '') AS place, COALESCE(b.name, '') AS buddy
        FROM visit v JOIN person p ON p.id = v.person_id JOIN department h ON h.id = v.home_id
        JOIN department o ON o.id = v.host_id LEFT JOIN hosting g ON g.department_id = v.host_id
        LEFT JOIN person b ON b.id = v.buddy_id
        WHERE v.plan_id = {{}} AND v.state NOT IN ('cancelled', 'declined')
        ORDER BY v.starts_at, v.group_number, v.id""",
        plan_id,
    )
    groups: dict[int, list[str]] = {}
    for row in rows:
        groups.setdefault(row["group_number"], []).append(row["name"])
    return plan["name"], [
        Line(
            **{name: row[name] for name in ("uid", "revision", "email", "home", "host", "place", "buddy")},
            start=utc(row["starts_at"]).astimezone(zone),
            end=utc(row["ends_at"]).astimezone(zone),
            person=row["name"],
            kind=_KINDS[row["kind"]].text(language),
            partners=", ".join(name for name in groups[row["group_number"]] if name != row["name"]),
            pinned=bool(row["pinned"]),
            state=_STATES[row["state"]].text(language),
        )
        for row in rows
    ]


def _cells(line: Line, language: Language) -> list[str]:
    texts = [line.start.strftime("%Y-%m-%d %H:%M"), line.end.strftime("%Y-%m-%d %H:%M"), line.person, line.email]
    pinned = _("yes").text(language) if line.pinned else ""
    return [*texts, line.home, line.host, line.kind, line.partners, line.buddy, pinned, line.state]


def _harmless(text: str) -> str:
    """No spreadsheet takes a name for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def as_csv(found: Sequence[Line], language: Language) -> bytes:
    """With a byte order mark, so that spreadsheets read the umlauts."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([heading.text(language) for heading in _HEADINGS])
    writer.writerows([_harmless(cell) for cell in _cells(line, language)] for line in found)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(name: str, found: Sequence[Line], language: Language) -> bytes:
    """A workbook with one sheet, its head standing still, times as times."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(_("Visits").text(language))
        bold = book.add_format({"bold": True})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        book.set_properties({"title": name})
        sheet.write_row(0, 0, [heading.text(language) for heading in _HEADINGS], bold)
        for row, line in enumerate(found, 1):
            sheet.write_datetime(row, 0, line.start, moment)
            sheet.write_datetime(row, 1, line.end, moment)
            sheet.write_row(row, 2, _cells(line, language)[2:])
        sheet.set_column(0, 1, 17)
        sheet.set_column(2, 7, 24)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(found)), len(_HEADINGS) - 1)
    return out.getvalue()


def as_calendar(name: str, found: Sequence[Line], at: int) -> bytes:
    """All visits as events in UTC, which needs no table of time zones."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Gearmesh//rotations//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for line in found:
        event = icalendar.Event()
        event.add("uid", f"{line.uid}@gearmesh")
        event.add("sequence", line.revision)
        event.add("dtstamp", utc(at))
        event.add("dtstart", line.start.astimezone(UTC))
        event.add("dtend", line.end.astimezone(UTC))
        event.add("summary", f"{line.person} → {line.host}")
        event.add("description", "\n".join(part for part in (line.kind, line.partners, line.buddy) if part))
        if line.place:
            event.add("location", line.place)
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
