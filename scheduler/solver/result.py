"""From a state to a plan: groups of visits and the score term by term."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from scheduler.model import TERMS
from scheduler.plan import PlannedVisit, Term
from scheduler.solver.arrays import Arrays
from scheduler.solver.flat import Answer
from scheduler.solver.moves import book, book_alone, change
from scheduler.solver.search import forget
from scheduler.solver.state import State, empty_state


def visits_of(arrays: Arrays, state: State) -> tuple[PlannedVisit, ...]:
    """The visits, grouped: any people of the same arc and block may change places in their groups."""
    instance = arrays.instance
    pools: dict[tuple[int, int], list[int]] = defaultdict(list)
    for option in np.flatnonzero(state.at >= 0)[::-1].tolist():
        pools[int(arrays.arc[option]), int(state.at[option])].append(option)
    found: list[PlannedVisit] = []
    group = 0

    def take(arc: int, start: int) -> None:
        option = pools[arc, start].pop()
        person, host = int(arrays.person[option]), int(arrays.arc_host[arc])
        found.append(
            PlannedVisit(
                person=instance.people[person].id,
                host=instance.departments[host].id,
                block=instance.blocks[start].id,
                group=group,
            )
        )

    bookings = [(start, cycle, True) for cycle, start in np.argwhere(state.booked).tolist()]
    bookings += [(start, arc, False) for arc, start in np.argwhere(state.alone).tolist()]
    for start, index, together in sorted(bookings):
        for _ in range(int(state.booked[index, start] if together else state.alone[index, start])):
            for arc in arrays.cycles[index, : arrays.size[index]].tolist() if together else [index]:
                take(arc, start)
            group += 1
    return tuple(found)


def terms_of(arrays: Arrays, state: State) -> tuple[Term, ...]:
    """The score's terms; `arrays` must be built without scaling terms."""
    goals = arrays.instance.objective
    used = np.flatnonzero(state.at >= 0)
    starts, arc = state.at[used], arrays.arc[used]
    own = arrays.own_weight[used]
    if arrays.own_weight_at.size:
        own = own + arrays.own_weight_at[used, starts]
    fairness = np.append(0.0, np.cumsum(np.pad(arrays.fairness, (0, int(state.made[:, 0].max(initial=0))))))
    values = {
        "required": arrays.need_reward * int((starts <= arrays.deadline[used]).sum()),
        "dependency": goals.dependency * float(arrays.weight[arc].sum()),
        "coverage": _tiers(arrays.coverage, state.by_arc[:, 0].tolist()),
        "fairness": float(fairness[state.made[:, 0]].sum()),
        "departments": _tiers(arrays.tiers, state.by_home.tolist()),
        "wishes": goals.wishes * float(arrays.wish[used].sum()),
        "visits": float(own.sum()),
        "seniority": float((arrays.seniority[:, None] * (state.by_arc[:, 1:] > 0)).sum()),
        "stability": arrays.keep_reward * int(arrays.kept[used, starts].sum()) if arrays.kept.size else 0.0,
        "shadow": -arrays.shadow_cost * int(state.alone.sum()),
    }
    return tuple(Term(name=name, value=float(values[name]) + 0.0) for name in TERMS)


def _tiers(rewards: object, counts: list[int]) -> float:
    table = np.asarray(rewards, dtype=np.float64)
    return float(sum(row[:count].sum() for row, count in zip(table, counts, strict=True)))


def state_of(arrays: Arrays, answer: Answer) -> State:
    """The state that an exact model's answer describes."""
    state = empty_state(arrays)
    if answer.visits is None or answer.cycles is None or answer.alone is None:
        return state
    for option, start in answer.visits.tolist():
        change(state, option, start, 1)
        forget(state)
    for cycle, start, count in answer.cycles.tolist():
        for _ in range(count):
            book(state, cycle, start, 1)
            forget(state)
    for arc, start, count in answer.alone.tolist():
        for _ in range(count):
            book_alone(state, arc, start, 1)
    forget(state)
    return state


def replay(arrays: Arrays, old: State) -> State:
    """The same plan under other weights."""
    used = np.flatnonzero(old.at >= 0)
    cycles, alone = np.argwhere(old.booked), np.argwhere(old.alone)
    return state_of(
        arrays,
        Answer(
            visits=np.stack([used, old.at[used]], axis=1),
            cycles=np.column_stack([cycles, old.booked[old.booked > 0]]),
            alone=np.column_stack([alone, old.alone[old.alone > 0]]),
        ),
    )
