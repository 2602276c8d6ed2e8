"""What may be said of a dependency."""

from __future__ import annotations

from api.core.changes import State
from api.core.i18n import gettext_later as _
from api.people.rules import Findings

WEIGHTS = range(1, 6)
MOST_COST = 1_000_000_00
"""Cents: a million euros."""


def check_dependency(state: State) -> State:
    """A dependency's fields as they are stored. Raises Invalid with a sentence for each field that is wrong."""
    found = Findings()
    checked = dict(state)
    found.both(checked, "handover", needed=_("Say what is handed over."))
    found.both(checked, "error_note")
    found.one_of(checked, "weight", WEIGHTS, _("Choose a weight from 1 to 5."))
    cost = checked["error_cost_cents"]
    if cost is not None and not (isinstance(cost, int) and 0 <= cost <= MOST_COST):
        found.add("error_cost_cents", _("Write an amount in euros from 0 to 1,000,000, or nothing."))
    for end in ("provider_id", "customer_id"):
        if not checked[end]:
            found.add(end, _("Choose a department."))
    if checked["provider_id"] and checked["provider_id"] == checked["customer_id"]:
        found.add("customer_id", _("A department does not depend on itself. Choose another."))
    found.settle()
    return checked
