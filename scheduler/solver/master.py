"""The master: how many swaps, rings and shadow visits between which departments when, and who could see what.

Departments exchange flows instead of people; people come in as kinds (same home, same worth everywhere, same limit)
without time. Every feasible plan maps into this model with its score, so its optimum is an upper bound on all plans.
Relaxed are only the people's own blocks and gaps, which come back as windows a department (scheduling.md, "Master
L1x"). Where the people could be told apart only by block, the bound is that much weaker.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from scheduler.solver.arrays import Arrays, Bools, Floats, Ints
from scheduler.solver.kinds import kinds_of
from scheduler.solver.rows import INFINITY, Rows


@dataclass(frozen=True, eq=False)
class Master:
    """The model and where its columns are. Starts are positions in `arrays.starts`, S of them."""

    rows: Rows
    cycles: Ints  # [C, S]
    shadows: Ints  # [A, S] or [0, S]
    host: Ints  # [D, T] rows of host capacity
    staff: Ints  # [D, T] rows of minimum staffing
    total: Ints  # [A] rows that tie the people who see a department to the visits there
    top: Ints  # [A, S] rows of people who can make a visit, -1 where the host's room says it
    windows: Ints  # [S, D] rows of people who can visit in the window that begins with a start
    seen: Ints  # [A, levels] rows of levels of seniority shown, [0, 0] if that does not matter
    by_people: Ints  # [A, deadlines] rows of required visits by people, [0, 0] if there are none
    types: int


class _Flows:
    """Swaps, rings and shadow visits; visits of an arc are those of all of them it is part of, never columns."""

    def __init__(self, arrays: Arrays, rows: Rows, most: Ints) -> None:
        self.rows, self.legs = rows, arrays.cycles
        members = np.where(arrays.cycles >= 0, arrays.cycles, 0)
        fits = np.where((arrays.cycles >= 0)[:, :, None], most[members], most.max(initial=0)).min(axis=1)
        shape = (len(arrays.cycles), most.shape[1])
        self.cycles = rows.add_columns(shape, cost=0.0, high=fits, integer=True)
        self.shadows = np.zeros((0, most.shape[1]), dtype=np.int64)
        if arrays.shadow:
            self.shadows = rows.add_columns(most.shape, cost=-arrays.shadow_cost, high=most, integer=True)

    def put(self, at: Ints, value: float, *, alone: bool = True) -> None:
        """`value` for each visit of an arc in the row `at` [A, S], none where that is negative."""
        for place in range(self.legs.shape[1]):
            used = self.legs[:, place] >= 0
            self._put(at[self.legs[used, place]], self.cycles[used], value)
        if alone and len(self.shadows):
            self._put(at, self.shadows, value)

    def _put(self, at: Ints, columns: Ints, value: float) -> None:
        wanted = at >= 0
        self.rows.put(at[wanted], columns[wanted], value)


def runs(rewards: Floats) -> tuple[Floats, Ints]:
    """Rewards without their zeros at the end, equal neighbours merged: each one and how often."""
    if not len(rewards):
        return rewards, np.zeros(0, dtype=np.int64)
    first = np.flatnonzero(np.append(True, rewards[1:] != rewards[:-1]))
    width = np.diff(np.append(first, len(rewards)))
    keep = rewards[first] > 0
    return rewards[first][keep], width[keep]


def without_rings(arrays: Arrays) -> Arrays:
    """Each arc as a cycle by itself, of which as many come to a department as leave it: a relaxation of all cycles.

    For bounds where there are too many cycles for memory. Any plan's swaps and rings are such a circulation.
    """
    arcs = len(arrays.arc_home)
    cycles = np.full((arcs, arrays.cycles.shape[1]), -1)
    cycles[:, 0] = np.arange(arcs)
    return replace(arrays, cycles=cycles, size=np.ones(arcs, dtype=np.int64))


def build_master(arrays: Arrays) -> Master:
    """The master of an instance, or of one `without_rings`."""
    rows, starts = Rows(), arrays.starts
    able = _by_arc(arrays, arrays.ok[:, starts])
    room = _room(arrays)[arrays.arc_host][:, starts]
    flows = _Flows(arrays, rows, np.minimum(able, room).astype(np.int64))
    top = _limits(arrays, rows, flows, able, room)
    host, staff = _departments(arrays, rows, flows)
    windows = _windows(arrays, rows, flows)
    total, seen, by_people, types = _people(arrays, rows, flows)
    _side_rewards(arrays, rows, flows)
    if (arrays.size == 1).any():
        same = rows.add_rows((arrays.departments, len(starts)), low=0.0, high=0.0)
        rows.put(same[arrays.arc_home], flows.cycles, 1.0)
        rows.put(same[arrays.arc_host], flows.cycles, -1.0)
    return Master(rows, flows.cycles, flows.shadows, host, staff, total, top, windows, seen, by_people, types)


def _limits(arrays: Arrays, rows: Rows, flows: _Flows, able: Ints, room: Ints) -> Ints:
    """Visits of an arc: no more than people who can, where hosts' capacity does not say so; as many as are pinned."""
    scarce = able < room
    top = np.full(able.shape, -1)
    top[scarce] = rows.add_rows((int(scarce.sum()),), low=-INFINITY, high=able[scarce])
    flows.put(top, 1.0)
    if len(arrays.pins):
        pinned = np.zeros(able.shape, dtype=np.int64)
        np.add.at(pinned, (arrays.arc[arrays.pins[:, 0]], np.searchsorted(arrays.starts, arrays.pins[:, 1])), 1)
        least = np.full(able.shape, -1)
        low = pinned[pinned > 0].astype(np.float64)
        least[pinned > 0] = rows.add_rows((len(low),), low=low, high=INFINITY)
        flows.put(least, 1.0)
    return top


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


