"""All that is stored about a person, as a ZIP of JSON and a page to read."""

from __future__ import annotations

import asyncio
import io
import zipfile
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from babel.dates import format_date, format_datetime

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now, utc
from api.core.events import record_event
from api.core.i18n import Language
from api.core.mail.templates import environment
from api.privacy.labels import LABELS
from api.privacy.registry import PARTS


async def export(actor: Actor) -> tuple[str, bytes]:
    """(the file's name, the ZIP). Read in pages, put together in a thread: others are served meanwhile."""
    collected = {part.name: await part.about(actor.id) for part in PARTS}
    await _note(actor_id=actor.id)
    at = utc(now()).astimezone(ZoneInfo(actor.time_zone))
    return f"gearmesh-{at:%Y-%m-%d}.zip", await asyncio.to_thread(_archive, collected, actor, at)


@database.transaction
async def _note(*, actor_id: str) -> None:
    await record_event("data.exported", actor_id=actor_id)


def _archive(collected: dict[str, dict[str, Any]], actor: Actor, at: datetime) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.html", readable(collected, actor, at))
        for name, content in collected.items():
            archive.writestr(f"json/{name}.json", msgspec.json.format(msgspec.json.encode(content), indent=2))
    return packed.getvalue()


def readable(collected: dict[str, dict[str, Any]], actor: Actor, at: datetime) -> str:
    """The same as a page that stands by itself, in the person's language and time zone."""
    language: Language = actor.language
    zone = ZoneInfo(actor.time_zone)

    def words(value: object) -> str:
        if isinstance(value, datetime):
            return format_datetime(value, "short", tzinfo=zone, locale=language)
        return "" if value is None else str(value)

    def label(name: str) -> str:
        known = LABELS.get(name)
        return known.text(language) if known else name.replace("_", " ")

    return (
        environment(language)
        .get_template("privacy/export.html")
        .render(
            parts=[(part.name, part.title.text(language), collected[part.name]) for part in PARTS[::-1]],
            name=actor.name,
            organisation=actor.organisation,
            day=format_date(at, "long", locale=language),
            zone=actor.time_zone,
            words=words,
            label=label,
        )
    )
