"""What payroll needs of a month: each person's sums, and the list behind them as CSV. Who takes it is written down."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Sequence
from typing import Any

import arrow

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now, utc
from api.core.events import record_event
from api.core.i18n import Language, Message
from api.core.i18n import gettext_later as _
from api.core.ids import uuid7
from api.core.pages import PAGE, read_named
from api.imports.cells import guard
from api.people.queries import person_columns, person_ref
from api.rewards.benefits import time_zone
from api.rewards.rules import TaxClass, check_month
from api.rewards.schemas import ExportList, ExportOut, PayrollLine, PayrollMonth
from api.rewards.words import KINDS, TAX_CLASSES

_PEOPLE_AT_ONCE = 500
_BOM = "\ufeff"
_HEADINGS = (
    *(_("Month"), _("Gearmesh ID"), _("E-mail"), _("Name"), _("Department"), _("Cost centre"), _("Country")),
    *(_("Handed over on"), _("Reward"), _("Kind"), _("Payroll"), _("Amount in euros")),
    *(_("Benefits in kind of the month"), _("Monthly limit"), _("Limit broken"), _("To be taxed")),
)
_YES, _NO = _("yes"), _("no")

_SUMS = """SELECT b.person_id, COALESCE(SUM(CASE WHEN b.limit_cents IS NOT NULL THEN b.cents ELSE 0 END), 0) AS counted,
        COALESCE(SUM(CASE WHEN b.limit_cents IS NULL AND b.tax_class <> 'exempt' THEN b.cents ELSE 0 END), 0) AS always,
        COALESCE(SUM(CASE WHEN b.tax_class = 'exempt' THEN b.cents ELSE 0 END), 0) AS exempt,
        MAX(b.limit_cents) AS limit_cents, MAX(b.country) AS country
    FROM benefit b WHERE b.month = {}"""


async def payroll_month(language: Language, month: str, *, after: str | None = None, limit: int = PAGE) -> PayrollMonth:
    """A month's people by name with their sums. Raises Invalid for a month or page marker that is none."""
    check_month(month)
    condition, arguments = ("WHERE (p.search, p.id) > ({}, {})", read_named(after)) if after else ("", ())
    rows = await database.fetch(
        f"""SELECT {person_columns("p", "d", language)}, p.search, d.cost_centre, m.counted, m.always, m.exempt,
            m.limit_cents, m.country
        FROM ({_SUMS} GROUP BY b.person_id) m JOIN person p ON p.id = m.person_id
        JOIN department d ON d.id = p.department_id {condition} ORDER BY p.search, p.id LIMIT {{}}""",
        *(month, *arguments, limit + 1),
    )
    items = []
    for row in rows[:limit]:
        most = row["limit_cents"]
        counted, always = int(row["counted"]), int(row["always"])
        over = most is not None and counted > most
        items.append(
            PayrollLine(
                person=person_ref(row),
                cost_centre=row["cost_centre"],
                country=row["country"],
                limit=most,
                counted=counted,
                always=always,
                exempt=int(row["exempt"]),
                over=over,
                taxed=always + (counted if over else 0),
            )
        )
    last = rows[limit - 1] if len(rows) > limit else None
    return PayrollMonth(month=month, items=items, next=f"{last[0]}~{last['search']}" if last else None)


@database.transaction
async def begin_export(*, actor: Actor, month: str) -> None:
    """Write down who takes the list of a month. Raises Invalid."""
    check_month(month)
    row = await database.fetch_one("SELECT COUNT(*) AS n FROM benefit WHERE month = {}", month)
    await database.execute(
        "INSERT INTO payroll_export (id, month, actor_id, rows, at) VALUES ({}, {}, {}, {}, {})",
        *(uuid7(), month, actor.id, row["n"] if row else 0, now()),
    )
    await record_event("payroll.exported", actor_id=actor.id, detail=month)


async def exports(language: Language, *, limit: int = 10) -> ExportList:
    """Who took which list, the latest first."""
    rows = await database.fetch(
        f"""SELECT {person_columns("p", "d", language)}, x.month, x.rows, x.at FROM payroll_export x
        JOIN person p ON p.id = x.actor_id JOIN department d ON d.id = p.department_id ORDER BY x.id DESC LIMIT {{}}""",
        limit,
    )
    return ExportList([ExportOut(row["month"], person_ref(row), row["rows"], utc(row["at"])) for row in rows])


async def export(language: Language, month: str) -> AsyncIterator[bytes]:
    """The list as CSV (UTF-8), a piece at a time, as spreadsheets of this language read it.

    Texts that a spreadsheet would calculate get an apostrophe; amounts are ours and stay numbers, minus included.
    """
    zone = await time_zone()
    yield _BOM.encode() + _lines(language, [[heading.text(language) for heading in _HEADINGS]])
    last = ""
    while True:
        people = await database.fetch(
            f"{_SUMS} {'AND b.person_id > {}' if last else ''} GROUP BY b.person_id ORDER BY b.person_id LIMIT {{}}",
            *(month, *([last] if last else []), _PEOPLE_AT_ONCE),
        )
        if not people:
            return
        sums = {row["person_id"]: row for row in people}
        rows = await database.fetch(
            f"""SELECT p.id, p.email, CASE WHEN p.erased_at IS NULL THEN p.name ELSE '' END AS name,
                d.name_{language} AS department, d.cost_centre, b.country, b.at, w.title_{language} AS title, w.kind,
                b.tax_class, b.cents, b.limit_cents
            FROM benefit b JOIN person p ON p.id = b.person_id JOIN redemption r ON r.id = b.redemption_id
            JOIN department d ON d.id = r.department_id JOIN reward w ON w.id = r.reward_id
            WHERE b.month = {{}} AND b.person_id IN ({database.placeholders(len(people))})
            ORDER BY b.person_id, b.id""",
            *(month, *sums),
        )
        yield _lines(language, [_line(row, sums[row["id"]], month, zone, language) for row in rows])
        if len(people) < _PEOPLE_AT_ONCE:
            return
        last = people[-1]["person_id"]


def _line(row: database.Row, sums: database.Row, month: str, zone: str, language: Language) -> list[str]:
    # One limit holds for the whole month, also if HR has changed it in between.
    counted, limit = int(sums["counted"]), None if row["limit_cents"] is None else sums["limit_cents"]
    over = limit is not None and counted > limit
    taxed = row["cents"] if over or (limit is None and row["tax_class"] != TaxClass.EXEMPT) else 0
    day = arrow.get(utc(row["at"])).to(zone).date().isoformat()

    def words(message: Message) -> str:
        return message.text(language)

    return [
        *(month, row["id"], *(guard(row[name]) for name in ("email", "name", "department", "cost_centre"))),
        *(row["country"], day, guard(row["title"]), words(KINDS[row["kind"]]), words(TAX_CLASSES[row["tax_class"]])),
        *(_amount(row["cents"], language), _amount(counted, language)),
        "" if limit is None else _amount(limit, language),
        *(words(_YES if over else _NO), _amount(taxed, language)),
    ]


def _amount(cents: int, language: Language) -> str:
    sign, whole = "-" if cents < 0 else "", abs(cents)
    return f"{sign}{whole // 100}{',' if language == 'de' else '.'}{whole % 100:02d}"


def _lines(language: Language, rows: Sequence[Sequence[Any]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";" if language == "de" else ",", lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()
