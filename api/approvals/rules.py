"""Who is needed for a decision, until when, and what may be said with it. No database, no web."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

import msgspec

from api.core.clock import DAY, utc
from api.core.errors import Invalid
from api.core.i18n import gettext_later as _
from api.people.rules import Findings

LONGEST_REASON = 500
LONGEST_DUE_DAYS = 30
LARGEST_AMOUNT = 1_000_000_000


class State(StrEnum):
    """Where an approval stands. Only an open one changes."""

    OPEN = "open"
    APPROVED = "approved"
    DECLINED = "declined"
    CANCELLED = "cancelled"


class Decision(StrEnum):
    """What somebody decides."""

    APPROVE = "approve"
    DECLINE = "decline"


class Who(StrEnum):
    """Who takes a step: the manager of the person, the owner of the budget (the department's manager), HR, or
    a second person, who is the next one up after the first."""

    MANAGER = "manager"
    BUDGET = "budget"
    HR = "hr"
    SECOND = "second"


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """Who decides a kind of case. Amounts count in the kind's unit; None: there is no such limit.

    Up to `free_up_to` nobody is asked. From `two_above` on a second person decides too, from `hr_above` on HR as
    well; `together`: all at the same time, otherwise one after the other. `due_days` are working days.
    """

    first: Who = Who.MANAGER
    free_up_to: int | None = None
    two_above: int | None = None
    hr_above: int | None = None
    together: bool = False
    due_days: int = 5


def steps_of(rule: Rule, amount: int, people: int = 1) -> list[Who]:
    """The steps that `amount` needs, and at least `people` of them; none if nobody is asked."""
    if people <= 1 and rule.free_up_to is not None and amount <= rule.free_up_to:
        return []
    steps = [rule.first]
    if rule.two_above is not None and amount > rule.two_above:
        steps.append(Who.SECOND)
    if rule.hr_above is not None and amount > rule.hr_above and rule.first is not Who.HR:
        steps.append(Who.HR)
    steps[1:1] = [Who.SECOND] * max(0, people - len(steps))
    return steps


def check_rule(rule: Rule) -> Rule:
    """The rule as it is stored. Raises Invalid beside the fields that are wrong."""
    found = Findings()
    for name in ("free_up_to", "two_above", "hr_above"):
        amount = getattr(rule, name)
        if amount is not None and not 0 <= amount <= LARGEST_AMOUNT:
            found.add(name, _("Use a number from 0 to %(n)s, or leave it empty.", n=LARGEST_AMOUNT))
    if rule.first is Who.SECOND:
        found.add("first", _("Choose who decides first."))
    if not 1 <= rule.due_days <= LONGEST_DUE_DAYS:
        found.add("due_days", _("Use 1 to %(n)s working days.", n=LONGEST_DUE_DAYS))
    found.settle()
    return rule


def working_days_later(at: int, days: int) -> int:
    """The same time of day so many working days (Monday to Friday, UTC) after `at`, in microseconds."""
    moment = utc(at)
    passed = 0
    while passed < days:
        moment += timedelta(days=1)
        at += DAY
        passed += moment.weekday() < 5
    return at


def remind_at(opened_at: int, due_at: int) -> int:
    """When whoever has not decided is reminded, once: two thirds on the way to the due time."""
    return opened_at + (due_at - opened_at) * 2 // 3


def check_decline(reason: str) -> None:
    """Raise Invalid unless a reason is given (already cleaned) that fits."""
    if not reason:
        raise Invalid.field("reason", _("Say why, in a sentence: it is what they will read."))
    if len(reason) > LONGEST_REASON:
        raise Invalid.field("reason", _("Use at most %(n)s characters.", n=LONGEST_REASON))
