"""Start with the pinned visits: put their people in and find partners, so that every later step keeps them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from scheduler.plan import Status
from scheduler.solver.arrays import Arrays, Bools, Ints
from scheduler.solver.flat import build_flat, flat_size, solve_flat
from scheduler.solver.limits import Limits
from scheduler.solver.moves import book, book_alone, change, fits, has_room, has_room_alone, place, undo
from scheduler.solver.result import state_of
from scheduler.solver.search import forget
from scheduler.solver.state import State, empty_state

_LARGEST: Final = 300_000  # variables of the exact model of pins
_ENOUGH: Final = 30  # people for each arc and block where that model would be too large


def start_from_pins(arrays: Arrays, limits: Limits) -> State | Status:
    """A plan with all pinned visits; else INFEASIBLE if there is proven to be none, UNKNOWN if none was found."""
    state = empty_state(arrays)
    if not len(arrays.pins) or _simply(arrays, state, limits):
        return state
    few, everybody = _narrowed(arrays)
    answer = solve_flat(limits.wait(lambda: build_flat(few)), limits)
    if answer.visits is not None:
        return state_of(arrays, answer)
    return Status.INFEASIBLE if answer.infeasible and everybody and arrays.complete else Status.UNKNOWN


def _simply(arrays: Arrays, state: State, limits: Limits) -> bool:
    """Pins first, then for each the first cycle that its fellow pins or free people complete."""
    waiting: dict[tuple[int, int], int] = {}
    for option, start in arrays.pins.tolist():
        if not fits(state, option, start):
            return False
        change(state, option, start, 1)
        forget(state)  # the journal is short, pins may be many
        key = int(arrays.arc[option]), start
        waiting[key] = waiting.get(key, 0) + 1
    through = {arc: np.flatnonzero((arrays.cycles == arc).any(axis=1)) for arc in {arc for arc, _ in waiting}}
    for arc, start in list(waiting):
        while waiting.get((arc, start), 0):
            if limits.over() or not _complete(arrays, state, waiting, through[arc], arc, start):
                return False
            forget(state)
    return True


def _complete(
    arrays: Arrays,
    state: State,
    waiting: dict[tuple[int, int], int],
    through: Ints,
    arc: int,
    start: int,
) -> bool:
    rows = [(arrays.cycles[c, : arrays.size[c]].tolist(), int(c)) for c in through]
    # Cycles that need the fewest people beside the pinned ones first.
    rows.sort(key=lambda row: (sum(not waiting.get((leg, start), 0) for leg in row[0]), len(row[0]), row[1]))
    for legs, cycle in rows:
        mark = int(state.done[0])
        if has_room(state, cycle, start) and all(
            waiting.get((leg, start), 0) > 0 or place(state, leg, start, 1) for leg in legs
        ):
            book(state, cycle, start, 1)
            for leg in legs:
                waiting[leg, start] = max(0, waiting.get((leg, start), 0) - 1)
            return True
        undo(state, mark)
    if arrays.shadow and has_room_alone(state, arc, start):
        book_alone(state, arc, start, 1)
        waiting[arc, start] -= 1
        return True
    return False


def _narrowed(arrays: Arrays) -> tuple[Arrays, bool]:
    """As few visits as needed, when pins start only; and whether everybody is in there who could be needed.

    A group without a pin cannot help one: it takes room, and nowhere brings more people than it takes.
    """
    ok = np.zeros_like(arrays.ok)
    when = np.unique(arrays.pins[:, 1])
    ok[:, when] = arrays.ok[:, when]
    few = replace(
        arrays,
        ok=ok,
        starts=when,
        value=np.full(len(arrays.value), -1.0),
        extra=np.zeros((0, 0)),
        kept=np.zeros((0, 0), dtype=bool),
        need_reward=0.0,
        keep_reward=0.0,
        fairness=np.zeros(0),
        coverage=np.zeros((len(arrays.arc_home), 0)),
        tiers=np.zeros((arrays.departments, 0)),
        seniority=np.zeros(len(arrays.arc_home)),
        shadow_cost=0.0,
    )
    # Each group has a pin, so that of so many people who can go one is always free who would do the same.
    needed = len(arrays.pins) * int(arrays.size.max(initial=1))
    everybody = True
    for keep in (needed, _ENOUGH):
        if flat_size(few) > _LARGEST:
            few, everybody = replace(few, ok=_thinned(few, keep)), keep >= needed
    return few, everybody


def _thinned(arrays: Arrays, keep: int) -> Bools:
    """At most so many people for each arc and block beside the pinned ones."""
    ok: Bools = np.zeros_like(arrays.ok)
    for arc in range(len(arrays.arc_home)):
        rows = slice(arrays.arc_first[arc], arrays.arc_first[arc + 1])
        ok[rows] = arrays.ok[rows] & (arrays.ok[rows].cumsum(axis=0) <= keep)
    ok[arrays.pins[:, 0], arrays.pins[:, 1]] = True
    return ok
