"""An instance's ids looked up once: for the checker and for those who explain. The solver has arrays of its own."""

from __future__ import annotations

import calendar
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import MAXYEAR, date
from functools import cached_property

from scheduler.model import Block, Department, Forbidden, Instance, Person, VisitOption


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class Facts:
    """Look-ups into a valid instance."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.people: dict[str, Person] = {person.id: person for person in instance.people}
        self.departments: dict[str, Department] = {department.id: department for department in instance.departments}
        self.order: dict[str, int] = {block.id: index for index, block in enumerate(instance.blocks)}

    @cached_property
    def weights(self) -> dict[tuple[str, str], float]:
        """Weight of each ordered pair of departments that depend on one another, whichever way."""
        found: dict[tuple[str, str], float] = {}
        for dependency in self.instance.dependencies:
            for pair in (
                (dependency.provider, dependency.customer),
                (dependency.customer, dependency.provider),
            ):
                found[pair] = max(found.get(pair, 0.0), dependency.weight)
        return found

    @cached_property
    def absences(self) -> dict[str, frozenset[int]]:
        """Indexes of the blocks in which a person is away."""
        return {
            person.id: frozenset(self.order[block] for block in person.absent)
            for person in self.instance.people
            if person.absent
        }

    @cached_property
    def headcount(self) -> Counter[str]:
        """People of each department."""
        return Counter(person.home for person in self.instance.people)

    @cached_property
    def present(self) -> dict[str, list[int]]:
        """How many of a department's people are there in each block, visits aside."""
        counts = {name: [self.headcount[name]] * len(self.order) for name in self.departments}
        for person in self.instance.people:
            for block in self.absences.get(person.id, ()):
                counts[person.home][block] -= 1
        return counts

    @cached_property
    def past(self) -> dict[tuple[str, str], date]:
        """When a person last saw a department."""
        found: dict[tuple[str, str], date] = {}
        for visit in self.instance.history:
            key = visit.person, visit.host
            found[key] = max(found.get(key, visit.ended), visit.ended)
        return found

    @cached_property
    def _bans(self) -> dict[tuple[bool, bool, bool, bool], set[tuple[str | None, ...]]]:
        bans: dict[tuple[bool, bool, bool, bool], set[tuple[str | None, ...]]] = defaultdict(set)
        for ban in self.instance.forbidden:
            fields = _fields(ban)
            bans[fields[0] is not None, fields[1] is not None, fields[2] is not None, fields[3] is not None].add(fields)
        return bans

    @cached_property
    def links(self) -> dict[str, set[str]]:
        """The departments that somebody of a department may visit, as far as dependencies and own lists go."""
        found: dict[str, set[str]] = defaultdict(set)
        for home, host in self.weights:
            found[home].add(host)
        for person in self.instance.people:
            for option in person.may_visit or ():
                found[person.home].add(option.host)
        return found

    def changed(self, instance: Instance, people: Iterable[str]) -> Facts:
        """Facts of an instance with the same people, of whom only these differ; what stays is not looked up again."""
        found = Facts.__new__(Facts)
        found.instance, found.order, found.people = instance, self.order, self.people
        found.departments = {department.id: department for department in instance.departments}
        same: dict[str, object] = {"headcount": self.headcount}
        if instance.dependencies is self.instance.dependencies:
            same["weights"] = self.weights
        if instance.forbidden is self.instance.forbidden:
            same["_bans"] = self._bans
        if instance.history is self.instance.history:
            same["past"] = self.past
        if instance.people is self.instance.people:
            shared: dict[str, object] = {"absences": self.absences, "present": self.present}
            if "weights" in same:
                shared["links"] = self.links
            found.__dict__ |= same | shared
            return found
        wanted = set(people)
        found.people = self.people | {person.id: person for person in instance.people if person.id in wanted}
        found.__dict__ |= same
        return found

    def covered(self, start: int) -> range:
        """Indexes of the blocks that a visit takes which starts with this one."""
        return range(start, start + self.instance.rules.visit_blocks)

    def limit(self, person: Person) -> int:
        """How many visits a person may make."""
        return self.instance.rules.max_visits if person.max_visits is None else person.max_visits

    def options(self, person: Person) -> Sequence[VisitOption]:
        """The departments a person may visit as far as dependencies or the person's own list go."""
        if person.may_visit is not None:
            return person.may_visit
        return [VisitOption(host=host) for home, host in self.weights if home == person.home]

    def options_to(self, person: Person, host: str) -> list[VisitOption]:
        """Those of a person's options that go to one department."""
        if person.may_visit is not None:
            return [option for option in person.may_visit if option.host == host]
        return [VisitOption(host=host)] if (person.home, host) in self.weights else []

    def seen_recently(self, person: str, host: str, block: Block) -> bool:
        """Whether a past visit is too recent for another one that starts with this block."""
        ended = self.past.get((person, host))
        months = self.instance.rules.repeat_months
        return ended is not None and months > 0 and block.start.date() < months_later(ended, months)

    def forbidden(self, person: Person, host: str, start: int) -> bool:
        """Whether a pattern forbids this visit in any of its blocks."""
        blocks = [self.instance.blocks[index].id for index in self.covered(start) if index < len(self.order)]
        for (has_person, has_home, has_host, has_block), bans in self._bans.items():
            for block in blocks:
                fields = (
                    person.id if has_person else None,
                    person.home if has_home else None,
                    host if has_host else None,
                    block if has_block else None,
                )
                if fields in bans:
                    return True
        return False

    def required(self) -> Iterator[tuple[str, str, int]]:
        """Person, department and index of the last block of each requirement no past visit has met, once each."""
        found: dict[tuple[str, str], int] = {}
        for requirement in self.instance.required:
            since = requirement.joined_since
            joiners = (
                person.id
                for person in self.instance.people
                if since is not None and person.joined is not None and person.joined >= since
            )
            last = len(self.order) - 1 if requirement.by is None else self.order[requirement.by]
            for person in (*requirement.people, *joiners):
                key = person, requirement.host
                if self.people[person].home != requirement.host and key not in self.past:
                    found[key] = min(found.get(key, last), last)
        for (person, host), last in found.items():
            yield person, host, last


def _fields(ban: Forbidden) -> tuple[str | None, str | None, str | None, str | None]:
    return ban.person, ban.home, ban.host, ban.block


def per_block(value: int | tuple[int, ...], block: int) -> int:
    """A number that may differ between blocks, in one of them."""
    return value if isinstance(value, int) else value[block]
