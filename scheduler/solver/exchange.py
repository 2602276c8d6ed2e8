"""Pure exchange: departments of one person and one block, so that a plan is a packing of cycles without common places.

The cycle formulation of the kidney exchange literature. Its relaxation is solved by column generation over all cycles,
tightened by odd-set cuts (of any three places, at most one cycle takes two or more); then only cycles whose reduced
cost lies within the gap to a good packing can be part of a better one, and an integer program settles those.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from scheduler.solver.arrays import Arrays, Bools, Floats, Ints
from scheduler.solver.highs import run_mip, run_simplex
from scheduler.solver.limits import Limits
from scheduler.solver.moves import FEASIBLE
from scheduler.solver.packing import Packing, generate_columns, packing_model, separate
from scheduler.solver.scip import run_packing

_FIRST: Final = 4_000  # cycles to begin with
_ROUNDS: Final = 12  # of cuts
_MOST: Final = 100_000  # cycles that fit into one
_PROVABLE: Final = 4_000  # cycles of which an integer program can be expected to find the best choice


def as_packing(arrays: Arrays) -> Packing | None:
    """The instance as a packing of cycles, or None if it is none: more people, blocks, shadow visits or pins."""
    if len(arrays.starts) != 1 or arrays.shadow or len(arrays.pins) or not len(arrays.cycles):
        return None
    first = int(arrays.starts[0])
    people = np.zeros((arrays.departments, len(arrays.home)), dtype=bool)
    people[arrays.home[arrays.person], arrays.person] = True
    if people.sum(axis=1).max() > 1:
        return None
    within = slice(first, first + arrays.length)
    open_ = arrays.capacity[:, within].min(axis=1) >= 1
    open_ &= arrays.spare[:, within].min(axis=1) + arrays.cover_worth + FEASIBLE >= 1
    usable = arrays.ok[:, first] & (arrays.limit[arrays.person] >= 1)
    worth = arrays.value + (arrays.fairness[0] if len(arrays.fairness) else 0.0)
    if arrays.extra.size:
        worth = worth + arrays.extra[:, first]
    by_arc = np.where(usable, worth, -np.inf)  # one option an arc, in the order of arcs
    by_arc = by_arc + arrays.seniority + _first_of(arrays.coverage) + _first_of(arrays.tiers)[arrays.arc_home]
    used = arrays.cycles >= 0
    homes = np.where(used, arrays.arc_home[arrays.cycles], arrays.departments)
    total = np.where(used, by_arc[arrays.cycles], 0.0).sum(axis=1)
    total = np.where(np.where(used, open_[np.minimum(homes, arrays.departments - 1)], True).all(axis=1), total, -np.inf)
    return Packing(homes, total, count=arrays.departments)


def _first_of(rewards: Floats) -> Floats:
    return rewards[:, 0] if rewards.shape[1] else np.zeros(len(rewards))


def solve_packing(packing: Packing, limits: Limits, grain: float) -> None:
    """Raise the packing's score and lower its bound as far as time goes. `grain`: worths are multiples of it, or 0."""
    least = max(grain, 1e-6) - 1e-7
    _begin_with_short(packing, limits, least)
    _relax_and_improve(packing, limits, least)
    if packing.bound - packing.score >= least and not limits.over() and packing.reduced is not None:
        better = np.flatnonzero(packing.reduced >= packing.score + least - packing.bound - 1e-6)
        if len(better) <= _MOST:
            _choose(packing, better, limits)


def _begin_with_short(packing: Packing, limits: Limits, least: float) -> None:
    """Rings of four are twenty times as many as those of three, which alone make a packing to begin with."""
    short = np.flatnonzero((packing.places < packing.count).sum(axis=1) < 4)
    if 0 < len(short) < len(packing.worth):
        among = Packing(packing.places[short], packing.worth[short], count=packing.count)
        _relax_and_improve(among, limits, least, share=0.3)
        _offer(packing, short[among.chosen])


def _relax_and_improve(packing: Packing, limits: Limits, least: float, *, share: float = 1.0) -> None:
    """The relaxation with cuts, a packing near it, and better ones for this share of the time."""
    active = np.argsort(-packing.worth / (packing.places < packing.count).sum(axis=1), kind="stable")[:_FIRST]
    active = active[packing.worth[active] > 0]
    for _ in range(_ROUNDS):
        solved = generate_columns(packing, active, limits)
        if solved is None:
            return
        active, values = solved
        if not separate(packing, active, values) or limits.over():
            break
    _dive(packing, active, limits)
    if len(packing.chosen):
        _improve(packing, limits, least, share)


