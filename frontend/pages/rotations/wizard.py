"""Programmes: the list, a new one, its steps saved one after the other, copied, archived; a plan asked for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath, FromQuery

from api.core.access.middleware import current_actor
from api.core.clock import now, utc
from api.core.errors import Conflict, DomainError
from api.core.ids import uuid7
from api.people.queries import suggest_people
from api.rotations import listing, programmes, solving
from api.rotations.rules import GOALS, Goals, Participants, Pattern, RuleSet
from frontend.pages.organisation.forms import number
from frontend.pages.rotations.steps import NEXT, PLAN, STEPS, figure, places, show_step
from frontend.pages.rotations.words import day_words
from frontend.web import AnyRequest, answer, field_errors, form_of, see_other, text_of, texts_of, view_of


def _pattern_of(form: FormMultiDict) -> Pattern:
    length = text_of(form, "length")
    weeks = number(text_of(form, "weeks"))
    return Pattern(
        length=length if length in ("weeks", "days", "half_days") else "weeks",  # type: ignore[arg-type]
        weekdays=tuple(int(day) for day in texts_of(form, "weekdays") if day in "0123456"),
        weeks=weeks if isinstance(weeks, int) else 0,
        start=text_of(form, "start"),
        noon=text_of(form, "noon") or "12:00",
        end=text_of(form, "end"),
        country=text_of(form, "country"),
        region=text_of(form, "region"),
        closed=tuple(line.strip() for line in text_of(form, "closed").splitlines() if line.strip()),
    )


@get("/programmes", opt=PLAN, include_in_schema=False)
async def programmes_page(request: AnyRequest, archived: FromQuery[bool] = False) -> Response[str]:
    """All of them."""
    actor = current_actor(request)
    found = await listing.programmes(archived=archived)
    days = {one.id: day_words(one.starts_on, one.ends_on, actor.language) for one in found}
    return answer(
        request, "rotations/programmes.html", view_of(request), programmes=found, archived=archived, days=days
    )


def _fresh() -> dict[str, Any]:
    today = utc(now()).date()
    first = today + timedelta(days=28 - today.weekday())
    last = first + timedelta(weeks=12, days=-3)
    return {"name": "", "starts_on": first.isoformat(), "ends_on": last.isoformat(), "pattern": Pattern()}


def _show_new(request: AnyRequest, typed: dict[str, Any], errors: dict[str, str]) -> Response[str]:
    return answer(
        request,
        "rotations/new.html",
        view_of(request),
        status=422 if errors else 200,
        typed=typed,
        errors=errors,
        **places(current_actor(request).language, typed["pattern"].country),
    )


@get("/programmes/new", opt=PLAN, include_in_schema=False)
async def new_programme_page(request: AnyRequest) -> Response[str]:
    """The first step: a name and when."""
    return _show_new(request, _fresh() | {"id": uuid7()}, {})


def _period_of(form: FormMultiDict) -> dict[str, Any]:
    return {name: text_of(form, name) for name in ("name", "starts_on", "ends_on")} | {"pattern": _pattern_of(form)}


@post("/programmes/new", opt=PLAN, status_code=200, include_in_schema=False)
async def create_programme(request: AnyRequest) -> Response[str]:
    """Make it and go on to the next step."""
    actor = current_actor(request)
    form = await form_of(request)
    typed = _period_of(form)
    try:
        made = await programmes.create_programme(actor=actor, programme_id=text_of(form, "id"), **typed)
    except DomainError as error:
        if not error.fields:
            raise
        return _show_new(request, typed | {"id": text_of(form, "id")}, field_errors(error, actor.language))
    return see_other(f"/programmes/{made}/scope")


@get("/programmes/{programme_id:str}", opt=PLAN, include_in_schema=False)
async def programme_page(request: AnyRequest, programme_id: FromPath[str]) -> Response[str]:
    """A programme with its plans; without dependencies, the step that chooses them."""
    record = await programmes.programme(programme_id)
    return await show_step(request, record, "plans" if record.scope else "scope")


@get([f"/programmes/{{programme_id:str}}/{step}" for step in STEPS], opt=PLAN, include_in_schema=False)
async def step_page(request: AnyRequest, programme_id: FromPath[str]) -> Response[str]:
    """One step of it."""
    return await show_step(request, await programmes.programme(programme_id), request.url.path.rpartition("/")[2])


async def _attempt(
    request: AnyRequest, programme_id: str, step: str, typed: dict[str, Any], verb: Callable[[], Awaitable[object]]
) -> Response[str]:
    """Save a step and go on to the next; what is refused is shown with what was typed."""
    try:
        await verb()
    except DomainError as error:
        if not error.fields and not isinstance(error, Conflict):
            raise
        record = await programmes.programme(programme_id)
        return await show_step(request, record, step, error=error, typed=typed)
    return see_other(f"/programmes/{programme_id}/{NEXT[step]}", toast="saved")


@post("/programmes/{programme_id:str}/period", opt=PLAN, status_code=200, include_in_schema=False)
async def save_period(request: AnyRequest, programme_id: FromPath[str]) -> Response[str]:
    """Name, period, blocks."""
    form = await form_of(request)
    typed = _period_of(form)
    return await _attempt(
        *(request, programme_id, "period", typed),
        lambda: programmes.change_period(
            actor=current_actor(request), programme_id=programme_id, version=text_of(form, "version") or None, **typed
        ),
    )


@post("/programmes/{programme_id:str}/scope", opt=PLAN, status_code=200, include_in_schema=False)
async def save_scope(request: AnyRequest, programme_id: FromPath[str]) -> Response[str]:
    """The dependencies."""
    form = await form_of(request)
    scope = texts_of(form, "scope")
    return await _attempt(
        *(request, programme_id, "scope", {"scope": scope}),
        lambda: programmes.change_scope(
            *(), actor=current_actor(request), programme_id=programme_id, scope=scope,
            version=text_of(form, "version") or None,
        ),
    )  # fmt: skip


@post("/programmes/{programme_id:str}/people", opt=PLAN, status_code=200, include_in_schema=False)
async def save_people(request: AnyRequest, programme_id: FromPath[str]) -> Response[str]:
    """Who takes part."""
    form = await form_of(request)
    typed: dict[str, list[str]] = {}
    for field in ("excluded", "included"):
        typed[field] = texts_of(form, field)
        if name := text_of(form, f"find_{field}").strip()[:200]:  # typed without script: the best that fits
            typed[field] += [one.id for one in await suggest_people(name, current_actor(request).language, limit=1)]
    who = Participants(
        departments=tuple(texts_of(form, "departments")),
        volunteers=text_of(form, "volunteers") == "on",
        excluded=tuple(typed["excluded"]),
        included=tuple(typed["included"]),
    )
    return await _attempt(
        *(request, programme_id, "people", {"participants": who}),
        lambda: programmes.change_participants(
            actor=current_actor(request),
            programme_id=programme_id,
            participants=who,
            version=text_of(form, "version") or None,
        ),
    )


@post("/programmes/{programme_id:str}/rules", opt=PLAN, status_code=200, include_in_schema=False)
async def save_rules(request: AnyRequest, programme_id: FromPath[str]) -> Response[str]:
    """Rules and goals."""
    form = await form_of(request)
    whole = ("max_visits", "gap", "repeat_months", "visit_blocks", "longest_ring")
    rules = RuleSet(
        **{name: figure(form, name) for name in whole},
        cover_worth=figure(form, "cover_percent") / 100,
        shadow_visits=text_of(form, "shadow_visits") == "on",
    )
    by_place = sorted(GOALS, key=lambda goal: (figure(form, f"place_{goal}"), GOALS.index(goal)))
    goals = Goals(
        weights={goal: figure(form, f"goal_{goal}") for goal in GOALS},
        by_order=text_of(form, "by_order") == "on",
        order=tuple(by_place),
    )
    return await _attempt(
        *(request, programme_id, "rules", {"rules": rules, "goals": goals}),
        lambda: programmes.change_rules(
            actor=current_actor(request),
            programme_id=programme_id,
            rules=rules,
            goals=goals,
            version=text_of(form, "version") or None,
        ),
    )


@post("/programmes/{programme_id:str}/plans", opt=PLAN, status_code=200, include_in_schema=False)
async def find_plan(request: AnyRequest, programme_id: FromPath[str]) -> Response[str]:
    """Begin to look for a plan."""
    form = await form_of(request)
    try:
        plan_id = await solving.find_plan(
            actor=current_actor(request),
            programme_id=programme_id,
            seconds=figure(form, "seconds"),
            from_plan=text_of(form, "from_plan") or None,
            plan_id=text_of(form, "id") or None,
        )
    except DomainError as error:
        if not error.fields and not isinstance(error, Conflict):
            raise
        return await show_step(request, await programmes.programme(programme_id), "plans", error=error)
    return see_other(f"/plans/{plan_id}")


@post("/programmes/{programme_id:str}/copy", opt=PLAN, status_code=200, include_in_schema=False)
async def copy_programme(request: AnyRequest, programme_id: FromPath[str]) -> Response[str]:
    """The same again for the time after."""
    made = await programmes.copy_programme(actor=current_actor(request), programme_id=programme_id)
    return see_other(f"/programmes/{made}/period", toast="saved")


@post("/programmes/{programme_id:str}/archiving", opt=PLAN, status_code=200, include_in_schema=False)
async def archive_programme(request: AnyRequest, programme_id: FromPath[str]) -> Response[str]:
    """Keep it, out of the way."""
    await programmes.archive_programme(actor=current_actor(request), programme_id=programme_id)
    return see_other("/programmes", toast="saved")


ROUTES = [
    programmes_page,
    new_programme_page,
    create_programme,
    programme_page,
    step_page,
    save_period,
    save_scope,
    save_people,
    save_rules,
    find_plan,
    copy_programme,
    archive_programme,
]
