"""The German ledger of benefits in kind: what reached a person in a month, in cents, counted at hand-over.

The limit is a cliff: one cent above it, all of the month's benefits are wages. So nothing goes above it unless the
person wants it so, or HR says so; the month's sum is one row that whoever hands over changes first.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from api.core import database
from api.core.clock import now
from api.core.errors import Conflict
from api.core.i18n import gettext_later as _
from api.core.ids import uuid7
from api.core.money import Euros
from api.rewards.places import COUNTRY
from api.rewards.rules import TaxClass, over_by, read_tax_rules


class Guard(msgspec.Struct, frozen=True, kw_only=True):
    """Where a person stands in a month, in cents. `limit` is None where nothing is guarded; `had` was handed over,
    `waiting` is ordered and comes this month too."""

    month: str
    country: str
    limit: int | None
    had: int
    waiting: int

    def over(self, cents: int) -> int:
        """By how much the month's limit is broken with these `cents`, and all that waits, on top: 0 if it holds."""
        return over_by(self.limit, self.had + self.waiting, cents)


class OverLimit(Conflict):
    """Handing this over now would break the month's limit."""

    code = "over_tax_limit"

    def __init__(self, guard: Guard, cents: int) -> None:
        super().__init__(
            _(
                "With this, the month's benefits in kind come to %(sum)s; above %(limit)s all of them are taxed."
                " Let it wait for next month, or say that it is to be taxed.",
                sum=Euros(guard.had + cents),
                limit=Euros(guard.limit or 0),
            )
        )


async def time_zone() -> str:
    """The organisation's: months and days go by its clocks."""
    row = await database.fetch_one("SELECT time_zone FROM organisation")
    return str(row["time_zone"]) if row else "UTC"


async def guards(people: Collection[str], month: str, *, without: str | None = None) -> dict[str, Guard]:
    """Where these people stand in a month, in one statement. `without` is a redemption that does not count."""
    if not people:
        return {}
    rows = await database.fetch(
        f"""SELECT p.id, {COUNTRY} AS country, s.tax_rules, COALESCE(m.cents, 0) AS had,
            (SELECT COALESCE(SUM(r.cents), 0) FROM redemption r WHERE r.person_id = p.id
                AND r.state IN ('requested', 'approved') AND r.tax_class = 'benefit' AND r.not_before <= {{}}
                AND r.id <> {{}}) AS waiting
        FROM person p JOIN department d ON d.id = p.department_id CROSS JOIN reward_settings s
        LEFT JOIN benefit_month m ON m.person_id = p.id AND m.month = {{}}
        WHERE p.id IN ({database.placeholders(len(people))})""",
        *(month, without or "00000000-0000-0000-0000-000000000000", month, *sorted(people)),
    )
    return {
        row["id"]: Guard(
            month=month,
            country=row["country"],
            limit=read_tax_rules(row["tax_rules"]).get(row["country"]),
            had=int(row["had"]),
            waiting=int(row["waiting"]),
        )
        for row in rows
    }


async def enter(*, redemption_id: str, person_id: str, cents: int, tax_class: str, month: str, taxed: bool) -> None:
    """Write down at hand-over what reaches a person. Part of a transaction. Raises OverLimit unless `taxed`."""
    if not cents:
        return
    guard = (await guards([person_id], month))[person_id]
    limit = guard.limit if tax_class == TaxClass.BENEFIT else None
    if limit is not None:
        await database.execute(
            "INSERT INTO benefit_month (person_id, month, cents) VALUES ({}, {}, 0) ON CONFLICT DO NOTHING",
            *(person_id, month),
        )
        # Two hand-overs at once wait here for each other; the second one sees the first one's sum.
        within = "" if taxed else "AND cents + {} <= {}"
        done = await database.fetch(
            f"""UPDATE benefit_month SET cents = cents + {{}} WHERE person_id = {{}} AND month = {{}} {within}
            RETURNING cents""",
            *(cents, person_id, month),
            *(() if taxed else (cents, limit)),
        )
        if not done:
            present = (await guards([person_id], month))[person_id]
            raise OverLimit(present, cents)
    await _insert(redemption_id, person_id, month, cents, tax_class, guard.country, limit)


async def take_back(redemption_id: str) -> None:
    """What was entered for a redemption is entered with the opposite sign, in the same month. Part of a transaction."""
    rows = await database.fetch("SELECT * FROM benefit WHERE redemption_id = {}", redemption_id)
    if not rows or sum(row["cents"] for row in rows) == 0:
        return
    row = rows[0]
    if row["limit_cents"] is not None:
        await database.execute(
            "UPDATE benefit_month SET cents = cents - {} WHERE person_id = {} AND month = {}",
            *(row["cents"], row["person_id"], row["month"]),
        )
    await _insert(
        *(redemption_id, row["person_id"], row["month"], -row["cents"], row["tax_class"], row["country"]),
        limit=row["limit_cents"],
    )


async def _insert(
    redemption_id: str, person_id: str, month: str, cents: int, tax_class: str, country: str, limit: int | None
) -> None:
    at = now()
    await database.execute(
        """INSERT INTO benefit (id, person_id, month, redemption_id, cents, tax_class, country, limit_cents, at)
        VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {})""",
        *(uuid7(at), person_id, month, redemption_id, cents, tax_class, country, limit, at),
    )
