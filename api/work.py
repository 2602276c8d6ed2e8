"""Every kind of job, and those that come by themselves."""

from __future__ import annotations

from api.core.jobs import JobKind, Periodic
from api.invitations import jobs as invitations

KINDS: tuple[JobKind, ...] = (*invitations.KINDS,)
PERIODICS: tuple[Periodic, ...] = ()
