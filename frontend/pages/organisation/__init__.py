"""The organisation as HR and admin look after it."""

from __future__ import annotations

from frontend.pages.organisation import departments, dependencies, history, people, points, rules, values

ROUTES = [
    *people.ROUTES,
    *departments.ROUTES,
    *dependencies.ROUTES,
    *values.ROUTES,
    *points.ROUTES,
    *rules.ROUTES,
    *history.ROUTES,
]
