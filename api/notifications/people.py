"""The people who may be told: who is still here, what they want, in which language and time zone."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from api.core import database
from api.core.i18n import Language, language_or_none
from api.notifications.rules import DEFAULT, Choice


class Hearer(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who works here. Satisfies api.kudos.visibility.Reader."""

    id: str
    email: str
    given_name: str
    is_hr: bool
    language: Language
    time_zone: str
    organisation: str
    choice: Choice


async def hearers(ids: Collection[str]) -> dict[str, Hearer]:
    """Those of these people who work here, by id."""
    if not ids:
        return {}
    rows = await database.fetch(
        f"""SELECT p.id, p.email, p.given_name, p.roles, p.language, p.time_zone, o.language AS house_language,
            o.time_zone AS house_time_zone, o.name AS organisation,
            c.page, c.mail, c.rhythm, c.quiet_from, c.quiet_until, c.celebrated
        FROM person p CROSS JOIN organisation o LEFT JOIN notification_choice c ON c.person_id = p.id
        WHERE p.deactivated_at IS NULL AND p.id IN ({database.placeholders(len(ids))})""",
        *sorted(ids),
    )
    return {row["id"]: _hearer(row) for row in rows}


async def people_with(role: str) -> list[str]:
    """The ids of the people who work here and have this stored role."""
    rows = await database.fetch(
        "SELECT id FROM person WHERE ' ' || roles || ' ' LIKE {} AND deactivated_at IS NULL", f"% {role} %"
    )
    return [row["id"] for row in rows]


async def hearer(person_id: str) -> Hearer | None:
    """One of them, None for somebody who has left."""
    return (await hearers([person_id])).get(person_id)


def _hearer(row: database.Row) -> Hearer:
    return Hearer(
        id=row["id"],
        email=row["email"],
        given_name=row["given_name"],
        is_hr="hr" in row["roles"].split(),
        language=row["language"] or language_or_none(row["house_language"]) or "en",
        time_zone=row["time_zone"] or row["house_time_zone"],
        organisation=row["organisation"],
        choice=choice_of(row),
    )


def choice_of(row: database.Row) -> Choice:
    """The choice in a row that may have none."""
    if row["rhythm"] is None:
        return DEFAULT
    return Choice(
        page=frozenset(row["page"].split()),
        mail=frozenset(row["mail"].split()),
        rhythm=row["rhythm"],
        quiet_from=row["quiet_from"],
        quiet_until=row["quiet_until"],
        celebrated=bool(row["celebrated"]),
    )
