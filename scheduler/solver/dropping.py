"""After changes, what an old plan has too much of: as few of its visits given up as room, staff and maxima ask for."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from scheduler.plan import SolveOptions
from scheduler.solver.arrays import Arrays, Bools, Floats, Ints
from scheduler.solver.flat import Answer, build_flat, flat_size, solve_flat
from scheduler.solver.highs import run_mip
from scheduler.solver.limits import Limits
from scheduler.solver.mending import Groups
from scheduler.solver.moves import FEASIBLE
from scheduler.solver.rows import INFINITY, Rows

_SMALL: Final = 3_000  # variables up to which all plans are looked at
_PINNED: Final = 1_000.0  # visits that a pinned one is worth
_KEPT: Final = 1_000.0  # new visits that one more kept is worth


def given_up(arrays: Arrays, groups: Groups) -> Bools:
    """[G]: groups that cannot stay because a visit is impossible, or that go so that the others can stay."""
    size = np.diff(groups.first)
    group = np.repeat(np.arange(len(size)), size)
    possible = groups.option >= 0
    possible[possible] &= arrays.ok[groups.option[possible], groups.start[possible]]
    gone: Bools = np.zeros(len(size), dtype=bool)
    np.logical_or.at(gone, group, ~possible)
    gone |= np.where(size == 1, not arrays.shadow, groups.cycle < 0)
    inside = np.flatnonzero(~gone[group])
    rows, sides = _loads(arrays, groups, inside, size[group[inside]] > 1)
    visit, row, amount = rows
    total = np.bincount(row, weights=amount, minlength=len(sides))
    over = total > sides + FEASIBLE
    keep = over[row]
    if keep.any():
        gone[_fewest(arrays, groups, group[inside[visit[keep]]], row[keep], amount[keep], sides)] = True
    return gone


def _loads(arrays: Arrays, groups: Groups, inside: Ints, together: Bools) -> tuple[tuple[Ints, Ints, Floats], Floats]:
    """What visits take: (visit, row, amount) of rows of seats, staff and people's maxima, and the rows' sides."""
    places = arrays.departments * arrays.blocks
    arc, start, option = groups.arc[inside], groups.start[inside], groups.option[inside]
    who = np.arange(len(inside))
    parts = [(who, 2 * places + arrays.person[option], np.ones(len(who)))]
    for later in range(arrays.length):
        host, home = (table[arc] * arrays.blocks + start + later for table in (arrays.arc_host, arrays.arc_home))
        parts += [(who, host, np.ones(len(who))), (who, places + home, np.ones(len(who)))]
        parts.append((who[together], places + host[together], np.full(int(together.sum()), -arrays.cover_worth)))
    sides = np.concatenate([arrays.capacity.ravel(), arrays.spare.ravel(), arrays.limit]).astype(np.float64)
    visit, row, amount = (np.concatenate(column) for column in zip(*parts, strict=True))
    return (visit, row, amount), sides


def _fewest(arrays: Arrays, groups: Groups, group: Ints, row: Ints, amount: Floats, sides: Floats) -> Ints:
    """The groups to give up among those in rows that are too full: as few visits as can be, those worth least."""
    names, column = np.unique(group, return_inverse=True)
    full, line = np.unique(row, return_inverse=True)
    options = groups.option
    pinned = np.zeros(len(arrays.arc), dtype=bool)
    pinned[arrays.pins[:, 0]] = True
    worth = np.array([_worth(arrays, options[groups.first[g] : groups.first[g + 1]], pinned) for g in names.tolist()])
    model = Rows()
    columns = model.add_columns((len(names),), cost=worth, high=1.0, integer=True)
    lines = model.add_rows((len(full),), low=-INFINITY, high=sides[full] + FEASIBLE / 2)
    model.put(lines[line], columns[column], amount)
    solved = run_mip(model.lp(), model.integer, Limits(SolveOptions(), None, None), nodes=1_000)
    return names if solved.values is None else names[solved.values < 0.5]


def _worth(arrays: Arrays, options: Ints, pinned: Bools) -> float:
    """Visits first; what they are worth decides between as many."""
    value = arrays.value[options]
    return float(len(options) + _PINNED * pinned[options].sum() + 1e-3 * (value / (1.0 + np.abs(value))).sum())


def keep_most(arrays: Arrays, option: Ints, start: Ints) -> Answer | None:
    """The plan that keeps most of these visits, then has fewest others; None if the instance is not small."""
    if flat_size(arrays) > _SMALL:
        return None
    extra = np.full(arrays.ok.shape, -1.0)
    old = np.flatnonzero(option >= 0)
    extra[option[old], start[old]] = _KEPT
    model = build_flat(
        replace(
            arrays,
            value=np.zeros(len(arrays.arc)),
            extra=extra,
            fairness=np.zeros(0),
            coverage=np.zeros((len(arrays.arc_home), 0)),
            tiers=np.zeros((arrays.departments, 0)),
            seniority=np.zeros(len(arrays.arc_home)),
            shadow_cost=0.0,
        )
    )
    answer = solve_flat(model, Limits(SolveOptions(), None, None), effort=1.0)
    return None if answer.visits is None else answer
