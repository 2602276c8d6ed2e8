"""Ideas of what could be better, and the teams that make it so."""

from __future__ import annotations

from frontend.pages.improvements import founding, ideas, teams

ROUTES = [*ideas.ROUTES, *founding.ROUTES, *teams.ROUTES]
