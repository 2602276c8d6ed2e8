"""Redemptions among the approvals: what a manager needs to decide, and what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from api.approvals.kinds import ApprovalKind
from api.approvals.rules import Rule
from api.approvals.schemas import Case, Fact, Option
from api.core import database
from api.core.clock import now
from api.core.i18n import Language
from api.core.i18n import gettext_later as _
from api.core.money import Euros, euros
from api.core.text import render
from api.people.queries import person_columns
from api.points.ledger import account_id
from api.points.rules import AccountKind
from api.rewards.benefits import Guard, guards, time_zone
from api.rewards.moves import CASE
from api.rewards.rules import OPEN, TaxClass, When, month_after, month_of
from api.rewards.service import approved, cancelled, declined
from api.rewards.words import KINDS, MonthName

FREE_UP_TO = 200
"""Points up to which nobody is asked, unless HR says otherwise."""


async def describe(language: Language, ids: Sequence[str]) -> Mapping[str, Case]:
    """Redemptions as cases, in four statements."""
    if not ids:
        return {}
    rows = await database.fetch(
        f"""SELECT {person_columns("p", "d", language)}, r.id AS redemption_id, r.state, r.points, r.cents, r.tax_class,
            r.note, r.not_before, r.taxed_ok, w.title_{language} AS title, w.kind
        FROM redemption r JOIN reward w ON w.id = r.reward_id JOIN person p ON p.id = r.person_id
        JOIN department d ON d.id = p.department_id WHERE r.id IN ({database.placeholders(len(ids))})""",
        *ids,
    )
    month = month_of(now(), await time_zone())
    people = sorted({row[0] for row in rows})
    found = await guards(people, month)
    accounts = {account_id(AccountKind.EARNED, person_id): person_id for person_id in people}
    balances = {
        accounts[row["id"]]: row["balance"]
        for row in await database.fetch(
            f"SELECT id, balance FROM account WHERE id IN ({database.placeholders(len(accounts) or 1)})",
            *(accounts or [None]),
        )
    }
    return {row["redemption_id"]: _case(row, found[row[0]], balances.get(row[0], 0), month, language) for row in rows}


def _case(row: database.Row, guard: Guard, left: int, month: str, language: Language) -> Case:
    facts = [
        Fact(label=_("Kind").text(language), text=KINDS[row["kind"]].text(language)),
        Fact(
            label=_("Costs").text(language),
            text=_("%(points)s points, paid by %(name)s", points=row["points"], name=row["name"]).text(language),
        ),
        Fact(label=_("Left afterwards").text(language), text=_("%(points)s points", points=left).text(language)),
    ]
    if row["cents"]:
        facts.append(Fact(label=_("Cash value").text(language), text=euros(row["cents"], language)))
    warning, option = "", None
    if row["tax_class"] == TaxClass.BENEFIT and guard.limit is not None and row["state"] in OPEN:
        here = row["not_before"] <= month
        total = guard.had + guard.waiting  # this one is among what waits, if it is for this month
        facts.append(
            Fact(
                label=_("Benefits in kind, %(month)s", month=MonthName(month)).text(language),
                text=_("%(sum)s of %(limit)s", sum=Euros(total), limit=Euros(guard.limit)).text(language),
                tone="bad" if total > guard.limit else "ok",
            )
        )
        later = MonthName(month_after(month))
        if here and total > guard.limit:
            warning = _(
                "This would bring the month to %(sum)s. Above %(limit)s, even by one cent, all of it is taxed.",
                sum=Euros(total),
                limit=Euros(guard.limit),
            ).text(language)
            option = Option(
                code=When.NEXT_MONTH.value,
                label=_("Hand it over in %(month)s instead", month=later).text(language),
                ticked=not row["taxed_ok"],
            )
    if row["not_before"] > month:
        waits = MonthName(row["not_before"])
        facts.append(Fact(label=_("Hand-over").text(language), text=_("in %(month)s", month=waits).text(language)))
    return Case(
        about=_("Reward for %(name)s", name=row["name"]).text(language),
        title=row["title"],
        facts=facts,
        words_html=render(row["note"], {}) if row["note"] else "",
        words_language=language,
        warning=warning,
        option=option,
        reasons=[
            _("That day staffing does not allow it.").text(language),
            _("Let us talk about another reward first.").text(language),
        ],
        url=f"/redemptions/{row['redemption_id']}",
    )


REDEMPTION = ApprovalKind(
    name=CASE,
    title=_("Rewards"),
    unit="points",
    describe=describe,
    on_approved=approved,
    on_declined=declined,
    on_cancelled=cancelled,
    rule=Rule(free_up_to=FREE_UP_TO),
)
