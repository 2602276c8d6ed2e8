"""A proposed award as a case for approval: all that is needed to decide, the budget drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from babel.numbers import format_decimal

from api.approvals.kinds import ApprovalKind
from api.approvals.rules import Rule, Who
from api.approvals.schemas import Case, Fact, Meter
from api.awards.service import KIND, cancelled, declined, granted
from api.core import database
from api.core.i18n import Language
from api.core.i18n import gettext_later as _
from api.core.text import mentioned, render
from api.people.schemas import name_column
from api.points.queries import budgets

REASONS = (_("The budget is meant for something else."), _("It does not meet the criteria."), _("Too early to say."))


async def describe(language: Language, nomination_ids: Sequence[str]) -> Mapping[str, Case]:
    """These nominations in words; three statements: for them, for the budgets that pay, for names."""
    rows = await database.fetch(
        f"""SELECT n.id, n.points, n.message, n.language, n.private, n.department_id, n.state, n.for_kudos_id,
            (SELECT a.period FROM posting o JOIN account a ON a.id = o.account_id
                WHERE o.transfer_id = n.hold_id AND a.kind = 'award') AS period,
            w.name_{language} AS programme, w.criteria_{language} AS criteria,
            {name_column("p", language)} AS nominee, {name_column("q", language)} AS nominator,
            d.name_{language} AS department
        FROM nomination n JOIN award_programme w ON w.id = n.programme_id JOIN person p ON p.id = n.nominee_id
        JOIN person q ON q.id = n.nominator_id JOIN department d ON d.id = q.department_id
        WHERE n.id IN ({database.placeholders(len(nomination_ids))})""",
        *nomination_ids,
    )
    funds = await budgets({(row["department_id"], row["period"]) for row in rows if row["state"] == "open"})
    ids = sorted({person for row in rows for person in mentioned(row["message"])})
    names = {
        row["id"]: row["name"]
        for row in (
            await database.fetch(f"SELECT id, name FROM person WHERE id IN ({database.placeholders(len(ids))})", *ids)
            if ids
            else []
        )
    }

    def number(value: int) -> str:
        return str(format_decimal(value, locale=language))

    def case(row: database.Row) -> Case:
        facts = [
            Fact(
                label=_("Proposed by").text(language),
                text=_("%(name)s, %(department)s", name=row["nominator"], department=row["department"]).text(language),
            )
        ]
        budget = funds.get((row["department_id"], row["period"])) if row["state"] == "open" else None
        if budget is not None:
            others = budget.held - row["points"]
            words = _(
                "%(spent)s spent, %(here)s for this, %(others)s held for others, %(free)s free",
                spent=number(budget.spent),
                here=number(row["points"]),
                others=number(others),
                free=number(budget.free),
            )
            meter = Meter(
                spent=budget.spent, held=others, this=row["points"], total=budget.spent + budget.held + budget.free
            )
            facts.append(Fact(label=_("Award budget").text(language), text=words.text(language), meter=meter))
        if row["criteria"]:
            facts.append(Fact(label=_("Criteria").text(language), text=row["criteria"]))
        seen = _("only the two of them") if row["private"] else _("everybody, as a thank-you in the feed")
        facts.append(Fact(label=_("Who reads it").text(language), text=seen.text(language)))
        points = _("%(award)s, %(points)s points", award=row["programme"], points=number(row["points"]))
        return Case(
            about=_("Award for %(name)s", name=row["nominee"]).text(language),
            title=points.text(language),
            facts=facts,
            words_html=render(row["message"], names),
            words_language=row["language"] if row["language"] != language else "",
            reasons=[reason.text(language) for reason in REASONS],
            url=f"/kudos/{row['for_kudos_id']}" if row["for_kudos_id"] else "",
        )

    return {row["id"]: case(row) for row in rows}


AWARD = ApprovalKind(
    name=KIND,
    title=_("Award"),
    unit="points",
    describe=describe,
    on_approved=granted,
    on_declined=declined,
    on_cancelled=cancelled,
    rule=Rule(first=Who.BUDGET, two_above=1_000),
)