def _departments(arrays: Arrays, rows: Rows, flows: _Flows) -> tuple[Ints, Ints]:
    shape = arrays.capacity.shape
    host = rows.add_rows(shape, low=-INFINITY, high=arrays.capacity)
    staff = rows.add_rows(shape, low=-INFINITY, high=arrays.spare)
    for later in range(arrays.length):
        blocks = arrays.starts + later
        into, out = arrays.arc_host[:, None], arrays.arc_home[:, None]
        flows.put(host[into, blocks], 1.0)
        flows.put(staff[out, blocks], 1.0)
        flows.put(staff[into, blocks], -arrays.cover_worth, alone=False)
    return host, staff


def _windows(arrays: Arrays, rows: Rows, flows: _Flows) -> Ints:
    """Within any window of `apart` starts a person makes one visit."""
    starts = arrays.starts
    people = people_in_windows(arrays)
    windows = rows.add_rows(people.shape, low=-INFINITY, high=people)
    for index, first in enumerate(starts.tolist()):
        within = (starts >= first) & (starts < first + arrays.apart)
        flows.put(np.where(within[None, :], windows[index, arrays.arc_home][:, None], -1), 1.0)
    return windows


def people_in_windows(arrays: Arrays) -> Ints:
    """[S, D]: how many people of a department can visit at all in the window that begins with a start."""
    starts = arrays.starts
    free = np.zeros((len(arrays.home), len(starts)), dtype=bool)
    some = np.flatnonzero(np.diff(arrays.own_first))
    if len(some):
        free[some] = np.logical_or.reduceat(arrays.ok[arrays.own][:, starts], arrays.own_first[some], axis=0)
    found = np.zeros((len(starts), arrays.departments), dtype=np.int64)
    for index, first in enumerate(starts.tolist()):
        within = (starts >= first) & (starts < first + arrays.apart)
        found[index] = np.bincount(arrays.home[free[:, within].any(axis=1)], minlength=arrays.departments)
    return found


