"""Every kind of job, and those that come by themselves."""

from __future__ import annotations

from api.core.jobs import JobKind, Periodic
from api.notifications import jobs as notifications

KINDS: tuple[JobKind, ...] = (*notifications.KINDS,)
PERIODICS: tuple[Periodic, ...] = (*notifications.PERIODICS,)
