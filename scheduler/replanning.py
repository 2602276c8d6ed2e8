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
from scheduler.solver.dropping import given_up, keep_most
from scheduler.solver.mending import Groups, cycles_of, keep_groups, mend_groups
from scheduler.solver.moves import best_for, book, book_alone, change, fits, has_room, has_room_alone, undo
from scheduler.solver.result import state_of, terms_of, visits_of
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

    Groups whose visits are all still possible stay, as many as room and staff leave. In the others, a colleague who is
    free takes the place of whoever cannot go; where there is none, the group's other visits become part of new groups
    or, where that is allowed, shadow visits; what remains goes. Of a small instance (some dozens of people) all plans
    are looked at, so that no plan keeps more. For a better plan that keeps what it can at a price, solve
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
        self.free = int(number.max(initial=-1)) + 1  # number of the next new group
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
        groups.done[given_up(self.arrays, groups)] = -1
        option = groups.option.copy()
        for step in (keep_groups, mend_groups):
            run = compiled(step) if fast else step
            run(self.state, groups.first, groups.cycle, groups.option, groups.arc, groups.start, groups.done)
        done = np.repeat(groups.done, np.diff(groups.first))
        found = [visit for visit, kept in zip(self.visits, done.tolist(), strict=True) if kept == 1]
        found += [self._visit(index, self.visits[index].group) for index in np.flatnonzero(done == 2).tolist()]
        found += self._regrouped(np.flatnonzero(done <= 0).tolist())
        more = self._keeping_more(option)
        if more is None:
            return tuple(found)
        self.state = more
        return visits_of(self.arrays, more)

    def _keeping_more(self, option: Ints) -> State | None:
        """Of a small instance, a plan that keeps more of the old visits (`option`), if there is one."""
        kept = self._kept(self.state, option)
        if kept == int((option >= 0).sum()):
            return None
        answer = keep_most(self.arrays, option, self.groups.start)
        other = None if answer is None else state_of(self.arrays, answer)
        return other if other is not None and self._kept(other, option) > kept else None

    def _kept(self, state: State, option: Ints) -> int:
        """How many of the old visits are in the state."""
        known = option >= 0
        return int((state.at[option[known]] == self.groups.start[known]).sum())

    def _regrouped(self, left: list[int]) -> list[PlannedVisit]:
        """Visits of broken groups in new ones: with one another, then with colleagues, then alone if allowed."""
        waiting: dict[tuple[int, int], list[int]] = defaultdict(list)
        for index in left:
            if self._fits(index):
                waiting[int(self.groups.start[index]), int(self.groups.arc[index])].append(index)
        found: list[PlannedVisit] = []
        for helpers in (False, True):
            for (start, arc), own in waiting.items():
                for cycle in np.flatnonzero((self.arrays.cycles == arc).any(axis=1)).tolist() if own else ():
                    while own and self._together(cycle, start, waiting, found, helpers=helpers):
                        pass
        for (start, arc), own in waiting.items() if self.arrays.shadow else ():
            for index in own:
                if self._fits(index) and has_room_alone(self.state, arc, start):
                    change(self.state, int(self.groups.option[index]), start, 1)
                    book_alone(self.state, arc, start, 1)
                    found.append(self._visit(index, self._next(found)))
                    forget(self.state)
        return found

    def _next(self, found: list[PlannedVisit]) -> int:
        """A number for a new group."""
        return found[-1].group + 1 if found else self.free

    def _together(
        self,
        cycle: int,
        start: int,
        waiting: dict[tuple[int, int], list[int]],
        found: list[PlannedVisit],
        *,
        helpers: bool,
    ) -> bool:
        """One more group of waiting visits, and of helpers where nobody waits."""
        state, legs = self.state, self.arrays.cycles[cycle, : self.arrays.size[cycle]].tolist()
        if not has_room(state, cycle, start) or not (helpers or all(waiting.get((start, leg)) for leg in legs)):
            return False
        chosen: list[tuple[int, int]] = []
        mark = int(state.done[0])
        for leg in legs:
            own = [index for index in waiting.get((start, leg), ()) if self._fits(index)]
            option = int(self.groups.option[own[0]]) if own else best_for(state, leg, start) if helpers else -1
            if option < 0:
                undo(state, mark)
                return False
            change(state, option, start, 1)
            chosen.append((option, own[0] if own else -1))
        if all(index < 0 for _, index in chosen):
            undo(state, mark)  # nobody who waited is in it
            return False
        book(state, cycle, start, 1)
        forget(state)
        number = self._next(found)
        for leg, (option, index) in zip(legs, chosen, strict=True):
            if index >= 0:
                waiting[start, leg].remove(index)
            found.append(self._planned(option, start, number))
        return True

    def _planned(self, option: int, start: int, group: int) -> PlannedVisit:
        person, host = int(self.arrays.person[option]), int(self.arrays.arc_host[self.arrays.arc[option]])
        return PlannedVisit(
            person=self.instance.people[person].id,
            host=self.instance.departments[host].id,
            block=self.instance.blocks[start].id,
            group=group,
        )

    def _visit(self, index: int, group: int) -> PlannedVisit:
        return self._planned(int(self.groups.option[index]), int(self.groups.start[index]), group)

    def _fits(self, index: int) -> bool:
        option = int(self.groups.option[index])
        return option >= 0 and fits(self.state, option, int(self.groups.start[index]))


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
