"""Endpoints and their deliveries, as administrators see them."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urlsplit

from api.core import database
from api.core.clock import now, utc
from api.core.errors import NotFound
from api.core.i18n import Language
from api.core.ids import is_uuid
from api.core.sealing import SealBroken
from api.notifications.endpoint_schemas import DeliveryOut, DeliveryPage, EndpointOut
from api.notifications.secrets import unseal
from api.people.queries import department_refs
from api.people.schemas import DepartmentRef

DELIVERIES = 30


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
        host=_host(row),
        kinds=row["kinds"].split(),
        departments=[departments[ref] for ref in row["departments"].split() if ref in departments],
        language=row["language"],
        failing_since=utc(row["failing_since"]) if row["failing_since"] is not None else None,
        disabled=row["disabled_at"] is not None,
        old_secret_until=utc(until) if until is not None and until > now() else None,
    )


def _host(row: database.Row) -> str:
    with suppress(SealBroken):
        return urlsplit(unseal(row["url"], row["id"])).netloc
    return ""


async def deliveries(endpoint_id: str, *, before: str | None = None) -> DeliveryPage:
    """What went there before that delivery, the newest first. Raises NotFound."""
    if not (is_uuid(endpoint_id) and await database.fetch("SELECT 1 FROM endpoint WHERE id = {}", endpoint_id)):
        raise NotFound
    older, arguments = ("AND id < {}", (before,)) if before else ("", ())
    rows = await database.fetch(
        f"""SELECT id, kind, state, attempts, status, milliseconds, error, occurred_at FROM delivery
        WHERE endpoint_id = {{}} {older} ORDER BY id DESC LIMIT {DELIVERIES + 1}""",
        *(endpoint_id, *arguments),
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
    return DeliveryPage(found, found[-1].id if len(rows) > DELIVERIES else None)
