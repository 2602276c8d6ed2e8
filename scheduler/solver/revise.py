"""Arrays after changes that concern a few people, room or staff: only their rows are built anew.

What is built here equals what `build` makes of the changed instance; `tests/scheduler/test_prepared.py` compares them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final, TypeVar

import msgspec
import numpy as np

from scheduler.model import Instance, Person
from scheduler.solver.arrays import Arrays, Bools, Floats, Ints, tier_rewards
from scheduler.solver.build import build
from scheduler.solver.lookup import Lookup, per_block

Table = TypeVar("Table", Ints, Floats, Bools)
_SAME: Final = ("blocks", "dependencies", "objective")


def revise(old: Arrays, after: Instance, people: Collection[str]) -> Arrays:
    """The arrays of `after`, in which these people changed, joined or left, and departments' numbers may differ.

    Builds everything anew where more than that has changed: dependencies, goals, rules, whom a pattern forbids to go.
    """
    before = old.instance
    if any(getattr(before, name) is not getattr(after, name) for name in _SAME) or not _same_rules(before, after):
        return build(after)
    if not _same_places(before, after, people):
        return build(after)
    found = _Revision(old, after, frozenset(people)).arrays()
    return build(after) if found is None else found


def _same_rules(before: Instance, after: Instance) -> bool:
    return before.rules is after.rules or before.rules == msgspec.structs.replace(
        after.rules, shadow_visits=before.rules.shadow_visits
    )


def _same_places(before: Instance, after: Instance, people: Collection[str]) -> bool:
    """Whether departments differ in their numbers only, and patterns of forbidden visits in these people's."""
    if before.forbidden is not after.forbidden:
        one, other = ([ban for ban in i.forbidden if ban.person not in people] for i in (before, after))
        if one != other:
            return False
    return before.departments is after.departments or [(d.id, d.requires) for d in before.departments] == [
        (d.id, d.requires) for d in after.departments
    ]


def _only(instance: Instance, people: tuple[Person, ...], names: frozenset[str]) -> Instance:
    """The instance as if there were only these people."""
    needs = (
        msgspec.structs.replace(need, people=tuple(name for name in need.people if name in names))
        for need in instance.required
    )
    return msgspec.structs.replace(
        instance,
        people=people,
        history=tuple(visit for visit in instance.history if visit.person in names),
        forbidden=tuple(ban for ban in instance.forbidden if ban.person is None or ban.person in names),
        required=tuple(needs),
        pins=(),
        previous=tuple(visit for visit in instance.previous if visit.person in names),
    )


