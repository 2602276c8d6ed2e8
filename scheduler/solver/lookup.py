"""An instance's ids as numbers, and its facts by those: what building the arrays starts from."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

import numpy as np

from scheduler.model import Instance
from scheduler.solver.arrays import Bools, Floats, Ints


def per_block(instance: Instance, field: str) -> Ints:
    """[D, T]: a number of the departments that may differ between blocks."""
    blocks = len(instance.blocks)
    values = [getattr(department, field) for department in instance.departments]
    rows = [np.broadcast_to(np.array(value, dtype=np.int64), (blocks,)) for value in values]
    return np.array(rows, dtype=np.int64).reshape(len(values), blocks)


class Lookup:
    """Departments, people and blocks are numbered as in the instance."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.departments = {department.id: index for index, department in enumerate(instance.departments)}
        self.people = {person.id: index for index, person in enumerate(instance.people)}
        self.order = {block.id: index for index, block in enumerate(instance.blocks)}
        self.home = np.array([self.departments[person.home] for person in instance.people], dtype=np.int64)
        self.T = len(instance.blocks)
        self.D = len(self.departments)

    @cached_property
    def weights(self) -> dict[tuple[int, int], float]:
        """Weight of each ordered pair of departments that depend on one another."""
        found: dict[tuple[int, int], float] = {}
        for dependency in self.instance.dependencies:
            one, other = self.departments[dependency.provider], self.departments[dependency.customer]
            for pair in ((one, other), (other, one)):
                found[pair] = max(found.get(pair, 0.0), dependency.weight)
        return found

    @cached_property
    def absent(self) -> Bools:
        """[N, T]: who is away when."""
        away = np.zeros((len(self.people), self.T), dtype=bool)
        rows = [(index, self.order[b]) for index, person in enumerate(self.instance.people) for b in person.absent]
        if rows:
            away[tuple(np.array(rows).T)] = True
        return away

    @cached_property
    def qualified(self) -> list[Bools]:
        """For each department, who has what it requires."""
        everyone = np.ones(len(self.people), dtype=bool)
        holders: dict[str, Bools] = {}
        for name in {name for department in self.instance.departments for name in department.requires}:
            holders[name] = np.array([name in p.qualifications for p in self.instance.people], dtype=bool)
        masks = []
        for department in self.instance.departments:
            mask = everyone
            for name in department.requires:
                mask = mask & holders[name]
            masks.append(mask)
        return masks

    def per_block(self, field: str) -> Ints:
        """[D, T]: a number of the departments that may differ between blocks."""
        return per_block(self.instance, field)

    def present(self, headcount: Ints) -> Ints:
        """[D, T]: people who are not absent."""
        away = np.zeros((self.D, self.T), dtype=np.int64)
        np.add.at(away, self.home, self.absent)
        return headcount[:, None] - away

    def wishes(self, person: Ints, host: Ints) -> Floats:
        """For each row of persons and hosts, how much the person wishes it."""
        wishes = {
            self.people[p.id] * self.D + self.departments[d]: w
            for p in self.instance.people
            for d, w in p.wishes.items()
        }
        if not wishes:
            return np.zeros(len(person))
        keys = np.array(list(wishes), dtype=np.int64)
        values = np.array(list(wishes.values()), dtype=np.float64)
        order = np.argsort(keys)
        keys, values = keys[order], values[order]
        wanted = person * self.D + host
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[at] == wanted, values[at], 0.0)

    def requirements(self) -> dict[tuple[int, int], int]:
        """Last block of each required person and department that history has not seen."""
        seen = {(self.people[v.person], self.departments[v.host]) for v in self.instance.history}
        found: dict[tuple[int, int], int] = {}
        for requirement in self.instance.required:
            host, since = self.departments[requirement.host], requirement.joined_since
            last = self.T - 1 if requirement.by is None else self.order[requirement.by]
            who = {self.people[name] for name in requirement.people}
            for index, person in enumerate(self.instance.people):
                if since is not None and person.joined is not None and person.joined >= since:
                    who.add(index)
            for index in who:
                if (index, host) not in seen:
                    found[index, host] = min(found.get((index, host), last), last)
        return found

    def coverage(self, arc_home: Ints, arc_host: Ints) -> Floats:
        """Past visits of an arc have taken its first rewards. Arcs without dependency have none."""
        rewards = self.instance.objective.coverage
        table = np.zeros((len(arc_home), len(rewards)))
        if not rewards:
            return table
        before = Counter(
            (int(self.home[self.people[v.person]]), self.departments[v.host]) for v in self.instance.history
        )
        for arc, pair in enumerate(zip(arc_home.tolist(), arc_host.tolist(), strict=True)):
            if pair in self.weights:
                left = rewards[before[pair] :]
                table[arc, : len(left)] = left
        return table
