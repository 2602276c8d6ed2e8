"""Why a plan is as it is, in words: what breaks a rule, what could not be, why somebody does not see a department."""

from __future__ import annotations

import msgspec
from babel.lists import format_list

from api.core.errors import NotFound
from api.core.i18n import Language
from api.rotations import desk
from api.rotations.board import Board
from api.rotations.listing import PlanItem
from api.rotations.planning import Fault, Unmet, Why, Worth
from frontend.pages.rotations.naming import Head, namer_of, names_of
from frontend.pages.rotations.reasons import Answer, answers_of

_SHOWN_FAULTS = 30


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """Sentences. `reasons` and `ways` are those of an impossible plan, `unmet` the required visits that are missing
    (person, department, why); `answers` say why the person `asked` about does not see the department there, unless
    they are `outside` of the plan."""

    faults: list[str]
    fault_count: int
    reasons: list[str]
    ways: list[str]
    unmet: list[tuple[str, str, list[str]]]
    answers: list[Answer]
    asked: tuple[str, str] | None
    outside: bool


async def explained(
    plan: PlanItem, worth: Worth, board: Board, heads: list[Head], why: str, host: str, language: Language
) -> Explained:
    """The plan's explanations; with `why` and `host` also why that person does not see that department."""
    unmet = msgspec.json.decode(plan.unmet, type=list[Unmet])
    reasons = msgspec.json.decode(plan.reasons, type=list[Fault])
    ways = msgspec.json.decode(plan.ways, type=list[list[Fault]])
    answers = await _answers(plan.id, why, host) if why and host else []
    faults = worth.faults[:_SHOWN_FAULTS]
    spoken = [
        *(faults + reasons),
        *(one for way in ways for one in way),
        *(reason for one in answers or [] for reason in one.reasons),
        *(reason for one in unmet for reason in one.reasons),
        *(Fault("", {"person": one.person}) for one in unmet),
        *([Fault("", {"person": why})] if why else []),
    ]
    namer = namer_of(board, heads, await names_of(spoken, board, language))

    def told(found: list[Fault]) -> list[str]:
        return [namer.reason(fault, language) for fault in found]

    return Explained(
        faults=told(faults),
        fault_count=len(worth.faults),
        reasons=told(reasons),
        ways=[format_list([namer.change(one, language) for one in way], locale=language) for way in ways],
        unmet=[
            (namer.person(one.person), namer.department(one.host), told(one.reasons)) for one in unmet[:_SHOWN_FAULTS]
        ],
        answers=answers_of(answers or [], heads, namer, language),
        asked=None if answers == [] else (namer.person(why), namer.department(host)),
        outside=answers is None,
    )


async def _answers(plan_id: str, why: str, host: str) -> list[Why] | None:
    """What every block has to say; None outside of the plan."""
    try:
        return await desk.why_not(await desk.desk(plan_id), person_id=why, host_id=host)
    except NotFound:
        return None
