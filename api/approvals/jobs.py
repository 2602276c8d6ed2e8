"""What happens to cases when time passes or people change. Each is durable and happens once in effect: it shares a
transaction with the end of its job."""

from __future__ import annotations

from api.approvals import steps
from api.approvals.service import SETTLE
from api.core import database
from api.core.i18n import gettext_later as _
from api.core.jobs import Job, JobKind, Periodic, finish, report

REROUTE = "approvals.reroute"
SWEEP = "approvals.sweep"

_TOUCHED = """SELECT a.id FROM approval a WHERE a.state = 'open' AND (a.concerned_id = {} OR a.requester_id = {}
        OR EXISTS (SELECT 1 FROM approval_decider d WHERE d.approval_id = a.id AND d.person_id = {}))"""
_WITHOUT = """SELECT a.id FROM approval a JOIN approval_step s ON s.approval_id = a.id
    WHERE a.state = 'open' AND s.state = 'open' AND s.decision = '' AND NOT EXISTS (
        SELECT 1 FROM approval_decider d JOIN person p ON p.id = d.person_id
        WHERE d.approval_id = a.id AND d.number = s.number AND p.deactivated_at IS NULL)"""


@database.transaction
async def settle(job: Job) -> None:
    """Carry out a decision that can no longer be undone."""
    await finish(job)
    await steps.settle(job.subject_id or "", job.detail)


@database.transaction
async def remind(job: Job) -> None:
    """Remind whoever has not decided, once."""
    await finish(job)
    await steps.remind(job.subject_id or "", int(job.detail))


@database.transaction
async def escalate(job: Job) -> None:
    """Ask the next one up as well."""
    await finish(job)
    await steps.escalate(job.subject_id or "", int(job.detail))


async def reroute(job: Job) -> None:
    """Somebody has left, changed manager or role: what they ask or decide goes to whoever may decide now."""
    rows = await database.fetch(
        f"SELECT id FROM ({_TOUCHED} UNION {_WITHOUT}) touched ORDER BY id", *[job.subject_id] * 3
    )
    for done, row in enumerate(rows, 1):
        await _reroute(row["id"])
        if not await report(job, done, len(rows)):
            return


async def sweep(job: Job) -> None:
    """Once an hour: cases that nobody here may decide any more, should one have slipped through."""
    for row in await database.fetch(f"{_WITHOUT} ORDER BY a.id LIMIT 500"):
        await _reroute(row["id"])


@database.transaction
async def _reroute(approval_id: str) -> None:
    await steps.reroute(approval_id)


KINDS = (
    JobKind(SETTLE, settle, at_once=2, title=_("Carry out decisions")),
    JobKind(steps.REMIND, remind, at_once=1, title=_("Remind of decisions")),
    JobKind(steps.ESCALATE, escalate, at_once=1, title=_("Ask the next one to decide")),
    JobKind(REROUTE, reroute, at_once=1, title=_("Pass on decisions when people change")),
    JobKind(SWEEP, sweep, at_once=1, title=_("Look for decisions that nobody can take")),
)
PERIODICS = (Periodic(SWEEP, 3600),)
