"""A first plan of a large instance: many swaps at once in whole arrays, before inner loops are even loaded."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scheduler.solver.arrays import Arrays, Floats, Ints
from scheduler.solver.loading import load
from scheduler.solver.moves import FEASIBLE
from scheduler.solver.state import COVER, GUESTS, OUT, State


def first_plan(arrays: Arrays, start: State, order: Ints, over: Callable[[], bool]) -> State:
    """Into a plan, as many swaps and rings as fit, cycles in this order, people whom they are worth most first."""
    return _Filling(arrays, start).run(order, over)


class _Filling:
    def __init__(self, arrays: Arrays, start: State) -> None:
        self.arrays = arrays
        self.at, self.booked, self.alone = start.at.copy(), start.booked.copy(), start.alone
        self.made, self.by_arc, self.by_home = (x.copy() for x in (start.made[:, 0], start.by_arc[:, 0], start.by_home))
        self.rewards = start
        house = start.house
        self.seats = arrays.capacity - house[:, :, GUESTS]
        self.spare: Floats = arrays.spare + arrays.cover_worth * house[:, :, COVER] - house[:, :, OUT]
        self.free = np.ones((len(arrays.home), arrays.blocks), dtype=bool)
        used = np.flatnonzero(self.at >= 0)
        for option, begin in zip(used.tolist(), self.at[used].tolist(), strict=True):
            self._occupy(arrays.person[option], begin)

    def run(self, order: Ints, over: Callable[[], bool]) -> State:
        for cycle in order.tolist():
            legs = self.arrays.cycles[cycle, : self.arrays.size[cycle]]
            room = self._room(self.arrays.arc_home[legs])
            for start in self.arrays.starts[room[self.arrays.starts] > 0].tolist():
                self._insert(cycle, legs.tolist(), start, int(room[start]))
            if over():
                break
        return load(self.arrays, self.at, self.booked, self.alone)

    def _occupy(self, person: Ints | int, start: int) -> None:
        self.free[person, max(0, start - self.arrays.apart + 1) : start + self.arrays.apart] = False

    def _room(self, homes: Ints) -> Ints:
        """[T]: how many such groups could start in each block, departments being there."""
        room = self.seats[homes].min(axis=0).astype(np.float64)
        net = 1.0 - self.arrays.cover_worth
        slack = self.spare[homes].min(axis=0) + FEASIBLE
        room = np.minimum(room, np.floor(slack / net) if net > 0 else np.where(slack >= 0, room, 0.0))
        for later in range(1, self.arrays.length):
            room[:-later] = np.minimum(room[:-later], room[later:])
        whole: Ints = room.astype(np.int64)
        return whole

    def _insert(self, cycle: int, legs: list[int], start: int, most: int) -> None:
        arrays = self.arrays
        chosen, gains = [], np.zeros(most)
        for leg in legs:
            options, values = self._best(leg, start, most)
            most = min(most, len(options))
            if not most:
                return
            chosen.append(options)
            gains = gains[:most] + values[:most]
            for table, row, count in (
                (self.rewards.coverage, leg, self.by_arc[leg]),
                (self.rewards.tiers, arrays.arc_home[leg], self.by_home[arrays.arc_home[leg]]),
            ):
                next_ones = table[row, count : count + most]
                gains[: len(next_ones)] += next_ones
        worse = np.flatnonzero(gains <= 0)
        count = int(worse[0]) if len(worse) else most
        for leg, options in zip(legs, chosen, strict=True):
            options = options[:count]
            people = arrays.person[options]
            self.at[options] = start
            self.made[people] += 1
            self._occupy(people, start)
            self.by_arc[leg] += count
            home = arrays.arc_home[leg]
            self.by_home[home] += count
            self.seats[home, start : start + arrays.length] -= count
            self.spare[home, start : start + arrays.length] -= count * (1.0 - arrays.cover_worth)
        self.booked[cycle, start] += count

    def _best(self, arc: int, start: int, most: int) -> tuple[Ints, Floats]:
        """The options of an arc that are worth most in a block, and what, fairness included."""
        arrays = self.arrays
        rows = slice(arrays.arc_first[arc], arrays.arc_first[arc + 1])
        people = arrays.person[rows]
        may = arrays.ok[rows, start] & (self.at[rows] < 0) & self.free[people, start]
        may &= self.made[people] < arrays.limit[people]
        options = np.flatnonzero(may) + arrays.arc_first[arc]
        values = arrays.value[options] + self.rewards.fairness[self.made[arrays.person[options]]]
        if arrays.extra.size:
            values = values + arrays.extra[options, start]
        order = np.argsort(-values, kind="stable")[:most]
        return options[order], values[order]
