"""From a state to a plan: groups of visits and the score term by term."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from scheduler.model import TERMS
from scheduler.plan import PlannedVisit, Term
from scheduler.solver.arrays import Arrays
from scheduler.solver.flat import Answer
from scheduler.solver.loading import earned, load
from scheduler.solver.state import State


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
        "coverage": earned(arrays.coverage, state.by_arc[:, 0]),
        "fairness": float(fairness[state.made[:, 0]].sum()),
        "departments": earned(arrays.tiers, state.by_home),
        "wishes": goals.wishes * float(arrays.wish[used].sum()),
        "visits": float(own.sum()),
        "seniority": float((arrays.seniority[:, None] * (state.by_arc[:, 1:] > 0)).sum()),
        "stability": arrays.keep_reward * int(arrays.kept[used, starts].sum()) if arrays.kept.size else 0.0,
        "shadow": -arrays.shadow_cost * int(state.alone.sum()),
    }
    return tuple(Term(name=name, value=float(values[name]) + 0.0) for name in TERMS)


def state_of(arrays: Arrays, answer: Answer) -> State:
    """The state that an exact model's answer describes."""
    at = np.full(len(arrays.arc), -1, dtype=np.int64)
    booked = np.zeros((len(arrays.cycles), arrays.blocks), dtype=np.int64)
    alone = np.zeros((len(arrays.arc_home), arrays.blocks), dtype=np.int64)
    if answer.visits is not None and answer.cycles is not None and answer.alone is not None:
        at[answer.visits[:, 0]] = answer.visits[:, 1]
        booked[answer.cycles[:, 0], answer.cycles[:, 1]] = answer.cycles[:, 2]
        alone[answer.alone[:, 0], answer.alone[:, 1]] = answer.alone[:, 2]
    return load(arrays, at, booked, alone)


def replay(arrays: Arrays, old: State) -> State:
    """The same plan under other weights."""
    return load(arrays, old.at, old.booked, old.alone)
