"""Jobs that come by themselves, and those that go by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from api.core import database
from api.core.clock import DAY, SECOND, WEEK, now
from api.core.i18n import gettext_later as _
from api.core.ids import first_uuid7
from api.core.jobs.kinds import Job, JobKind, Periodic
from api.core.jobs.queue import enqueue

CLEAN = Periodic("jobs.clean", 24 * 3600)
KEPT_FOR = WEEK
KEYS_KEPT_FOR = 400 * DAY
"""A unique key means "once ever" for as long as its row is there: longer than what comes once a year needs."""

_AT_ONCE = 1_000


class Calendar:
    """Enqueues each period's job; remembers what it has seen, so that looking costs nothing until the next period."""

    def __init__(self, periodics: Sequence[Periodic]) -> None:
        self._periodics = tuple(periodics)
        self._seen: dict[str, int] = {}

    async def bring(self) -> None:
        """Enqueue the jobs of the present periods that are not there yet; a read only, if all are."""
        at = now()
        missing = {}
        for periodic in self._periodics:
            period = at // (periodic.every_seconds * SECOND)
            if self._seen.get(periodic.kind) != period:
                missing[periodic.kind] = period
        if not missing:
            return
        there = await database.fetch(
            f"SELECT unique_key FROM job WHERE unique_key IN ({database.placeholders(len(missing))})",
            *(f"{kind}:{period}" for kind, period in missing.items()),
        )
        keys = {row["unique_key"] for row in there}
        new = [(kind, period) for kind, period in missing.items() if f"{kind}:{period}" not in keys]
        if new:
            await database.transact(partial(_enqueue_all, new))
        self._seen.update(missing)

    def next_at(self) -> int | None:
        """When the next period begins, in microseconds; None without periodics."""
        at = now()
        lengths = [periodic.every_seconds * SECOND for periodic in self._periodics]
        return min(((at // length + 1) * length for length in lengths), default=None)


async def _enqueue_all(periods: Sequence[tuple[str, int]]) -> None:
    for kind, period in periods:
        await enqueue(kind, unique=str(period))


def cleaning(periodics: Sequence[Periodic]) -> JobKind:
    """The kind that removes jobs that are over. Those of `periodics` go with the others, but for the present ones."""
    kept_for = {periodic.kind: max(KEPT_FOR, 2 * periodic.every_seconds * SECOND) for periodic in periodics}
    periods = " ".join(["OR kind = {} AND ended_at < {}"] * len(kept_for))

    async def run(_job: Job) -> None:
        at = now()
        ends = [value for kind, kept in kept_for.items() for value in (kind, at - kept)]
        while True:
            # The id limits what is looked at: nothing ends before it is made. Looking does not hold up writers.
            over = await database.fetch(
                f"""SELECT id FROM job WHERE state IN ('done', 'cancelled') AND id < {{}} AND ended_at < {{}}
                AND (unique_key IS NULL OR ended_at < {{}} {periods}) LIMIT {_AT_ONCE}""",
                *(first_uuid7(at - KEPT_FOR), at - KEPT_FOR, at - KEYS_KEPT_FOR, *ends),
            )
            if not over:
                return
            await database.execute(
                f"DELETE FROM job WHERE id IN ({database.placeholders(len(over))})", *(row["id"] for row in over)
            )

    return JobKind(CLEAN.kind, run, title=_("Clear away finished background work"))
