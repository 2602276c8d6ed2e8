"""The only door to the scheduler: from what is stored to its instance, and from its plans to what is stored.

The scheduler is imported when first needed, in a thread or a child process: that takes two seconds and 150 MB, which
a server that plans nothing need not spend. All functions here compute and nothing else; call them with
`asyncio.to_thread`. Blocks are named by their numbers, people and departments by their ids.
"""

from __future__ import annotations

import hashlib
import threading
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import msgspec

from api.core.clock import SECOND, utc
from api.rotations.data import Basis, PersonData
from api.rotations.rules import GOALS

if TYPE_CHECKING:
    import scheduler

_SCALE: Final = {0: 0.0, 1: 0.25, 2: 0.5, 3: 1.0, 4: 2.0, 5: 4.0}
"""What a slider's place means as a factor. Powers of two keep scores on a grid, which makes bounds tight."""
_PAUSE: Final = 0.5
"""Seconds between two messages of a search; visits are sent four times as rarely."""


class Leg(msgspec.Struct, frozen=True):
    """A visit as far as planning goes. Legs of the same group form its swap, ring or shadow visit."""

    person: str
    host: str
    block: int
    group: int


class Fault(msgspec.Struct, frozen=True):
    """A rule that is broken, or a reason: the scheduler's code with its parameters, ids and numbers of blocks."""

    code: str
    about: dict[str, str | int | float]


class Worth(msgspec.Struct, frozen=True):
    """A plan judged: what it breaks, its score, and the score's terms by name."""

    faults: list[Fault]
    score: float
    terms: dict[str, float]


class Unmet(msgspec.Struct, frozen=True):
    """A required visit that is not in the plan, and why."""

    person: str
    host: str
    reasons: list[Fault]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a search found. `status` is optimal, feasible, stopped or infeasible; `reasons` say why infeasible."""

    status: str
    score: float
    bound: float
    gap: float | None
    terms: dict[str, float]
    legs: list[Leg]
    unmet: list[Unmet] = []
    reasons: list[Fault] = []


class Tick(msgspec.Struct, frozen=True, kw_only=True):
    """Where a search stands after so many seconds. `best` (packed legs) only now and then, if there is a better one."""

    seconds: float
    phase: str
    score: float | None
    bound: float | None
    best: bytes | None = None


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """A search: `instance` is packed, `start` (packed legs) what to begin with."""

    instance: bytes
    start: bytes | None
    seconds: float
    seed: int
    begun: int = 0
    """So many blocks have begun: nothing is added there."""


class Why(msgspec.Struct, frozen=True):
    """Why a person does not see a department in a block, and sets of changes each of which makes it possible."""

    block: int
    planned: bool
    reasons: list[Fault]
    ways: list[list[Fault]]


class Difference(msgspec.Struct, frozen=True):
    """Something that is not any more as it was when a plan was made: a code, whom it is about, how many."""

    code: str
    people: list[str]
    departments: list[str]


def pack(value: object) -> bytes:
    """As compressed JSON."""
    return zlib.compress(msgspec.json.encode(value), 1)


def unpack_legs(packed: bytes) -> list[Leg]:
    """Legs that were packed."""
    return msgspec.json.decode(zlib.decompress(packed), type=list[Leg])


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

    return scheduler.Instance(
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
        previous=real(basis.previous),
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
    """The instance with the pins and bans (person, home, host, block) of now."""
    import scheduler

    return msgspec.structs.replace(
        unpack(instance),
        pins=tuple(scheduler.Visit(person=person, host=host, block=str(block)) for person, host, block in pins),
        forbidden=tuple(scheduler.Forbidden(person=p, home=h, host=d, block=b) for p, h, d, b in bans),
    )


def with_pins(instance: scheduler.Instance, pins: Sequence[tuple[str, str, int]]) -> scheduler.Instance:
    """The instance with these pins beside its bans."""
    import scheduler

    return msgspec.structs.replace(
        instance, pins=tuple(scheduler.Visit(person=p, host=h, block=str(b)) for p, h, b in pins)
    )


def legs_of(visits: Sequence[scheduler.PlannedVisit]) -> list[Leg]:
    """The scheduler's visits as legs."""
    return [Leg(visit.person, visit.host, int(visit.block), visit.group) for visit in visits]


def planned(legs: Sequence[Leg]) -> tuple[scheduler.PlannedVisit, ...]:
    """Legs as the scheduler's visits."""
    import scheduler

    return tuple(
        scheduler.PlannedVisit(person=leg.person, host=leg.host, block=str(leg.block), group=leg.group) for leg in legs
    )


def _plan(legs: Sequence[Leg]) -> scheduler.Plan:
    import scheduler

    return scheduler.Plan(status=scheduler.Status.FEASIBLE, score=0.0, bound=0.0, gap=None, visits=planned(legs))


def _faults(reasons: Sequence[scheduler.Reason]) -> list[Fault]:
    return [Fault(reason.code, dict(reason.about)) for reason in reasons]


_FIGURES: Final = ("wrong_score", "wrong_term", "wrong_bound")


def judge(instance: scheduler.Instance, legs: Sequence[Leg]) -> Worth:
    """What a plan breaks and what it is worth, by the independent checker."""
    import scheduler

    verdict = scheduler.check(instance, _plan(legs))
    broken = [reason for reason in verdict.violations if reason.code not in _FIGURES]
    return Worth(_faults(broken), verdict.score, {term.name: term.value for term in verdict.terms})


