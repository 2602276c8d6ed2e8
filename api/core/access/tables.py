"""How people and scripts prove who they are. Only hashes of secrets are stored."""

from __future__ import annotations

from piccolo.columns import BigInt, Integer, Varchar
from piccolo.table import Table

from api.core.database.columns import Id


class Session(Table, tablename="session"):
    """A signed-in browser. `token_hash` is the SHA-256 of the cookie; `agent` names the browser for its owner."""

    token_hash = Varchar(primary_key=True)
    id = Id()
    person_id = Id()
    created_at = BigInt()
    last_seen_at = BigInt()
    expires_at = BigInt()
    agent = Varchar()


class ApiToken(Table, tablename="api_token"):
    """A script's key. `scopes` are separated by spaces."""

    id = Id(primary_key=True)
    person_id = Id()
    name = Varchar()
    token_hash = Varchar()
    scopes = Varchar()
    created_at = BigInt()
    last_used_at = BigInt(null=True)
    expires_at = BigInt(null=True)
    revoked_at = BigInt(null=True)


class SignInThrottle(Table, tablename="sign_in_throttle"):
    """Failed sign-ins under one key (hash of an address, or of a network address) since `since_at`."""

    key = Varchar(primary_key=True)
    failures = Integer()
    since_at = BigInt()
    blocked_until_at = BigInt()
