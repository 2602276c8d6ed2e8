"""Tell people something: in the page, and by e-mail where they want that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from api.core.events import record_event
from api.notifications.channels import page
from api.notifications.people import Hearer
from api.notifications.told import Told


async def tell(entries: Sequence[Told], people: Mapping[str, Hearer]) -> list[Hearer]:
    """Note it for those of them who are among `people`; returns for whom an e-mail now waits to be planned.

    Open pages hear of it by the stream, each only of its own: one event names everybody who has something new.
    """
    fresh = await page.note([entry for entry in entries if entry.person_id in people], people)
    if fresh:
        told = " ".join(sorted({person_id for person_id, _by_mail in fresh}))
        await record_event("notification.added", actor_id=None, detail=told)
    return [people[person_id] for person_id in sorted({person_id for person_id, by_mail in fresh if by_mail})]
