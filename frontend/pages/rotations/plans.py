"""A plan: being looked for, then as a board to be changed by hand, compared and published."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from api.core.access.middleware import current_actor
from api.core.errors import DomainError
from api.core.i18n import Language
from api.people.queries import department_people, suggest_people
from api.rotations import board as boards
from api.rotations import desk, listing, programmes, solving
from api.rotations.board import Board, Cell
from api.rotations.listing import PlanItem
from api.rotations.planning import Worth
from api.rotations.programmes import RotationProgramme
from api.rotations.rules import LIVE, REASONS_TO_STOP
from api.rotations.storing import legs
from frontend.curve import draw as draw_curve
from frontend.map import Spot, draw
from frontend.pages.rotations.explaining import explained
from frontend.pages.rotations.naming import heads_of
from frontend.pages.rotations.steps import PLAN
from frontend.pages.rotations.trials import tried
from frontend.pages.rotations.words import ACTION_NAMES, KIND_NAMES, PHASES, TERM_NAMES
from frontend.web import AnyRequest, answer, field_errors, see_other, view_of

By = Literal["departments", "people"]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a board is asked to show: the visit that is chosen, why somebody (`why`) does not see a `host`, another
    plan beside it, what it would be worth with the visit in another `block` or made by another `person`."""

    by: By = "departments"
    visit: str = ""
    why: str = ""
    host: str = ""
    beside: str = ""
    block: str = ""
    person: str = ""


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
    block: FromQuery[str] = "",
    person: FromQuery[str] = "",
) -> Response[str]:
    """The search while it runs; then the board, with the visit that is chosen, or why somebody is not there."""
    if find_why and not why:  # typed without script: the best that fits
        found = await suggest_people(find_why[:200], current_actor(request).language, limit=1)
        why = found[0].id if found else ""
    asked = Asked(by=by, visit=visit, why=why, host=host, beside=beside, block=block, person=person)
    return await show_plan(request, plan_id, asked)


async def show_plan(
    request: AnyRequest, plan_id: str, asked: Asked, *, error: DomainError | None = None
) -> Response[str]:
    """A plan as it stands, or the search for it; with what was refused."""
    plan, others = await listing.plan_and_others(plan_id)
    record = await programmes.programme(plan.programme_id)
    view = view_of(request)
    if plan.state in LIVE or plan.state == "failed":
        return await _show_search(request, plan, record)
    if view.target == "search":
        return Response("", headers={"hx-refresh": "true", "cache-control": "no-store"})
    language = current_actor(request).language
    board = await boards.board(plan.id, record.id, record.scope, language)
    heads = heads_of(record, board.blocks, language)
    worth = await desk.standing(plan.id, plan.version)
    chosen = next((cell for cell in board.cells if cell.id == asked.visit), None)
    trial = None
    if chosen and error is None and (asked.block or asked.person) and plan.state == "ready":
        trial = await tried(
            *(heads, language),
            plan_id=plan.id,
            visit_id=chosen.id,
            block=asked.block,
            person=asked.person if not asked.block else "",
        )
    other = next((one for one in others if one.id == asked.beside), None)
    there = {(leg.person, leg.host, leg.block) for leg in await legs(other.id)} if other else set()
    fresh = [cell for cell in board.cells if other and (cell.person_id, cell.host_id, cell.block) not in there]
    return answer(
        request,
        "rotations/plan.html",
        view,
        status=error.status if error else 200,
        plan=plan,
        programme=record,
        by=asked.by,
        heads=heads,
        board=board,
        rows=_rows(board, asked.by),
        conflicts=_conflicts(worth, board),
        kinds={kind: KIND_NAMES[kind].text(language) for kind in KIND_NAMES},
        actions={action: ACTION_NAMES[action].text(language) for action in ACTION_NAMES},
        chosen=chosen,
        trial=trial,
        group=[cell for cell in board.cells if chosen and cell.group == chosen.group],
        colleagues=await department_people(chosen.home_id, language, limit=400) if chosen else [],
        departments={one.id: one for one in board.departments},
        picture=draw([Spot(one.id, one.code, one.name, one.hue) for one in board.departments], board.coverage),
        terms=_terms(plan, other, language),
        other=other,
        shared=len(board.cells) - len(fresh),
        # Where most is otherwise, marks would say nothing
        fresh={cell.id for cell in fresh} if 2 * len(fresh) <= len(board.cells) else set(),
        plans=[one for one in others if one.solved_at],
        **msgspec.structs.asdict(await explained(plan, worth, board, heads, asked.why, asked.host, language)),
        ended=REASONS_TO_STOP[plan.status].text(language) if plan.status in REASONS_TO_STOP else "",
        editable=plan.state == "ready" and record.state != "archived",
        errors=field_errors(error, language) if error else {},
        problem=error.message.text(language) if error and not error.fields else "",
    )


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


async def _show_search(request: AnyRequest, plan: PlanItem, record: RotationProgramme) -> Response[str]:
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
        curve=draw_curve(search.curve),
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


ROUTES = [plan_page, stop_search, discard_plan]
