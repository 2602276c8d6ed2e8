"""From what is stored to the scheduler's instance."""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import msgspec

from api.core.clock import utc
from api.rotations.data import Basis, PersonData
from api.rotations.planning.shapes import pack
from api.rotations.rules import GOALS

if TYPE_CHECKING:
    import scheduler

_SCALE: Final = {0: 0.0, 1: 0.25, 2: 0.5, 3: 1.0, 4: 2.0, 5: 4.0}
"""What a slider's place means as a factor. Powers of two keep scores on a grid, which makes bounds tight."""


def prepare(basis: Basis) -> tuple[bytes, str]:
    """The scheduler's instance of `basis`, packed, and its fingerprint: equal data have equal fingerprints."""
    instance = build(basis)
    return pack(instance), _fingerprint(instance)


def _fingerprint(instance: scheduler.Instance) -> str:
    # What somebody decided by hand does not make a plan stale.
    bare = msgspec.structs.replace(instance, pins=(), previous=(), forbidden=())
    return hashlib.sha256(msgspec.json.encode(bare)).hexdigest()[:32]


def build(basis: Basis) -> scheduler.Instance:
    """The scheduler's instance."""
    import scheduler

    rules, homes = basis.rules, {person.id: person.home for person in basis.people}
    hosts = {host.id for host in basis.hosts}
    last_days = [block.days[-1].isoformat() if block.days else "" for block in basis.blocks]
    required = []
    for training in basis.trainings:
        people = [p.id for p in basis.people if p.takes_part and _is_trained(p, training)]
        due = [block.number for block in basis.blocks if last_days[block.number] <= training.by_day]
        if people and training.host in hosts and (due or not training.by_day):
            by = str(due[-1]) if training.by_day else None
            required.append(scheduler.Requirement(host=training.host, by=by, people=tuple(people)))
    known = {str(block.number) for block in basis.blocks}

    def real(visits: Sequence[tuple[str, str, int]]) -> tuple[scheduler.Visit, ...]:
        return tuple(
            scheduler.Visit(person=person, host=host, block=str(block))
            for person, host, block in visits
            if person in homes and host in hosts and str(block) in known
        )

    instance = scheduler.Instance(
        departments=tuple(
            scheduler.Department(
                id=host.id,
                capacity=host.capacity,
                minimum=tuple(max((host.minimum[d.weekday()] for d in b.days), default=0) for b in basis.blocks),
                requires=tuple(host.requires),
            )
            for host in basis.hosts
        ),
        blocks=tuple(
            scheduler.Block(id=str(b.number), start=utc(b.starts_at), end=utc(b.ends_at), holiday=b.closed)
            for b in basis.blocks
        ),
        people=tuple(
            scheduler.Person(
                id=person.id,
                home=person.home,
                qualifications=tuple(person.qualifications),
                absent=tuple(str(number) for number in person.away),
                wishes={host: float(liking) for host, liking in person.wishes.items()},
                seniority=person.seniority,
                max_visits=person.max_visits if person.takes_part else 0,
            )
            for person in basis.people
        ),
        dependencies=tuple(
            scheduler.Dependency(provider=one, customer=other, weight=float(weight))
            for one, other, weight in basis.dependencies
        ),
        rules=scheduler.Rules(**{name: getattr(rules, name) for name in rules.__struct_fields__}),
        objective=_objective(basis),
        history=tuple(
            scheduler.PastVisit(person=person, host=host, ended=ended)
            for person, host, ended in basis.history
            if person in homes
        ),
        pins=real(basis.pins),
        previous=real([visit[:3] for visit in basis.previous]),
        forbidden=tuple(
            scheduler.Forbidden(
                person=ban.person, home=ban.home, host=ban.host, block=None if ban.block is None else str(ban.block)
            )
            for ban in basis.bans
            if (ban.block is None or str(ban.block) in known)
            and (ban.person is None or ban.person in homes)
            and all(end is None or end in hosts for end in (ban.home, ban.host))
        ),
        required=tuple(required),
    )
    return _keeping(instance, basis)


def _keeping(instance: scheduler.Instance, basis: Basis) -> scheduler.Instance:
    """With accepted visits as pins, as far as they stand in the plan that changes least: the others must be asked
    anew. A set of pins that some plan keeps is one that can be planned around."""
    import scheduler

    accepted = set(basis.accepted) - set(basis.pins)
    homes = {person.id for person in instance.people}
    hosts = {department.id for department in instance.departments}
    blocks = {int(block.id) for block in instance.blocks}
    visits = tuple(
        scheduler.PlannedVisit(person=person, host=host, block=str(block), group=group)
        for person, host, block, group in basis.previous
        if person in homes and host in hosts and block in blocks
    )
    if not accepted or not visits:
        return instance
    before = scheduler.Plan(status=scheduler.Status.FEASIBLE, score=0.0, bound=0.0, gap=None, visits=visits)
    kept = scheduler.replan(instance, before, ()).visits
    pins = tuple(
        scheduler.Visit(person=one.person, host=one.host, block=one.block)
        for one in kept
        if (one.person, one.host, int(one.block)) in accepted
    )
    return msgspec.structs.replace(instance, pins=(*instance.pins, *pins))


