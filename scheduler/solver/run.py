"""The door: from an instance and options to a plan."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial

from scheduler.model import TERMS, Instance
from scheduler.plan import Level, OnProgress, Plan, PlannedVisit, Reason, SolveOptions, Status, StopToken, gap_of
from scheduler.prepared import Prepared
from scheduler.solver.arrays import Arrays
from scheduler.solver.best import OnState
from scheduler.solver.bounds import crude_bound, granularity, trivial_bound
from scheduler.solver.build import build
from scheduler.solver.engine import Search
from scheduler.solver.limits import Limits, Stopped
from scheduler.solver.result import replay, terms_of, visits_of
from scheduler.solver.scaling import scaled
from scheduler.solver.state import State
from scheduler.solver.warm import start_from_visits
from scheduler.unmet import unmet
from scheduler.validate import contradictions, require_valid

OnVisits = Callable[[tuple[PlannedVisit, ...]], None]


def solve(
    instance: Instance | Prepared,
    options: SolveOptions | None = None,
    *,
    on_progress: OnProgress | None = None,
    stop: StopToken | None = None,
    start: Sequence[PlannedVisit] = (),
    on_visits: OnVisits | None = None,
) -> Plan:
    """Plan the visits of an instance, or of one that is prepared already.

    Returns the best plan found with a bound that no plan exceeds. Pins that contradict the rules or one another make a
    plan of status "infeasible" with the reasons; "unknown" is one without visits because no plan with the pins was
    found in time, nor proven that there is none. `on_progress` is called from this thread, a few times a second at
    most; `stop` ends the search within half a second. The search begins with the groups of `start` that keep every
    rule, and hands the visits of each better plan to `on_visits`, as rarely as `on_progress` is called. Raises
    `InstanceError` if the instance means nothing (unknown ids, negative numbers, ...): `validate` lists what is wrong.
    """
    arrays = None
    if isinstance(instance, Prepared):
        arrays, instance = instance.arrays, instance.instance
    limits = Limits(options or SolveOptions(), on_progress, stop)
    try:
        if arrays is None:
            limits.wait(partial(require_valid, instance), patient=True)
        broken = limits.wait(partial(contradictions, instance), patient=True)
        if broken:
            return _without(limits, Status.INFEASIBLE, *(problem.reason for problem in broken))
        if arrays is None:
            arrays = limits.wait(partial(build, instance), patient=True)
    except Stopped:
        return _stopped_early(limits, instance)
    if instance.objective.lexicographic:
        return _in_order(arrays, limits, start, on_visits)
    search = Search(arrays, limits, on_state=_teller(arrays, on_visits))
    search.run(start_from_visits(arrays, start) if start else None)
    if search.state is None:
        return _without_pins(limits, search)
    return _plan(arrays, limits, search, search.state, search.bound, optimal=search.optimal)


def _without_pins(limits: Limits, search: Search) -> Plan:
    if search.infeasible:
        return _without(limits, Status.INFEASIBLE, Reason(code="pins_conflict"))
    return _without(limits, Status.UNKNOWN, Reason(code="pins_undecided"), bound=search.bound)


def _stopped_early(limits: Limits, instance: Instance) -> Plan:
    """Before there was any plan: an empty one keeps every rule, unless it should contain pins."""
    bound = crude_bound(instance)
    if instance.pins:
        return _without(limits, Status.UNKNOWN, Reason(code="pins_undecided"), bound=bound)
    return _without(limits, Status.STOPPED, bound=bound)


def _without(limits: Limits, status: Status, *reasons: Reason, bound: float = 0.0) -> Plan:
    """A plan without visits."""
    return Plan(
        status=status,
        score=0.0,
        bound=bound,
        gap=None if status in (Status.INFEASIBLE, Status.UNKNOWN) else gap_of(0.0, bound),
        seed=limits.options.seed,
        reasons=reasons,
        timings=limits.timings(),
    )


def _plan(
    arrays: Arrays,
    limits: Limits,
    search: Search,
    state: State,
    bound: float,
    *,
    optimal: bool,
    levels: tuple[Level, ...] = (),
) -> Plan:
    terms = terms_of(arrays, state)
    score = math.fsum(term.value for term in terms)
    bound = score if optimal else max(score, bound)
    stopped = Status.STOPPED if limits.stopped() else Status.FEASIBLE
    visits = visits_of(arrays, state)
    return Plan(
        status=Status.OPTIMAL if optimal else stopped,
        score=score,
        bound=bound,
        gap=gap_of(score, bound),
        seed=limits.options.seed,
        work=search.work,
        terms=terms,
        levels=levels,
        unmet=unmet(arrays.instance, visits),
        timings=limits.timings(),
        visits=visits,
    )


def ranks(instance: Instance) -> list[tuple[str, ...]]:
    """Groups of terms from the most important one; what is not named comes last together, but required visits first."""
    named = [tuple(level) for level in instance.objective.lexicographic if level]
    if not any("required" in level for level in named):
        named = [("required",), *named]
    rest = tuple(term for term in TERMS if not any(term in level for level in named))
    return [*named, rest] if rest else named


def _teller(arrays: Arrays, on_visits: OnVisits | None) -> OnState | None:
    return None if on_visits is None else lambda state: on_visits(visits_of(arrays, state))


def _in_order(
    plain: Arrays, limits: Limits, start: Sequence[PlannedVisit] = (), on_visits: OnVisits | None = None
) -> Plan:
    """One search a rank. Earlier ranks keep weights so large that no later gain outweighs their smallest loss.

    Bound of a rank: for any weights B_i of earlier ranks with values a_i, a plan as good in them scores at most
    UB(sum B_i t_i + t) - sum B_i a_i in this one (Lagrangian relaxation of "as good as").
    """
    state = start_from_visits(plain, start) if start else None
    factors: list[tuple[tuple[str, ...], float]] = []
    levels: list[Level] = []
    optimal = True
    search: Search | None = None
    for level in ranks(plain.instance):
        # The weight of an earlier rank: one more than all later ranks could ever bring, in its own smallest steps.
        arrays = scaled(plain, _scales(factors, level))
        search = Search(arrays, limits, precise=bool(factors), on_state=_teller(arrays, on_visits))
        search.run(None if state is None else replay(arrays, state))
        if search.state is None:
            return _without_pins(limits, search)
        values = {term.name: term.value for term in terms_of(plain, search.state)}
        if state is None or _as_good(values, levels):
            state = search.state
        else:
            values = {term.name: term.value for term in terms_of(plain, state)}
        score = math.fsum(values[name] for name in level)
        before = math.fsum(factor * values[name] for names, factor in factors for name in names)
        bound = max(score, search.bound - before)
        optimal = optimal and gap_of(score, bound) == 0.0
        levels.append(Level(terms=level, score=score, bound=bound))
        factors = _raised(plain, factors, level)
    assert search is not None
    assert state is not None
    total = math.fsum(level.bound for level in levels)
    return _plan(plain, limits, search, state, total, optimal=optimal, levels=tuple(levels))


def _scales(factors: list[tuple[tuple[str, ...], float]], level: tuple[str, ...]) -> dict[str, float]:
    scales = dict.fromkeys(TERMS, 0.0)
    scales |= {name: factor for names, factor in factors for name in names}
    return scales | dict.fromkeys(level, 1.0)


def _as_good(values: dict[str, float], levels: list[Level]) -> bool:
    return all(math.fsum(values[name] for name in level.terms) >= level.score - 1e-6 for level in levels)


def _raised(
    plain: Arrays, factors: list[tuple[tuple[str, ...], float]], level: tuple[str, ...]
) -> list[tuple[tuple[str, ...], float]]:
    """Weights for the next rank: what it could bring at most lifts all earlier ones."""
    order = ranks(plain.instance)
    following = order[order.index(level) + 1 :]
    if not following:
        return factors
    reach = trivial_bound(scaled(plain, _scales([], following[0])))
    reach += _reach_of_costs(plain.instance, following[0])
    step = granularity(scaled(plain, _scales([], level))) or 1e-3
    lift = min(1e6, math.ceil(reach + 1.0) / min(1.0, step))
    return [*((names, factor * lift) for names, factor in factors), (level, lift)]


def _reach_of_costs(instance: Instance, level: tuple[str, ...]) -> float:
    """How far below zero a rank may fall: shadow visits cost, wishes may be negative."""
    visits = sum(instance.rules.max_visits if p.max_visits is None else p.max_visits for p in instance.people)
    worst = instance.objective.shadow if "shadow" in level else 0.0
    if "wishes" in level:
        lows = [min((w for w in p.wishes.values()), default=0.0) for p in instance.people]
        worst += -min([0.0, *lows]) * instance.objective.wishes
    if "visits" in level:
        worst += -min([0.0, *(o.weight for p in instance.people for o in p.may_visit or ())])
    return visits * worst
