"""Put jobs into the table, in the transaction that causes them."""

from __future__ import annotations

from api.core import database
from api.core.clock import now
from api.core.ids import uuid7


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
    return job_id if created else None
