"""Background work as JSON and pages show it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

JobState = Literal["failed", "running", "waiting", "done", "cancelled"]


class JobOut(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of background work. `progress` of `total` steps, 0 of 0 where it does not tell; `error` is the code
    or the exception's class of the last failure. Where it is waiting, it starts at `run_at`."""

    id: str
    kind: str
    name: str
    state: JobState
    progress: int
    total: int
    attempts: int
    most_attempts: int | None
    error: str
    created_at: datetime
    run_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class JobPage(msgspec.Struct, frozen=True):
    """Jobs in one state, the newest first; `next` continues, None at the end."""

    items: list[JobOut]
    next: str | None
