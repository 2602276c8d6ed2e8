"""A plan in the making, as arrays that inner loops can change and take back.

A person makes at most one visit with each option, so `at[option]` says who visits whom when; `booked` and `alone` say
what groups that makes. Everything else is counted along. Arrays are packed, since each one costs compiled calls time.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from scheduler.solver.arrays import Arrays, Bools, Floats, Ints

JOURNAL: Final = 1 << 16

HOME, HOST, FIRST, END = 0, 1, 2, 3  # columns of `arcs`
PERSON, ARC, PINNED = 0, 1, 2  # columns of `options`
LEVEL, LIMIT = 0, 1  # columns of `persons`
CAPACITY, SPARE, GUESTS, OUT, COVER = 0, 1, 2, 3, 4  # of `house`


class State(NamedTuple):
    """The problem (never changed) and a plan for it. Rewards are padded so that an index is always inside."""

    length: int
    apart: int
    cover_worth: float
    shadow: bool
    shadow_cost: float
    falling: bool  # whether an arc's options are sorted by falling value
    starts: Ints
    arcs: Ints  # [A, 4] home, host, first option, end of options
    options: Ints  # [O, 3] person, arc, pinned start or -1
    ok: Bools  # [O, T]
    value: Floats  # [O]
    extra: Floats  # [O, T] or [0, 0]
    persons: Ints  # [N, 2] level of seniority, limit
    own: Ints  # [N, W] options of a person, -1 beyond
    cycles: Ints  # [C, 5] size, then arcs
    fairness: Floats
    coverage: Floats
    tiers: Floats
    seniority: Floats
    # the plan
    at: Ints  # [O] start of the visit, or -1
    made: Ints  # [N, 1 + K] how many visits, then their options
    house: Ints  # [D, T, 5] capacity, spare people, guests, people out, cover
    booked: Ints  # [C, T] swaps and rings
    alone: Ints  # [A, T] shadow visits
    by_arc: Ints  # [A, 1 + levels] visits, then those of each level
    by_home: Ints  # [D]
    score: Floats  # [1]
    journal: Ints  # [JOURNAL, 3] what was done: kind, index, start
    done: Ints  # [1] entries of the journal


def empty_state(arrays: Arrays) -> State:
    """A plan without visits."""
    people, arcs = len(arrays.home), len(arrays.arc_home)
    widest = int(arrays.limit.max(initial=0))
    pinned = np.full(len(arrays.arc), -1, dtype=np.int64)
    pinned[arrays.pins[:, 0]] = arrays.pins[:, 1]
    house = np.zeros((*arrays.capacity.shape, 5), dtype=np.int64)
    house[:, :, CAPACITY], house[:, :, SPARE] = arrays.capacity, arrays.spare
    return State(
        length=arrays.length,
        apart=arrays.apart,
        cover_worth=float(arrays.cover_worth),
        shadow=arrays.shadow,
        shadow_cost=float(arrays.shadow_cost),
        falling=_falling(arrays),
        starts=arrays.starts,
        arcs=np.stack([arrays.arc_home, arrays.arc_host, arrays.arc_first[:-1], arrays.arc_first[1:]], axis=1),
        options=np.stack([arrays.person, arrays.arc, pinned], axis=1),
        ok=arrays.ok,
        value=arrays.value,
        extra=arrays.extra,
        persons=np.stack([arrays.level, arrays.limit], axis=1),
        own=_own(arrays),
        cycles=np.column_stack([arrays.size, arrays.cycles]),
        fairness=np.pad(arrays.fairness, (0, widest + 1)),
        coverage=np.pad(arrays.coverage, ((0, 0), (0, 1))),
        tiers=np.pad(arrays.tiers, ((0, 0), (0, 1))),
        seniority=arrays.seniority,
        at=np.full(len(arrays.arc), -1, dtype=np.int64),
        made=np.zeros((people, 1 + max(1, widest)), dtype=np.int64),
        house=house,
        booked=np.zeros((len(arrays.cycles), arrays.blocks), dtype=np.int64),
        alone=np.zeros((arcs, arrays.blocks), dtype=np.int64),
        by_arc=np.zeros((arcs, 1 + arrays.levels), dtype=np.int64),
        by_home=np.zeros(arrays.departments, dtype=np.int64),
        score=np.zeros(1),
        journal=np.zeros((JOURNAL, 3), dtype=np.int64),
        done=np.zeros(1, dtype=np.int64),
    )


def _falling(arrays: Arrays) -> bool:
    rises = (np.diff(arrays.value) > 0) & (np.diff(arrays.arc) == 0)
    return not arrays.extra.size and not bool(rises.any())


def _own(arrays: Arrays) -> Ints:
    count = np.diff(arrays.own_first)
    own = np.full((len(count), int(count.max(initial=0))), -1, dtype=np.int64)
    row = np.repeat(np.arange(len(count)), count)
    own[row, np.arange(len(row)) - np.repeat(arrays.own_first[:-1], count)] = arrays.own
    return own


def copy_state(state: State) -> State:
    """The same problem with an independent copy of the plan."""
    changing = ("at", "made", "house", "booked", "alone", "by_arc", "by_home", "score", "done")
    return state._replace(
        journal=np.zeros_like(state.journal), **{name: getattr(state, name).copy() for name in changing}
    )
