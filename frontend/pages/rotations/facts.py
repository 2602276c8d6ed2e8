"""What departments and people bring along: hosting, buddies, requirements; qualifications, wishes, absences."""

from __future__ import annotations

from typing import Any

from babel import Locale
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict, UploadFile
from litestar.params import FromPath

from api.core.access.middleware import current_actor
from api.core.errors import DomainError
from api.people.queries import department, department_people, departments, person
from api.people.schemas import PersonRef
from api.rotations import facts, queries
from frontend.pages.organisation.forms import number
from frontend.pages.rotations.steps import PLAN
from frontend.web import AnyRequest, answer, field_errors, form_of, see_other, text_of, texts_of, view_of

_LARGEST_LIST = 4 * 1024 * 1024
_MOST_PEOPLE = 400


def weekdays(request: AnyRequest) -> list[tuple[int, str]]:
    """The days of the week with their names, from Monday."""
    names = Locale(current_actor(request).language).days["stand-alone"]["abbreviated"]
    return [(day, names[day]) for day in range(7)]


async def _list(request: AnyRequest, *, errors: dict[str, str] | None = None, wrong: list[int] | None = None,
                read: int | None = None) -> Response[str]:  # fmt: skip
    return answer(
        request,
        "rotations/hosting.html",
        view_of(request),
        status=422 if errors or wrong else 200,
        hosts=await queries.hosting(current_actor(request).language),
        errors=errors or {},
        wrong=wrong or [],
        read=read,
    )


@get("/programmes/hosting", opt=PLAN, include_in_schema=False)
async def hosting_page(request: AnyRequest) -> Response[str]:
    """What each department can do for visitors, and the list of absences."""
    return await _list(request)


@post(
    "/programmes/hosting",
    opt=PLAN,
    status_code=200,
    include_in_schema=False,
    request_max_body_size=_LARGEST_LIST,
)
async def read_absences(request: AnyRequest) -> Response[str]:
    """Take a list of absences in."""
    actor = current_actor(request)
    file = (await form_of(request)).get("file")
    content = await file.read() if isinstance(file, UploadFile) else b""
    try:
        read, wrong = await facts.read_absences(actor=actor, content=content)
    except DomainError as error:
        return await _list(request, errors=field_errors(error, actor.language))
    return await _list(request, wrong=wrong[:20], read=None if wrong else read)


async def _host(request: AnyRequest, department_id: str, error: DomainError | None = None,
                typed: facts.HostingFacts | None = None) -> Response[str]:  # fmt: skip
    language = current_actor(request).language
    await department(department_id, language)
    (found,) = await queries.hosting(language, [department_id])
    return answer(
        request,
        "rotations/host.html",
        view_of(request),
        status=error.status if error else 200,
        host=found,
        shown=typed or found,
        buddies=set(typed.buddies) if typed else {one.id for one in found.buddies},
        people=await department_people(department_id, language, limit=_MOST_PEOPLE),
        weekdays=weekdays(request),
        errors=field_errors(error, language) if error else {},
    )


@get("/programmes/hosting/{department_id:str}", opt=PLAN, include_in_schema=False)
async def host_page(request: AnyRequest, department_id: FromPath[str]) -> Response[str]:
    """One department."""
    return await _host(request, department_id)


def _count(form: FormMultiDict, name: str) -> int:
    found: Any = number(text_of(form, name) or "0")
    return found if isinstance(found, int) else -1


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


@post("/programmes/hosting/{department_id:str}", opt=PLAN, status_code=200, include_in_schema=False)
async def save_host(request: AnyRequest, department_id: FromPath[str]) -> Response[str]:
    """Keep it."""
    form = await form_of(request)
    typed = facts.HostingFacts(
        capacity=_count(form, "capacity"),
        minimum=tuple(_count(form, f"minimum_{day}") for day in range(7)),
        requires=_lines(text_of(form, "requires")),
        instruction=text_of(form, "instruction"),
        access=text_of(form, "access"),
        place=text_of(form, "place"),
        briefing=text_of(form, "briefing"),
        buddies=tuple(texts_of(form, "buddies")),
    )
    try:
        await facts.save_hosting(actor=current_actor(request), department_id=department_id, facts=typed)
    except DomainError as error:
        if not error.fields:
            raise
        return await _host(request, department_id, error, typed)
    return see_other("/programmes/hosting", toast="saved")


