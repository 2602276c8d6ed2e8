"""From a state to a plan: groups of visits and the score term by term."""

from __future__ import annotations

import numpy as np

from scheduler.model import TERMS
from scheduler.plan import PlannedVisit, Term
from scheduler.solver.arrays import Arrays
from scheduler.solver.flat import Answer
from scheduler.solver.loading import earned, load
from scheduler.solver.state import State


def visits_of(arrays: Arrays, state: State) -> tuple[PlannedVisit, ...]:
    """The visits, grouped: any people of the same arc and block may change places in their groups."""
    alone = np.full((len(arrays.arc_home), arrays.cycles.shape[1]), -1)
    alone[:, 0] = np.arange(len(alone))
    shapes = np.concatenate([arrays.cycles, alone])  # a shadow visit is a shape of one arc
    counts = np.concatenate([state.booked, state.alone])
    start, shape = np.nonzero(counts.T)
    start, shape = (np.repeat(each, counts[shape, start]) for each in (start, shape))
    legs = shapes[shape]
    group, place = np.nonzero(legs >= 0)
    arc, start = legs[group, place], start[group]
    # People of the same arc and block go to the groups that need them in the order of both.
    needs = np.argsort(arc * arrays.blocks + start, kind="stable")
    used = np.flatnonzero(state.at >= 0)
    option = np.empty(len(needs), dtype=np.int64)
    option[needs] = used[np.argsort(arrays.arc[used] * arrays.blocks + state.at[used], kind="stable")]
    people = [person.id for person in arrays.instance.people]
    hosts = [department.id for department in arrays.instance.departments]
    blocks = [block.id for block in arrays.instance.blocks]
    rows = (arrays.person[option], arrays.arc_host[arc], start, group)
    return tuple(
        PlannedVisit(person=people[who], host=hosts[host], block=blocks[when], group=number)
        for who, host, when, number in zip(*(row.tolist() for row in rows), strict=True)
    )


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
