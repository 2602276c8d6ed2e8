"""Every kind of job, and those that come by themselves."""

from __future__ import annotations

from api.core.jobs import JobKind, Periodic
from api.invitations import jobs as invitations
from api.privacy import jobs as privacy

KINDS: tuple[JobKind, ...] = (*invitations.KINDS, *privacy.KINDS)
PERIODICS: tuple[Periodic, ...] = ()
