"""Every kind of job, and those that come by themselves."""

from __future__ import annotations

from api.core.jobs import JobKind, Periodic
from api.core.mail import use_mail
from api.core.settings import Settings
from api.invitations import jobs as invitations
from api.privacy import jobs as privacy

KINDS: tuple[JobKind, ...] = (*invitations.KINDS, *privacy.KINDS)
PERIODICS: tuple[Periodic, ...] = ()


def equip(settings: Settings) -> None:
    """Keep for this process what jobs need of its settings: they are not given any."""
    use_mail(settings.mail)
