"""An edge afterwards: who has seen the other side, thanks and errors before and after the visits."""

from __future__ import annotations

from collections import Counter

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import DAY, monday, now
from api.core.errors import NotFound
from api.dependencies.overview import overview
from api.dependencies.schemas import EdgeOut
from api.rotations.effect_rules import FEWEST_PEOPLE, MOST_WEEKS, Comparison, Span, compare, span, start_of
from api.rotations.feedback_queries import error_out
from api.rotations.feedback_rules import minutes_a_month
from api.rotations.feedback_schemas import Coverage, EdgeEffect, ErrorOut

_SHOWN_ERRORS = 12


async def edge_of(actor: Actor, dependency_id: str) -> EdgeOut:
    """A declared dependency. Raises NotFound."""
    known = await overview(actor.language, actor.directory_revision)
    found = next((edge for edge in known.edges if edge.id == dependency_id), None)
    if found is None:
        raise NotFound
    return found


async def edge_effect(actor: Actor, dependency_id: str, programme_id: str = "") -> EdgeEffect:
    """An edge before and after the visits of a programme (the latest on this edge unless one is chosen).

    Five statements, and the overview's. Raises NotFound.
    """
    edge = await edge_of(actor, dependency_id)
    provider, customer = edge.provider.id, edge.customer.id
    pair = (provider, customer, customer, provider)
    programmes = await database.fetch(
        """SELECT m.id, m.name, MIN(v.starts_at) AS first_start, MAX(v.ends_at) AS last_end,
            COUNT(DISTINCT v.uid) AS visits
        FROM visit v JOIN programme m ON m.id = v.programme_id WHERE v.state = 'done'
            AND ((v.home_id = {} AND v.host_id = {}) OR (v.home_id = {} AND v.host_id = {}))
        GROUP BY m.id, m.name ORDER BY MAX(v.ends_at) DESC, m.id LIMIT 20""",
        *pair,
    )
    chosen = next((row for row in programmes if row["id"] == programme_id), programmes[0] if programmes else None)
    at = now()
    this_week = monday(at)
    around = (
        span(chosen["first_start"], chosen["last_end"], at)
        if chosen
        else Span(this_week - 7 * MOST_WEEKS, this_week, this_week, 0)
    )
    until = max(around.visits_until, min(this_week, around.visits_until + 7 * MOST_WEEKS))
    thanks, returned = await _thanks(pair, around.first, until)
    own = actor.is_hr or actor.department_id in (provider, customer)
    counted, found, minutes = await _errors(provider, customer, around.first)
    reported = _by_week(counted, around.first, until)
    return EdgeEffect(
        dependency_id=dependency_id,
        provider=edge.provider,
        customer=edge.customer,
        handover=edge.handover,
        programme=chosen["id"] if chosen else "",
        programmes=[(row["id"], row["name"]) for row in programmes],
        visits=chosen["visits"] if chosen else 0,
        weeks=around.weeks,
        first=around.first,
        visits_from=around.visits_from,
        visits_until=around.visits_until,
        thanks=thanks,
        returned=returned,
        reported=reported,
        thanks_change=_change(thanks, around),
        returned_change=_change(returned, around),
        reported_change=_change(reported, around),
        coverage=await _coverage(edge, pair, start_of(around.visits_from)),
        found=found,
        minutes_a_month=round(minutes),
        errors=await _latest_errors(provider, customer, around.first) if own else None,
        may_report=actor.department_id in (provider, customer),
    )


def _by_week(counts: Counter[int], first: int, until: int) -> list[int]:
    return [counts[week] for week in range(first, until, 7)]


_ERRORS = "error_report WHERE provider_id = {} AND customer_id = {} AND at >= {}"
"""Of an edge, since a moment; drafts have no `at`."""


async def _errors(provider: str, customer: str, first: int) -> tuple[Counter[int], int, float]:
    """How many errors were reported without a visit, by week; how many visits have found, and what those cost a month
    in minutes."""
    weeks = Counter[int]()
    found, minutes = 0, 0.0
    week = f"(at / {DAY} + 3) / 7"  # as in `monday`
    for row in await database.fetch(
        f"""SELECT MIN(at) AS at, feedback_id IS NOT NULL AS visited, per, COUNT(*) AS n,
            SUM(times * COALESCE(minutes, 0)) AS minutes
        FROM {_ERRORS} GROUP BY {week}, feedback_id IS NOT NULL, per""",
        *(provider, customer, start_of(first)),
    ):
        if row["visited"]:
            found += row["n"]
            minutes += minutes_a_month(1, row["per"], int(row["minutes"]))
        else:
            weeks[monday(row["at"])] += row["n"]
    return weeks, found, minutes


async def _latest_errors(provider: str, customer: str, first: int) -> list[ErrorOut]:
    rows = await database.fetch(
        f"SELECT * FROM {_ERRORS} ORDER BY at DESC, id DESC LIMIT {{}}",
        *(provider, customer, start_of(first), _SHOWN_ERRORS),
    )
    return [error_out(row) for row in rows]


async def _thanks(pair: tuple[str, str, str, str], first: int, until: int) -> tuple[list[int], list[int]]:
    """Public thanks by week: from customer to provider, and back."""
    provider, customer, *_rest = pair
    counts: dict[str, Counter[int]] = {customer: Counter(), provider: Counter()}
    for row in await database.fetch(
        """SELECT giver_department_id, week, thanks FROM edge_week WHERE week >= {} AND week < {}
            AND ((giver_department_id = {} AND recipient_department_id = {})
            OR (giver_department_id = {} AND recipient_department_id = {}))""",
        *(first, until, *pair),
    ):
        counts[row["giver_department_id"]][row["week"]] = row["thanks"]
    return _by_week(counts[customer], first, until), _by_week(counts[provider], first, until)


def _change(counts: list[int], around: Span) -> Comparison | None:
    if not around.weeks:
        return None
    starts, ends = (around.visits_from - around.first) // 7, (around.visits_until - around.first) // 7
    return compare(sum(counts[starts - around.weeks : starts]), sum(counts[ends : ends + around.weeks]))


async def _coverage(edge: EdgeOut, pair: tuple[str, str, str, str], before: int) -> list[Coverage]:
    """Of the people who work in each of the two departments, how many have worked in the other."""
    rows = await database.fetch(
        """SELECT p.department_id, COUNT(*) AS people, COUNT(s.first_end) AS seen,
            SUM(CASE WHEN s.first_end < {} THEN 1 ELSE 0 END) AS before
        FROM person p LEFT JOIN (
            SELECT v.person_id, v.host_id, MIN(v.ends_at) AS first_end FROM visit v WHERE v.state = 'done'
                AND ((v.home_id = {} AND v.host_id = {}) OR (v.home_id = {} AND v.host_id = {}))
            GROUP BY v.person_id, v.host_id) s ON s.person_id = p.id AND s.host_id <> p.department_id
        WHERE p.deactivated_at IS NULL AND p.department_id IN ({}, {}) GROUP BY p.department_id""",
        *(before, *pair, *pair[:2]),
    )
    known = {row["department_id"]: row for row in rows}
    coverage = []
    for department in (edge.provider, edge.customer):
        row = known.get(department.id)
        if row is None or row["people"] < FEWEST_PEOPLE:
            coverage.append(Coverage(department=department, people=None, before=None, now=None))
        else:
            coverage.append(
                Coverage(department=department, people=row["people"], before=row["before"], now=row["seen"])
            )
    return coverage
