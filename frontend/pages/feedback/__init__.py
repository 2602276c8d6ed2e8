"""After a visit: what both sides say, and the edge between their departments."""

from __future__ import annotations

from frontend.pages.feedback import edges, visits

ROUTES = [*visits.ROUTES, *edges.ROUTES]
