"""Kudos as JSON, put together from cards that are JSON already: no object is made for a row."""

from __future__ import annotations

import msgspec

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now
from api.core.errors import NotFound
from api.kudos.queries import Page, undo_until

_encode = msgspec.json.Encoder().encode


def _kudos(row: database.Row, card: bytes, actor: Actor, at: int) -> bytes:
    """A KudosOut: the card's JSON, opened at its end for what is not kept with it."""
    reacted = row["reacted"]
    return b'%b,"counts":{"me_too":%d,"strong":%d,"learned":%d,"comments":%d},"reacted":%b,%b}' % (
        card[:-1],
        row["me_too"],
        row["strong"],
        row["learned"],
        row["comments"],
        _encode(sorted(reacted.split())) if reacted else b"[]",
        _own(row, actor, at),
    )


def _own(row: database.Row, actor: Actor, at: int) -> bytes:
    """What only giver and HR learn; nearly always nothing."""
    if row["hidden_at"] is None and (row["delivered_at"] is not None or row["giver_id"] != actor.id):
        return b'"hidden_reason":null,"undo_until":null'
    reason = row["hidden_reason"] if row["hidden_at"] is not None else None
    return b'"hidden_reason":%b,"undo_until":%b' % (_encode(reason), _encode(undo_until(row, actor, at)))


def feed_json(page: Page, actor: Actor) -> bytes:
    """A FeedOut."""
    at = now()
    cards = page.cards
    items = b",".join([_kudos(row, cards[row[0]][1], actor, at) for row in page.rows if row[0] in cards])
    return b'{"items":[%b],"next":%b}' % (items, b"null" if page.next is None else b'"%b"' % page.next.encode())


def one_json(page: Page, actor: Actor) -> bytes:
    """The only kudos of a page as KudosOut. Raises NotFound if it has none."""
    for row in page.rows:
        if row[0] in page.cards:
            return _kudos(row, page.cards[row[0]][1], actor, now())
    raise NotFound
