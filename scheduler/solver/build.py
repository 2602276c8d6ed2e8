"""From an instance to arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduler.model import Instance, Person
from scheduler.solver.arrays import (
    Arrays,
    Bools,
    Floats,
    Ints,
    first_block_after,
    free_starts,
    most_visits,
    tier_rewards,
)
from scheduler.solver.cycles import enumerate_cycles
from scheduler.solver.lookup import Lookup
from scheduler.solver.scaling import scaled


def build(instance: Instance) -> Arrays:
    """The arrays of a valid instance."""
    return scaled(_Builder(instance).build(), {})


@dataclass
class _Options:
    """Options in the making: one row for each person and department."""

    person: Ints
    host: Ints
    ok: Bools
    weight: Floats  # [O]
    weight_at: Floats | None  # [O, T] where weights differ between blocks


class _Builder(Lookup):
    def build(self) -> Arrays:
        rules, goals = self.instance.rules, self.instance.objective
        free = free_starts(self.instance, self.absent)
        options = self._options(free)
        self._history(options)
        self._forbidden(options)
        keep = np.flatnonzero(options.ok.any(axis=1))
        person, host = options.person[keep], options.host[keep]
        wish = self.wishes(person, host)
        # Options lie beside those of the same arc, dear ones first.
        dear = options.weight[keep] + goals.wishes * wish
        sort = np.lexsort((person, -dear, self.home[person] * self.D + host))
        person, host, wish, order = person[sort], host[sort], wish[sort], keep[sort]
        ok = options.ok[order]
        arcs, first, arc = np.unique(self.home[person] * self.D + host, return_index=True, return_inverse=True)
        arc_home, arc_host = (arcs // self.D if self.D else arcs), (arcs % self.D if self.D else arcs)
        weight = np.array([self.weights.get((int(u), int(d)), 0.0) for u, d in zip(arc_home, arc_host, strict=True)])
        by_person = np.argsort(person, kind="stable")
        special = self.instance.previous or self.instance.required or self.instance.pins
        rows = {key: row for row, key in enumerate(zip(person.tolist(), host.tolist(), strict=True))} if special else {}
        levels = sorted({p.seniority for p in self.instance.people})
        number = {level: index for index, level in enumerate(levels)}
        headcount = np.bincount(self.home, minlength=self.D).astype(np.int64)
        present = self.present(headcount)
        declared = np.array([(int(u), int(d)) in self.weights for u, d in zip(arc_home, arc_host, strict=True)])
        return Arrays(
            instance=self.instance,
            blocks=self.T,
            length=rules.visit_blocks,
            gap=rules.gap,
            cover_worth=rules.cover_worth,
            shadow=rules.shadow_visits,
            shadow_cost=goals.shadow,
            starts=np.flatnonzero(ok.any(axis=0)) if len(ok) else np.zeros(0, dtype=np.int64),
            capacity=self.per_block("capacity"),
            spare=np.maximum(0, present - self.per_block("minimum")),
            present=present,
            headcount=headcount,
            home=self.home,
            level=np.array([number[p.seniority] for p in self.instance.people], dtype=np.int64),
            levels=max(1, len(levels)),
            limit=self._limits(person, ok),
            arc_home=arc_home,
            arc_host=arc_host,
            arc_first=np.append(first, len(arc)).astype(np.int64),
            person=person,
            arc=arc.astype(np.int64),
            ok=ok,
            weight=weight,
            wish=wish,
            own_weight=options.weight[order],
            own_weight_at=np.zeros((0, 0)) if options.weight_at is None else options.weight_at[order],
            value=np.zeros(len(arc)),
            extra=np.zeros((0, 0)),
            kept=self._kept(rows, ok.shape),
            keep_reward=goals.stability,
            deadline=self._deadlines(rows, len(ok)),
            need_reward=goals.required,
            own_first=np.searchsorted(person[by_person], np.arange(len(self.people) + 1)).astype(np.int64),
            own=by_person.astype(np.int64),
            **enumerate_cycles(arc_home, arc_host, rules.longest_ring, self.T),
            fairness=np.array(goals.fairness, dtype=np.float64),
            coverage=self.coverage(arc_home, arc_host),
            tiers=tier_rewards(self.instance, headcount),
            seniority=np.where(declared, goals.seniority, 0.0).reshape(len(arcs)),
            pins=self._pins(rows),
        )

    def _options(self, free: Bools) -> _Options:
        """Who may go where by dependency, own list and qualification."""
        own = [person.may_visit is not None for person in self.instance.people]
        usual = ~np.array(own, dtype=bool)
        persons: list[Ints] = [np.zeros(0, dtype=np.int64)]
        hosts: list[Ints] = [np.zeros(0, dtype=np.int64)]
        for home, host in self.weights:
            who = np.flatnonzero((self.home == home) & usual & self.qualified[host])
            persons.append(who)
            hosts.append(np.full(len(who), host))
        person, host_of = np.concatenate(persons), np.concatenate(hosts)
        found = _Options(person, host_of, free[person], np.zeros(len(person)), None)
        listed = [p for p in self.instance.people if p.may_visit is not None]
        return self._with_listed(found, listed, free) if listed else found

    def _with_listed(self, usual: _Options, listed: list[Person], free: Bools) -> _Options:
        rows: dict[tuple[int, int], tuple[Bools, Floats]] = {}
        timed = False
        for person in listed:
            index = self.people[person.id]
            for option in person.may_visit or ():
                host = self.departments[option.host]
                if not self.qualified[host][index]:
                    continue
                may = free[index].copy()
                if option.blocks is not None:
                    chosen = np.zeros(self.T, dtype=bool)
                    chosen[[self.order[block] for block in option.blocks]] = True
                    may &= chosen
                ok, weight = rows.get((index, host), (np.zeros(self.T, dtype=bool), np.full(self.T, -np.inf)))
                weight[may] = np.maximum(weight[may], option.weight)
                rows[index, host] = ok | may, weight
        keys = np.array(list(rows), dtype=np.int64).reshape(len(rows), 2)
        ok = np.array([row[0] for row in rows.values()], dtype=bool).reshape(len(rows), self.T)
        at = np.array([row[1] for row in rows.values()], dtype=np.float64).reshape(len(rows), self.T)
        at = np.where(ok, at, 0.0)
        base = np.where(ok, at, -np.inf).max(axis=1, initial=-np.inf)
        base = np.where(np.isfinite(base), base, 0.0)
        timed = bool((np.where(ok, base[:, None] - at, 0.0) != 0).any())
        weight_at = np.concatenate([np.zeros((len(usual.person), self.T)), np.where(ok, at - base[:, None], 0.0)])
        return _Options(
            np.concatenate([usual.person, keys[:, 0]]),
            np.concatenate([usual.host, keys[:, 1]]),
            np.concatenate([usual.ok, ok]),
            np.concatenate([usual.weight, base]),
            weight_at if timed else None,
        )

    def _history(self, options: _Options) -> None:
        months = self.instance.rules.repeat_months
        if not self.instance.history or not months:
            return
        days: dict[tuple[int, int, int], int] = {}
        latest: dict[tuple[int, int], int] = {}
        for visit in self.instance.history:
            years, month = divmod(visit.ended.month - 1 + months, 12)
            day = visit.ended.year + years, month + 1, visit.ended.day
            if day not in days:
                days[day] = first_block_after(self.instance, *day)
            key = self.people[visit.person], self.departments[visit.host]
            latest[key] = max(latest.get(key, 0), days[day])
        rows = self._rows(options)
        for key, first in latest.items():
            if key in rows:
                options.ok[rows[key], :first] = False

    @staticmethod
    def _rows(options: _Options) -> dict[tuple[int, int], int]:
        return {key: row for row, key in enumerate(zip(options.person.tolist(), options.host.tolist(), strict=True))}

    def _forbidden(self, options: _Options) -> None:
        if not self.instance.forbidden:
            return
        own: dict[int, list[int]] = {}
        for row, person in enumerate(options.person.tolist()):
            own.setdefault(person, []).append(row)
        everything = np.arange(len(options.person))
        for ban in self.instance.forbidden:
            rows = everything if ban.person is None else np.array(own.get(self.people[ban.person], []), dtype=np.int64)
            if ban.home is not None:
                rows = rows[self.home[options.person[rows]] == self.departments[ban.home]]
            if ban.host is not None:
                rows = rows[options.host[rows] == self.departments[ban.host]]
            if ban.block is None:
                options.ok[rows] = False
            else:
                last = self.order[ban.block]
                first = max(0, last - self.instance.rules.visit_blocks + 1)
                options.ok[rows, first : last + 1] = False

    def _limits(self, person: Ints, ok: Bools) -> Ints:
        """No more visits than the rules, the departments to see and the free blocks leave."""
        rules = self.instance.rules
        limit = np.array(
            [rules.max_visits if p.max_visits is None else p.max_visits for p in self.instance.people], dtype=np.int64
        )
        options = np.bincount(person, minlength=len(limit))
        limit = np.minimum(limit, options)
        free = np.zeros((len(limit), self.T), dtype=bool)
        order = np.argsort(person, kind="stable")
        if len(order):
            first = np.flatnonzero(np.append(True, np.diff(person[order]) > 0))
            free[person[order][first]] = np.logical_or.reduceat(ok[order], first, axis=0)
        fitting: Ints = np.minimum(limit, most_visits(free, rules.visit_blocks - 1 + rules.gap))
        return fitting

    def _kept(self, rows: dict[tuple[int, int], int], shape: tuple[int, ...]) -> Bools:
        """Where an option is a visit of the previous plan; [0, 0] if that does not matter."""
        if not self.instance.previous or not self.instance.objective.stability:
            return np.zeros((0, 0), dtype=bool)
        kept = np.zeros(shape, dtype=bool)
        for visit in self.instance.previous:
            if visit.person in self.people and visit.host in self.departments and visit.block in self.order:
                row = rows.get((self.people[visit.person], self.departments[visit.host]))
                if row is not None:
                    kept[row, self.order[visit.block]] = True
        return kept

    def _deadlines(self, rows: dict[tuple[int, int], int], count: int) -> Ints:
        """The last start at which an option meets a requirement, -1 if it meets none."""
        deadline = np.full(count, -1, dtype=np.int64)
        for key, last in self.requirements().items() if self.instance.required else ():
            if key in rows:
                deadline[rows[key]] = max(-1, last - self.instance.rules.visit_blocks + 1)
        return deadline

    def _pins(self, rows: dict[tuple[int, int], int]) -> Ints:
        pins = [
            (rows.get((self.people[pin.person], self.departments[pin.host]), -1), self.order[pin.block])
            for pin in self.instance.pins
        ]
        return np.array(pins, dtype=np.int64).reshape(len(pins), 2)
