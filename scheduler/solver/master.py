"""The master: how many swaps, rings and shadow visits between which departments when, and who could see what.

Departments exchange flows instead of people; people come in as types (same home, same worth everywhere, same limit)
without time. Every feasible plan maps into this model with its score, so its optimum is an upper bound on all plans.
Relaxed are only the people's own blocks and gaps, which come back as windows a department (scheduling.md, "Master
L1x"). Where the people could be told apart only by block, the bound is that much weaker.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduler.solver.arrays import Arrays, Bools, Floats, Ints
from scheduler.solver.rows import INFINITY, Rows


@dataclass(frozen=True, eq=False)
class Master:
    """The model and where its columns are. Starts are positions in `arrays.starts`, S of them."""

    rows: Rows
    visits: Ints  # [A, S]
    cycles: Ints  # [C, S]
    shadows: Ints  # [A, S] or [0, S]
    host: Ints  # [D, T] rows of host capacity
    staff: Ints  # [D, T] rows of minimum staffing
    types: int
    pinned: Ints  # [A, S] visits at least


def runs(rewards: Floats) -> tuple[Floats, Ints]:
    """Rewards without their zeros at the end, equal neighbours merged: each one and how often."""
    if not len(rewards):
        return rewards, np.zeros(0, dtype=np.int64)
    first = np.flatnonzero(np.append(True, rewards[1:] != rewards[:-1]))
    width = np.diff(np.append(first, len(rewards)))
    keep = rewards[first] > 0
    return rewards[first][keep], width[keep]


def build_master(arrays: Arrays) -> Master:
    """The master of an instance."""
    rows, starts = Rows(), arrays.starts
    arcs, count = len(arrays.arc_home), len(starts)
    able = _by_arc(arrays, arrays.ok[:, starts])
    room = _room(arrays)[arrays.arc_host][:, starts]
    most = np.minimum(able, room).astype(np.int64)
    pinned = np.zeros((arcs, count), dtype=np.int64)
    for option, start in arrays.pins:
        pinned[arrays.arc[option], np.searchsorted(starts, start)] += 1
    visits = rows.add_columns((arcs, count), cost=0.0, high=most, integer=True)
    members = np.where(arrays.cycles >= 0, arrays.cycles, 0)
    fits = np.where((arrays.cycles >= 0)[:, :, None], most[members], most.max(initial=0)).min(axis=1)
    cycles = rows.add_columns((len(arrays.cycles), count), cost=0.0, high=fits, integer=True)
    shadows = np.zeros((0, count), dtype=np.int64)
    if arrays.shadow:
        shadows = rows.add_columns((arcs, count), cost=-arrays.shadow_cost, high=most, integer=True)
    made_of = rows.add_rows((arcs, count), low=0.0, high=0.0)
    rows.put(made_of, visits, 1.0)
    for place in range(arrays.cycles.shape[1]):
        used = arrays.cycles[:, place] >= 0
        rows.put(made_of[arrays.cycles[used, place]], cycles[used], -1.0)
    if arrays.shadow:
        rows.put(made_of, shadows, -1.0)
    if pinned.any():
        at_least = np.argwhere(pinned)
        lower = rows.add_rows((len(at_least),), low=pinned[pinned > 0].astype(np.float64), high=INFINITY)
        rows.put(lower, visits[at_least[:, 0], at_least[:, 1]], 1.0)
    host, staff = _departments(arrays, rows, visits, shadows)
    _windows(arrays, rows, visits)
    types = _people(arrays, rows, visits)
    _side_rewards(arrays, rows, visits)
    return Master(rows, visits, cycles, shadows, host, staff, types, pinned)


def _by_arc(arrays: Arrays, what: Bools) -> Ints:
    """[A, S]: how many of an arc's options."""
    if not len(arrays.arc_home):
        return np.zeros((0, what.shape[1]), dtype=np.int64)
    counted: Ints = np.add.reduceat(what.astype(np.int64), arrays.arc_first[:-1], axis=0)
    return counted


