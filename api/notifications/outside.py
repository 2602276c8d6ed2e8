"""Endpoints and their deliveries, as administrators see them."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

import msgspec

from api.core import database
from api.core.clock import now, utc
from api.core.errors import NotFound
from api.core.i18n import Language
from api.core.ids import is_uuid
from api.people.queries import department_refs
from api.people.schemas import DepartmentRef

DELIVERIES = 30


class EndpointOut(msgspec.Struct, frozen=True, kw_only=True):
    """Where events go. The whole address is a secret for chats: only its host is shown."""

    id: str
    channel: str
    name: str
    host: str
    kinds: list[str]
    departments: list[DepartmentRef]
    language: str
    failing_since: datetime | None
    disabled: bool
    old_secret_until: datetime | None


class DeliveryOut(msgspec.Struct, frozen=True, kw_only=True):
    """How one event got there. `error` is a code like "timeout" or "status_500"."""

    id: str
    kind: str
    state: str
    attempts: int
    status: int | None
    milliseconds: int | None
    error: str
    occurred_at: datetime


async def endpoints(language: Language) -> list[EndpointOut]:
    """All of them, in the order in which they were added."""
    rows = await database.fetch("SELECT * FROM endpoint ORDER BY id")
    wanted = sorted({department for row in rows for department in row["departments"].split()})
    known = {ref.id: ref for ref in await department_refs(wanted, language)}
    return [_endpoint(row, known) for row in rows]


async def endpoint(endpoint_id: str, language: Language) -> EndpointOut:
    """One of them. Raises NotFound."""
    row = is_uuid(endpoint_id) and await database.fetch_one("SELECT * FROM endpoint WHERE id = {}", endpoint_id)
    if not row:
        raise NotFound
    refs = await department_refs(row["departments"].split(), language)
    return _endpoint(row, {ref.id: ref for ref in refs})


def _endpoint(row: database.Row, departments: dict[str, DepartmentRef]) -> EndpointOut:
    until = row["old_secret_until"]
    return EndpointOut(
        id=row["id"],
        channel=row["channel"],
        name=row["name"],
        host=urlsplit(row["url"]).netloc,
        kinds=row["kinds"].split(),
        departments=[departments[ref] for ref in row["departments"].split() if ref in departments],
        language=row["language"],
        failing_since=utc(row["failing_since"]) if row["failing_since"] is not None else None,
        disabled=row["disabled_at"] is not None,
        old_secret_until=utc(until) if until is not None and until > now() else None,
    )


async def deliveries(endpoint_id: str, before: str = "") -> tuple[list[DeliveryOut], str]:
    """What went there, the newest first, before that delivery: (a page, its last id if there are more)."""
    rows = await database.fetch(
        f"""SELECT id, kind, state, attempts, status, milliseconds, error, occurred_at FROM delivery
        WHERE endpoint_id = {{}} AND id < {{}} ORDER BY id DESC LIMIT {DELIVERIES + 1}""",
        *(endpoint_id, before if is_uuid(before) else "ffffffff-ffff-ffff-ffff-ffffffffffff"),
    )
    found = [
        DeliveryOut(
            id=row["id"],
            kind=row["kind"],
            state=row["state"],
            attempts=row["attempts"],
            status=row["status"],
            milliseconds=row["milliseconds"],
            error=row["error"],
            occurred_at=utc(row["occurred_at"]),
        )
        for row in rows[:DELIVERIES]
    ]
    return found, found[-1].id if len(rows) > DELIVERIES else ""
