"""The same problem with other weights of its terms: what ranks need, one after the other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from scheduler.model import TERMS
from scheduler.solver.arrays import Arrays, Bools, Floats


def scaled(arrays: Arrays, factors: dict[str, float]) -> Arrays:
    """`arrays` as built, with each term of the score times its factor (1 where none is given)."""
    factor = dict.fromkeys(TERMS, 1.0) | factors
    goals = arrays.instance.objective
    keep_reward, need_reward = goals.stability * factor["stability"], goals.required * factor["required"]
    value = arrays.own_weight * factor["visits"] + goals.wishes * factor["wishes"] * arrays.wish
    value += goals.dependency * factor["dependency"] * arrays.weight[arrays.arc]
    kept = arrays.kept if keep_reward else np.zeros((0, 0), dtype=bool)
    parts: list[Floats] = []
    if arrays.own_weight_at.size and factor["visits"]:
        parts.append(arrays.own_weight_at * factor["visits"])
    if kept.size:
        parts.append(kept.astype(np.float64) * keep_reward)
    if need_reward and (arrays.deadline >= 0).any():
        in_time: Bools = np.arange(arrays.blocks)[None, :] <= arrays.deadline[:, None]
        parts.append(in_time.astype(np.float64) * need_reward)
    return replace(
        arrays,
        value=value,
        extra=sum(parts[1:], parts[0]) if parts else np.zeros((0, 0)),
        kept=kept,
        keep_reward=keep_reward,
        need_reward=need_reward,
        fairness=arrays.fairness * factor["fairness"],
        coverage=arrays.coverage * factor["coverage"],
        tiers=arrays.tiers * factor["departments"],
        seniority=arrays.seniority * factor["seniority"],
        shadow_cost=goals.shadow * factor["shadow"],
    )