def _dive(packing: Packing, active: Ints, limits: Limits) -> None:
    """A first packing: the relaxation's largest shares one after the other, the rest solved again in between."""
    taken = np.zeros(packing.count + 1, dtype=bool)
    chosen: list[int] = []
    active = np.union1d(active[np.isin(active, packing.good())], packing.good())
    while len(active) and not limits.over():
        solved = run_simplex(packing_model(packing, active).lp(), limits)
        if solved.values is None:
            break
        order = np.argsort(-solved.values, kind="stable")
        fixed = 0
        for index in order[: max(1, int((solved.values > 0.6).sum()))].tolist():
            places = packing.places[active[index]]
            if solved.values[index] > 1e-6 and not taken[places].any():
                taken[places[places < packing.count]] = True
                chosen.append(int(active[index]))
                fixed += 1
        if not fixed:
            break
        active = active[~taken[packing.places[active]].any(axis=1)]
    _offer(packing, np.array(chosen, dtype=np.int64))


def _improve(packing: Packing, limits: Limits, least: float, share: float) -> None:
    """Take some neighbouring cycles out and pack their places anew, as well as can be, again and again."""
    random = np.random.default_rng(limits.seed)
    left = limits.seconds_left()
    share *= 0.15 if len(packing.worth) <= _PROVABLE else 0.9
    until = None if left is None else limits.elapsed() + share * left
    size, idle = 12, 0
    for _ in range(100_000 if until is not None else 15 * max(1, limits.options.work)):
        if packing.bound - packing.score < least or limits.over() or (until and limits.elapsed() > until) or idle > 400:
            return
        around = _neighbourhood(packing, random, size)
        before = packing.score
        inside = np.ones(packing.count + 1, dtype=bool)
        inside[: packing.count] = False
        free = np.setdiff1d(packing.chosen, around)
        inside[packing.places[around]] = True
        covered = np.zeros(packing.count + 1, dtype=bool)
        covered[packing.places[packing.chosen]] = True
        inside |= ~covered
        inside[packing.count] = True
        assert packing.reduced is not None
        rows = np.flatnonzero(
            (packing.reduced >= packing.score - packing.bound - 1e-6) & inside[packing.places].all(axis=1)
        )
        model = packing_model(packing, rows, cuts=False)
        solved = run_mip(model.lp(), model.integer, limits, nodes=200)
        if solved.values is not None:
            _offer(packing, np.concatenate([free, rows[solved.values > 0.5]]))
        idle = 0 if packing.score > before + 1e-9 else idle + 1
        size = min(40, size + 1) if idle and idle % 15 == 0 else size


def _neighbourhood(packing: Packing, random: np.random.Generator, size: int) -> Ints:
    """Cycles of the packing that good other cycles touch together."""
    assert packing.reduced is not None
    owner = np.full(packing.count + 1, -1, dtype=np.int64)
    for cycle in packing.chosen.tolist():
        owner[packing.places[cycle]] = cycle
    owner[packing.count] = -1
    good = packing.good()
    around = {int(random.choice(packing.chosen))}
    while len(around) < min(size, len(packing.chosen)):
        touched = np.isin(owner[packing.places[good]], list(around)).any(axis=1)
        if touched.any():
            wanted = owner[packing.places[good[random.choice(np.flatnonzero(touched))]]]
            new = {int(cycle) for cycle in wanted if cycle >= 0} - around
        else:
            new = set()
        around |= new or {int(random.choice(packing.chosen))}
    return np.array(sorted(around), dtype=np.int64)


def _offer(packing: Packing, chosen: Ints) -> None:
    score = float(packing.worth[chosen].sum())
    if score > packing.score:
        packing.chosen, packing.score = np.sort(chosen), score


def _choose(packing: Packing, candidates: Ints, limits: Limits) -> None:
    """The best packing of these cycles, which are all that could be part of a better one: it proves the bound."""
    active = np.union1d(candidates[packing.worth[candidates] > 0], packing.chosen)
    nodes = None if limits.options.seconds is not None else max(1, limits.options.work) * 100
    hint: Bools = np.isin(active, packing.chosen)
    matrix = packing_model(packing, active).matrix()
    packing.settled = True
    solved = run_packing(packing.worth[active], matrix, limits, hint=hint, nodes=nodes)
    if solved.values is not None:
        _offer(packing, active[solved.values > 0.5])
    if solved.bound is not None:
        packing.bound = min(packing.bound, max(solved.bound, packing.score))
