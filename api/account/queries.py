"""Where a person is signed in and which tokens they have: their own only."""

from __future__ import annotations

from api.account.schemas import Chosen, MeOut, SessionOut, TokenOut
from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now, utc
from api.core.errors import NotFound


def me(actor: Actor) -> MeOut:
    """The person behind a request."""
    return MeOut(
        id=actor.id,
        name=actor.name,
        email=actor.email,
        department_id=actor.department_id,
        roles=sorted(role.value for role in actor.roles),
        language=actor.language,
        time_zone=actor.time_zone,
        scopes=None if actor.scopes is None else sorted(actor.scopes),
    )


async def preferences(actor: Actor) -> Chosen:
    """What this person has chosen, as opposed to what follows from it."""
    row = await database.fetch_one(
        """SELECT p.language, p.time_zone, p.theme, o.time_zone AS house FROM person p CROSS JOIN organisation o
        WHERE p.id = {}""",
        actor.id,
    )
    if row is None:
        raise NotFound
    return Chosen(
        language=row["language"],
        time_zone=row["time_zone"],
        theme=row["theme"],
        organisation_time_zone=row["house"],
    )


async def sessions(actor: Actor) -> list[SessionOut]:
    """Where this person is signed in, the latest first."""
    rows = await database.fetch(
        """SELECT id, agent, created_at, last_seen_at FROM session WHERE person_id = {} AND expires_at > {}
        ORDER BY last_seen_at DESC, id DESC LIMIT 100""",
        *(actor.id, now()),
    )
    return [
        SessionOut(
            id=row["id"],
            agent=row["agent"],
            created_at=utc(row["created_at"]),
            last_seen_at=utc(row["last_seen_at"]),
            current=row["id"] == actor.session,
        )
        for row in rows
    ]


async def tokens(actor: Actor) -> list[TokenOut]:
    """This person's API tokens that are still good, the latest first."""
    rows = await database.fetch(
        """SELECT id, name, scopes, created_at, last_used_at, expires_at FROM api_token
        WHERE person_id = {} AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > {})
        ORDER BY created_at DESC, id DESC LIMIT 100""",
        *(actor.id, now()),
    )
    return [
        TokenOut(
            id=row["id"],
            name=row["name"],
            scopes=row["scopes"].split(),
            created_at=utc(row["created_at"]),
            last_used_at=utc(row["last_used_at"]) if row["last_used_at"] else None,
            expires_at=utc(row["expires_at"]) if row["expires_at"] else None,
        )
        for row in rows
    ]
