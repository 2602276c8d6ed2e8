"""Start with the pinned visits: put their people in and find partners, so that every later step keeps them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from scheduler.solver.arrays import Arrays, Bools, Ints
from scheduler.solver.flat import Answer, build_flat, flat_size, solve_flat
from scheduler.solver.limits import Limits
from scheduler.solver.moves import book, book_alone, change, fits, has_room, has_room_alone, place, undo
from scheduler.solver.result import state_of
from scheduler.solver.search import forget
from scheduler.solver.state import State, empty_state

_LARGEST = 300_000  # variables of the exact model of pins


def start_from_pins(arrays: Arrays, limits: Limits) -> State | None:
    """A plan with all pinned visits, or None if there is proven to be none or none was found in time."""
    state = empty_state(arrays)
    if not len(arrays.pins) or _simply(arrays, state):
        return state
    answer = _exactly(arrays, limits)
    return None if answer.visits is None else state_of(arrays, answer)


def _simply(arrays: Arrays, state: State) -> bool:
    """Pins first, then for each the first cycle that its fellow pins or free people complete."""
    waiting: dict[tuple[int, int], int] = {}
    for option, start in arrays.pins.tolist():
        if not fits(state, option, start):
            return False
        change(state, option, start, 1)
        key = int(arrays.arc[option]), start
        waiting[key] = waiting.get(key, 0) + 1
    through = {arc: np.flatnonzero((arrays.cycles == arc).any(axis=1)) for arc in {arc for arc, _ in waiting}}
    for arc, start in list(waiting):
        while waiting.get((arc, start), 0):
            if not _complete(arrays, state, waiting, through[arc], arc, start):
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


def _exactly(arrays: Arrays, limits: Limits) -> Answer:
    """As few visits as needed, in the blocks of pins only: others cannot help a pin."""
    pinned = np.zeros_like(arrays.ok)
    blocks = np.zeros(arrays.blocks, dtype=bool)
    for start in np.unique(arrays.pins[:, 1]).tolist():
        # Visits of several blocks that start elsewhere only take room and staff away, or bring cover.
        blocks[max(0, start - arrays.length + 1) : start + arrays.length] = True
    pinned[:] = arrays.ok & blocks[None, :]
    few = replace(
        arrays,
        ok=pinned,
        starts=np.flatnonzero(pinned.any(axis=0)),
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
    if flat_size(few) > _LARGEST:
        few = replace(few, ok=_thinned(few))
    return solve_flat(build_flat(few), limits)


def _thinned(arrays: Arrays, keep: int = 30) -> Bools:
    """At most so many people for each arc and block beside the pinned ones: others would do the same."""
    ok: Bools = np.zeros_like(arrays.ok)
    for arc in range(len(arrays.arc_home)):
        rows = slice(arrays.arc_first[arc], arrays.arc_first[arc + 1])
        ok[rows] = arrays.ok[rows] & (arrays.ok[rows].cumsum(axis=0) <= keep)
    ok[arrays.pins[:, 0], arrays.pins[:, 1]] = True
    return ok
