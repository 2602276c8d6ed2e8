"""After absences, declines or new people: keep what can be kept, mend what is broken, change nothing else."""

from __future__ import annotations

import math
import time
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from scheduler.changes import Absent, AnyChange, Decline, Freeze, Leave, Limit, Seats, Staff
from scheduler.compiled import compiled
from scheduler.model import Instance
from scheduler.plan import OnProgress, Plan, PlannedVisit, Reason, SolveOptions, Status, StopToken, Timing, gap_of
from scheduler.prepared import Prepared, prepare
from scheduler.solver.arrays import Arrays, Ints
from scheduler.solver.bounds import trivial_bound
from scheduler.solver.mending import Groups, book_group, cycles_of, keep_groups, mend_groups, room_for
from scheduler.solver.moves import change, fits
from scheduler.solver.result import terms_of
from scheduler.solver.revise import find_options
from scheduler.solver.rounds import PLAIN
from scheduler.solver.run import solve
from scheduler.solver.search import forget
from scheduler.solver.state import State, empty_state
from scheduler.unmet import unmet


def changed_instance(instance: Instance, plan: Plan, changes: Sequence[AnyChange]) -> Instance:
    """The instance after the changes, with the plan as the previous one; pins that became impossible are dropped."""
    return prepare(instance).changed(changes, plan).instance


def replan(instance: Instance | Prepared, plan: Plan, changes: Sequence[AnyChange]) -> Plan:
    """The plan after the changes, with as few visits changed as can be.

    Groups whose visits are all still possible stay. In the others, a colleague who is free takes the place of
    whoever cannot go; where there is none, the group's other visits become part of another broken group or, where
    that is allowed, shadow visits; what remains goes. For a better plan that keeps what it can at a price, solve
    `changed_instance` with a weight on `stability`.

    Fast with a prepared instance. The bound is the least of what is known without solving anything: the old plan's
    where the changes only take away, and the prices of the relaxation if the prepared instance has it. Raises
    `InstanceError` if the changes name anybody unknown.
    """
    begun = time.monotonic()
    before = prepare(instance)
    after = before.changed(changes, plan)
    mending = _Mending(before, after, plan)
    visits = mending.run()
    terms = terms_of(after.arrays, mending.state)
    score = math.fsum(term.value for term in terms)
    bound = max(score, _bound(before, after, plan, changes))
    missing = {(p.person, p.host, p.block) for p in after.instance.pins}
    missing -= {(v.person, v.host, v.block) for v in visits} if missing else set()
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
        unmet=unmet(after.instance, visits),
        timings=(Timing(phase="replan", seconds=round(time.monotonic() - begun, 3)),),
        visits=visits,
    )


def _bound(before: Prepared, after: Prepared, plan: Plan, changes: Sequence[AnyChange]) -> float:
    found = trivial_bound(after.arrays)
    if all(map(_takes_away, changes)):
        stay = after.arrays.keep_reward * len(plan.visits)
        found = min(found, plan.bound + stay)
    if before.relaxed:
        found = min(found, before.relaxation.bound_of(after.arrays))
    return found


def _takes_away(change: AnyChange) -> bool:
    """Whether no plan after the change would have been forbidden or worth less before it."""
    match change:
        case Absent() | Decline() | Leave() | Freeze():
            return True
        case Seats(by=by) | Limit(by=by):
            return by <= 0
        case Staff(by=by):
            return by >= 0
        case _:
            return False


