"""The same creation asked for again gives the same answer; with a changed body it is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec

from api.core import database
from api.core.clock import DAY, now
from api.core.errors import Conflict, Invalid
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid7, uuid7

LONGEST_KEY = 200
KEPT_FOR = 7 * DAY


def request_hash(content: Mapping[str, object]) -> str:
    """A fingerprint of what was asked for; the content itself is not kept."""
    return hashlib.sha256(msgspec.json.encode(dict(content), order="sorted")).hexdigest()


def check_key(key: str | None) -> str | None:
    """An Idempotency-Key header as we accept it. Raises Invalid for an empty, long or unprintable one."""
    if key is None:
        return None
    if not key.strip() or len(key) > LONGEST_KEY or not key.isprintable():
        raise Invalid.field(
            "Idempotency-Key", _("Use 1 to %(n)s printable characters as idempotency key.", n=LONGEST_KEY)
        )
    return key


def check_client_id(client_id: str | None) -> str | None:
    """A row's id made by the client. Raises Invalid unless it is a UUIDv7 in lower case."""
    if client_id is not None and not is_uuid7(client_id):
        raise Invalid.field("id", _("An id made by the client must be a UUID of version 7 in lower case."))
    return client_id


async def claim(*, person_id: str, key: str | None, client_id: str | None, fingerprint: str) -> tuple[str, bool]:
    """Inside the creating transaction: (the row's id, whether it is still to be created).

    A repeat gets the first answer's id and False. Two at once: the second waits for the first (the row is
    inserted before the work). Raises Conflict if the key or id was used for something else.
    """
    subject_id = client_id or uuid7()
    memory = key if key is not None else client_id
    if memory is None:
        return subject_id, True
    memory = f"key:{memory}" if key is not None else f"id:{memory}"
    at = now()
    await database.execute("DELETE FROM idempotency WHERE created_at < {}", at - KEPT_FOR)
    inserted = await database.fetch_one(
        """INSERT INTO idempotency (person_id, key, request_hash, subject_id, created_at)
        VALUES ({}, {}, {}, {}, {}) ON CONFLICT (person_id, key) DO NOTHING RETURNING subject_id""",
        *(person_id, memory, fingerprint, subject_id, at),
    )
    if inserted is not None:
        return subject_id, True
    first = await database.fetch_one(
        "SELECT request_hash, subject_id FROM idempotency WHERE person_id = {} AND key = {}", person_id, memory
    )
    if first is None or first["request_hash"] != fingerprint:
        raise Conflict(_("This was already sent with other content. Use a new key or id for a new request."))
    return first["subject_id"], False
