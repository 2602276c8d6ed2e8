"""Who holds a link, who is yet to come in."""

from __future__ import annotations

from api.core import database
from api.core.clock import now, utc
from api.core.errors import Invalid, NotFound
from api.core.i18n import Language
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid
from api.invitations.rules import Purpose, link_hash
from api.invitations.schemas import Addressee, Awaited, AwaitedPage, Holder, InvitationOut, InvitationsOut
from api.people.queries import person_columns, person_ref

PAGE = 50
SEND = "invitations.send"
EVERYBODY = "invitations.everybody"

_LIVE = "used_at IS NULL AND expires_at > {}"
# Nobody is invited twice: neither while an e-mail waits nor while an invitation works.
OPEN = f"""p.password_hash = '' AND p.deactivated_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM link l WHERE l.person_id = p.id AND l.purpose = 'invitation'
        AND l.used_at IS NULL AND l.expires_at > {{}})
    AND NOT EXISTS (SELECT 1 FROM job j WHERE j.subject_id = p.id AND j.kind = '{SEND}'
        AND j.state IN ('waiting', 'running'))"""


async def holder(token: str, purpose: Purpose) -> Holder | None:
    """Whom this link is for, if it still works. Looking changes nothing: mail scanners open every link."""
    row = await database.fetch_one(
        f"""SELECT p.id, p.name, p.given_name, p.email FROM link l JOIN person p ON p.id = l.person_id
        WHERE l.token_hash = {{}} AND l.purpose = {{}} AND l.{_LIVE} AND p.deactivated_at IS NULL""",
        *(link_hash(token, purpose), purpose.value, now()),
    )
    return None if row is None else Holder(**row)


async def was_used(token: str, purpose: Purpose) -> bool:
    """Whether this link has done its work."""
    row = await database.fetch_one("SELECT used_at FROM link WHERE token_hash = {}", link_hash(token, purpose))
    return row is not None and row["used_at"] is not None


async def addressee(person_id: str) -> Addressee | None:
    """Whom to write to; None if they have left."""
    row = await database.fetch_one(
        """SELECT p.email, p.given_name, p.language, p.password_hash, o.language AS house, o.name AS organisation
        FROM person p CROSS JOIN organisation o WHERE p.id = {} AND p.deactivated_at IS NULL""",
        person_id,
    )
    if row is None:
        return None
    return Addressee(
        email=row["email"],
        given_name=row["given_name"],
        language=row["language"] or row["house"],
        organisation=row["organisation"],
        has_password=bool(row["password_hash"]),
    )


async def invitation(person_id: str) -> InvitationOut:
    """Where a person stands on the way in. Raises NotFound for who is not here or has left."""
    row = is_uuid(person_id) and await database.fetch_one(
        f"""SELECT p.password_hash <> '' AS has_password,
            (SELECT MAX(l.created_at) FROM link l WHERE l.person_id = p.id AND l.purpose = 'invitation') AS invited_at,
            (SELECT MAX(l.expires_at) FROM link l WHERE l.person_id = p.id AND l.purpose = 'invitation'
                AND l.{_LIVE}) AS works_until,
            EXISTS (SELECT 1 FROM job j WHERE j.subject_id = p.id AND j.kind = '{SEND}'
                AND j.state IN ('waiting', 'running')) AS waiting
        FROM person p WHERE p.id = {{}} AND p.deactivated_at IS NULL""",
        *(now(), person_id),
    )
    if not row:
        raise NotFound
    return InvitationOut(
        has_password=bool(row["has_password"]),
        invited_at=utc(row["invited_at"]) if row["invited_at"] else None,
        works_until=utc(row["works_until"]) if row["works_until"] else None,
        waiting=bool(row["waiting"]),
    )


async def invitations() -> InvitationsOut:
    """How many are yet to come in, and how far a bulk invitation is."""
    row = await database.fetch_one(
        f"""SELECT (SELECT COUNT(*) FROM person p WHERE p.password_hash = '' AND p.deactivated_at IS NULL) AS without,
            (SELECT COUNT(*) FROM person p WHERE {OPEN}) AS open""",
        now(),
    )
    job = await database.fetch_one(
        "SELECT progress, total FROM job WHERE kind = {} AND state IN ('waiting', 'running') ORDER BY id DESC LIMIT 1",
        EVERYBODY,
    )
    assert row is not None  # counts always have a row
    return InvitationsOut(
        without_password=row["without"],
        open=row["open"],
        running=job is not None,
        sent=job["progress"] if job else 0,
        total=job["total"] if job else 0,
    )


async def awaited(language: Language, *, after: str | None = None, limit: int = PAGE) -> AwaitedPage:
    """Who has no password yet, in the order in which they were entered. Raises Invalid for a marker not of ours."""
    if after and not is_uuid(after):
        raise Invalid.field("after", _("This page marker is not one of ours. Start again at the first page."))
    rows = await database.fetch(
        f"""SELECT {person_columns("p", "d", language)},
            (SELECT MAX(l.created_at) FROM link l WHERE l.person_id = p.id AND l.purpose = 'invitation') AS invited_at
        FROM person p JOIN department d ON d.id = p.department_id
        WHERE p.password_hash = '' AND p.deactivated_at IS NULL {"AND p.id > {}" if after else ""}
        ORDER BY p.id LIMIT {{}}""",
        *([after] if after else []),
        limit + 1,
    )
    items = [Awaited(person=person_ref(row), invited_at=utc(row[6]) if row[6] else None) for row in rows[:limit]]
    return AwaitedPage(items, items[-1].person.id if len(rows) > limit else None)


async def next_open(after: str, limit: int) -> list[str]:
    """The ids of the next people to invite, in order of their ids."""
    beyond = "p.id > {} AND" if after else ""
    rows = await database.fetch(
        f"SELECT p.id FROM person p WHERE {beyond} {OPEN} ORDER BY p.id LIMIT {{}}",
        *([after] if after else []),
        *(now(), limit),
    )
    return [row["id"] for row in rows]
