"""Every kind of job, and those that come by themselves."""

from __future__ import annotations

from api.core.jobs import JobKind, Periodic
from api.imports import jobs as imports

KINDS: tuple[JobKind, ...] = (*imports.KINDS,)
PERIODICS: tuple[Periodic, ...] = (*imports.PERIODICS,)
