"""Endpoints outside: webhooks and chats that an administrator adds, and which events go to them."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

import msgspec

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import DAY, now
from api.core.errors import Conflict, Invalid, NotFound
from api.core.events import record_event
from api.core.i18n import LANGUAGES
from api.core.i18n import gettext_later as _
from api.core.idempotency import claim, request_hash
from api.core.ids import is_uuid, uuid7
from api.core.jobs import enqueue
from api.core.outgoing import Forbidden, outside_in_use
from api.core.outgoing.addresses import check_host
from api.core.sealing import SealBroken
from api.core.text import one_line
from api.notifications.addressing import JOB, SENT, TEST
from api.notifications.channels.webhook import new_secret
from api.notifications.secrets import seal, seal_address, unseal

CHANNELS = ("webhook", "slack", "teams", "mattermost")
OLD_SECRET_SIGNS_FOR = DAY
LONGEST_URL = 2_000
_LONGEST_NAME = 80
_MOST = 50


def check_url(url: str) -> str:
    """An address as it is stored. Raises Invalid for what we would never send to; what it resolves to is looked at
    whenever something is sent."""
    url = one_line(url)
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        port, host, parts = 0, "", urlsplit("")
    wrong = _("Write the whole address, like https://hooks.example.org/abc.")
    if parts.scheme not in ("http", "https") or not host or port == 0 or not url.isascii() or len(url) > LONGEST_URL:
        raise Invalid.field("url", wrong)
    if parts.username is not None or parts.fragment:
        raise Invalid.field("url", wrong)
    allowed = outside_in_use().allowed
    if parts.scheme == "http" and not allowed.hosts and not allowed.networks:
        raise Invalid.field("url", _("Use https."))
    try:
        check_host(host)
    except Forbidden:
        raise Invalid.field("url", wrong) from None
    return url


class Added(msgspec.Struct, frozen=True):
    """An endpoint, a webhook's secret to be shown this once, and whether it is new or a repeat."""

    id: str
    secret: str
    fresh: bool = True


@database.transaction
async def add_endpoint(
    *,
    actor: Actor,
    channel: str,
    name: str,
    url: str,
    kinds: Sequence[str],
    departments: Sequence[str],
    language: str,
    key: str | None = None,
    client_id: str | None = None,
) -> Added:
    """Have events sent to an address.

    Raises Invalid beside the field, Conflict if there are too many; for a repeat NotFound if it was removed since,
    Conflict if its secret cannot be shown again.
    """
    asked = request_hash({"endpoint": [channel, name, url, kinds, departments, language]})
    endpoint_id, fresh = await claim(person_id=actor.id, key=key, client_id=client_id, fingerprint=asked)
    if not fresh:
        try:
            return Added(endpoint_id, unseal((await _locked(endpoint_id))["secret"], endpoint_id), fresh=False)
        except SealBroken:
            raise Conflict(_("Its secret cannot be opened with this installation’s key. Make a new one.")) from None
    name, url = one_line(name), check_url(url)
    if channel not in CHANNELS:
        raise Invalid.field("channel", _("Choose from the list."))
    if not name or len(name) > _LONGEST_NAME:
        raise Invalid.field("name", _("Give it a name of up to %(n)s characters.", n=_LONGEST_NAME))
    if channel == "webhook" and (not kinds or not set(kinds) <= set(SENT)):
        raise Invalid.field("kinds", _("Choose at least one event."))
    if language not in LANGUAGES:
        raise Invalid.field("language", _("Choose German or English."))
    await _check_departments(departments)
    count = await database.fetch_one("SELECT COUNT(*) AS n FROM endpoint")
    if count is not None and count["n"] >= _MOST:
        raise Conflict(_("There are %(n)s already. Remove one first.", n=_MOST))
    secret = new_secret() if channel == "webhook" else ""
    row = await database.fetch_one(
        """INSERT INTO endpoint (id, channel, name, url, kinds, departments, language, secret, created_at)
        VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}) ON CONFLICT (id) DO NOTHING RETURNING id""",
        *(endpoint_id, channel, name, seal_address(channel, url, endpoint_id)),
        " ".join(sorted(set(kinds))) if channel == "webhook" else "",
        "" if channel == "webhook" else " ".join(sorted(set(departments))),
        *(language, seal(secret, endpoint_id), now()),
    )
    if row is None:
        raise Conflict(_("This id is taken. Make a new one."))
    await record_event("endpoint.added", actor_id=actor.id, subject_id=endpoint_id, detail=channel)
    return Added(endpoint_id, secret)


