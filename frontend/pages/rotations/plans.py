"""A plan: being looked for, then as a board to be changed by hand, compared and published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

import msgspec
from babel.lists import format_list
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from api.core.access.middleware import current_actor
from api.core.clock import utc
from api.core.errors import Conflict, DomainError
from api.core.i18n import Language
from api.people.queries import department_people, people_refs, suggest_people
from api.rotations import board as boards
from api.rotations import editing, listing, programmes, publishing, solving
from api.rotations.board import Board, Cell
from api.rotations.listing import PlanItem
from api.rotations.planning import Fault, Unmet, Worth
from api.rotations.programmes import ProgrammeRecord
from api.rotations.rules import LIVE, REASONS_TO_STOP
from frontend.curve import draw
from frontend.pages.organisation.forms import number
from frontend.pages.rotations.difference_words import difference_words
from frontend.pages.rotations.wizard import PLAN
from frontend.pages.rotations.words import KIND_NAMES, PHASES, TERM_NAMES, Namer, block_words
from frontend.web import AnyRequest, answer, field_errors, form_of, see_other, text_of, view_of

_SHOWN_FAULTS = 30
By = Literal["departments", "people"]


class Head(msgspec.Struct, frozen=True):
    """A column of the board."""

    number: int
    short: str
    long: str
    closed: bool


def _heads(record: ProgrammeRecord, blocks: list[boards.BlockOut], language: Language) -> list[Head]:
    zone = ZoneInfo(record.time_zone)

    def local(moment: datetime) -> datetime:
        return moment.astimezone(zone)

    return [
        Head(
            one.number,
            *block_words(local(one.starts_at), local(one.ends_at), record.pattern, language),
            one.closed,
        )
        for one in blocks
    ]


def _namer(board: Board, heads: list[Head], more: dict[str, str]) -> Namer:
    people = {cell.person_id: cell.name for cell in board.cells} | more
    return Namer(people, {one.id: one.name for one in board.departments}, {head.number: head.long for head in heads})


async def _names(faults: list[Fault], board: Board, language: Language) -> dict[str, str]:
    """Names of people that reasons speak of and the board does not show."""
    known = {cell.person_id for cell in board.cells}
    wanted = {str(fault.about["person"]) for fault in faults if "person" in fault.about} - known
    return {one.id: one.name for one in await people_refs(sorted(wanted), language)}


def _conflicts(worth: Worth, board: Board) -> set[str]:
    """The visits that a broken rule is about."""
    by: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in board.cells:
        for name, value in (("person", cell.person_id), ("host", cell.host_id), ("home", cell.home_id)):
            by[name, value].append(cell)
    found = set()
    for fault in worth.faults:
        about = fault.about
        name = next((name for name in ("person", "host", "home") if name in about), "")
        for cell in by[name, str(about.get(name))]:
            place = about.get("host") in (None, cell.host_id) and about.get("home") in (None, cell.home_id)
            if place and ("block" not in about or str(about["block"]) == str(cell.block)):
                found.add(cell.id)
    return found


@get("/plans/{plan_id:str}", opt=PLAN, include_in_schema=False)
async def plan_page(
    request: AnyRequest,
    plan_id: FromPath[str],
    by: FromQuery[By] = "departments",
    visit: FromQuery[str] = "",
    why: FromQuery[str] = "",
    host: FromQuery[str] = "",
    find_why: FromQuery[str] = "",
    beside: FromQuery[str] = "",
) -> Response[str]:
    """The search while it runs; then the board, with the visit that is chosen, or why somebody is not there."""
    if find_why and not why:  # typed without script: the best that fits
        found = await suggest_people(find_why[:200], current_actor(request).language, limit=1)
        why = found[0].id if found else ""
    return await _show(request, plan_id, by=by, visit=visit, why=why, host=host, beside=beside)


async def _show(
    request: AnyRequest,
    plan_id: str,
    *,
    by: By = "departments",
    visit: str = "",
    why: str = "",
    host: str = "",
    beside: str = "",
    error: DomainError | None = None,
) -> Response[str]:
    plan, others = await listing.plan_and_others(plan_id)
    record = await programmes.programme(plan.programme_id)
    view = view_of(request)
    if plan.state in LIVE or plan.state == "failed":
        return await _show_search(request, plan, record)
    if view.target == "search":
        return Response("", headers={"hx-refresh": "true", "cache-control": "no-store"})
    language = current_actor(request).language
    board = await boards.board(plan.id, record.id, record.scope, language)
    heads = _heads(record, board.blocks, language)
    worth = await editing.standing(plan.id, plan.version)
    chosen = next((cell for cell in board.cells if cell.id == visit), None)
    unmet = msgspec.json.decode(plan.unmet, type=list[Unmet])
    reasons = msgspec.json.decode(plan.reasons, type=list[Fault])
    ways = msgspec.json.decode(plan.ways, type=list[list[Fault]])
    answers = []
    if why and host:
        answers = await editing.why_not(await editing.desk(plan.id), person_id=why, host_id=host)
    spoken = [
        *(worth.faults[:_SHOWN_FAULTS] + reasons),
        *(one for way in ways for one in way),
        *(reason for one in answers for reason in one.reasons),
        *(reason for one in unmet for reason in one.reasons),
        *(Fault("", {"person": one.person}) for one in unmet),
        *([Fault("", {"person": why})] if why else []),
    ]
    namer = _namer(board, heads, await _names(spoken, board, language))
    other = next((one for one in others if one.id == beside), None)
    return answer(
        request,
        "rotations/plan.html",
        view,
        status=error.status if error else 200,
        plan=plan,
        programme=record,
        by=by,
        heads=heads,
        board=board,
        rows=_rows(board, by),
        conflicts=_conflicts(worth, board),
        kinds={kind: KIND_NAMES[kind].text(language) for kind in KIND_NAMES},
        faults=[namer.reason(fault, language) for fault in worth.faults[:_SHOWN_FAULTS]],
        fault_count=len(worth.faults),
        reasons=[namer.reason(fault, language) for fault in reasons],
        ways=[format_list([namer.change(one, language) for one in way], locale=language) for way in ways],
        unmet=[
            (namer.person(one.person), namer.department(one.host), [namer.reason(r, language) for r in one.reasons])
            for one in unmet[:_SHOWN_FAULTS]
        ],
        chosen=chosen,
        group=[cell for cell in board.cells if chosen and cell.group == chosen.group],
        colleagues=await department_people(chosen.home_id, language, limit=400) if chosen else [],
        departments={one.id: one for one in board.departments},
        terms=_terms(plan, other, language),
        other=other,
        plans=[one for one in others if one.solved_at],
        answers=[
            (
                heads[one.block].long,
                [namer.reason(reason, language) for reason in one.reasons],
                [[namer.change(change, language) for change in way] for way in one.ways],
            )
            for one in _telling(answers)
        ],
        asked=(namer.person(why), namer.department(host)) if answers else None,
        ended=REASONS_TO_STOP[plan.status].text(language) if plan.status in REASONS_TO_STOP else "",
        editable=plan.state == "ready" and record.state != "archived",
        errors=field_errors(error, language) if error else {},
        problem=error.message.text(language) if error and not error.fields else "",
    )


def _telling(answers: list[Any]) -> list[Any]:
    """The block that needs least, and two more: all of them would say much the same."""
    return sorted(answers, key=lambda one: (not one.ways, len(one.reasons), one.block))[:3]


def _terms(plan: PlanItem, other: PlanItem | None, language: Language) -> list[tuple[str, float, float | None]]:
    """The score term by term, against another plan's."""
    shown = [name for name in TERM_NAMES if plan.terms.get(name) or (other and other.terms.get(name))]
    return [
        (
            TERM_NAMES[name].text(language),
            plan.terms.get(name, 0.0),
            plan.terms.get(name, 0.0) - other.terms.get(name, 0.0) if other else None,
        )
        for name in shown
    ]