def _room(arrays: Arrays) -> Ints:
    """[D, T]: visitors who can start at a block, at most."""
    room = arrays.capacity.copy()
    for later in range(1, arrays.length):
        room[:, : arrays.blocks - later] = np.minimum(room[:, : arrays.blocks - later], arrays.capacity[:, later:])
    return room


def _departments(arrays: Arrays, rows: Rows, visits: Ints, shadows: Ints) -> tuple[Ints, Ints]:
    shape = arrays.capacity.shape
    host = rows.add_rows(shape, low=-INFINITY, high=arrays.capacity)
    staff = rows.add_rows(shape, low=-INFINITY, high=arrays.spare)
    for later in range(arrays.length):
        blocks = arrays.starts + later
        into, out = arrays.arc_host[:, None], arrays.arc_home[:, None]
        rows.put(host[into, blocks], visits, 1.0)
        rows.put(staff[out, blocks], visits, 1.0)
        rows.put(staff[into, blocks], visits, -arrays.cover_worth)
        if arrays.shadow:
            rows.put(staff[into, blocks], shadows, arrays.cover_worth)
    return host, staff


def _windows(arrays: Arrays, rows: Rows, visits: Ints) -> None:
    """Within any window of `apart` starts a person makes one visit."""
    starts, arc_home = arrays.starts, arrays.arc_home
    for first in starts.tolist():
        within = (starts >= first) & (starts < first + arrays.apart)
        if first > starts[0] and within[-1] and starts[within][-1] - first + 1 < arrays.apart:
            # A shorter window at the end lies within the one before it, but fewer people may be there at all.
            pass
        able = arrays.person[arrays.ok[:, starts[within]].any(axis=1)]
        people = np.bincount(arrays.home[np.unique(able)], minlength=arrays.departments)
        window = rows.add_rows((arrays.departments,), low=-INFINITY, high=people)
        rows.put(window[arc_home][:, None], visits[:, within], 1.0)


def _people(arrays: Arrays, rows: Rows, visits: Ints) -> int:
    """The layer without time: how many of a type see a department, and how many visits a type makes."""
    arcs = len(arrays.arc_home)
    total = rows.add_rows((arcs,), low=0.0, high=0.0)
    if arcs:
        rows.put(total[:, None], visits, -1.0)
    worth = _worth(arrays)
    levels = rows.add_columns((arcs, arrays.levels), cost=arrays.seniority[:, None], high=1.0)
    seen = rows.add_rows((arcs, arrays.levels), low=-INFINITY, high=0.0)
    rows.put(seen, levels, 1.0)
    deadlines = np.unique(arrays.deadline[arrays.deadline >= 0]) if arrays.need_reward else np.zeros(0, dtype=np.int64)
    met = rows.add_columns((arcs, len(deadlines)), cost=arrays.need_reward, high=INFINITY)
    by_people = rows.add_rows(met.shape, low=-INFINITY, high=0.0)
    in_time = rows.add_rows(met.shape, low=-INFINITY, high=0.0)
    rows.put(by_people, met, 1.0)
    for index, deadline in enumerate(deadlines.tolist()):
        rows.put(in_time[:, index, None], met[:, : index + 1], 1.0)
        rows.put(in_time[:, index, None], visits[:, arrays.starts <= deadline], -1.0)
    types = 0
    for home in range(arrays.departments):
        own = np.flatnonzero(arrays.arc_home == home)
        if not len(own):
            continue
        kinds, number, limits, level = _types(arrays, own, worth)
        types += len(number)
        may = np.isfinite(kinds[:, :, 0])
        who, which = np.nonzero(may)
        seeing = rows.add_columns((len(who),), cost=kinds[who, which, 0], high=number[who])
        rows.put(total[own[which]], seeing, 1.0)
        rows.put(seen[own[which], level[who]], seeing, -1.0)
        due = kinds[who, which, 1].astype(np.int64)
        chosen = due >= 0
        if len(deadlines) and chosen.any():
            at = np.searchsorted(deadlines, due[chosen])
            rows.put(by_people[own[which[chosen]], at], seeing[chosen], -1.0)
        making = rows.add_rows((len(number),), low=0.0, high=0.0)
        rows.put(making[who], seeing, 1.0)
        _fairness(arrays, rows, making, number, limits)
    return types


