"""Put jobs into the table, in the transaction that causes them."""

from __future__ import annotations

from functools import partial

from api.core import database
from api.core.clock import SECOND, now
from api.core.ids import uuid7
from api.core.notify import JOBS, ring

POLL_SECONDS = 5
"""How often an idle worker looks by itself; of what is due later it need not be told."""


async def enqueue(
    kind: str, subject_id: str | None = None, *, detail: str = "", run_at: int | None = None, unique: str | None = None
) -> str | None:
    """Append a job to the running transaction; a worker hears of it once that is durable.

    `subject_id` and `detail` hold ids and codes, never texts or names. `run_at` is in microseconds, now by default.
    With `unique`, a job of this kind under this key exists once ever: returns None if there is one already.
    """
    at = now()
    job_id = uuid7(at)
    created = await database.fetch(
        """INSERT INTO job (id, kind, subject_id, detail, unique_key, run_at, created_at)
        VALUES ({}, {}, {}, {}, {}, {}, {}) ON CONFLICT (unique_key) DO NOTHING RETURNING id""",
        *(job_id, kind, subject_id, detail, f"{kind}:{unique}" if unique else None),
        *(at if run_at is None else run_at, at),
    )
    if created and (run_at is None or run_at <= at + POLL_SECONDS * SECOND):
        database.after_commit(partial(ring, JOBS))
    return job_id if created else None