async def _check_departments(departments: Sequence[str]) -> None:
    known = [department for department in set(departments) if is_uuid(department)]
    rows = known and await database.fetch(
        f"SELECT id FROM department WHERE id IN ({database.placeholders(len(known))})", *known
    )
    if len(rows) != len(set(departments)):
        raise Invalid.field("departments", _("Choose from the list."))


async def _locked(endpoint_id: str) -> database.Row:
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    row = is_uuid(endpoint_id) and await database.fetch_one(
        f"SELECT * FROM endpoint WHERE id = {{}} {lock}", endpoint_id
    )
    if not row:
        raise NotFound
    return row


@database.transaction
async def remove_endpoint(*, actor: Actor, endpoint_id: str) -> None:
    """Send nothing there any more, and forget how it went. Raises NotFound."""
    await _locked(endpoint_id)
    await database.execute("DELETE FROM delivery WHERE endpoint_id = {}", endpoint_id)
    await database.execute("DELETE FROM notification WHERE subject_id = {} AND kind = 'endpoint'", endpoint_id)
    await database.execute("DELETE FROM endpoint WHERE id = {}", endpoint_id)
    await record_event("endpoint.removed", actor_id=actor.id, subject_id=endpoint_id)


@database.transaction
async def rotate_secret(*, actor: Actor, endpoint_id: str) -> str:
    """A new secret; for a day the old one signs as well. Raises NotFound, Conflict for a chat."""
    row = await _locked(endpoint_id)
    if row["channel"] != "webhook":
        raise Conflict(_("Only webhooks have a secret."))
    secret = new_secret()
    await database.execute(
        "UPDATE endpoint SET secret = {}, old_secret = {}, old_secret_until = {} WHERE id = {}",
        *(seal(secret, endpoint_id), row["secret"], now() + OLD_SECRET_SIGNS_FOR, endpoint_id),
    )
    await record_event("endpoint.secret_rotated", actor_id=actor.id, subject_id=endpoint_id)
    return secret


@database.transaction
async def switch_endpoint(*, actor: Actor, endpoint_id: str, on: bool) -> None:
    """Stop sending for a while, or go on; what happened in between is not sent. Raises NotFound."""
    await _locked(endpoint_id)
    await database.execute(
        "UPDATE endpoint SET disabled_at = {}, failures = 0, failing_since = NULL WHERE id = {}",
        *(None if on else now(), endpoint_id),
    )
    kind = "endpoint.switched_on" if on else "endpoint.switched_off"
    await record_event(kind, actor_id=actor.id, subject_id=endpoint_id)


@database.transaction
async def send_test(*, actor: Actor, endpoint_id: str) -> None:
    """Send something that shows whether it arrives. Raises NotFound, Conflict if it is switched off."""
    row = await _locked(endpoint_id)
    if row["disabled_at"] is not None:
        raise Conflict(_("Switch it on first."))
    delivery_id, at = uuid7(), now()
    await database.execute(
        """INSERT INTO delivery (id, endpoint_id, kind, actor_id, occurred_at, created_at)
        VALUES ({}, {}, {}, {}, {}, {})""",
        *(delivery_id, endpoint_id, TEST, actor.id, at, at),
    )
    await enqueue(JOB, delivery_id)


@database.transaction
async def replay(*, actor: Actor, delivery_id: str) -> str:
    """Send a delivery once more, under the same id, so that its receiver can tell; returns the endpoint's id.

    Raises NotFound, Conflict if it is on its way or its endpoint is switched off.
    """
    lock = database.sql(sqlite="", postgres="FOR UPDATE")
    row = is_uuid(delivery_id) and await database.fetch_one(
        f"SELECT endpoint_id, state FROM delivery WHERE id = {{}} {lock}", delivery_id
    )
    if not row:
        raise NotFound
    if row["state"] == "waiting":
        raise Conflict(_("It is on its way already."))
    if (await _locked(row["endpoint_id"]))["disabled_at"] is not None:
        raise Conflict(_("Switch it on first."))
    await database.execute(
        "UPDATE delivery SET state = 'waiting', error = '', ended_at = NULL WHERE id = {}", delivery_id
    )
    await enqueue(JOB, delivery_id)
    await record_event("delivery.replayed", actor_id=actor.id, subject_id=delivery_id)
    return str(row["endpoint_id"])
