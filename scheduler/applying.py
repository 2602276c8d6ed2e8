"""Changes carried out: from an instance and what changes to the instance after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

import msgspec

from scheduler.changes import (
    Absent,
    Allow,
    AnyChange,
    Decline,
    Forget,
    Freeze,
    Join,
    Leave,
    Limit,
    Offer,
    Present,
    Qualify,
    Seats,
    ShadowVisits,
    Staff,
)
from scheduler.model import Department, Dependency, Forbidden, Instance, Person, VisitOption
from scheduler.plan import Reason
from scheduler.validate import InstanceError, Problem

_KINDS = {"person": "person", "host": "department", "department": "department", "block": "block"}


def unknown_ids(instance: Instance, changes: Sequence[AnyChange]) -> Iterator[Problem]:
    """Ids that changes name and nobody knows, and people who join twice; those who joined before are known."""
    known = {
        "person": {person.id for person in instance.people},
        "department": {department.id for department in instance.departments},
        "block": {block.id for block in instance.blocks},
    }
    for index, change in enumerate(changes):
        named = [(kind, getattr(change, field, None)) for field, kind in _KINDS.items()]
        named += [("block", block) for block in getattr(change, "blocks", ())]
        if isinstance(change, Join):
            if change.person.id in known["person"]:
                reason = Reason(code="duplicate", about={"id": change.person.id})
                yield Problem(place=f"changes[{index}].person", reason=reason)
            known["person"].add(change.person.id)
        for kind, name in named:
            if isinstance(name, str) and name not in known[kind]:
                yield Problem(place=f"changes[{index}]", reason=Reason(code=f"unknown_{kind}", about={"id": name}))


def require_known(instance: Instance, changes: Sequence[AnyChange]) -> None:
    """Raise `InstanceError` if changes name anybody or anything unknown."""
    problems = list(unknown_ids(instance, changes))
    if problems:
        raise InstanceError(problems)


def apply(instance: Instance, changes: Iterable[AnyChange]) -> Instance:
    """The instance after these changes, one after the other. All ids must be known."""
    draft = _Draft(instance)
    for change in changes:
        draft.add(change)
    return draft.done()


class _Draft:
    """An instance in the making: its people in a list, so that a hundred changes do not copy them a hundred times."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.touched = False

    @cached_property
    def people(self) -> list[Person | None]:
        return list(self.instance.people)

    @cached_property
    def at(self) -> dict[str, int]:
        return {person.id: index for index, person in enumerate(self.instance.people)}

    def done(self) -> Instance:
        if not self.touched:
            return self.instance
        return self._with(people=tuple(person for person in self.people if person is not None))

    def _with(self, **fields: object) -> Instance:
        return msgspec.structs.replace(self.instance, **fields)

    def _edit(self, name: str, edit: Callable[[Person], dict[str, object]]) -> None:
        person = self.people[self.at[name]]
        if person is not None:
            self.people[self.at[name]] = msgspec.structs.replace(person, **edit(person))
            self.touched = True

    def add(self, change: AnyChange) -> None:
        instance = self.instance
        match change:
            case Absent(person=name, blocks=blocks):
                self._edit(name, lambda p: {"absent": tuple(dict.fromkeys((*p.absent, *blocks)))})
            case Present(person=name, blocks=blocks):
                self._edit(name, lambda p: {"absent": tuple(b for b in p.absent if b not in blocks)})
            case Decline(person=name, host=host, block=block):
                ban = Forbidden(person=name, host=host, block=block)
                self.instance = self._with(forbidden=(*instance.forbidden, ban))
            case Allow():
                self.instance = self._with(
                    forbidden=tuple(b for b in instance.forbidden if not self._stands(b, change))
                )
            case Join(person=person):
                self.at[person.id] = len(self.people)
                self.people.append(person)
                self.touched = True
            case Leave(person=name):
                self._leave(name)
            case Seats(department=name, by=by, block=block):
                self._numbers("capacity", name, by, block)
            case Staff(department=name, by=by, block=block):
                self._numbers("minimum", name, by, block)
            case Freeze(department=name):
                both = (Forbidden(home=name), Forbidden(host=name))
                self.instance = self._with(forbidden=(*instance.forbidden, *both))
            case Qualify(person=name, qualification=qualification):
                self._edit(name, lambda p: {"qualifications": (*p.qualifications, qualification)})
            case Limit(person=name, by=by):
                usual = instance.rules.max_visits
                self._edit(
                    name, lambda p: {"max_visits": max(0, (usual if p.max_visits is None else p.max_visits) + by)}
                )
            case Forget(person=name, host=host):
                kept = tuple(v for v in instance.history if (v.person, v.host) != (name, host))
                self.instance = self._with(history=kept)
            case Offer(person=name, host=host):
                self._offer(name, host)
            case ShadowVisits():
                self.instance = self._with(rules=msgspec.structs.replace(instance.rules, shadow_visits=True))

    def _stands(self, ban: Forbidden, visit: Allow) -> bool:
        """Whether a pattern forbids the visit in any of its blocks."""
        person = self.people[self.at[visit.person]]
        names = [block.id for block in self.instance.blocks]
        start = names.index(visit.block)
        return (
            person is not None
            and ban.person in (None, person.id)
            and ban.home in (None, person.home)
            and ban.host in (None, visit.host)
            and ban.block in (None, *names[start : start + self.instance.rules.visit_blocks])
        )

    def _leave(self, name: str) -> None:
        self.people[self.at[name]] = None
        self.touched = True
        instance = self.instance
        required = tuple(
            msgspec.structs.replace(need, people=tuple(p for p in need.people if p != name))
            if name in need.people
            else need
            for need in instance.required
        )
        self.instance = self._with(
            history=tuple(visit for visit in instance.history if visit.person != name),
            pins=tuple(visit for visit in instance.pins if visit.person != name),
            forbidden=tuple(ban for ban in instance.forbidden if ban.person != name),
            required=tuple(need for need in required if need.people or need.joined_since is not None),
        )

    def _numbers(self, field: str, name: str, by: int, block: str | None) -> None:
        def edit(department: Department) -> Department:
            value = getattr(department, field)
            row = [value] * len(self.instance.blocks) if isinstance(value, int) else list(value)
            for index, each in enumerate(self.instance.blocks):
                if block is None or each.id == block:
                    row[index] = max(0, row[index] + by)
            return msgspec.structs.replace(department, **{field: tuple(row)})

        departments = tuple(edit(d) if d.id == name else d for d in self.instance.departments)
        self.instance = self._with(departments=departments)

    def _offer(self, name: str, host: str) -> None:
        person = self.people[self.at[name]]
        if person is not None and person.may_visit is None:
            link = Dependency(provider=person.home, customer=host, weight=0.0)
            self.instance = self._with(dependencies=(*self.instance.dependencies, link))
        else:
            self._edit(name, lambda p: {"may_visit": (*(p.may_visit or ()), VisitOption(host=host))})
