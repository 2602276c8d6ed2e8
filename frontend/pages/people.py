"""People and departments: what they are thanked for, whom they serve and who serves them."""

from __future__ import annotations

from typing import Annotated

from litestar import Response, get
from litestar.params import FromPath, FromQuery, QueryParameter

from api.core.access.middleware import current_actor
from api.core.pages import read_cursor
from api.dependencies.overview import overview
from api.kudos import details, queries
from api.kudos.filters import FeedFilter
from api.kudos.schemas import PersonTally
from api.people import queries as people
from api.people.schemas import DepartmentRef, PersonRef
from frontend.edges import customers, providers
from frontend.web import AnyRequest, answer, htmx_target, view_of

SHOWN_PEOPLE = 12
MOST_PEOPLE = 2_000


@get("/people/suggestions", opt={"policy": "people.read"}, include_in_schema=False)
async def suggestions(
    request: AnyRequest, q: Annotated[str, QueryParameter(max_length=200)] = "", me: FromQuery[bool] = True
) -> Response[str]:
    """Options under a field while one types: people by name, then others of departments by name. `me`: oneself too."""
    actor = current_actor(request)
    found = await people.suggest_people(q, actor.language, without="" if me else actor.id)
    members: dict[str, list[PersonRef]] = {}
    for person in found:
        if not people.has_name(person, q):
            members.setdefault(person.department.name, []).append(person)
    return answer(
        request,
        "people/_suggestions.html",
        view_of(request),
        people=[person for person in found if people.has_name(person, q)],
        members=members,
    )


@get("/people/{person_id:str}", opt={"policy": "people.read"}, include_in_schema=False)
async def person_page(
    request: AnyRequest,
    person_id: FromPath[str],
    show: FromQuery[str] = "received",
    before: FromQuery[str | None] = None,
) -> Response[str]:
    """A person: what they were thanked for, or whom they thanked."""
    actor = current_actor(request)
    person = await people.person(person_id, actor.language)
    show = "given" if show == "given" else "received"
    chosen = FeedFilter(giver=person.id) if show == "given" else FeedFilter(recipient=person.id)
    page = await queries.feed(actor, chosen, before=read_cursor(before))
    older = f"/people/{person.id}?show={show}&before={page.next}" if page.next else ""
    if htmx_target(request) == "older":
        return answer(request, "people/person.html", view_of(request), items=page.items, older=older, person=person)
    tally = PersonTally([], [], []) if person.erased else await details.person_tally(person.id, actor.language)
    return answer(
        request,
        "people/person.html",
        view_of(request),
        person=PersonRef(person.id, person.name, person.initials, person.department),
        given_name=person.given_name,
        job=person.job,
        manager=person.manager,
        deactivated=not person.active,
        erased=person.erased,
        show=show,
        items=page.items,
        older=older,
        thanked_for=tally.values,
        thanked_by=tally.received_from,
        has_thanked=tally.given_to,
    )


@get("/departments", opt={"policy": "departments.read"}, include_in_schema=False)
async def departments_page(request: AnyRequest) -> Response[str]:
    """All departments, along the patient's way."""
    found = await people.departments(current_actor(request).language)
    return answer(request, "people/departments.html", view_of(request), departments=found)


@get("/departments/{department_id:str}", opt={"policy": "departments.read"}, include_in_schema=False)
async def department_page(
    request: AnyRequest,
    department_id: FromPath[str],
    before: FromQuery[str | None] = None,
    everybody: FromQuery[bool] = False,
) -> Response[str]:
    """A department between its providers and its customers."""
    actor = current_actor(request)
    department = await people.department(department_id, actor.language)
    page = await queries.feed(
        actor, FeedFilter(recipient_department=department.id), before=read_cursor(before), limit=10
    )
    known = await overview(actor.language, actor.directory_revision)
    limit = MOST_PEOPLE if everybody else SHOWN_PEOPLE
    members = await people.department_people(department.id, actor.language, limit=limit + 1)
    return answer(
        request,
        "people/department.html",
        view_of(request),
        department=DepartmentRef(department.id, department.code, department.name, department.hue),
        purpose=department.purpose,
        people_count=department.people,
        archived=department.archived,
        manager=department.manager,
        providers=providers(known, department.id),
        customers=customers(known, department.id),
        items=page.items,
        older=f"/departments/{department.id}?before={page.next}" if page.next else "",
        people=members[:limit],
        more_people=len(members) > limit,
    )


@get("/more", opt={"policy": "account.read"}, include_in_schema=False)
async def more_page(request: AnyRequest) -> Response[str]:
    """On a phone: everything that the tabs have no room for."""
    return answer(request, "people/more.html", view_of(request))


ROUTES = [suggestions, person_page, departments_page, department_page, more_page]