def _rows(board: Board, by: By) -> list[tuple[Any, dict[int, list[Cell]]]]:
    """Lines of the board: departments with their guests, or people with their visits, by block."""
    cells: dict[str, dict[int, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    for cell in board.cells:
        cells[cell.host_id if by == "departments" else cell.person_id][cell.block].append(cell)
    if by == "departments":
        return [(one, cells[one.id]) for one in board.departments]
    names = {cell.person_id: cell for cell in board.cells}
    return [(one, cells[one.person_id]) for one in sorted(names.values(), key=lambda cell: (cell.home_id, cell.name))]


async def _show_search(request: AnyRequest, plan: PlanItem, record: ProgrammeRecord) -> Response[str]:
    language = current_actor(request).language
    search = await listing.search(plan)
    last = next((point for point in reversed(search.curve) if point[1] is not None and point[2] is not None), None)
    gap = None
    if last is not None and last[1] and last[2] is not None:
        gap = max(0.0, 100 * (last[2] - last[1]) / abs(last[1]))
    return answer(
        request,
        "rotations/search.html",
        view_of(request),
        plan=plan,
        programme=record,
        search=search,
        phase=PHASES.get(search.phase, PHASES["improve"]).text(language),
        curve=draw(search.curve),
        best=last[1] if last else None,
        bound=last[2] if last else None,
        gap=None if gap is None else round(gap, 2),
    )


@post("/plans/{plan_id:str}/stop", opt=PLAN, status_code=200, include_in_schema=False)
async def stop_search(request: AnyRequest, plan_id: FromPath[str]) -> Response[str]:
    """Good enough."""
    await solving.stop_search(actor=current_actor(request), plan_id=plan_id)
    return see_other(f"/plans/{plan_id}", toast="search_stops")


@post("/plans/{plan_id:str}/removal", opt=PLAN, status_code=200, include_in_schema=False)
async def discard_plan(request: AnyRequest, plan_id: FromPath[str]) -> Response[str]:
    """Away with it."""
    programme_id = await solving.discard_plan(actor=current_actor(request), plan_id=plan_id)
    return see_other(f"/programmes/{programme_id}/plans", toast="deleted")


async def _edit(
    request: AnyRequest, plan_id: str, visit_id: str, verb: Callable[[], Awaitable[object]], toast: str = "plan_changed"
) -> Response[str]:
    """Do it and show the board with the same visit; what is refused is said there."""
    by: By = "people" if request.query_params.get("by") == "people" else "departments"
    try:
        await verb()
    except DomainError as error:
        if not error.fields and not isinstance(error, Conflict):
            raise
        return await _show(request, plan_id, by=by, visit=visit_id, error=error)
    chosen = f"&visit={visit_id}" if visit_id else ""
    return see_other(f"/plans/{plan_id}?by={by}{chosen}#chosen", toast=toast)


@post("/plans/{plan_id:str}/visits/{visit_id:str}/move", opt=PLAN, status_code=200, include_in_schema=False)
async def move_visit(request: AnyRequest, plan_id: FromPath[str], visit_id: FromPath[str]) -> Response[str]:
    """Into another block."""
    block = number(text_of(await form_of(request), "block"))
    actor = current_actor(request)
    return await _edit(
        *(request, plan_id, visit_id),
        lambda: editing.move(
            actor=actor, plan_id=plan_id, visit_id=visit_id, block=block if isinstance(block, int) else -1
        ),
    )


@post("/plans/{plan_id:str}/visits/{visit_id:str}/person", opt=PLAN, status_code=200, include_in_schema=False)
async def hand_over(request: AnyRequest, plan_id: FromPath[str], visit_id: FromPath[str]) -> Response[str]:
    """To a colleague."""
    person_id = text_of(await form_of(request), "person")
    actor = current_actor(request)
    return await _edit(
        *(request, plan_id, visit_id),
        lambda: editing.hand_over(actor=actor, plan_id=plan_id, visit_id=visit_id, person_id=person_id),
    )


@post("/plans/{plan_id:str}/visits/{visit_id:str}/pin", opt=PLAN, status_code=200, include_in_schema=False)
async def pin_visit(request: AnyRequest, plan_id: FromPath[str], visit_id: FromPath[str]) -> Response[str]:
    """It stays, or need not stay any more."""
    pinned = text_of(await form_of(request), "pinned") == "yes"
    actor = current_actor(request)
    return await _edit(
        *(request, plan_id, visit_id),
        lambda: editing.pin(actor=actor, plan_id=plan_id, visit_id=visit_id, pinned=pinned),
    )


@post("/plans/{plan_id:str}/visits/{visit_id:str}/removal", opt=PLAN, status_code=200, include_in_schema=False)
async def remove_visit(request: AnyRequest, plan_id: FromPath[str], visit_id: FromPath[str]) -> Response[str]:
    """Out of the plan, with its swap or ring."""
    actor = current_actor(request)
    return await _edit(request, plan_id, "", lambda: editing.remove(actor=actor, plan_id=plan_id, visit_id=visit_id))


@post("/plans/{plan_id:str}/visits/{visit_id:str}/ban", opt=PLAN, status_code=200, include_in_schema=False)
async def forbid_visit(request: AnyRequest, plan_id: FromPath[str], visit_id: FromPath[str]) -> Response[str]:
    """Not this person there."""
    actor = current_actor(request)
    return await _edit(request, plan_id, "", lambda: editing.forbid(actor=actor, plan_id=plan_id, visit_id=visit_id))


@post("/plans/{plan_id:str}/undo", opt=PLAN, status_code=200, include_in_schema=False)
async def undo_edit(request: AnyRequest, plan_id: FromPath[str]) -> Response[str]:
    """Take the last change back."""
    actor = current_actor(request)
    return await _edit(request, plan_id, "", lambda: editing.undo(actor=actor, plan_id=plan_id), toast="plan_undone")


@post("/plans/{plan_id:str}/mending", opt=PLAN, status_code=200, include_in_schema=False)
async def mend_plan(request: AnyRequest, plan_id: FromPath[str]) -> Response[str]:
    """Keep every rule again, with as few changes as can be."""
    actor = current_actor(request)
    return await _edit(request, plan_id, "", lambda: editing.mend(actor=actor, plan_id=plan_id))


@get("/plans/{plan_id:str}/publication", opt=PLAN, include_in_schema=False)
async def publication_page(request: AnyRequest, plan_id: FromPath[str]) -> Response[str]:
    """Before people are told: what has changed since, what breaks a rule, who was told before."""
    return await _show_publication(request, plan_id)


async def _show_publication(request: AnyRequest, plan_id: str, error: DomainError | None = None) -> Response[str]:
    language = current_actor(request).language
    plan = await listing.plan(plan_id)
    record = await programmes.programme(plan.programme_id)
    board = await boards.board(plan.id, record.id, record.scope, language)
    heads = _heads(record, board.blocks, language)
    differences, worth = await editing.changed_data(await editing.desk(plan.id))
    people = sorted({person for one in differences for person in one.people})[:60]
    names = {one.id: one.name for one in await people_refs(people, language)}
    namer = _namer(board, heads, names | await _names(worth.faults[:_SHOWN_FAULTS], board, language))
    versions = await publishing.publications(record.id, language)
    return answer(
        request,
        "rotations/publication.html",
        view_of(request),
        status=error.status if error else 200,
        plan=plan,
        programme=record,
        differences=[difference_words(one, namer, language) for one in differences],
        faults=[namer.reason(fault, language) for fault in worth.faults[:_SHOWN_FAULTS]],
        fault_count=len(worth.faults),
        versions=[(one, utc(one.at)) for one in versions],
        errors=field_errors(error, language) if error else {},
        problem=error.message.text(language) if error and not error.fields else "",
    )


@post("/plans/{plan_id:str}/publication", opt=PLAN, status_code=200, include_in_schema=False)
async def publish_plan(request: AnyRequest, plan_id: FromPath[str]) -> Response[str]:
    """Tell people."""
    answer_by = text_of(await form_of(request), "answer_by")
    try:
        await publishing.publish(actor=current_actor(request), plan_id=plan_id, answer_by=answer_by)
    except DomainError as error:
        if not error.fields and not isinstance(error, Conflict):
            raise
        return await _show_publication(request, plan_id, error)
    return see_other(f"/plans/{plan_id}/publication", toast="plan_published")


ROUTES = [
    plan_page,
    stop_search,
    discard_plan,
    move_visit,
    hand_over,
    pin_visit,
    remove_visit,
    forbid_visit,
    undo_edit,
    mend_plan,
    publication_page,
    publish_plan,
]
