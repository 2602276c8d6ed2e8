"""Every kind of job, those that come by themselves, and what jobs need of the settings."""

from __future__ import annotations

from api.core.jobs import JobKind, Periodic
from api.core.mail import use_mail
from api.core.outgoing import use_outside
from api.core.settings import Settings
from api.imports import jobs as imports
from api.invitations import jobs as invitations
from api.kudos import jobs as kudos
from api.notifications import jobs as notifications
from api.privacy import jobs as privacy
from api.rotations import jobs as rotations

KINDS: tuple[JobKind, ...] = (
    *kudos.KINDS,
    *imports.KINDS,
    *invitations.KINDS,
    *notifications.KINDS,
    *privacy.KINDS,
    *rotations.KINDS,
)
PERIODICS: tuple[Periodic, ...] = (*imports.PERIODICS, *notifications.PERIODICS)


def equip(settings: Settings) -> None:
    """Keep for this process what jobs need of its settings: they are not given any."""
    use_mail(settings.mail)
    use_outside(settings.outside)
