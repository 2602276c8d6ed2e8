"""Job rotations as people, hosts and managers live them, and HR's repairs."""

from __future__ import annotations

from frontend.pages.visits import calendar, host, mine, offers, repair, team, wishes

ROUTES = [
    *mine.ROUTES,
    *wishes.ROUTES,
    *offers.ROUTES,
    *calendar.ROUTES,
    *host.ROUTES,
    *team.ROUTES,
    *repair.ROUTES,
]