def _is_trained(person: PersonData, training: Any) -> bool:
    if person.home == training.host or (training.home is not None and person.home != training.home):
        return False
    return not training.joined_since or person.joined >= training.joined_since


def _objective(basis: Basis) -> scheduler.Objective:
    import scheduler

    goals = basis.goals
    factor = {goal: 1.0 if goals.by_order else _SCALE[goals.weights.get(goal, 3)] for goal in GOALS}
    return scheduler.Objective(
        dependency=factor["dependency"],
        coverage=tuple(reward * factor["coverage"] for reward in (8.0, 4.0, 2.0)),
        fairness=tuple(reward * factor["fairness"] for reward in (6.0, 3.0, 1.0)),
        wishes=3.0 * factor["wishes"],
        seniority=2.0 * factor["seniority"],
        stability=4.0 * factor["stability"] if basis.previous else 0.0,
        lexicographic=tuple((goal,) for goal in goals.order) if goals.by_order else (),
    )


@lru_cache(maxsize=4)
def unpack(instance: bytes) -> scheduler.Instance:
    """An instance that was packed; the last few are kept, since boards ask again and again."""
    import scheduler

    return msgspec.json.decode(zlib.decompress(instance), type=scheduler.Instance)


def homes(instance: scheduler.Instance) -> dict[str, str]:
    """Where everybody works, as the plan has it."""
    return {person.id: person.home for person in instance.people}


def edited(
    instance: bytes, pins: Sequence[tuple[str, str, int]], bans: Sequence[tuple[str | None, ...]]
) -> scheduler.Instance:
    """The instance with the pins and bans (person, home, host, block) of now, as far as it knows of whom."""
    import scheduler

    whole = unpack(instance)
    people, hosts = {None, *(one.id for one in whole.people)}, {None, *(one.id for one in whole.departments)}
    return msgspec.structs.replace(
        whole,
        pins=tuple(scheduler.Visit(person=person, host=host, block=str(block)) for person, host, block in pins),
        forbidden=tuple(
            scheduler.Forbidden(person=person, home=home, host=host, block=block)
            for person, home, host, block in bans
            if person in people and {home, host} <= hosts
        ),
    )


def with_pins(instance: scheduler.Instance, pins: Sequence[tuple[str, str, int]]) -> scheduler.Instance:
    """The instance with these pins beside its bans."""
    import scheduler

    return msgspec.structs.replace(
        instance, pins=tuple(scheduler.Visit(person=p, host=h, block=str(b)) for p, h, b in pins)
    )


def from_now(instance: scheduler.Instance, begun: int) -> scheduler.Instance:
    """The instance with nobody to be had for the first `begun` blocks, but for the visits that are pinned there."""
    if not begun:
        return instance
    length = instance.rules.visit_blocks
    stays = {(pin.person, int(pin.block) + step) for pin in instance.pins for step in range(length)}
    over = range(min(begun, len(instance.blocks)))
    replace = msgspec.structs.replace

    def gone(person: scheduler.Person) -> tuple[str, ...]:
        return tuple(sorted({*person.absent, *(str(b) for b in over if (person.id, b) not in stays)}, key=int))

    return replace(
        instance,
        people=tuple(replace(person, absent=gone(person)) for person in instance.people),
        departments=tuple(
            replace(one, minimum=tuple(0 if b in over else _at(one.minimum, b) for b in range(len(instance.blocks))))
            for one in instance.departments
        ),
    )


def _at(value: int | tuple[int, ...], block: int) -> int:
    return value if isinstance(value, int) else value[block]


def hint(basis: Basis) -> list[tuple[str, int, int, int]]:
    """For each department with more who might come than it can host: (id, seats a block, visits in all, people who
    may come). Counts only what is certain, before anything is solved."""
    open_blocks = sum(not block.closed for block in basis.blocks) // max(1, basis.rules.visit_blocks)
    guests: Counter[str] = Counter()
    pairs = {pair for one, other, _w in basis.dependencies for pair in ((one, other), (other, one))}
    staff = Counter(person.home for person in basis.people if person.takes_part)
    for home, host in pairs:
        guests[host] += staff[home]
    return [
        (host.id, host.capacity, host.capacity * open_blocks, guests[host.id])
        for host in basis.hosts
        if guests[host.id] > host.capacity * open_blocks
    ]
