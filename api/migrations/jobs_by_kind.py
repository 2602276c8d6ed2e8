"""Jobs of a kind that has no room wait by the thousand: whoever looks for others passes them by."""

from __future__ import annotations

from collections.abc import Sequence

from api.core.database import Dialect


def jobs_by_kind(_dialect: Dialect) -> Sequence[str]:
    """Due jobs are found kind by kind."""
    return ["DROP INDEX job_due", "CREATE INDEX job_due ON job (kind, run_at, id) WHERE state = 'waiting'"]
