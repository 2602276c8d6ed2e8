"""Allowances come by themselves: an hourly look at who has not got the present period's."""

from __future__ import annotations

from api.core import database
from api.core.clock import now
from api.core.i18n import gettext_later as _
from api.core.jobs import Job, JobKind, Periodic, report
from api.points.periods import Period
from api.points.records import rules as present_rules
from api.points.service import Entitled, grant_allowances

ALLOWANCES = Periodic("points.allowances", 3600)
AT_ONCE = 200
"""People in a step: whoever gives thanks meanwhile waits for one step at most."""

_FIRST = "00000000-0000-0000-0000-000000000000"


async def entitled(period: Period, after: str = _FIRST) -> list[Entitled]:
    """The next people, by id, who have not got this period's allowance."""
    rows = await database.fetch(
        f"""SELECT p.id, p.roles, p.joined_on, EXISTS (SELECT 1 FROM person r
            WHERE r.manager_id = p.id AND r.deactivated_at IS NULL) AS manages
        FROM person p WHERE p.id > {{}} AND p.deactivated_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM allowance a WHERE a.period = {{}} AND a.person_id = p.id)
        ORDER BY p.id LIMIT {AT_ONCE}""",
        *(after, period.key),
    )
    return [Entitled(row["id"], row["roles"], bool(row["manages"]), row["joined_on"]) for row in rows]


async def grant_due(job: Job | None = None) -> int:
    """Grant the present period's allowance to all who have not got it, in short steps; returns how many got it."""
    rules = await present_rules()
    if not rules.enabled:
        return 0
    period = rules.period_of(now())
    granted, last = 0, _FIRST
    while people := await entitled(period, last):
        granted += await grant_allowances(period=period, people=people)
        last = people[-1].id
        if job is not None and not await report(job, granted, granted):
            break
    return granted


async def _run(job: Job) -> None:
    await grant_due(job)


KINDS = (JobKind(ALLOWANCES.kind, _run, at_once=1, title=_("Give everybody points to give away")),)
PERIODICS = (ALLOWANCES,)