def _people(arrays: Arrays, rows: Rows, flows: _Flows) -> tuple[Ints, Ints, Ints, int]:
    """The layer without time: how many of a kind see a department, and how many visits a kind makes."""
    arcs, count = len(arrays.arc_home), len(arrays.starts)
    total = rows.add_rows((arcs,), low=0.0, high=0.0)
    flows.put(np.broadcast_to(total[:, None], (arcs, count)), -1.0)
    worth = _worth(arrays)
    kinds = kinds_of(arrays, worth)
    arc = arrays.arc[kinds.option]
    seeing = rows.add_columns((len(arc),), cost=worth[kinds.option], high=kinds.number[kinds.kind])
    rows.put(total[arc], seeing, 1.0)
    making = rows.add_rows((len(kinds.number),), low=0.0, high=0.0)
    rows.put(making[kinds.kind], seeing, 1.0)
    _fairness(arrays, rows, making, kinds.number, kinds.limit)
    seen = by_people = np.zeros((0, 0), dtype=np.int64)
    if arrays.seniority.any():
        levels = rows.add_columns((arcs, arrays.levels), cost=arrays.seniority[:, None], high=1.0)
        seen = rows.add_rows((arcs, arrays.levels), low=-INFINITY, high=0.0)
        rows.put(seen, levels, 1.0)
        rows.put(seen[arc, arrays.level[arrays.person[kinds.option]]], seeing, -1.0)
    if arrays.need_reward and (arrays.deadline >= 0).any():
        by_people = _required(arrays, rows, flows, kinds.option, seeing)
    return total, seen, by_people, len(kinds.number)


def _required(arrays: Arrays, rows: Rows, flows: _Flows, option: Ints, seeing: Ints) -> Ints:
    """Required visits that are met: no more than people see the department who should, nor than visits in time."""
    arcs = len(arrays.arc_home)
    deadlines = np.unique(arrays.deadline[arrays.deadline >= 0])
    met = rows.add_columns((arcs, len(deadlines)), cost=arrays.need_reward, high=np.diff(arrays.arc_first)[:, None])
    by_people = rows.add_rows(met.shape, low=-INFINITY, high=0.0)
    rows.put(by_people, met, 1.0)
    due = arrays.deadline[option]
    late = due >= 0
    rows.put(by_people[arrays.arc[option[late]], np.searchsorted(deadlines, due[late])], seeing[late], -1.0)
    in_time = rows.add_rows(met.shape, low=-INFINITY, high=0.0)
    for index, deadline in enumerate(deadlines.tolist()):
        rows.put(in_time[:, index, None], met[:, : index + 1], 1.0)
        flows.put(np.where(arrays.starts <= deadline, in_time[:, index, None], -1), -1.0)
    return by_people


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


def _side_rewards(arrays: Arrays, rows: Rows, flows: _Flows) -> None:
    """Concave rewards of arcs (coverage) and departments, and of visits that stay."""
    shape = len(arrays.arc_home), len(arrays.starts)
    coverage = [_tiers(rows, rewards) for rewards in arrays.coverage]
    tiers = np.array([_tiers(rows, rewards) for rewards in arrays.tiers], dtype=np.int64)
    flows.put(np.broadcast_to(np.array(coverage, dtype=np.int64)[:, None], shape), -1.0)
    flows.put(np.broadcast_to(tiers[arrays.arc_home][:, None], shape), -1.0)
    if arrays.kept.size and shape[0]:
        kept = _by_arc(arrays, (arrays.kept & arrays.ok)[:, arrays.starts])
        row = np.full(shape, -1)
        row[kept > 0] = rows.add_rows((int((kept > 0).sum()),), low=-INFINITY, high=0.0)
        rows.put(
            row[kept > 0], rows.add_columns((int((kept > 0).sum()),), cost=arrays.keep_reward, high=kept[kept > 0]), 1.0
        )
        flows.put(row, -1.0)


def _tiers(rows: Rows, rewards: Floats) -> int:
    """The row in which visits are to be counted for these rewards, -1 if there are none."""
    reward, width = runs(rewards)
    if not len(reward):
        return -1
    row = rows.add_rows((1,), low=-INFINITY, high=0.0)
    rows.put(row, rows.add_columns(reward.shape, cost=reward, high=width), 1.0)
    return int(row[0])
