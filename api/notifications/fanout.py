"""Events become notifications, e-mails to be sent and deliveries: once each, whoever crashes and how many replicas
there are.

A row holds the last event that was told of. Whoever has that row reads the next events, writes what they lead to
and moves on, in one transaction: after a crash all of it happened or nothing. Events are read in the order of
(txid, id), on PostgreSQL only those below which no transaction is open any more (see api/core/live.py).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog

from api.core import database
from api.core.clock import DAY, now
from api.notifications.addressing import SENT, address_deliveries
from api.notifications.audience import READ, know, told
from api.notifications.channels import mail, page
from api.notifications.people import Hearer, hearers
from api.notifications.telling import tell
from api.notifications.told import Told

EVERY_SECONDS = 1.0
AT_ONCE = 20
"""Events in one transaction: short, so that on SQLite nobody's thank-you waits for it."""

STALE = 14 * DAY
"""Older events are passed over: they come from a restored database, and nobody wants to hear of them now."""

PATIENCE = 60
"""So often an event that cannot be told of is tried again, a second apart, before it is passed over: one must not keep
everybody from hearing of all the others."""

_LOOKED_AT = 500
_KINDS = ", ".join(f"'{kind}'" for kind in sorted({*READ, *SENT}))
_SETTLED = {"sqlite": "", "postgres": "AND e.txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"}

_log = structlog.get_logger(__name__)


async def _anything_new() -> bool:
    """Whether there is something to tell, or so much else that the place should move on."""
    row = await database.fetch_one(
        f"""SELECT COUNT(*) AS seen, COALESCE(SUM(CASE WHEN kind IN ({_KINDS}) THEN 1 ELSE 0 END), 0) AS telling
        FROM (SELECT e.kind FROM event e CROSS JOIN notification_state s
            WHERE (e.txid, e.id) > (s.txid, s.event_id) {_SETTLED[database.current().dialect]}
            ORDER BY e.txid, e.id LIMIT {_LOOKED_AT}) unseen"""
    )
    return row is not None and bool(row["telling"] or row["seen"] == _LOOKED_AT)


@database.transaction
async def tell_next(at_once: int = AT_ONCE, *, pass_over: bool = False) -> int:
    """Tell of the next `at_once` events; returns how many were dealt with: 0 if there are none for now, and while
    another process tells.

    With `pass_over` those that cannot be told of are named in the log, and the place moves on.
    """
    dialect = database.current().dialect
    if dialect == "postgres":
        # A dump restored elsewhere brings numbers of transactions that are yet to come (live.settle_restored).
        await database.execute("UPDATE notification_state SET txid = 0 WHERE txid > pg_current_xact_id()::text::bigint")
    lock = database.sql(sqlite="", postgres="FOR UPDATE SKIP LOCKED")
    state = await database.fetch_one(f"SELECT txid, event_id FROM notification_state {lock}")
    if state is None:
        return 0
    events = await database.fetch(
        f"""SELECT e.txid, e.id, e.kind, e.actor_id, e.kudos_id, e.subject_id, e.detail, e.created_at FROM event e
        WHERE (e.txid, e.id) > ({{}}, {{}}) {_SETTLED[dialect]} ORDER BY e.txid, e.id LIMIT {_LOOKED_AT}""",
        *(state["txid"], state["event_id"]),
    )
    read, last = _first_of(events, at_once)
    if last is None:
        return 0
    try:
        async with database.savepoint():
            await _tell(read)
    except Exception as error:
        if not pass_over or isinstance(error, database.DatabaseUnavailable):
            raise
        _log.exception("notifications.passed_over", events=[event["id"] for event in read])
    await database.execute("UPDATE notification_state SET txid = {}, event_id = {}", last["txid"], last["id"])
    return len(events)


def _first_of(events: Sequence[database.Row], at_once: int) -> tuple[list[database.Row], database.Row | None]:
    """The first `at_once` events that matter, and the last one that is then dealt with."""
    wanted = {*READ, *SENT}
    oldest = now() - STALE
    read: list[database.Row] = []
    last: database.Row | None = None
    for event in events:
        if event["kind"] in wanted and event["created_at"] >= oldest:
            if len(read) == at_once:
                break
            read.append(event)
        last = event
    return read, last


async def _tell(events: Sequence[database.Row]) -> None:
    if not events:
        return
    known = await know(events)
    wanted = [(event, told(event, known)) for event in events]
    people = await hearers({entry.person_id for _event, entries in wanted for entry in entries})
    waiting: dict[str, Hearer] = {}
    entries: list[Told] = []

    async def note() -> None:
        waiting.update({person.id: person for person in await tell(entries, people)})
        entries.clear()

    for event, told_by_it in wanted:
        if event["kind"] in page.TAKES_BACK:
            await note()  # what comes before it, and only that
            await page.take_back(event)
        entries += told_by_it
    await note()
    await mail.plan(list(waiting.values()))
    await address_deliveries(events, known)


async def tell_all(at_once: int = AT_ONCE) -> int:
    """Tell of everything that is settled, in short transactions; returns how many events were looked at."""
    count = 0
    while await _anything_new() and (dealt := await tell_next(at_once)):
        count += dealt
    return count


async def look(failures: int) -> int:
    """Tell what there is to tell; returns how often in a row that has failed, which was `failures` before.

    After a failure events go one by one, so that whatever stands before the one that fails is told, and that one is
    passed over when it has failed PATIENCE times.
    """
    try:
        # Looking costs no write: the writer is only asked when there is something to tell.
        if failures >= PATIENCE:
            await tell_next(1, pass_over=True)
        await tell_all(1 if failures else AT_ONCE)
    except database.DatabaseUnavailable as error:
        _log.warning("notifications.database_unavailable", reason=str(error))
        return failures
    except Exception:
        # Nothing else tells in this process: what failed is tried again with the next look.
        _log.exception("notifications.failed")
        return failures % PATIENCE + 1
    return 0


async def keep_telling() -> None:
    """Tell what happens, again and again, until cancelled."""
    failures = 0
    while True:
        failures = await look(failures)
        await asyncio.sleep(EVERY_SECONDS)