def why_not(
    instance: scheduler.Instance, legs: Sequence[Leg], score: float, *, person: str, host: str, block: int | None
) -> list[Why]:
    """Why the person does not see the department (in `block`, None: in any), and what would make it possible.

    Raises KeyError if the instance does not know one of them.
    """
    import scheduler

    plan = msgspec.structs.replace(_plan(legs), score=score)
    found = scheduler.explain(instance, plan, person=person, host=host, block=None if block is None else str(block))
    return [
        Why(
            int(each.block),
            each.planned,
            _faults(each.reasons),
            [[_change(one) for one in way] for way in each.changes],
        )
        for each in found
    ]


def _change(change: Any) -> Fault:
    about = msgspec.to_builtins(change)
    code = about.pop("change")
    return Fault(
        code,
        {
            name: ",".join(value) if isinstance(value, list) else value
            for name, value in about.items()
            if value is not None
        },
    )


def mend(instance: scheduler.Instance, legs: Sequence[Leg]) -> Found:
    """The plan with as few visits changed as can be so that it keeps every rule of `instance`."""
    import scheduler

    plan = scheduler.replan(instance, _plan(legs), ())
    return _found(plan)


def _found(plan: scheduler.Plan) -> Found:
    return Found(
        status=str(plan.status),
        score=plan.score,
        bound=plan.bound,
        gap=plan.gap,
        terms={term.name: term.value for term in plan.terms},
        legs=legs_of(plan.visits),
        unmet=[Unmet(each.person, each.host, _faults(each.reasons)) for each in plan.unmet],
        reasons=_faults(plan.reasons),
    )


def search(task: Task, say: Callable[[object], None]) -> Found:
    """Look for a plan, in a child process; says a Tick now and then."""
    import scheduler

    instance = from_now(unpack(task.instance), task.begun)
    start = planned(unpack_legs(task.start)) if task.start else ()
    told = _Teller(say)
    try:
        plan = scheduler.solve(
            instance,
            scheduler.SolveOptions(seconds=task.seconds, work=1_000_000, seed=task.seed, gap=0.0),
            on_progress=told.progress,
            start=start,
            on_visits=told.visits,
        )
    finally:
        told.end()
    return _found(plan)


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


class _Teller:
    """Passes on where a search stands: not too often, and every second while it is busy with one thing for long."""

    def __init__(self, say: Callable[[object], None]) -> None:
        self._say, self._lock = say, threading.Lock()
        self._begun = time.monotonic()
        self._told, self._sent = -_PAUSE, -4 * _PAUSE
        self._better: tuple[scheduler.PlannedVisit, ...] | None = None
        self._last: scheduler.Progress | None = None
        self._over = threading.Event()
        threading.Thread(target=self._beat, daemon=True).start()

    def progress(self, progress: scheduler.Progress) -> None:
        """Where it stands."""
        self._last = progress
        self._tell()

    def visits(self, visits: tuple[scheduler.PlannedVisit, ...]) -> None:
        """A better plan; the first one is passed on at once."""
        self._better = visits
        if self._sent < 0:
            self._tell(at_once=True)

    def end(self) -> None:
        """Nothing more is said."""
        self._over.set()
        with self._lock:
            pass

    def _beat(self) -> None:
        while not self._over.wait(1.0):
            self._tell()

    def _tell(self, *, at_once: bool = False) -> None:
        with self._lock:
            elapsed, last = time.monotonic() - self._begun, self._last
            if last is None or self._over.is_set() or (elapsed - self._told < _PAUSE and not at_once):
                return
            best = None
            if self._better is not None and (at_once or elapsed - self._sent >= 4 * _PAUSE):
                best, self._better, self._sent = pack(legs_of(self._better)), None, elapsed
            self._told = elapsed
            self._say(Tick(seconds=elapsed, phase=last.phase, score=last.incumbent, bound=last.bound, best=best))


def obstacles(instance: scheduler.Instance) -> list[Fault]:
    """What keeps every plan from being one: pins that break a rule, alone or together."""
    import scheduler

    return _faults([problem.reason for problem in scheduler.validate(instance)])


def differences(old: scheduler.Instance, new: scheduler.Instance) -> list[Difference]:
    """What has changed between the data of a plan and those of now, by kind."""
    before, after = {p.id: p for p in old.people}, {p.id: p for p in new.people}
    found: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for person_id in after.keys() - before.keys():
        found["joined"][0].append(person_id)
    for person_id in before.keys() - after.keys():
        found["left"][0].append(person_id)
    for person_id in before.keys() & after.keys():
        one, other = before[person_id], after[person_id]
        for field, code in _PERSON_FIELDS.items():
            if getattr(one, field) != getattr(other, field):
                found[code][0].append(person_id)
    departments = {d.id: d for d in old.departments}, {d.id: d for d in new.departments}
    for department_id in departments[0].keys() ^ departments[1].keys():
        found["scope"][1].append(department_id)
    for department_id in departments[0].keys() & departments[1].keys():
        for field, code in _DEPARTMENT_FIELDS.items():
            if getattr(departments[0][department_id], field) != getattr(departments[1][department_id], field):
                found[code][1].append(department_id)
    for field, code in _FIELDS.items():
        if getattr(old, field) != getattr(new, field):
            found[code] = found[code]
    return [Difference(code, sorted(people), sorted(units)) for code, (people, units) in found.items()]


_PERSON_FIELDS: Final = {
    "home": "moved",
    "absent": "absences",
    "qualifications": "qualifications",
    "wishes": "wishes",
    "max_visits": "participation",
}
_DEPARTMENT_FIELDS: Final = {"capacity": "capacity", "minimum": "minimum", "requires": "requires"}
_FIELDS: Final = {
    "blocks": "blocks",
    "dependencies": "dependencies",
    "rules": "rules",
    "history": "history",
    "required": "required",
}


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


def last_day(moment: int) -> date:
    """The day (UTC) of a moment in microseconds."""
    return utc(moment - SECOND).date()
