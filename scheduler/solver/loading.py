"""A state from the visits and groups of a whole plan, in whole arrays."""

from __future__ import annotations

import numpy as np

from scheduler.solver.arrays import Arrays, Floats, Ints
from scheduler.solver.state import COVER, GUESTS, OUT, State, empty_state


def load(arrays: Arrays, at: Ints, booked: Ints, alone: Ints) -> State:
    """The plan in which option o starts at `at[o]` (-1: not at all), with these groups [C, T] and [A, T]."""
    state = empty_state(arrays)
    used = np.flatnonzero(at >= 0)
    used = used[np.argsort(arrays.person[used], kind="stable")]
    person, arc = arrays.person[used], arrays.arc[used]
    count = np.bincount(person, minlength=len(arrays.home))
    state.at[:], state.booked[:], state.alone[:] = at, booked, alone
    state.made[:, 0] = count
    state.made[person, 1 + np.arange(len(used)) - (np.cumsum(count) - count)[person]] = used
    state.by_arc[:, 0] = np.bincount(arc, minlength=len(state.by_arc))
    np.add.at(state.by_arc, (arc, 1 + arrays.level[person]), 1)
    np.add.at(state.by_home, arrays.home[person], 1)
    for place in range(arrays.cycles.shape[1]):
        inside = arrays.cycles[:, place] >= 0
        home = arrays.arc_home[arrays.cycles[inside, place]]
        for kind in (GUESTS, OUT, COVER):
            _spread(arrays, state.house[:, :, kind], home, booked[inside])
    _spread(arrays, state.house[:, :, GUESTS], arrays.arc_host, alone)
    _spread(arrays, state.house[:, :, OUT], arrays.arc_home, alone)
    state.score[0] = _score(arrays, state, used)
    return state


def _spread(arrays: Arrays, table: Ints, home: Ints, groups: Ints) -> None:
    for later in range(arrays.length):
        np.add.at(table[:, later:], home, groups[:, : arrays.blocks - later])


def _score(arrays: Arrays, state: State, used: Ints) -> float:
    score = float(arrays.value[used].sum()) - arrays.shadow_cost * float(state.alone.sum())
    if arrays.extra.size:
        score += float(arrays.extra[used, state.at[used]].sum())
    score += float(np.append(0.0, np.cumsum(state.fairness))[state.made[:, 0]].sum())
    score += earned(state.coverage, state.by_arc[:, 0]) + earned(state.tiers, state.by_home)
    return score + float((arrays.seniority[:, None] * (state.by_arc[:, 1:] > 0)).sum())


def earned(rewards: Floats, counts: Ints) -> float:
    """What rows of rewards bring if each is earned so many times; beyond its end, nothing more."""
    if not rewards.size:
        return 0.0
    sums = np.pad(np.cumsum(rewards, axis=1), ((0, 0), (1, 0)))
    return float(sums[np.arange(len(counts)), np.minimum(counts, rewards.shape[1])].sum())
