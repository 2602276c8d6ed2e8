"""Links that end e-mails without signing in: they name a person and prove that we made them, and do no more.

The key lies in the database, so that links work as long as the installation does, on every replica.
"""

from __future__ import annotations

import base64
import hmac
import secrets
import uuid

from api.core import database
from api.core.ids import is_uuid

_PURPOSE = b"unsubscribe "


async def _key() -> bytes:
    """The installation's key, made when it is first needed."""
    row = await database.fetch_one("SELECT signing_key FROM notification_state")
    if row is not None and row["signing_key"]:
        return str(row["signing_key"]).encode()
    return (await _make_key()).encode()


@database.transaction
async def _make_key() -> str:
    await database.execute(
        "UPDATE notification_state SET signing_key = {} WHERE signing_key = ''", secrets.token_urlsafe(32)
    )
    row = await database.fetch_one("SELECT signing_key FROM notification_state")
    return str(row["signing_key"]) if row else ""


def _sign(key: bytes, person_id: str) -> bytes:
    return hmac.digest(key, _PURPOSE + person_id.encode(), "sha256")[:16]


async def unsubscribe_token(person_id: str) -> str:
    """What stands in the link: the person's id and its signature, 43 characters."""
    signature = _sign(await _key(), person_id)
    return base64.urlsafe_b64encode(uuid.UUID(person_id).bytes + signature).decode().rstrip("=")


async def person_of(token: str) -> str | None:
    """Whose link it is; None for one that we did not make."""
    try:
        raw = base64.b64decode(token.encode() + b"=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (ValueError, UnicodeEncodeError):
        return None
    if len(raw) != 32:
        return None
    person_id = str(uuid.UUID(bytes=raw[:16]))
    return person_id if is_uuid(person_id) and hmac.compare_digest(raw[16:], _sign(await _key(), person_id)) else None
