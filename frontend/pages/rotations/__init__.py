"""Job rotations as HR plans them."""

from __future__ import annotations

from frontend.pages.rotations import calendars, exports, facts, plans, wizard

ROUTES = [*wizard.ROUTES, *facts.ROUTES, *calendars.ROUTES, *plans.ROUTES, *exports.ROUTES]
