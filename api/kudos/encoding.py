"""Kudos as JSON, put together from cards that are JSON already."""

from __future__ import annotations

import msgspec

from api.kudos.schemas import Feed, FeedItem

_encoder = msgspec.json.Encoder()
_NO_REACTION = b"[]"


def kudos_json(item: FeedItem) -> bytes:
    """A KudosOut: the card's JSON, opened at its end for what is not kept with it."""
    counts = item.counts
    return b'%b,"counts":{"me_too":%d,"strong":%d,"learned":%d,"comments":%d},"reacted":%b%b}' % (
        item.card_json[:-1],
        counts.me_too,
        counts.strong,
        counts.learned,
        counts.comments,
        _encoder.encode(sorted(item.reacted)) if item.reacted else _NO_REACTION,
        b',"hidden_reason":null,"undo_until":null'
        if item.hidden_reason is None and item.undo_until is None
        else b',"hidden_reason":%b,"undo_until":%b'
        % (_encoder.encode(item.hidden_reason), _encoder.encode(item.undo_until)),
    )


def feed_json(feed: Feed) -> bytes:
    """A FeedOut."""
    end = b"null" if feed.next is None else b'"%b"' % feed.next.encode()
    return b'{"items":[%b],"next":%b}' % (b",".join([kudos_json(item) for item in feed.items]), end)
