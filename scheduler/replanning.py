"""After absences, declines or new people: keep what can be kept, mend what is broken, change nothing else."""

from __future__ import annotations

import math
import time
from collections import defaultdict
from collections.abc import Iterable

import msgspec

from scheduler.applying import apply
from scheduler.changes import AnyChange
from scheduler.checker import visit_faults
from scheduler.facts import Facts
from scheduler.model import Instance, Visit
from scheduler.plan import OnProgress, Plan, PlannedVisit, Reason, SolveOptions, Status, StopToken, Timing, gap_of
from scheduler.solver.arrays import Arrays
from scheduler.solver.build import build
from scheduler.solver.engine import trivial_bound
from scheduler.solver.moves import best_for, book, book_alone, change, fits, has_room, has_room_alone
from scheduler.solver.result import terms_of, visits_of
from scheduler.solver.run import solve
from scheduler.solver.search import forget
from scheduler.solver.state import State, empty_state
from scheduler.unmet import unmet


def changed_instance(instance: Instance, plan: Plan, changes: Iterable[AnyChange]) -> Instance:
    """The instance after the changes, with the plan as the previous one; pins that became impossible are dropped."""
    after = apply(instance, changes)
    facts = Facts(after)
    known = [
        visit
        for visit in plan.visits
        if visit.person in facts.people and visit.host in facts.departments and visit.block in facts.order
    ]
    previous = tuple(Visit(person=v.person, host=v.host, block=v.block) for v in known)
    pins = tuple(
        pin
        for pin in after.pins
        if not visit_faults(facts, PlannedVisit(person=pin.person, host=pin.host, block=pin.block, group=0))
    )
    return msgspec.structs.replace(after, previous=previous, pins=pins)


def replan(instance: Instance, plan: Plan, changes: Iterable[AnyChange]) -> Plan:
    """The plan after the changes, with as few visits changed as can be.

    Groups whose visits are all still possible stay. In the others, a colleague who is free takes the place of
    whoever cannot go; where there is none, the group's other visits become part of another broken group or, where
    that is allowed, shadow visits; what remains goes. For a better plan that keeps what it can at a price, solve
    `changed_instance` with a weight on `stability`.
    """
    begun = time.monotonic()
    after = changed_instance(instance, plan, changes)
    mending = _Mending(after, plan)
    mending.run()
    arrays, state = mending.arrays, mending.state
    terms = terms_of(arrays, state)
    score = math.fsum(term.value for term in terms)
    visits = visits_of(arrays, state)
    bound = max(score, trivial_bound(arrays))
    missing = {(p.person, p.host, p.block) for p in after.pins} - {(v.person, v.host, v.block) for v in visits}
    reasons = [
        Reason(code="pin_missing", about={"person": person, "host": host, "block": block})
        for person, host, block in sorted(missing)
    ]
    return Plan(
        status=Status.INFEASIBLE if reasons else Status.FEASIBLE,
        score=score,
        bound=bound,
        gap=gap_of(score, bound),
        seed=plan.seed,
        terms=terms,
        reasons=tuple(reasons),
        unmet=unmet(after, visits),
        timings=(Timing(phase="replan", seconds=round(time.monotonic() - begun, 3)),),
        visits=visits,
    )


