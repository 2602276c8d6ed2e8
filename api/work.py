"""What is done without anybody waiting for it: every kind of job, delivering, telling; and what it needs to know."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from api.administration import jobs as administration
from api.approvals import jobs as approvals
from api.approvals.kinds import use_kinds
from api.cases import CASES
from api.core.jobs import JobKind, Periodic
from api.core.jobs.worker import keep_working
from api.core.mail import use_mail
from api.core.outgoing import use_outside
from api.core.sealing import use_sealing
from api.core.settings import Settings
from api.imports import jobs as imports
from api.invitations import jobs as invitations
from api.kudos import jobs as kudos
from api.kudos.delivery import keep_delivering
from api.notifications import jobs as notifications
from api.notifications.fanout import keep_telling
from api.points import jobs as points
from api.privacy import jobs as privacy
from api.rewards import jobs as rewards
from api.rotations import jobs as rotations
from api.rotations import visit_jobs as visits

KINDS: tuple[JobKind, ...] = (
    *administration.KINDS,
    *approvals.KINDS,
    *kudos.KINDS,
    *points.KINDS,
    *imports.KINDS,
    *invitations.KINDS,
    *notifications.KINDS,
    *privacy.KINDS,
    *rewards.KINDS,
    *rotations.KINDS,
    *visits.KINDS,
)
PERIODICS: tuple[Periodic, ...] = (
    *approvals.PERIODICS,
    *imports.PERIODICS,
    *points.PERIODICS,
    *notifications.PERIODICS,
    *rewards.PERIODICS,
    *rotations.PERIODICS,
    *visits.PERIODICS,
)


def background() -> list[Coroutine[Any, Any, None]]:
    """All that goes on beside requests, each until it is cancelled.

    Any number of processes may do it over one database: jobs have leases, what is due belongs to whoever changes
    its row, and events are told by whoever holds the row with the place.
    """
    return [keep_delivering(), keep_telling(), keep_working(KINDS, PERIODICS)]


def equip(settings: Settings) -> None:
    """Keep for this process what jobs need of its settings: they are not given any."""
    use_kinds(CASES)
    use_mail(settings.mail)
    use_outside(settings.outside)
    use_sealing(settings.secret_key)