def stated_in(form: FormMultiDict) -> dict[str, Any]:
    """The fields of facts.Stated, as the form has them."""
    return {
        "working_days": tuple(int(day) for day in texts_of(form, "working_days") if day in tuple("0123456")),
        "volunteer": text_of(form, "volunteer") == "on",
        "wishes": {
            name.removeprefix("wish_"): int(value)
            for name, value in form.multi_items()
            if name.startswith("wish_") and value in ("1", "2", "-1")
        },
    }


async def _person(request: AnyRequest, person_id: str, error: DomainError | None = None,
                  typed: facts.OwnFacts | None = None) -> Response[str]:  # fmt: skip
    language = current_actor(request).language
    found = await person(person_id, language)
    own = await queries.person_facts(PersonRef(found.id, found.name, found.initials, found.department), language)
    wishes = typed.wishes if typed else {wish.department.id: wish.liking for wish in own.wishes}
    return answer(
        request,
        "rotations/person.html",
        view_of(request),
        status=error.status if error else 200,
        own=own,
        shown=typed or own,
        wishes=wishes,
        departments=[one for one in await departments(language) if one.id != found.department.id],
        weekdays=weekdays(request),
        errors=field_errors(error, language) if error else {},
    )


@get("/programmes/people/{person_id:str}", opt=PLAN, include_in_schema=False)
async def person_page(request: AnyRequest, person_id: FromPath[str]) -> Response[str]:
    """One person."""
    return await _person(request, person_id)


@post("/programmes/people/{person_id:str}", opt=PLAN, status_code=200, include_in_schema=False)
async def save_person(request: AnyRequest, person_id: FromPath[str]) -> Response[str]:
    """Keep it."""
    form = await form_of(request)
    most = text_of(form, "max_visits").strip()
    typed = facts.OwnFacts(
        qualifications=_lines(text_of(form, "qualifications")),
        seniority=_count(form, "seniority"),
        max_visits=_count(form, "max_visits") if most else None,
        **stated_in(form),
    )
    try:
        await facts.save_own_facts(actor=current_actor(request), person_id=person_id, facts=typed)
    except DomainError as error:
        if not error.fields:
            raise
        return await _person(request, person_id, error, typed)
    return see_other(f"/programmes/people/{person_id}", toast="saved")


@post("/programmes/people/{person_id:str}/absences", opt=PLAN, status_code=200, include_in_schema=False)
async def add_absence(request: AnyRequest, person_id: FromPath[str]) -> Response[str]:
    """Away on these days."""
    form = await form_of(request)
    try:
        await facts.add_absence(
            actor=current_actor(request),
            person_id=person_id,
            first_day=text_of(form, "first_day"),
            last_day=text_of(form, "last_day"),
        )
    except DomainError as error:
        if not error.fields:
            raise
        return await _person(request, person_id, error)
    return see_other(f"/programmes/people/{person_id}#absences", toast="saved")


@post(
    "/programmes/people/{person_id:str}/absences/{absence_id:str}/removal",
    opt=PLAN,
    status_code=200,
    include_in_schema=False,
)
async def remove_absence(request: AnyRequest, person_id: FromPath[str], absence_id: FromPath[str]) -> Response[str]:
    """Not away after all."""
    await facts.remove_absence(actor=current_actor(request), person_id=person_id, absence_id=absence_id)
    return see_other(f"/programmes/people/{person_id}#absences", toast="saved")


ROUTES = [
    hosting_page,
    read_absences,
    host_page,
    save_host,
    person_page,
    save_person,
    add_absence,
    remove_absence,
]