class _Revision:
    def __init__(self, old: Arrays, after: Instance, names: frozenset[str]) -> None:
        self.old, self.after = old, after
        at = {person.id: index for index, person in enumerate(after.people)}
        was = np.array([person.id in names for person in old.instance.people], dtype=bool)
        self.index = np.array([at[name] for name in names if name in at], dtype=np.int64)
        self.index.sort()
        chosen = tuple(after.people[index] for index in self.index.tolist())
        self.part = build(_only(after, chosen, frozenset(person.id for person in chosen)))
        left = was & np.array([person.id not in at for person in old.instance.people], dtype=bool)
        self.gone = np.flatnonzero(left)
        self.was, self.at = was, at
        self.count = len(after.people)

    def arrays(self) -> Arrays | None:
        """None if the arcs are no longer the same."""
        old, part = self.old, self.part
        keep = ~self.was[old.person]
        shift = np.arange(len(self.was)) - np.searchsorted(self.gone, np.arange(len(self.was)), side="left")
        departments = old.departments
        keys = [arrays.arc_home * departments + arrays.arc_host for arrays in (old, part)]
        if not np.isin(keys[1], keys[0]).all():
            return None
        person = np.concatenate([shift[old.person[keep]], self.index[part.person]])
        arc = np.concatenate([old.arc[keep], np.searchsorted(keys[0], keys[1])[part.arc]])
        wishes = self.after.objective.wishes
        dear = np.concatenate([(old.own_weight + wishes * old.wish)[keep], part.own_weight + wishes * part.wish])
        order = np.lexsort((person, -dear, arc))  # as `build` sorts them
        person, arc = person[order], arc[order]
        first = np.searchsorted(arc, np.arange(len(old.arc_home) + 1))
        if (np.diff(first) == 0).any():
            return None

        def rows(mine: Table, theirs: Table) -> Table:
            return np.concatenate([mine[keep], theirs])[order]

        def table(mine: Table, theirs: Table) -> Table:
            """[O, T], or [0, 0] where neither has anything."""
            if not mine.size and not theirs.size:
                return np.zeros((0, 0), dtype=mine.dtype)
            shape = (len(old.arc), old.blocks), (len(part.arc), old.blocks)
            full = [a if a.size else np.zeros(s, dtype=a.dtype) for a, s in zip((mine, theirs), shape, strict=True)]
            return rows(full[0], full[1])

        ok = np.concatenate([old.ok[keep], part.ok])[order]
        by_person = np.argsort(person, kind="stable")
        headcount = old.headcount + self._heads()
        present = old.present + self._heads()[:, None] - self._away()
        value, deadline = rows(old.value, part.value), rows(old.deadline, part.deadline)
        extra = table(old.extra, part.extra)
        kept = self._kept(person, arc, ok.shape)
        if old.keep_reward:
            extra = self._kept_again(extra, table(old.kept, part.kept), kept)
        level, levels = self._levels()
        return replace(
            old,
            instance=self.after,
            shadow=self.after.rules.shadow_visits,
            starts=np.flatnonzero(ok.any(axis=0)),
            capacity=per_block(self.after, "capacity"),
            spare=np.maximum(0, present - per_block(self.after, "minimum")),
            present=present,
            headcount=headcount,
            home=self._people(old.home, part.home),
            level=level,
            levels=levels,
            limit=self._people(old.limit, part.limit),
            arc_first=first.astype(np.int64),
            person=person,
            arc=arc,
            ok=ok,
            wish=rows(old.wish, part.wish),
            own_weight=rows(old.own_weight, part.own_weight),
            own_weight_at=table(old.own_weight_at, part.own_weight_at),
            value=value,
            extra=extra,
            kept=kept,
            deadline=deadline,
            own_first=np.searchsorted(person[by_person], np.arange(self.count + 1)).astype(np.int64),
            own=by_person.astype(np.int64),
            coverage=self._coverage(),
            tiers=tier_rewards(self.after, headcount),
            pins=self._pins(person, arc),
        )

    def _people(self, mine: Ints, theirs: Ints) -> Ints:
        found = np.zeros(self.count, dtype=np.int64)
        stay = ~self.was
        shift = np.arange(len(self.was)) - np.searchsorted(self.gone, np.arange(len(self.was)), side="left")
        found[shift[stay]] = mine[stay]
        found[self.index] = theirs
        return found

    def _heads(self) -> Ints:
        """[D]: how many more people."""
        count = self.old.departments
        return np.bincount(self.part.home, minlength=count) - np.bincount(self.old.home[self.was], minlength=count)

    def _away(self) -> Ints:
        """[D, T]: how many more absences."""
        order = {block.id: index for index, block in enumerate(self.after.blocks)}
        more = np.zeros((self.old.departments, self.old.blocks), dtype=np.int64)
        people = self.old.instance.people
        for index in np.flatnonzero(self.was).tolist():
            for block in set(people[index].absent):
                more[self.old.home[index], order[block]] -= 1
        for home, index in zip(self.part.home.tolist(), self.index.tolist(), strict=True):
            for block in set(self.after.people[index].absent):
                more[home, order[block]] += 1
        return more

    def _levels(self) -> tuple[Ints, int]:
        values = [person.seniority for person in self.after.people]
        levels = {level: number for number, level in enumerate(sorted(set(values)))}
        return np.array([levels[value] for value in values], dtype=np.int64), max(1, len(levels))

    def _coverage(self) -> Floats:
        if not self.after.objective.coverage or self.after.history is self.old.instance.history:
            return self.old.coverage
        return Lookup(self.after).coverage(self.old.arc_home, self.old.arc_host)

    def _kept(self, person: Ints, arc: Ints, shape: tuple[int, ...]) -> Bools:
        if not self.after.previous or not self.old.keep_reward:
            return np.zeros((0, 0), dtype=bool)
        kept = np.zeros(shape, dtype=bool)
        row, start = self.options(self.after.previous, person, arc)
        kept[row[row >= 0], start[row >= 0]] = True
        return kept

    def _kept_again(self, extra: Floats, before: Bools, after: Bools) -> Floats:
        reward = self.old.keep_reward
        if not after.size and not extra.size:
            return extra
        full = extra if extra.size else np.zeros(after.shape)
        gone = before * reward if before.size else 0.0
        found: Floats = full - gone + (after * reward if after.size else 0.0)
        return found

    def _pins(self, person: Ints, arc: Ints) -> Ints:
        row, start = self.options(self.after.pins, person, arc)
        return np.stack([row, start], axis=1).reshape(len(row), 2)

    def options(self, visits: Collection[object], person: Ints, arc: Ints) -> tuple[Ints, Ints]:
        """Row (-1: none) and start of each visit."""
        order = {block.id: index for index, block in enumerate(self.after.blocks)}
        places = {department.id: index for index, department in enumerate(self.after.departments)}
        return find_options(self.old, visits, self.at, places, order, person, arc)


def find_options(
    arrays: Arrays,
    visits: Collection[object],
    people: dict[str, int],
    places: dict[str, int],
    order: dict[str, int],
    person: Ints | None = None,
    arc: Ints | None = None,
) -> tuple[Ints, Ints]:
    """The option and the start of each visit (`Visit` or `PlannedVisit`); -1 where there is none."""
    person, arc = (arrays.person if person is None else person), (arrays.arc if arc is None else arc)
    names = [(people.get(v.person, -1), places.get(v.host, -1), order.get(v.block, -1)) for v in visits]  # type: ignore[attr-defined]
    who, host, start = np.array(names, dtype=np.int64).reshape(len(names), 3).T
    count = len(people) + 1
    keys = (arrays.arc_home[arc] * arrays.departments + arrays.arc_host[arc]) * count + person
    homes = np.zeros(count, dtype=np.int64)
    homes[person] = arrays.arc_home[arc]
    wanted = (homes[who] * arrays.departments + host) * count + who
    known = (who >= 0) & (host >= 0) & (start >= 0)
    if not len(keys):
        return np.full(len(who), -1, dtype=np.int64), start
    sort = np.argsort(keys, kind="stable")
    at = sort[np.minimum(np.searchsorted(keys[sort], wanted), len(keys) - 1)]
    return np.where(known & (keys[at] == wanted), at, -1), start