def _fairness(arrays: Arrays, rows: Rows, making: Ints, number: Ints, limits: Ints) -> None:
    for limit in np.unique(limits).tolist():
        same = np.flatnonzero(limits == limit)
        rewards = np.zeros(limit)
        rewards[: min(limit, len(arrays.fairness))] = arrays.fairness[:limit]
        first = np.flatnonzero(np.append(True, rewards[1:] != rewards[:-1])) if limit else np.zeros(0, dtype=np.int64)
        width = np.diff(np.append(first, limit))
        times = rows.add_columns(
            (len(same), len(first)), cost=rewards[first][None, :], high=number[same, None] * width[None, :]
        )
        rows.put(making[same, None], times, -1.0)


def _worth(arrays: Arrays) -> Floats:
    """[O]: a visit's worth in its best block; required and kept ones have rewards of their own."""
    worth = arrays.value.copy()
    if arrays.extra.size:
        other = arrays.extra.copy()
        if arrays.kept.size:
            other -= arrays.kept * arrays.keep_reward
        if arrays.need_reward:
            other -= (np.arange(arrays.blocks)[None, :] <= arrays.deadline[:, None]) * arrays.need_reward
        worth += np.where(arrays.ok, other, -np.inf).max(axis=1, initial=-np.inf)
    return worth


def _types(arrays: Arrays, own: Ints, worth: Floats) -> tuple[Floats, Ints, Ints, Ints]:
    """Of a department's people: worth and deadline [K, arcs, 2] of each type, people, limit and level [K]."""
    options = np.concatenate([np.arange(arrays.arc_first[a], arrays.arc_first[a + 1]) for a in own])
    people, row = np.unique(arrays.person[options], return_inverse=True)
    column = np.searchsorted(own, arrays.arc[options])
    table = np.full((len(people), 2 * len(own) + 2), -np.inf)
    table[row, 2 * column] = worth[options]
    table[row, 2 * column + 1] = arrays.deadline[options] if arrays.need_reward else -1
    table[:, -2] = arrays.limit[people]
    table[:, -1] = arrays.level[people] if arrays.seniority.any() else 0
    table[~np.isfinite(table)] = -1e300
    kinds, number = np.unique(table, axis=0, return_counts=True)
    kinds[kinds == -1e300] = -np.inf
    limits, level = kinds[:, -2].astype(np.int64), kinds[:, -1].astype(np.int64)
    return kinds[:, :-2].reshape(len(kinds), len(own), 2), number.astype(np.int64), limits, level


def _side_rewards(arrays: Arrays, rows: Rows, visits: Ints) -> None:
    """Concave rewards of arcs (coverage) and departments, and of visits that stay."""
    for arc, rewards in enumerate(arrays.coverage):
        _tiers(rows, rewards, visits[arc])
    for home, rewards in enumerate(arrays.tiers):
        _tiers(rows, rewards, visits[arrays.arc_home == home])
    if arrays.kept.size and len(arrays.arc_home):
        kept = _by_arc(arrays, (arrays.kept & arrays.ok)[:, arrays.starts])
        at, when = np.nonzero(kept)
        stay = rows.add_columns((len(at),), cost=arrays.keep_reward, high=kept[at, when])
        row = rows.add_rows((len(at),), low=-INFINITY, high=0.0)
        rows.put(row, stay, 1.0)
        rows.put(row, visits[at, when], -1.0)


def _tiers(rows: Rows, rewards: Floats, counted: Ints) -> None:
    reward, width = runs(rewards)
    if not len(reward):
        return
    tiers = rows.add_columns(reward.shape, cost=reward, high=width)
    row = rows.add_rows((1,), low=-INFINITY, high=0.0)
    rows.put(row, tiers, 1.0)
    rows.put(row, counted.ravel(), -1.0)
