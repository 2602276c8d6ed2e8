"""Put jobs into the table, in the transaction that causes them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec

from api.core import database
from api.core.clock import SECOND, now
from api.core.database.bulk import Columns
from api.core.ids import uuid7
from api.core.notify import JOBS, ring

POLL_SECONDS = 5
"""How often an idle worker looks by itself; of what is due later it need not be told."""

_JOB = Columns.of(
    "job", "id:uuid kind:text subject_id:uuid detail:text unique_key:text run_at:bigint created_at:bigint"
)


class Wanted(msgspec.Struct, frozen=True):
    """A job to be made; the fields are those of `enqueue`."""

    subject_id: str | None
    detail: str = ""
    run_at: int | None = None
    unique: str | None = None


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
        *(job_id, kind, subject_id, detail, _key(kind, unique), at if run_at is None else run_at, at),
    )
    if created and _soon(run_at, at):
        database.after_commit(partial(ring, JOBS))
    return job_id if created else None


async def enqueue_all(kind: str, wanted: Sequence[Wanted]) -> None:
    """The same for many jobs of one kind, in one statement; those whose unique key is there already are left out."""
    at = now()
    await _JOB.insert(
        [(uuid7(at), kind, one.subject_id, one.detail, _key(kind, one.unique), one.run_at or at, at) for one in wanted],
        "ON CONFLICT (unique_key) DO NOTHING",
    )
    if any(_soon(one.run_at, at) for one in wanted):
        database.after_commit(partial(ring, JOBS))


def _key(kind: str, unique: str | None) -> str | None:
    return f"{kind}:{unique}" if unique else None


def _soon(run_at: int | None, at: int) -> bool:
    return run_at is None or run_at <= at + POLL_SECONDS * SECOND
