"""A programme, step by step: when, which dependencies, who, what is required, rules and goals, plans."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

from babel import Locale
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath, FromQuery

from api.core.access.middleware import current_actor
from api.core.clock import now, utc
from api.core.errors import Conflict, DomainError
from api.core.i18n import Language, Message
from api.core.i18n import gettext_later as _
from api.core.ids import uuid7
from api.dependencies.queries import edges
from api.people.queries import departments, people_refs, suggest_people
from api.rotations import listing, meetings, planning, programmes, solving
from api.rotations.blocks import COUNTRIES, regions
from api.rotations.data import basis
from api.rotations.programmes import ProgrammeRecord
from api.rotations.rules import GOALS, Goals, Participants, Pattern, RuleSet
from api.rotations.suggesting import suggestions
from frontend.pages.organisation.forms import number
from frontend.pages.rotations.words import GOAL_NAMES, day_words, hour_words, pattern_words
from frontend.web import AnyRequest, answer, field_errors, form_of, see_other, text_of, texts_of, view_of

PLAN = {"policy": "rotations.plan"}
STEPS: dict[str, Message] = {
    "period": _("Period"),
    "scope": _("Between whom"),
    "people": _("Who takes part"),
    "training": _("Required"),
    "rules": _("Rules and goals"),
    "plans": _("Plans"),
    "meetings": _("Exchange meetings"),
}
_NEXT = dict(pairwise(STEPS))


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


def _places(language: Language, country: str) -> dict[str, Any]:
    names = Locale(language).territories
    return {
        "countries": sorted(((code, names[code]) for code in COUNTRIES), key=lambda pair: pair[1]),
        "regions": [(code, code) for code in regions(country)],
        "weekdays": [(day, Locale(language).days["stand-alone"]["abbreviated"][day]) for day in range(7)],
    }


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
        **_places(current_actor(request).language, typed["pattern"].country),
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


async def _show(
    request: AnyRequest,
    record: ProgrammeRecord,
    step: str,
    *,
    error: DomainError | None = None,
    typed: dict[str, Any] | None = None,
) -> Response[str]:
    actor = current_actor(request)
    language = actor.language
    blocks, closed = await listing.block_count(record.id)
    more: dict[str, Any] = {}
    if step == "period":
        shown = typed or {name: getattr(record, name) for name in ("name", "starts_on", "ends_on", "pattern")}
        more = _places(language, shown["pattern"].country) | {"typed": shown}
    elif step == "scope":
        more = {"suggestions": await suggestions(language), "chosen": (typed or {}).get("scope", record.scope)}
    elif step == "people":
        who: Participants = (typed or {}).get("participants", record.participants)
        refs = {one.id: one for one in await people_refs([*who.excluded, *who.included], language)}
        more = {"departments": await departments(language), "who": who, "refs": refs}
    elif step == "training":
        more = {
            "departments": await departments(language),
            "trainings": await listing.trainings(record.id, language),
            "typed": typed or {},
        }
    elif step == "rules":
        rules, goals = (typed or {}).get("rules", record.rules), (typed or {}).get("goals", record.goals)
        more = {"rules": rules, "goals": goals, "goal_names": {goal: GOAL_NAMES[goal].text(language) for goal in GOALS}}
    elif step == "meetings":
        found = await meetings.meetings(record, language)
        scope = set(record.scope)
        more = {
            "meetings": found,
            "times": {one.id: hour_words(one.starts_at, one.ends_at, language) for one in found},
            "edges": [edge for edge in await edges(language) if edge.id in scope],
            "typed": typed or {},
        }
    else:
        data = await basis(record.id)
        names = {one.id: one for one in await departments(language)}
        more = {
            "plans": await listing.plans(record.id),
            "hints": [(names[one], seats, most, who) for one, seats, most, who in planning.hint(data) if one in names],
            "people": sum(person.takes_part for person in data.people),
            "scoped": len(data.dependencies),
        }
    stale = isinstance(error, Conflict)
    return answer(
        request,
        "rotations/programme.html",
        view_of(request),
        status=error.status if error else 200,
        programme=record,
        step=step,
        steps=[(key, label.text(language)) for key, label in STEPS.items()],
        days=day_words(record.starts_on, record.ends_on, language),
        pattern=pattern_words(record.pattern, language),
        blocks=blocks,
        closed_blocks=closed,
        errors=field_errors(error, language) if error else {},
        problem=error.message.text(language) if error and not error.fields else "",
        meanwhile=_meanwhile(record, typed or {}, language) if stale else [],
        **more,
    )


def _meanwhile(record: ProgrammeRecord, typed: dict[str, Any], language: Language) -> list[tuple[str, str]]:
    """What stands there by now, where it is not what was typed."""
    found = []
    for name, value in typed.items():
        present = getattr(record, name, None)
        if present == value or present is None:
            continue
        if isinstance(present, Pattern):
            found.append((STEPS["period"].text(language), pattern_words(present, language)))
        elif isinstance(present, RuleSet | Goals):
            fields = [field for field in present.__struct_fields__ if getattr(present, field) != getattr(value, field)]
            found += [(field.replace("_", " "), str(getattr(present, field))) for field in fields]
        elif isinstance(present, list | Participants):
            found.append((STEPS["scope" if isinstance(present, list) else "people"].text(language), "…"))
        else:
            found.append((name.replace("_", " "), str(present)))
    return found


@get("/programmes/{programme_id:str}", opt=PLAN, include_in_schema=False)
async def programme_page(request: AnyRequest, programme_id: FromPath[str]) -> Response[str]:
    """A programme with its plans; without dependencies, the step that chooses them."""
    record = await programmes.programme(programme_id)
    return await _show(request, record, "plans" if record.scope else "scope")


@get([f"/programmes/{{programme_id:str}}/{step}" for step in STEPS], opt=PLAN, include_in_schema=False)
async def step_page(request: AnyRequest, programme_id: FromPath[str]) -> Response[str]:
    """One step of it."""
    return await _show(request, await programmes.programme(programme_id), request.url.path.rpartition("/")[2])


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
        return await _show(request, record, step, error=error, typed=typed)
    return see_other(f"/programmes/{programme_id}/{_NEXT[step]}", toast="saved")


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


@post("/programmes/{programme_id:str}/training", opt=PLAN, status_code=200, include_in_schema=False)
async def add_training(request: AnyRequest, programme_id: FromPath[str]) -> Response[str]:
    """One more requirement."""
    form = await form_of(request)
    typed = {name: text_of(form, name) for name in ("home_id", "host_id", "joined_since", "by_day")}
    try:
        await programmes.add_training(actor=current_actor(request), programme_id=programme_id, **typed)
    except DomainError as error:
        if not error.fields:
            raise
        record = await programmes.programme(programme_id)
        return await _show(request, record, "training", error=error, typed=typed)
    return see_other(f"/programmes/{programme_id}/training", toast="saved")


@post(
    "/programmes/{programme_id:str}/training/{training_id:str}/removal",
    opt=PLAN,
    status_code=200,
    include_in_schema=False,
)
async def remove_training(
    request: AnyRequest, programme_id: FromPath[str], training_id: FromPath[str]
) -> Response[str]:
    """One requirement less."""
    await programmes.remove_training(actor=current_actor(request), programme_id=programme_id, training_id=training_id)
    return see_other(f"/programmes/{programme_id}/training", toast="saved")


def _figure(form: FormMultiDict, name: str) -> Any:
    found = number(text_of(form, name))
    return found if isinstance(found, int) else -1


@post("/programmes/{programme_id:str}/rules", opt=PLAN, status_code=200, include_in_schema=False)
async def save_rules(request: AnyRequest, programme_id: FromPath[str]) -> Response[str]:
    """Rules and goals."""
    form = await form_of(request)
    whole = ("max_visits", "gap", "repeat_months", "visit_blocks", "longest_ring")
    rules = RuleSet(
        **{name: _figure(form, name) for name in whole},
        cover_worth=_figure(form, "cover_percent") / 100,
        shadow_visits=text_of(form, "shadow_visits") == "on",
    )
    by_place = sorted(GOALS, key=lambda goal: (_figure(form, f"place_{goal}"), GOALS.index(goal)))
    goals = Goals(
        weights={goal: _figure(form, f"goal_{goal}") for goal in GOALS},
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
            seconds=_figure(form, "seconds"),
            from_plan=text_of(form, "from_plan") or None,
            plan_id=text_of(form, "id") or None,
        )
    except DomainError as error:
        if not error.fields and not isinstance(error, Conflict):
            raise
        return await _show(request, await programmes.programme(programme_id), "plans", error=error)
    return see_other(f"/plans/{plan_id}")


@post("/programmes/{programme_id:str}/meetings", opt=PLAN, status_code=200, include_in_schema=False)
async def plan_meetings(request: AnyRequest, programme_id: FromPath[str]) -> Response[str]:
    """Find pairs for an hour each."""
    form = await form_of(request)
    typed = {name: text_of(form, name) for name in ("dependency", "pairs", "at", "place")}
    try:
        await meetings.plan_meetings(
            actor=current_actor(request),
            programme_id=programme_id,
            dependency_id=typed["dependency"],
            pairs=_figure(form, "pairs"),
            at=typed["at"],
            place=typed["place"],
        )
    except DomainError as error:
        if not error.fields:
            raise
        return await _show(request, await programmes.programme(programme_id), "meetings", error=error, typed=typed)
    return see_other(f"/programmes/{programme_id}/meetings", toast="saved")


@post(
    "/programmes/{programme_id:str}/meetings/{meeting_id:str}/cancellation",
    opt=PLAN,
    status_code=200,
    include_in_schema=False,
)
async def cancel_meeting(request: AnyRequest, programme_id: FromPath[str], meeting_id: FromPath[str]) -> Response[str]:
    """Call it off."""
    await meetings.cancel_meeting(actor=current_actor(request), programme_id=programme_id, meeting_id=meeting_id)
    return see_other(f"/programmes/{programme_id}/meetings", toast="saved")


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
    add_training,
    remove_training,
    save_rules,
    find_plan,
    plan_meetings,
    cancel_meeting,
    copy_programme,
    archive_programme,
]