class _Mending:
    def __init__(self, instance: Instance, plan: Plan) -> None:
        self.arrays: Arrays = build(instance)
        self.state: State = empty_state(self.arrays)
        self.plan = plan
        people = {person.id: index for index, person in enumerate(instance.people)}
        departments = {department.id: index for index, department in enumerate(instance.departments)}
        self.order = {block.id: index for index, block in enumerate(instance.blocks)}
        self.people, self.departments = people, departments
        hosts = self.arrays.arc_host[self.arrays.arc].tolist()
        self.options = {key: row for row, key in enumerate(zip(self.arrays.person.tolist(), hosts, strict=True))}
        self.cycles = {
            frozenset(row[: self.arrays.size[index]]): index for index, row in enumerate(self.arrays.cycles.tolist())
        }
        pairs = zip(self.arrays.arc_home.tolist(), self.arrays.arc_host.tolist(), strict=True)
        self.arcs = {pair: arc for arc, pair in enumerate(pairs)}
        self.homes = {person.id: departments[person.home] for person in instance.people}

    def run(self) -> None:
        """Whole groups first, so that what is mended does not push them out."""
        broken = [group.visits for group in self.plan.groups() if not self._kept(group.visits)]
        left: list[PlannedVisit] = []
        for visits in broken:
            if not self._mended(visits):
                left += visits
        self._paired(left)

    def _option(self, visit: PlannedVisit) -> int:
        key = self.people.get(visit.person, -1), self.departments.get(visit.host, -1)
        return self.options.get(key, -1)

    def _fits(self, visit: PlannedVisit) -> bool:
        option = self._option(visit)
        return option >= 0 and visit.block in self.order and fits(self.state, option, self.order[visit.block])

    def _kept(self, visits: tuple[PlannedVisit, ...]) -> bool:
        return all(self._fits(visit) for visit in visits) and self._group([self._option(v) for v in visits], visits[0])

    def _group(self, options: list[int], sample: PlannedVisit) -> bool:
        """Book the group of these options if there is room."""
        start, state = self.order[sample.block], self.state
        arcs = [int(self.arrays.arc[option]) for option in options]
        if len(arcs) == 1:
            if not self.arrays.shadow or not has_room_alone(state, arcs[0], start):
                return False
            book_alone(state, arcs[0], start, 1)
        else:
            cycle = self.cycles.get(frozenset(arcs))
            if cycle is None or not has_room(state, cycle, start):
                return False
            book(state, cycle, start, 1)
        for option in options:
            change(state, option, start, 1)
        forget(state)
        return True

    def _mended(self, visits: tuple[PlannedVisit, ...]) -> bool:
        """Free colleagues stand in for those who cannot go."""
        options = []
        for visit in visits:
            option = self._option(visit) if self._fits(visit) else self._stand_in(visit)
            if option < 0:
                return False
            options.append(option)
        return self._group(options, visits[0])

    def _stand_in(self, visit: PlannedVisit) -> int:
        home = self._home(visit)
        arc = self.arcs.get((home, self.departments.get(visit.host, -1)), -1)
        return best_for(self.state, arc, self.order[visit.block]) if arc >= 0 and visit.block in self.order else -1

    def _home(self, visit: PlannedVisit) -> int:
        """Where the visitor works; of somebody who left, the department that the visit's group needs."""
        if visit.person in self.homes:
            return self.homes[visit.person]
        group = [v for v in self.plan.visits if v.group == visit.group]
        homes = {self.homes[v.person] for v in group if v.person in self.homes}
        hosts = {self.departments[v.host] for v in group if v.host in self.departments}
        gone = hosts - homes
        return gone.pop() if len(gone) == 1 else -1

    def _paired(self, left: list[PlannedVisit]) -> None:
        """Visits of broken groups that make a swap with one another; else shadow visits, if there are any."""
        waiting: dict[tuple[str, int, str], list[PlannedVisit]] = defaultdict(list)
        for visit in left:
            if visit.person in self.homes and self._fits(visit):
                back = self._names[self.homes[visit.person]]
                partners = waiting[visit.block, self.departments[visit.host], back]
                partner = next((v for v in partners if self._fits(v)), None)
                if partner is not None and self._group([self._option(visit), self._option(partner)], visit):
                    partners.remove(partner)
                    continue
                waiting[visit.block, self.homes[visit.person], visit.host].append(visit)
        if self.arrays.shadow:
            for visit in left:
                if self._fits(visit):
                    self._group([self._option(visit)], visit)

    @property
    def _names(self) -> list[str]:
        return list(self.departments)


def solve_after(
    instance: Instance,
    plan: Plan,
    changes: Iterable[AnyChange],
    options: SolveOptions | None = None,
    *,
    on_progress: OnProgress | None = None,
    stop: StopToken | None = None,
) -> Plan:
    """A new search after the changes in which the old plan's visits are worth `stability` each."""
    return solve(changed_instance(instance, plan, changes), options, on_progress=on_progress, stop=stop)
