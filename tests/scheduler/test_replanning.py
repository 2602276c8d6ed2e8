"""Mended plans change as little as can be: compared with every plan there is, on tiny instances."""

from __future__ import annotations

from scheduler import Plan, PlannedVisit, Status, check, prepare, replan, solve
from scheduler.facts import Facts
from scheduler.scoring import score_terms, total
from tests.scheduler.oracle import plans
from tests.scheduler.test_prepared import some_changes
from tests.scheduler.tiny import tiny


def named(visits: tuple[PlannedVisit, ...]) -> set[tuple[str, str, str]]:
    """Visits, whatever their groups."""
    return {(visit.person, visit.host, visit.block) for visit in visits}


def test_no_plan_keeps_more_visits_than_the_mended_one() -> None:
    compared = lost = 0
    for seed in range(100):
        ready = prepare(tiny(seed))
        plan = solve(ready)
        if not plan.visits:
            continue
        changes = some_changes(ready.instance, seed)
        after = ready.changed(changes, plan).instance
        new = replan(ready, plan, changes)
        old, facts, most = named(plan.visits), Facts(after), -1
        try:
            for visits in plans(after):
                kept = len(old & named(visits))
                if kept > most:
                    said = total(score_terms(facts, visits))
                    other = Plan(status=Status.FEASIBLE, score=said, bound=said, gap=0.0, visits=visits)
                    most = kept if check(after, other).ok else most
        except ValueError:
            continue
        if most >= 0:
            assert check(after, new).ok, seed
            assert len(old & named(new.visits)) == most, (seed, changes)
            compared += 1
            lost += most < len(old)
    assert compared > 40
    assert lost > 12
