"""Codes go out by themselves once they may: after an approval, or when their month comes. Unused pictures go."""

from __future__ import annotations

import structlog

from api.core import database
from api.core.errors import Conflict
from api.core.i18n import gettext_later as _
from api.core.jobs import Job, JobKind, Periodic, finish
from api.rewards.benefits import OverLimit
from api.rewards.pictures import clear_unused
from api.rewards.service import HAND_OVER, hand_over, let_wait

PICTURES = Periodic("rewards.pictures", 24 * 3600)

_log = structlog.get_logger(__name__)


async def run(job: Job) -> None:
    """Hand a redemption over, or let it wait for another month. What became of it meanwhile stays."""
    assert job.subject_id is not None
    try:
        await _hand_over(job)
    except OverLimit:
        await _let_wait(job)
    except Conflict as error:  # cancelled, declined, waits for another month, or no code is there: HR sees it
        _log.info("rewards.not_handed_over", id=job.subject_id, reason=error.code)


@database.transaction
async def _hand_over(job: Job) -> None:
    await hand_over(actor=None, redemption_id=str(job.subject_id))
    await finish(job)


@database.transaction
async def _let_wait(job: Job) -> None:
    await let_wait(actor=None, redemption_id=str(job.subject_id))
    await finish(job)


async def _clear_pictures(_job: Job) -> None:
    await clear_unused()


KINDS = (
    JobKind(HAND_OVER, run, title=_("Hand over the code of a reward")),
    JobKind(PICTURES.kind, _clear_pictures, at_once=1, title=_("Remove pictures of rewards that nobody uses")),
)
PERIODICS = (PICTURES,)
