"""What may change after a plan was made: for re-planning, for what-if questions, and as answers to "why not"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from scheduler.facts import Facts
from scheduler.model import Department, Dependency, Forbidden, Instance, Person, VisitOption
from scheduler.plan import Reason


class Change(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="change"
):
    """One change; in files, the field `change` says which."""


class Absent(Change, frozen=True, kw_only=True, tag="absent"):
    """A person is away in more blocks."""

    person: str
    blocks: tuple[str, ...]


class Present(Change, frozen=True, kw_only=True, tag="present"):
    """A person is there after all."""

    person: str
    blocks: tuple[str, ...]


class Decline(Change, frozen=True, kw_only=True, tag="decline"):
    """A person does not want to see a department, in a block or at all."""

    person: str
    host: str
    block: str | None = None


class Allow(Change, frozen=True, kw_only=True, tag="allow"):
    """Whatever forbids this visit goes."""

    person: str
    host: str
    block: str


class Join(Change, frozen=True, kw_only=True, tag="join"):
    """Somebody new."""

    person: Person


class Leave(Change, frozen=True, kw_only=True, tag="leave"):
    """Somebody goes for good, with pins, history and requirements."""

    person: str


class Seats(Change, frozen=True, kw_only=True, tag="seats"):
    """A department takes `by` more visitors at once (fewer if negative), in a block or in all."""

    department: str
    by: int = 1
    block: str | None = None


class Staff(Change, frozen=True, kw_only=True, tag="staff"):
    """A department needs `by` more people (fewer if negative), in a block or in all."""

    department: str
    by: int = -1
    block: str | None = None


class Freeze(Change, frozen=True, kw_only=True, tag="freeze"):
    """Nobody leaves or visits a department."""

    department: str


class Qualify(Change, frozen=True, kw_only=True, tag="qualify"):
    """A person gets a qualification."""

    person: str
    qualification: str


class Limit(Change, frozen=True, kw_only=True, tag="limit"):
    """A person may make `by` more visits."""

    person: str
    by: int = 1


class Forget(Change, frozen=True, kw_only=True, tag="forget"):
    """A past visit no longer stands against another one."""

    person: str
    host: str


class Offer(Change, frozen=True, kw_only=True, tag="offer"):
    """A person may visit a department, dependency or not."""

    person: str
    host: str


class ShadowVisits(Change, frozen=True, kw_only=True, tag="shadow_visits"):
    """Shadow visits are allowed."""


AnyChange = (
    Absent | Present | Decline | Allow | Join | Leave | Seats | Staff | Freeze | Qualify | Limit | Forget | Offer
    | ShadowVisits
)  # fmt: skip


def unknown_ids(change: AnyChange, instance: Instance, before: Sequence[AnyChange]) -> Iterator[Reason]:
    """Ids that the change names and nobody knows; people may have joined by changes before."""
    known = {
        "person": {p.id for p in instance.people} | {c.person.id for c in before if isinstance(c, Join)},
        "department": {d.id for d in instance.departments},
        "block": {b.id for b in instance.blocks},
    }
    kinds = {"person": "person", "host": "department", "department": "department", "block": "block"}
    for field, kind in kinds.items():
        value = getattr(change, field, None)
        if isinstance(value, str) and value not in known[kind]:
            yield Reason(code=f"unknown_{kind}", about={"id": value})
    for block in getattr(change, "blocks", ()):
        if block not in known["block"]:
            yield Reason(code="unknown_block", about={"id": block})


def apply(instance: Instance, changes: Iterable[AnyChange]) -> Instance:
    """The instance after these changes, one after the other. Unknown ids show in `validate`, not here."""
    for change in changes:
        instance = _applied(instance, change)
    return instance


def _applied(instance: Instance, change: AnyChange) -> Instance:
    replace = msgspec.structs.replace
    match change:
        case Absent(person=name, blocks=blocks):
            return _person(instance, name, lambda p: replace(p, absent=tuple(dict.fromkeys((*p.absent, *blocks)))))
        case Present(person=name, blocks=blocks):
            return _person(instance, name, lambda p: replace(p, absent=tuple(b for b in p.absent if b not in blocks)))
        case Decline(person=name, host=host, block=block):
            ban = Forbidden(person=name, host=host, block=block)
            return replace(instance, forbidden=(*instance.forbidden, ban))
        case Allow():
            return _allowed(instance, change)
        case Join(person=person):
            return replace(instance, people=(*instance.people, person))
        case Leave(person=name):
            return _without(instance, name)
        case Seats(department=name, by=by, block=block):
            return _numbers(instance, "capacity", name, by, block)
        case Staff(department=name, by=by, block=block):
            return _numbers(instance, "minimum", name, by, block)
        case Freeze(department=name):
            return replace(instance, forbidden=(*instance.forbidden, Forbidden(home=name), Forbidden(host=name)))
        case Qualify(person=name, qualification=qualification):
            return _person(instance, name, lambda p: replace(p, qualifications=(*p.qualifications, qualification)))
        case Limit(person=name, by=by):
            return _person(instance, name, lambda p: replace(p, max_visits=max(0, Facts(instance).limit(p) + by)))
        case Forget(person=name, host=host):
            kept = tuple(v for v in instance.history if (v.person, v.host) != (name, host))
            return replace(instance, history=kept)
        case Offer(person=name, host=host):
            return _offered(instance, name, host)
        case ShadowVisits():
            return replace(instance, rules=replace(instance.rules, shadow_visits=True))


def _person(instance: Instance, name: str, edit: object) -> Instance:
    assert callable(edit)
    people = tuple(edit(person) if person.id == name else person for person in instance.people)
    return msgspec.structs.replace(instance, people=people)


def _allowed(instance: Instance, change: Allow) -> Instance:
    facts = Facts(instance)
    person, start = facts.people[change.person], facts.order[change.block]

    def stands(ban: Forbidden) -> bool:
        only = Facts(msgspec.structs.replace(instance, forbidden=(ban,)))
        return only.forbidden(person, change.host, start)

    return msgspec.structs.replace(instance, forbidden=tuple(ban for ban in instance.forbidden if not stands(ban)))


def _without(instance: Instance, name: str) -> Instance:
    required = tuple(
        msgspec.structs.replace(need, people=tuple(p for p in need.people if p != name)) for need in instance.required
    )
    return msgspec.structs.replace(
        instance,
        people=tuple(person for person in instance.people if person.id != name),
        history=tuple(visit for visit in instance.history if visit.person != name),
        pins=tuple(visit for visit in instance.pins if visit.person != name),
        forbidden=tuple(ban for ban in instance.forbidden if ban.person != name),
        required=tuple(need for need in required if need.people or need.joined_since is not None),
    )


def _numbers(instance: Instance, field: str, name: str, by: int, block: str | None) -> Instance:
    def edit(department: Department) -> Department:
        value = getattr(department, field)
        row = [value] * len(instance.blocks) if isinstance(value, int) else list(value)
        for index, each in enumerate(instance.blocks):
            if block is None or each.id == block:
                row[index] = max(0, row[index] + by)
        return msgspec.structs.replace(department, **{field: tuple(row)})

    departments = tuple(edit(d) if d.id == name else d for d in instance.departments)
    return msgspec.structs.replace(instance, departments=departments)


def _offered(instance: Instance, name: str, host: str) -> Instance:
    person = next(person for person in instance.people if person.id == name)
    if person.may_visit is None:
        link = Dependency(provider=person.home, customer=host, weight=0.0)
        return msgspec.structs.replace(instance, dependencies=(*instance.dependencies, link))
    return _person(
        instance, name, lambda p: msgspec.structs.replace(p, may_visit=(*p.may_visit, VisitOption(host=host)))
    )
