"""A plan taken out: files, and a poster a department that prints well."""

from __future__ import annotations

import asyncio
from collections import defaultdict

from babel.dates import format_interval
from litestar import Response, get
from litestar.params import FromPath

from api.core.access.middleware import current_actor
from api.core.clock import now
from api.rotations.exporting import Line, as_calendar, as_csv, as_xlsx, lines
from frontend.pages.rotations.steps import PLAN
from frontend.web import AnyRequest, answer, view_of

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _file(content: bytes, media_type: str, ending: str) -> Response[bytes]:
    headers = {"content-disposition": f'attachment; filename="rotations.{ending}"', "cache-control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)


@get("/plans/{plan_id:str}/export.csv", opt=PLAN, include_in_schema=False)
async def plan_csv(request: AnyRequest, plan_id: FromPath[str]) -> Response[bytes]:
    """As CSV."""
    language = current_actor(request).language
    _name, found = await lines(plan_id, language)
    return _file(as_csv(found, language), "text/csv; charset=utf-8", "csv")


@get("/plans/{plan_id:str}/export.xlsx", opt=PLAN, include_in_schema=False)
async def plan_xlsx(request: AnyRequest, plan_id: FromPath[str]) -> Response[bytes]:
    """As a workbook."""
    language = current_actor(request).language
    name, found = await lines(plan_id, language)
    return _file(await asyncio.to_thread(as_xlsx, name, found, language), _SHEET, "xlsx")


@get("/plans/{plan_id:str}/export.ics", opt=PLAN, include_in_schema=False)
async def plan_calendar(request: AnyRequest, plan_id: FromPath[str]) -> Response[bytes]:
    """As a calendar."""
    name, found = await lines(plan_id, current_actor(request).language)
    content = await asyncio.to_thread(as_calendar, name, found, now())
    return _file(content, "text/calendar; charset=utf-8", "ics")


@get("/plans/{plan_id:str}/poster", opt=PLAN, include_in_schema=False)
async def poster_page(request: AnyRequest, plan_id: FromPath[str]) -> Response[str]:
    """Who comes to each department and who goes, a printed page each."""
    language = current_actor(request).language
    name, found = await lines(plan_id, language)
    locale = "en_GB" if language == "en" else language
    coming: dict[str, list[tuple[str, Line]]] = defaultdict(list)
    going: dict[str, list[tuple[str, Line]]] = defaultdict(list)
    for line in found:
        first, last = line.start.date(), line.end.date()
        days = format_interval(first, last, "MMMd" if first != last else "MMMEd", locale=locale)
        coming[line.host].append((days, line))
        going[line.home].append((days, line))
    return answer(
        request,
        "rotations/poster.html",
        view_of(request),
        plan_id=plan_id,
        name=name,
        posters=[(one, coming[one], going[one]) for one in sorted({*coming, *going})],
    )


ROUTES = [plan_csv, plan_xlsx, plan_calendar, poster_page]
