"""What admins see of background work. It holds ids and codes only, so nobody's words show here."""

from __future__ import annotations

from functools import cache

from api.core import database
from api.core.clock import utc
from api.core.i18n import Language
from api.core.jobs import JobKind
from api.core.jobs.periods import cleaning
from api.core.pages import PAGE
from api.jobs.schemas import JobOut, JobPage, JobState
from api.work import KINDS, PERIODICS


@cache
def _kinds() -> dict[str, JobKind]:
    return {kind.name: kind for kind in (*KINDS, cleaning(PERIODICS))}


async def jobs(language: Language, state: JobState, *, before: str | None = None, limit: int = PAGE) -> JobPage:
    """Jobs in this state that were made before the job `before`, the newest first."""
    older, arguments = ("AND id < {}", (before,)) if before else ("", ())
    rows = await database.fetch(
        f"""SELECT id, kind, state, progress, total, attempts, error, created_at, run_at, started_at, ended_at
        FROM job WHERE state = {{}} {older} ORDER BY id DESC LIMIT {{}}""",
        *(state, *arguments, limit + 1),
    )
    items = [_job(row, language) for row in rows[:limit]]
    return JobPage(items, items[-1].id if len(rows) > limit else None)


def _job(row: database.Row, language: Language) -> JobOut:
    kind = _kinds().get(row["kind"])  # None: of a newer version, or gone
    return JobOut(
        id=row["id"],
        kind=row["kind"],
        name=kind.title.text(language) if kind and kind.title else row["kind"],
        state=row["state"],
        progress=row["progress"],
        total=row["total"],
        attempts=row["attempts"],
        most_attempts=kind.attempts if kind else None,
        error=row["error"],
        created_at=utc(row["created_at"]),
        run_at=utc(row["run_at"]),
        started_at=None if row["started_at"] is None else utc(row["started_at"]),
        ended_at=None if row["ended_at"] is None else utc(row["ended_at"]),
    )
