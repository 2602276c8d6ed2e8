"""A manager's weeks: who is away, who comes, who is needed."""

from __future__ import annotations

from litestar import Response, get

from api.core.access.middleware import current_actor
from api.rotations import teams
from frontend.pages.visits.words import Words
from frontend.web import AnyRequest, answer, view_of


@get("/team/rotations", opt={"policy": "rotations.team"}, include_in_schema=False)
async def team_page(request: AnyRequest) -> Response[str]:
    """The next weeks of one's team."""
    actor = current_actor(request)
    found = await teams.own_team(actor)
    return answer(
        request,
        "visits/team.html",
        view_of(request),
        team=found,
        names={unit.id: unit.name for unit in found.units},
        busy=any(week.away or week.guests for week in found.weeks),
        words=Words(actor.language),
    )


ROUTES = [team_page]
