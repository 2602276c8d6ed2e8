"""The feed and all that is shown of thanks, starting from what the reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now, utc
from api.core.errors import NotFound
from api.core.ids import is_uuid
from api.core.pages import LARGEST_PAGE, NEWEST, PAGE
from api.kudos.cards import Kept, Numbers, cards
from api.kudos.filters import FeedFilter, source
from api.kudos.schemas import Counts, Feed, FeedItem
from api.kudos.visibility import visible

# Python pays for every value it is given: what concerns few readers is NULL for all others.
_COLUMNS = """k.id, k.version, k.position, k.me_too, k.strong, k.learned, k.comments,
    (SELECT {join}(x.kind, ' ') FROM reaction x WHERE x.kudos_id = k.id AND x.person_id = {{}}) AS reacted,
    CASE WHEN k.giver_id = {{}} THEN 1 END AS mine,
    CASE WHEN k.giver_id = {{}} AND k.delivered_at IS NULL THEN k.deliver_at END AS undo_at,
    CASE WHEN k.hidden_at IS NOT NULL THEN k.hidden_reason END AS hidden_reason"""
_BY_DIALECT = {
    dialect: _COLUMNS.replace("{join}", join).replace("{{}}", "{}")
    for dialect, join in (("sqlite", "group_concat"), ("postgres", "string_agg"))
}


def _columns() -> str:
    return _BY_DIALECT[database.current().dialect]


def numbers_of(row: database.Row) -> Numbers:
    """What changes often, and is the same for all readers."""
    return (row[2], row[3], row[4], row[5], row[6])


def has_part(row: database.Row) -> bool:
    """Whether anything in a row is for this reader alone: own reactions, or what only giver and HR learn."""
    return row[7] is not None or row[8] is not None or row[9] is not None or row[10] is not None


class Page(NamedTuple):
    """Rows of the feed as they were read, with the cards that belong to them; `next` is the cursor after it."""

    rows: Sequence[database.Row]
    cards: dict[str, Kept]
    next: str | None


async def page(actor: Actor, chosen: FeedFilter, *, before: int = NEWEST, after: int = 0, limit: int = PAGE) -> Page:
    """A page of what this person may see, newest first, below the position `before` and above `after`.

    One statement, and one more for cards that are not kept yet, however many rows there are.
    """
    limit = max(1, min(limit, LARGEST_PAGE))
    part = source(actor, chosen, before=before, after=after)
    allowed, allowed_arguments = visible(actor)
    rows = await database.fetch(
        f"SELECT {_columns()} FROM {part.origin} WHERE {part.where} AND {allowed} {part.order} LIMIT {{}}",
        *(actor.id, actor.id, actor.id, *part.arguments, *allowed_arguments, limit + 1),
    )
    more = len(rows) > limit
    rows = rows[:limit]
    return Page(rows, await _cards(rows, actor), str(rows[-1]["position"]) if more else None)


async def feed(actor: Actor, chosen: FeedFilter, *, before: int = NEWEST, after: int = 0, limit: int = PAGE) -> Feed:
    """The same page as objects, for templates."""
    found = await page(actor, chosen, before=before, after=after, limit=limit)
    return Feed(_items(found.rows, found.cards), found.next)


async def _cards(rows: Sequence[database.Row], actor: Actor) -> dict[str, Kept]:
    wanted = [(row[0], row[1]) for row in rows]
    return await cards(wanted, language=actor.language, revision=actor.directory_revision)


def _items(rows: Sequence[database.Row], found: dict[str, Kept]) -> list[FeedItem]:
    at = now()
    return [_item(row, found[row[0]], at) for row in rows if row[0] in found]


def undo_until(row: database.Row, at: int) -> datetime | None:
    """When the giver, and nobody else, can no longer take a kudos back unseen; None once that is over."""
    undo_at = row["undo_at"]
    return utc(undo_at) if undo_at is not None and undo_at > at else None


def _item(row: database.Row, kept: Kept, at: int) -> FeedItem:
    if has_part(row):
        return _make_item(row, kept, at)
    numbers = numbers_of(row)
    if kept.item is None or kept.item_numbers != numbers:
        kept.item, kept.item_numbers = _make_item(row, kept, at), numbers
    return kept.item


def _make_item(row: database.Row, kept: Kept, at: int) -> FeedItem:
    return FeedItem(
        card=kept.card,
        position=row["position"],
        counts=Counts(row["me_too"], row["strong"], row["learned"], row["comments"]),
        reacted=frozenset(row["reacted"].split()) if row["reacted"] else _NOTHING,
        mine=row["mine"] is not None,
        undo_until=undo_until(row, at),
        hidden_reason=row["hidden_reason"],
    )


_NOTHING: frozenset[str] = frozenset()


async def rows_of(actor: Actor, ids: Sequence[str]) -> Page:
    """Those of the kudos with these ids that this person may see, in no particular order."""
    wanted = [kudos_id for kudos_id in dict.fromkeys(ids) if is_uuid(kudos_id)]
    if not wanted:
        return Page([], {}, None)
    allowed, arguments = visible(actor)
    rows = await database.fetch(
        f"SELECT {_columns()} FROM kudos k WHERE k.id IN ({database.placeholders(len(wanted))}) AND {allowed}",
        *(actor.id, actor.id, actor.id, *wanted, *arguments),
    )
    return Page(rows, await _cards(rows, actor), None)


async def several(actor: Actor, ids: Sequence[str]) -> dict[str, FeedItem]:
    """The same as objects, by id."""
    found = await rows_of(actor, ids)
    return {item.card.id: item for item in _items(found.rows, found.cards)}


async def one(actor: Actor, kudos_id: str) -> FeedItem:
    """One kudos by its permalink. Raises NotFound for what is not there or not for this person."""
    found = await several(actor, [kudos_id])
    if kudos_id not in found:
        raise NotFound
    return found[kudos_id]