class _Mending:
    def __init__(self, before: Prepared, after: Prepared, plan: Plan) -> None:
        self.plan = plan
        self.arrays: Arrays = after.arrays
        self.state: State = empty_state(self.arrays)
        self.people, self.instance = after.people, after.instance
        self.departments = {department.id: index for index, department in enumerate(self.instance.departments)}
        self.order = {block.id: index for index, block in enumerate(self.instance.blocks)}
        number = np.array([visit.group for visit in plan.visits], dtype=np.int64)
        self.sorted = np.argsort(number, kind="stable")
        self.visits = [plan.visits[index] for index in self.sorted.tolist()]
        number = number[self.sorted]
        first = np.append(np.flatnonzero(np.diff(number, prepend=-1)), len(number)) if len(number) else np.zeros(1)
        self.groups = self._groups(before, first.astype(np.int64))

    def _groups(self, before: Prepared, first: Ints) -> Groups:
        arrays = self.arrays
        option, start = find_options(arrays, self.visits, self.people, self.departments, self.order)
        host = np.array([self.departments.get(visit.host, -1) for visit in self.visits], dtype=np.int64)
        who = np.array([before.people.get(visit.person, -1) for visit in self.visits], dtype=np.int64)
        home = np.where(who >= 0, before.arrays.home[who] if len(before.arrays.home) else -1, -1)
        keys = arrays.arc_home * arrays.departments + arrays.arc_host
        wanted = home * arrays.departments + host
        at = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
        known = (home >= 0) & (host >= 0) & (keys[at] == wanted if len(keys) else False)
        arc = np.where(known, at, -1)
        done = np.zeros(len(first) - 1, dtype=np.int64)
        return Groups(first, cycles_of(arrays, first, arc), option, arc, start, done)

    def run(self) -> tuple[PlannedVisit, ...]:
        """Whole groups first, so that what is mended does not push them out; the visits, as they are numbered."""
        groups = self.groups
        fast = len(self.arrays.arc) > PLAIN
        for step in (keep_groups, mend_groups):
            run = compiled(step) if fast else step
            run(self.state, groups.first, groups.cycle, groups.option, groups.arc, groups.start, groups.done)
        done = np.repeat(groups.done, np.diff(groups.first))
        found = [visit for visit, kept in zip(self.visits, done.tolist(), strict=True) if kept == 1]
        found += [self._visit(index, self.visits[index].group) for index in np.flatnonzero(done == 2).tolist()]
        return tuple(found + self._paired(np.flatnonzero(done == 0).tolist()))

    def _visit(self, index: int, group: int) -> PlannedVisit:
        groups = self.groups
        person = self.instance.people[int(self.arrays.person[groups.option[index]])]
        return PlannedVisit(person=person.id, host=self.visits[index].host, block=self.visits[index].block, group=group)

    def _paired(self, left: list[int]) -> list[PlannedVisit]:
        """Visits of broken groups that make a swap with one another; else shadow visits, if there are any."""
        arrays, groups = self.arrays, self.groups
        waiting: dict[tuple[int, int, int], list[int]] = defaultdict(list)
        number = max((visit.group for visit in self.plan.visits), default=-1) + 1
        found: list[PlannedVisit] = []
        for index in left:
            if not self._fits(index):
                continue
            home, host = int(arrays.arc_home[groups.arc[index]]), int(arrays.arc_host[groups.arc[index]])
            start = int(groups.start[index])
            partners = waiting[start, host, home]
            partner = next((other for other in partners if self._fits(other)), None)
            if partner is not None and self._booked([index, partner]):
                partners.remove(partner)
                found += [self._visit(index, number), self._visit(partner, number)]
                number += 1
            else:
                waiting[start, home, host].append(index)
        for index in left if arrays.shadow else ():
            if self._fits(index) and self._booked([index]):
                found.append(self._visit(index, number))
                number += 1
        return found

    def _fits(self, index: int) -> bool:
        option = int(self.groups.option[index])
        return option >= 0 and fits(self.state, option, int(self.groups.start[index]))

    def _booked(self, chosen: list[int]) -> bool:
        """Book a new group of these visits if there is room."""
        state, groups = self.state, self.groups
        arcs, start = groups.arc[chosen], int(groups.start[chosen[0]])
        cycle = int(cycles_of(self.arrays, np.array([0, len(chosen)]), arcs)[0])
        if not room_for(state, cycle, int(arcs[0]), start, len(chosen)):
            return False
        book_group(state, cycle, int(arcs[0]), start)
        for index in chosen:
            change(state, int(groups.option[index]), start, 1)
        forget(state)
        return True


def solve_after(
    instance: Instance | Prepared,
    plan: Plan,
    changes: Sequence[AnyChange],
    options: SolveOptions | None = None,
    *,
    on_progress: OnProgress | None = None,
    stop: StopToken | None = None,
) -> Plan:
    """A new search after the changes in which the old plan's visits are worth `stability` each."""
    return solve(prepare(instance).changed(changes, plan), options, on_progress=on_progress, stop=stop)
