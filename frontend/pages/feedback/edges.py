"""The edge afterwards: who has seen the other side, thanks and errors before and after the visits."""

from __future__ import annotations

from datetime import date, timedelta

from babel.dates import format_date
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from api.core.access.middleware import current_actor
from api.core.errors import DomainError
from api.core.i18n import Language
from api.improvements.queries import teams
from api.rotations.effect import edge_effect
from api.rotations.feedback import report_error
from frontend.effect import HEIGHT, WIDTH, draw_people, draw_weeks
from frontend.pages.feedback.visits import PER, Line, line_of
from frontend.web import AnyRequest, answer, field_errors, form_of, see_other, text_of, view_of


def _day(week: int, language: Language) -> str:
    pattern = "d. MMM" if language == "de" else "d MMM"
    return format_date(date(1970, 1, 1) + timedelta(days=week), pattern, locale=language)


async def _show(
    request: AnyRequest, dependency_id: str, programme: str = "", line: Line | None = None, **errors: str
) -> Response[str]:
    actor = current_actor(request)
    effect = await edge_effect(actor, dependency_id, programme)
    found = await teams(actor.language, edge=(effect.provider.id, effect.customer.id))
    weeks = [effect.first + 7 * number for number in range(len(effect.thanks))]
    return answer(
        request,
        "feedback/edge.html",
        view_of(request),
        status=422 if errors else 200,
        effect=effect,
        pictures={
            "thanks": draw_weeks(effect.thanks, effect),
            "returned": draw_weeks(effect.returned, effect),
            "reported": draw_weeks(effect.reported, effect),
        },
        people=[(one, draw_people(one)) for one in effect.coverage],
        size=(WIDTH, HEIGHT),
        days=[_day(week, actor.language) for week in weeks],
        from_day=_day(effect.visits_from, actor.language),
        until_day=_day(effect.visits_until - 1, actor.language),
        end_day=_day(effect.first + 7 * len(weeks) - 1, actor.language),
        teams=found.items,
        per={per: words.text(actor.language) for per, words in PER.items()},
        line=line or Line(per="once"),
        errors=errors,
    )


@get("/dependencies/{dependency_id:str}", opt={"policy": "departments.read"}, include_in_schema=False)
async def edge_page(request: AnyRequest, dependency_id: FromPath[str], programme: FromQuery[str] = "") -> Response[str]:
    """An edge around the visits of a programme, the latest unless one is chosen."""
    return await _show(request, dependency_id, programme)


@post("/dependencies/{dependency_id:str}", opt={"policy": "feedback.give"}, status_code=200, include_in_schema=False)
async def report(request: AnyRequest, dependency_id: FromPath[str]) -> Response[str]:
    """An error has arrived in everyday work."""
    actor = current_actor(request)
    sent = await form_of(request)
    line = Line(what=text_of(sent, "what"), times=text_of(sent, "times"), per="once", minutes=text_of(sent, "minutes"))
    try:
        await report_error(actor=actor, dependency_id=dependency_id, line=line_of(line))
    except DomainError as error:
        if not error.fields:
            raise
        return await _show(request, dependency_id, line=line, **field_errors(error, actor.language))
    return see_other(f"/dependencies/{dependency_id}", toast="error_reported")


ROUTES = [edge_page, report]
