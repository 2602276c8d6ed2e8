"""Every kind of job, and those that come by themselves."""

from __future__ import annotations

from api.core.jobs import JobKind, Periodic

KINDS: tuple[JobKind, ...] = ()
PERIODICS: tuple[Periodic, ...] = ()
