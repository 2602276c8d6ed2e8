"""The price of a change before it is made, in words: while a visit is dragged, moved by keys or chosen in a form."""

from __future__ import annotations

import msgspec
from litestar import Response, get
from litestar.params import FromPath, FromQuery

from api.core.access.middleware import current_actor
from api.core.i18n import Language
from api.people.queries import department_refs, people_refs
from api.rotations import board as boards
from api.rotations import listing, programmes, trying
from api.rotations.planning import Fault
from frontend.pages.organisation.forms import number
from frontend.pages.rotations.naming import Head, heads_of
from frontend.pages.rotations.steps import PLAN
from frontend.pages.rotations.words import Namer
from frontend.web import AnyRequest, answer, view_of

_SHOWN = 5


class TrialOut(msgspec.Struct, frozen=True):
    """A trial in words; `where` is the block or the person that was tried."""

    where: str
    gain: float
    faults: list[str]
    ended: int


async def tried(
    heads: list[Head], language: Language, *, plan_id: str, visit_id: str, block: str, person: str
) -> TrialOut:
    """Try it. Raises NotFound, Invalid."""
    if person:
        found = await trying.try_hand_over(plan_id=plan_id, visit_id=visit_id, person_id=person)
        where = next((one.name for one in await people_refs([person], language)), "?")
    else:
        wanted = number(block)
        at = wanted if isinstance(wanted, int) else -1
        found = await trying.try_move(plan_id=plan_id, visit_id=visit_id, block=at)
        where = heads[at].long
    shown = found.faults[:_SHOWN]
    people = await people_refs(_named(shown, "person"), language)
    departments = await department_refs(_named(shown, "host", "home"), language)
    namer = Namer(
        {one.id: one.name for one in people},
        {one.id: one.name for one in departments},
        {head.number: head.long for head in heads},
    )
    return TrialOut(where, found.gain, [namer.reason(fault, language) for fault in shown], found.ended)


def _named(faults: list[Fault], *fields: str) -> list[str]:
    return sorted({str(fault.about[field]) for fault in faults for field in fields if field in fault.about})


@get("/plans/{plan_id:str}/visits/{visit_id:str}/trial", opt=PLAN, include_in_schema=False)
async def trial_fragment(
    request: AnyRequest,
    plan_id: FromPath[str],
    visit_id: FromPath[str],
    block: FromQuery[str] = "",
    person: FromQuery[str] = "",
) -> Response[str]:
    """A few lines for the page that is open."""
    language = current_actor(request).language
    plan = await listing.plan(plan_id)
    record = await programmes.programme(plan.programme_id)
    heads = heads_of(record, await boards.blocks(record.id), language)
    trial = await tried(heads, language, plan_id=plan.id, visit_id=visit_id, block=block, person=person)
    return answer(request, "rotations/_trial.html", view_of(request), trial=trial)


ROUTES = [trial_fragment]
