"""Is the person behind a long-lived stream still signed in?"""

from __future__ import annotations

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now


async def still_signed_in(actor: Actor) -> bool:
    """Whether the session or token is still good and its person has not left."""
    if actor.session is not None:
        sql = """SELECT 1 FROM session s JOIN person p ON p.id = s.person_id
            WHERE s.id = {} AND s.expires_at > {} AND p.deactivated_at IS NULL"""
    else:
        sql = """SELECT 1 FROM api_token t JOIN person p ON p.id = t.person_id
            WHERE t.id = {} AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > {})
              AND p.deactivated_at IS NULL"""
    return await database.fetch_one(sql, actor.session or actor.token, now()) is not None
