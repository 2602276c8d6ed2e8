"""As a signed webhook, by the specification of Standard Webhooks (standardwebhooks.com): ids, codes and links.

Names and texts stay here; a receiver that needs them asks the API, as somebody who may.
"""

from __future__ import annotations

import base64
import hmac
import secrets

import msgspec

from api.core.clock import SECOND, utc

PREFIX = "whsec_"
_SECRET_BYTES = 32


def new_secret() -> str:
    """256 random bits, as the specification writes them."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def sign(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """One signature: "v1," and the Base64 of an HMAC-SHA256 over id, timestamp and body."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


def headers(message_id: str, now: int, body: bytes, secrets_in_use: list[str]) -> dict[str, str]:
    """The headers of a message sent `now` (microseconds), signed with each secret."""
    timestamp = now // SECOND
    return {
        "content-type": "application/json",
        "user-agent": "Gearmesh",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(sign(secret, message_id, timestamp, body) for secret in secrets_in_use),
    }


def body(
    kind: str, occurred_at: int, *, base_url: str, kudos_id: str | None, subject_id: str | None, actor_id: str | None
) -> bytes:
    """What happened, the same at every try. `subject_id` is the comment that it is about."""
    data: dict[str, str] = {}
    if kudos_id is not None:
        page = f"/kudos/{kudos_id}" + (f"#c-{subject_id}" if subject_id else "")
        data = {"kudos": kudos_id, "api": f"{base_url}/api/v1/kudos/{kudos_id}", "page": base_url + page}
    if subject_id is not None:
        data["comment"] = subject_id
    if actor_id is not None:
        data["person"] = actor_id
    return msgspec.json.encode({"type": kind, "timestamp": utc(occurred_at), "data": data})
