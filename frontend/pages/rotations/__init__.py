"""Job rotations as HR plans them."""

from __future__ import annotations

from frontend.pages.rotations import (
    calendars,
    editing,
    exports,
    facts,
    meetings,
    plans,
    publication,
    training,
    trials,
    wizard,
)

ROUTES = [
    *wizard.ROUTES,
    *training.ROUTES,
    *meetings.ROUTES,
    *facts.ROUTES,
    *calendars.ROUTES,
    *plans.ROUTES,
    *editing.ROUTES,
    *trials.ROUTES,
    *publication.ROUTES,
    *exports.ROUTES,
]
