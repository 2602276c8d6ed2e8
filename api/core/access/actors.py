"""From a cookie or a bearer token to an Actor, in one statement; whoever left is out at the next request."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from api.core import database
from api.core.access.actor import Actor, Role
from api.core.access.secrets import token_hash
from api.core.clock import DAY, MINUTE, now
from api.core.i18n import Language, language_or_none, preferred_language

_PERSON = """
    p.id, p.name, p.email, p.department_id, p.roles, p.language, p.time_zone, p.theme,
    EXISTS (SELECT 1 FROM person r WHERE r.manager_id = p.id AND r.deactivated_at IS NULL) AS leads,
    d.code_de, d.code_en, d.name_de, d.name_en, d.hue, o.name AS organisation, o.demo, o.directory_revision,
    o.language AS house_language, o.time_zone AS house_time_zone"""

_BY_SESSION = f"""SELECT s.id AS key, s.last_seen_at, '' AS scopes, (SELECT COUNT(*) FROM (
        SELECT 1 FROM notification n WHERE n.person_id = p.id AND n.on_page AND n.read_at IS NULL AND NOT n.hidden
        LIMIT 100) counted) AS unread, (SELECT COUNT(*) FROM (
        SELECT 1 FROM approval_decider w JOIN approval_step t ON t.approval_id = w.approval_id AND t.number = w.number
        JOIN approval a ON a.id = w.approval_id
        WHERE t.state = 'open' AND t.decision = '' AND a.requester_id <> p.id AND a.concerned_id <> p.id
        AND (w.person_id = p.id OR w.person_id IN (SELECT y.person_id FROM deputyship y WHERE y.deputy_id = p.id
            AND y.from_at <= {{}} AND y.until_at > {{}})) LIMIT 100) asked) AS waiting,
    (SELECT g.enabled FROM points_settings g) AS points, {_PERSON}
    FROM session s JOIN person p ON p.id = s.person_id
    JOIN department d ON d.id = p.department_id CROSS JOIN organisation o
    WHERE s.token_hash = {{}} AND s.expires_at > {{}} AND p.deactivated_at IS NULL"""

_BY_TOKEN = f"""SELECT t.id AS key, t.last_used_at AS last_seen_at, t.scopes, {_PERSON}
    FROM api_token t JOIN person p ON p.id = t.person_id
    JOIN department d ON d.id = p.department_id CROSS JOIN organisation o
    WHERE t.token_hash = {{}} AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > {{}})
      AND p.deactivated_at IS NULL"""

_BY_ID = f"""SELECT NULL AS key, '' AS scopes, {_PERSON}
    FROM person p JOIN department d ON d.id = p.department_id CROSS JOIN organisation o
    WHERE p.id = {{}} AND p.deactivated_at IS NULL"""

_COLLEAGUE = frozenset({Role.COLLEAGUE})
_ROLES = {role.value: role for role in Role}


def roles_of(stored: str, *, leads: bool) -> frozenset[Role]:
    """The roles behind a person's stored ones: everyone is a colleague, whoever leads is a manager."""
    if not stored and not leads:
        return _COLLEAGUE
    extra = {_ROLES[name] for name in stored.split() if name in _ROLES}
    return _COLLEAGUE | extra | ({Role.MANAGER} if leads else set())


def _actor(row: database.Row, accept_language: str, *, session: bool) -> Actor:
    house: Language = language_or_none(row["house_language"]) or "en"
    language: Language = row["language"] or preferred_language(accept_language, house)
    return Actor(
        id=row["id"],
        name=row["name"],
        email=row["email"],
        department_id=row["department_id"],
        roles=roles_of(row["roles"], leads=bool(row["leads"])),
        department_code=row[f"code_{language}"],
        department_name=row[f"name_{language}"],
        department_hue=row["hue"],
        language=language,
        time_zone=row["time_zone"] or row["house_time_zone"],
        theme=row["theme"],
        directory_revision=row["directory_revision"],
        demo=bool(row["demo"]),
        organisation=row["organisation"],
        session=row["key"] if session else None,
        token=None if session else row["key"],
        scopes=None if session else frozenset(row["scopes"].split()),
        unread=row["unread"] if session else 0,
        waiting=row["waiting"] if session else 0,
        points=bool(row["points"]) if session else False,
    )


async def actor_of_session(cookie: str, *, accept_language: str, keep_days: int) -> Actor | None:
    """Who is signed in with this cookie, or None. Notes the visit at most once a minute and prolongs it."""
    at = now()
    key = token_hash(cookie)
    row = await database.fetch_one(_BY_SESSION, at, at, key, at)
    if row is None:
        return None
    if at - row["last_seen_at"] > MINUTE:
        await _touch_session(key, at, keep_days)
    return _actor(row, accept_language, session=True)


async def actor_of_token(token: str, *, accept_language: str) -> Actor | None:
    """Whose API token this is, or None. Notes its use at most once a minute."""
    at = now()
    key = token_hash(token)
    row = await database.fetch_one(_BY_TOKEN, key, at)
    if row is None:
        return None
    if at - (row["last_seen_at"] or 0) > MINUTE:
        await _touch_token(key, at)
    return _actor(row, accept_language, session=False)


async def actor_of_person(person_id: str) -> Actor | None:
    """Somebody in whose name a job acts, with all that their roles allow now; None for who has left."""
    row = await database.fetch_one(_BY_ID, person_id)
    return msgspec.structs.replace(_actor(row, "", session=False), scopes=None) if row is not None else None


@database.transaction
async def _touch_session(key: str, at: int, keep_days: int) -> None:
    await database.execute(
        "UPDATE session SET last_seen_at = {}, expires_at = {} WHERE token_hash = {}", at, at + keep_days * DAY, key
    )


@database.transaction
async def _touch_token(key: str, at: int) -> None:
    await database.execute("UPDATE api_token SET last_used_at = {} WHERE token_hash = {}", at, key)


def scopes_text(scopes: Iterable[str]) -> str:
    """Scopes as they are stored."""
    return " ".join(sorted(set(scopes)))
