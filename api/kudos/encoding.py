"""Kudos as JSON, put together from cards that are JSON already: no object is made for a row."""

from __future__ import annotations

import msgspec

from api.core import database
from api.core.clock import now
from api.core.errors import NotFound
from api.kudos.cards import Kept
from api.kudos.queries import Page, has_part, numbers_of, undo_until

_encode = msgspec.json.Encoder().encode


def _kudos(row: database.Row, kept: Kept, at: int) -> bytes:
    """A KudosOut; for readers without a part in it the same bytes until a number in it changes."""
    if has_part(row):
        return _write(row, kept, at)
    numbers = numbers_of(row)
    if kept.whole_numbers != numbers:
        kept.whole, kept.whole_numbers = _write(row, kept, at), numbers
    return kept.whole


def _write(row: database.Row, kept: Kept, at: int) -> bytes:
    # The card's JSON, opened at its end for what is not kept with it.
    reacted = row["reacted"]
    return b'%b,"counts":{"me_too":%d,"strong":%d,"learned":%d,"comments":%d},"reacted":%b,%b}' % (
        kept.json[:-1],
        row["me_too"],
        row["strong"],
        row["learned"],
        row["comments"],
        _encode(sorted(reacted.split())) if reacted else b"[]",
        b'"hidden_reason":%b,"undo_until":%b' % (_encode(row["hidden_reason"]), _encode(undo_until(row, at))),
    )


def feed_json(page: Page) -> bytes:
    """A FeedOut."""
    at = now()
    cards = page.cards
    items = b",".join([_kudos(row, cards[row[0]], at) for row in page.rows if row[0] in cards])
    return b'{"items":[%b],"next":%b}' % (items, b"null" if page.next is None else b'"%b"' % page.next.encode())


def one_json(page: Page) -> bytes:
    """The only kudos of a page as KudosOut. Raises NotFound if it has none."""
    for row in page.rows:
        if row[0] in page.cards:
            return _kudos(row, page.cards[row[0]], now())
    raise NotFound
