"""Who hears of job rotations: those whose visits a publication changes, HR of calendars that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from api.core import database
from api.notifications.rules import Kind
from api.notifications.told import Told

ROTATIONS = ("programme.published", "absence_feed.failed")


async def visitors_of(events: Sequence[database.Row]) -> dict[str, list[str]]:
    """Whose visits these events change, by publication."""
    ids = sorted({event["detail"] for event in events if event["kind"] == "programme.published"})
    found: dict[str, list[str]] = {}
    if ids:
        for row in await database.fetch(
            f"""SELECT DISTINCT publication_id, person_id FROM publication_notice
            WHERE publication_id IN ({database.placeholders(len(ids))})""",
            *ids,
        ):
            found.setdefault(row[0], []).append(row[1])
    return found


def of_rotation(event: database.Row, visitors: Mapping[str, list[str]], hr: Sequence[str]) -> list[Told]:
    """Whom an event of rotations tells of what. Whoever publishes hears of their own visits like everybody else."""
    published = event["kind"] == "programme.published"
    about = event["detail"] if published else event["subject_id"]
    return [
        Told(
            person_id=person_id,
            kind=Kind.ROTATION if published else Kind.FEED,
            key=f"publication:{about}" if published else f"feed:{about}:{event['id']}",
            subject_id=about,
            actor_id=event["actor_id"],
        )
        for person_id in sorted(visitors.get(about, []) if published else hr)
    ]
