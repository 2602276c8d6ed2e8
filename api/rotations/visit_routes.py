"""One's own visits over HTTP: answers, offers to colleagues, the calendar's address, wishes, a team's weeks."""

from __future__ import annotations

from typing import Any

from litestar import Request, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from api.core.access.actor import Actor
from api.core.access.middleware import base_of, current_actor
from api.core.openapi import problems
from api.core.settings import Settings
from api.people.queries import people_refs
from api.rotations import calendars, facts, mine, offering, queries, seeing, teams, visiting
from api.rotations.mine import Mine
from api.rotations.schemas import PersonFactsOut
from api.rotations.seeing import SeenVisit
from api.rotations.teams import Team
from api.rotations.visit_schemas import AnswerVisit, CalendarAddress, Candidates, OfferVisit, StateWishes

AnyRequest = Request[Any, Any, Any]
OWN = {"policy": "rotations.own"}
TEAM = {"policy": "rotations.team"}
SECRETS = {"policy": "account.secrets"}
TAGS = ["Visits"]
_VISIT, _OFFER = "/visits/{visit_id:str}", "/offers/{offer_id:str}"
_CHANGED = problems(404, 409, 413, 422)


@get("/visits", opt=OWN, tags=TAGS, responses=problems(), operation_id="listVisits")
async def list_visits(request: AnyRequest) -> Mine:
    """Your visits to come and past, whom you look after, what is new, and offers that wait for an answer."""
    actor = current_actor(request)
    return await mine.mine(actor.id, actor.language)


@get(_VISIT, opt=OWN, tags=TAGS, responses=problems(404), operation_id="readVisit")
async def read_visit(request: AnyRequest, visit_id: FromPath[str]) -> SeenVisit:
    """A visit that concerns you, with what the department says to its visitors."""
    return await seeing.seen_visit(current_actor(request), visit_id)


@put(f"{_VISIT}/answer", opt=OWN, tags=TAGS, responses=_CHANGED, operation_id="answerVisit")
async def answer_visit(request: AnyRequest, visit_id: FromPath[str], data: JSONBody[AnswerVisit]) -> SeenVisit:
    """You come, or you cannot; the same again is the same answer."""
    actor = current_actor(request)
    if data.answer == "accepted":
        await visiting.accept(actor=actor, visit_id=visit_id)
    else:
        await visiting.decline(actor=actor, visit_id=visit_id, reason=data.reason, other_time=data.other_time)
    return await seeing.seen_visit(actor, visit_id)


@delete(f"{_VISIT}/answer", opt=OWN, tags=TAGS, responses=problems(404, 409), operation_id="takeAnswerBack")
async def take_back(request: AnyRequest, visit_id: FromPath[str]) -> None:
    """The visit asks again; doing so twice is once."""
    await visiting.take_back(actor=current_actor(request), visit_id=visit_id)


@get(f"{_VISIT}/candidates", opt=OWN, tags=TAGS, responses=problems(404, 409), operation_id="listCandidates")
async def list_candidates(request: AnyRequest, visit_id: FromPath[str]) -> Candidates:
    """Colleagues of your department who could make your visit, with the data of now."""
    actor = current_actor(request)
    return Candidates(await offering.candidates(actor=actor, visit_id=visit_id, language=actor.language))


@put(f"{_VISIT}/offer", opt=OWN, tags=TAGS, responses=_CHANGED, operation_id="offerVisit")
async def offer_visit(request: AnyRequest, visit_id: FromPath[str], data: JSONBody[OfferVisit]) -> SeenVisit:
    """Ask one of them to go instead; whoever was asked before is not asked any more."""
    actor = current_actor(request)
    await offering.offer(actor=actor, visit_id=visit_id, person_id=data.person)
    return await seeing.seen_visit(actor, visit_id)


@delete(_OFFER, opt=OWN, tags=TAGS, responses=problems(404), operation_id="withdrawOffer")
async def withdraw_offer(request: AnyRequest, offer_id: FromPath[str]) -> None:
    """You keep your visit."""
    await offering.withdraw_offer(actor=current_actor(request), offer_id=offer_id)


@post(
    f"{_OFFER}/acceptance",
    opt=OWN,
    tags=TAGS,
    status_code=200,
    responses=problems(404, 409),
    operation_id="takeOffer",
)
async def take_offer(request: AnyRequest, offer_id: FromPath[str]) -> SeenVisit:
    """You go instead of a colleague: the visit that is now yours."""
    actor = current_actor(request)
    return await seeing.seen_visit(actor, await offering.take(actor=actor, offer_id=offer_id))


@post(f"{_OFFER}/refusal", opt=OWN, tags=TAGS, status_code=204, responses=problems(404), operation_id="refuseOffer")
async def refuse_offer(request: AnyRequest, offer_id: FromPath[str]) -> None:
    """The visit stays with your colleague."""
    await offering.refuse(actor=current_actor(request), offer_id=offer_id)


@post("/calendar-address", opt=SECRETS, tags=TAGS, responses=problems(), operation_id="makeCalendarAddress")
async def make_address(request: AnyRequest, settings: NamedDependency[Settings]) -> CalendarAddress:
    """A secret address at which your calendar program finds your visits; the one before ends."""
    token = await calendars.make_address(actor=current_actor(request))
    return CalendarAddress(calendars.address(token, base_url=base_of(request, settings)))


@delete("/calendar-address", opt=SECRETS, tags=TAGS, responses=problems(), operation_id="revokeCalendarAddress")
async def revoke_address(request: AnyRequest) -> None:
    """No calendar gets anything any more."""
    await calendars.revoke_address(actor=current_actor(request))


async def _own_facts(actor: Actor) -> PersonFactsOut:
    (person,) = await people_refs([actor.id], actor.language)
    return await queries.person_facts(person, actor.language)


@get("/wishes", opt=OWN, tags=TAGS, responses=problems(), operation_id="readWishes")
async def read_wishes(request: AnyRequest) -> PersonFactsOut:
    """Where you would like to look, when you work, and what HR has entered of you for rotations."""
    return await _own_facts(current_actor(request))


@put("/wishes", opt=OWN, tags=TAGS, responses=problems(413, 422), operation_id="stateWishes")
async def state_wishes(request: AnyRequest, data: JSONBody[StateWishes]) -> PersonFactsOut:
    """Say where you would like to look; what HR has entered stays."""
    stated = facts.Stated(
        working_days=tuple(data.working_days),
        volunteer=data.volunteer,
        wishes={one.department: one.liking for one in data.wishes},
    )
    actor = current_actor(request)
    await facts.state_own_facts(actor=actor, facts=stated)
    return await _own_facts(actor)


@get("/team/weeks", opt=TEAM, tags=TAGS, responses=problems(404), operation_id="listTeamWeeks")
async def team_weeks(request: AnyRequest) -> Team:
    """Your team's next weeks: who is away on a visit, who comes, the tightest days.

    `waiting` names the approvals that wait for you, by the visit's `uid`: decide them at `/approvals/decisions`,
    `approve` agrees to a visit, `decline` objects with a reason.
    """
    return await teams.own_team(current_actor(request))


ROUTES = [
    list_visits,
    read_visit,
    answer_visit,
    take_back,
    list_candidates,
    offer_visit,
    withdraw_offer,
    take_offer,
    refuse_offer,
    make_address,
    revoke_address,
    read_wishes,
    state_wishes,
    team_weeks,
]
