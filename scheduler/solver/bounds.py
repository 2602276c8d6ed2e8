"""What is known about scores before anything is solved."""

from __future__ import annotations

import numpy as np

from scheduler.model import Instance
from scheduler.solver.arrays import Arrays


def crude_bound(instance: Instance) -> float:
    """What as many visits as people may make would earn if each were the best of all: known without any arrays."""
    goals, people = instance.objective, instance.people
    single = goals.dependency * max((link.weight for link in instance.dependencies), default=0.0)
    single += goals.wishes * max((wish for person in people for wish in person.wishes.values()), default=0.0)
    single = max(0.0, single) + max((o.weight for p in people for o in p.may_visit or ()), default=0.0)
    tiers = [tier.reward for tier in goals.departments]
    single += sum(max(rewards, default=0.0) for rewards in (goals.coverage, goals.fairness, tiers))
    usual, most = instance.rules.max_visits, len(instance.departments)
    visits = sum(min(most, usual if p.max_visits is None else p.max_visits) for p in people)
    return visits * max(0.0, single + goals.seniority + goals.stability + goals.required)


def trivial_bound(arrays: Arrays) -> float:
    """What all people would earn if nobody stood in anybody's way: valid before anything is solved."""
    worth = arrays.value.copy()
    if arrays.extra.size:
        worth += np.where(arrays.ok, arrays.extra, -np.inf).max(axis=1, initial=-np.inf)
    worth += arrays.coverage.max(axis=1, initial=0.0)[arrays.arc] + arrays.seniority[arrays.arc]
    worth += arrays.tiers.max(axis=1, initial=0.0)[arrays.arc_home[arrays.arc]] if len(arrays.arc) else 0.0
    order = np.lexsort((-worth, arrays.person))
    person = arrays.person[order]
    rank = np.arange(len(order)) - np.searchsorted(person, person)
    rewards = np.pad(arrays.fairness, (0, int(rank.max(initial=0)) + 1))
    gains = worth[order] + rewards[rank]
    pinned = np.isin(order, arrays.pins[:, 0])
    counted = (rank < arrays.limit[person]) & ((gains > 0) | pinned)
    return float(np.where(gains > 0, gains, 0.0)[counted].sum())


def granularity(arrays: Arrays) -> float:
    """A number that every score is a multiple of, 0 if none is evident."""
    parts = [arrays.value, arrays.extra.ravel(), arrays.fairness, arrays.coverage.ravel(), arrays.tiers.ravel()]
    values = np.concatenate([*parts, arrays.seniority, np.array([arrays.shadow_cost if arrays.shadow else 0.0])])
    for factor in (1, 2, 4, 5, 10, 100, 1000):
        scaled = values * factor
        if np.all(np.abs(scaled - np.round(scaled)) < 1e-9):
            whole = np.unique(np.abs(np.round(scaled)).astype(np.int64))
            return float(np.gcd.reduce(whole)) / factor if len(whole) else 1.0
    return 0.0
