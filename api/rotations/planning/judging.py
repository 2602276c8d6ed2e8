"""Plans judged, explained, mended, compared: from the scheduler's answers to what is stored and shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import msgspec

from api.rotations.planning.shapes import Difference, Fault, Found, Leg, Unmet, Why, Worth

if TYPE_CHECKING:
    import scheduler


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


def without_past_leavers(instance: scheduler.Instance, legs: Sequence[Leg], begun: int) -> list[Leg]:
    """The legs but for groups of the first `begun` blocks in which somebody or a department is gone since."""
    people = {person.id for person in instance.people}
    departments = {department.id for department in instance.departments}
    gone = {
        leg.group for leg in legs if leg.block < begun and (leg.person not in people or leg.host not in departments)
    }
    return [leg for leg in legs if leg.group not in gone]


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
            name: ",".join(value) if isinstance(value, list | tuple) else value
            for name, value in about.items()
            if value is not None
        },
    )


def obstacles(instance: scheduler.Instance) -> list[Fault]:
    """What keeps every plan from being one: pins that break a rule, alone or together."""
    import scheduler

    return _faults([problem.reason for problem in scheduler.validate(instance)])


def ways_out(instance: scheduler.Instance) -> list[list[Fault]]:
    """Smallest sets of changes, each of which makes an impossible programme possible, verified by solving."""
    import scheduler

    return [
        [
            *(Fault("loosen", {"person": pin.person, "host": pin.host, "block": pin.block}) for pin in remedy.loosen),
            *(_change(change) for change in remedy.changes),
        ]
        for remedy in scheduler.remedies(instance)
    ]


def mend(instance: scheduler.Instance, legs: Sequence[Leg]) -> Found:
    """The plan with as few visits changed as can be so that it keeps every rule of `instance`."""
    import scheduler

    plan = scheduler.replan(instance, _plan(legs), ())
    return found_of(plan)


def found_of(plan: scheduler.Plan) -> Found:
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
    for ban in set(old.forbidden) ^ set(new.forbidden):
        found["bans"][0].extend([ban.person] if ban.person else [])
        found["bans"][1].extend([ban.host] if ban.host and not ban.person else [])
    for field, code in _FIELDS.items():
        if getattr(old, field) != getattr(new, field):
            found[code] = found[code]
    return [Difference(code, sorted(set(people)), sorted(set(units))) for code, (people, units) in found.items()]


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
