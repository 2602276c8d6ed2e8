"""Every kind of job, those that come by themselves, and what jobs need of the settings."""

from __future__ import annotations

from api.approvals import jobs as approvals
from api.approvals.kinds import use_kinds
from api.cases import CASES
from api.core.jobs import JobKind, Periodic
from api.core.mail import use_mail
from api.core.outgoing import use_outside
from api.core.sealing import use_sealing
from api.core.settings import Settings
from api.imports import jobs as imports
from api.invitations import jobs as invitations
from api.kudos import jobs as kudos
from api.notifications import jobs as notifications
from api.points import jobs as points
from api.privacy import jobs as privacy
from api.rewards import jobs as rewards
from api.rotations import jobs as rotations
from api.rotations import visit_jobs as visits

KINDS: tuple[JobKind, ...] = (
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
    *rotations.PERIODICS,
    *visits.PERIODICS,
)


def equip(settings: Settings) -> None:
    """Keep for this process what jobs need of its settings: they are not given any."""
    use_kinds(CASES)
    use_mail(settings.mail)
    use_outside(settings.outside)
    use_sealing(settings.secret_key)
