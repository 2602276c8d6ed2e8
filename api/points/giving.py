"""Points on their way from one person to others: what may be given, what HR hears of, what is taken back."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from api.core import database
from api.core.access.actor import Actor, Role
from api.core.clock import now
from api.core.errors import Invalid
from api.core.events import record_event
from api.core.i18n import gettext_later as _
from api.core.ids import uuid7
from api.points import books, ledger
from api.points.errors import NotEnough, Settled
from api.points.past import GIFTS, STANDS, Past, is_mutual, look_back
from api.points.records import kept_rules
from api.points.rules import AccountKind
from api.points.settings import PointRules, check_amount


async def hold_gift(
    *,
    kind: str,
    about_id: str,
    giver: Actor,
    recipients: Mapping[str, str],
    points: int,
    due_at: int | None = None,
) -> None:
    """Set aside `points` for each of the recipients (their departments by their ids) out of the giver's pot.

    The ring-fenced part is used first, for whom it is meant. With `due_at` they move by themselves then. Raises
    Invalid beside "points" for an amount that cannot be given or is over the month's limit for one person, NotEnough.
    """
    rules = await kept_rules(giver.directory_revision)
    check_amount(rules, points)
    pot, ring = (AccountKind.GIVING, giver.id, ""), (AccountKind.RINGFENCED, giver.id, "")
    earned = {person: (AccountKind.EARNED, person, "") for person in recipients if person != giver.id}
    ids = await ledger.accounts([pot, ring, *earned.values()])
    # From here on nobody else gives out of this pot: the limits count what stands.
    pots = await books.lock([ids[pot], ids[ring]])
    past, burst = await look_back(giver.id, list(earned), rules)
    await _check_month(giver, past, points, rules)
    others = points * sum(recipients[person] != giver.department_id for person in earned)
    fenced = min(pots[ids[ring]].balance, others)
    total = points * len(earned)
    if total - fenced > pots[ids[pot]].balance:
        sentence = NotEnough("giving", available=pots[ids[pot]].balance + fenced, needed=total)
        sentence.fields = {"points": sentence.message}
        raise sentence
    entries = {ids[key]: points for key in earned.values()}
    entries |= {ids[key]: -amount for key, amount in ((pot, total - fenced), (ring, fenced)) if amount}
    await ledger.hold(
        kind=kind, about_id=about_id, actor_id=giver.id, entries=entries, due_at=due_at, at_due="post", locked=pots
    )
    await _watch(giver.id, about_id, past, burst, rules)


async def _check_month(giver: Actor, past: Mapping[str, Past], points: int, rules: PointRules) -> None:
    limit = rules.month_limit(giver.roles, manages=Role.MANAGER in giver.roles)
    for person, before in past.items():
        if before.month + points > limit:
            row = await database.fetch_one("SELECT name FROM person WHERE id = {}", person)
            raise Invalid.field(
                "points",
                _(
                    "%(name)s can get %(left)s more points from you this month: at most %(limit)s go to one person.",
                    name=row["name"] if row else "",
                    left=max(0, limit - before.month),
                    limit=limit,
                ),
            )


async def _watch(giver_id: str, about_id: str, past: Mapping[str, Past], burst: int, rules: PointRules) -> None:
    for person, before in past.items():
        if is_mutual(before, rules):
            await raise_alert("mutual", giver_id, about_id, amount=before.given + 1, other_id=person)
    if burst + 1 >= rules.burst_times:
        await raise_alert("burst", giver_id, about_id, amount=burst + 1)


async def raise_alert(kind: str, giver_id: str, about_id: str, *, amount: int, other_id: str | None = None) -> None:
    """Let HR look at it; not again while the same is still open."""
    same = "(other_id = {} OR other_id IS NULL)" if other_id is None else "other_id = {}"
    if kind != "written_off" and await database.fetch(
        f"SELECT 1 FROM points_alert WHERE giver_id = {{}} AND kind = {{}} AND outcome = '' AND {same} LIMIT 1",
        *(giver_id, kind, other_id),
    ):
        return
    alert_id = uuid7()
    await database.execute(
        """INSERT INTO points_alert (id, kind, giver_id, other_id, about_id, amount, created_at)
        VALUES ({}, {}, {}, {}, {}, {}, {})""",
        *(alert_id, kind, giver_id, other_id, about_id, amount, now()),
    )
    await record_event("points.alerted", actor_id=None, subject_id=alert_id, detail=kind)


async def gifts_of(about_ids: Collection[str]) -> list[database.Row]:
    """The transfers behind these kudos and comments that stand: id, state, about_id, actor_id."""
    if not about_ids:
        return []
    return await database.fetch(
        f"""SELECT t.id, t.state, t.about_id, t.actor_id FROM transfer t
        WHERE t.about_id IN ({database.placeholders(len(about_ids))}) AND t.kind IN {GIFTS} AND {STANDS}
        ORDER BY t.id""",
        *about_ids,
    )


async def post_gifts(about_ids: Collection[str]) -> None:
    """The time to take these back is over: what is held for them moves."""
    held = [row["id"] for row in await gifts_of(about_ids) if row["state"] == "held"]
    await ledger.settle(held, "posted")


async def take_back(about_ids: Collection[str], *, actor_id: str) -> ledger.Reversed:
    """Give back what is held for these, and take back what moved as far as it is still there.

    The rest is written off, and HR hears of it.
    """
    taken = lost = 0
    for row in await gifts_of(about_ids):
        try:
            done = await ledger.reverse(row["id"], actor_id=actor_id)
        except Settled:
            continue  # somebody else was quicker
        taken, lost = taken + done.taken, lost + done.written_off
        if done.written_off:
            await raise_alert("written_off", row["actor_id"], row["about_id"], amount=done.written_off)
    return ledger.Reversed("", taken, lost)


@database.transaction
async def settle_due(limit: int = 100) -> int:
    """Settle holds whose time has come, as they say; returns how many."""
    lock = database.sql(sqlite="", postgres="FOR UPDATE SKIP LOCKED")
    rows = await database.fetch(
        f"""SELECT id, at_due FROM transfer WHERE state = 'held' AND due_at <= {{}}
        ORDER BY due_at LIMIT {limit} {lock}""",
        now(),
    )
    await ledger.settle([row["id"] for row in rows if row["at_due"] == "post"], "posted")
    await ledger.settle([row["id"] for row in rows if row["at_due"] == "expire"], "expired")
    return len(rows)


async def anything_due() -> bool:
    """Whether `settle_due` has something to do; costs no write."""
    return bool(await database.fetch("SELECT 1 FROM transfer WHERE state = 'held' AND due_at <= {} LIMIT 1", now()))
