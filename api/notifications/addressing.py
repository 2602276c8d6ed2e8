"""Which events go to which endpoints outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.core import database
from api.core.clock import now
from api.core.database.bulk import Columns
from api.core.ids import uuid7
from api.core.jobs import Wanted, enqueue_all
from api.notifications.audience import Known, stands

JOB = "notifications.deliver"
TEST = "gearmesh.test"
SENT = (
    *("kudos.delivered", "kudos.edited", "kudos.withdrawn", "kudos.hidden", "kudos.shown"),
    *("comment.added", "comment.edited", "comment.withdrawn", "reaction.added", "reaction.removed"),
)
"""Events that a webhook can ask for: of public thanks, once they are delivered."""

_DELIVERY = Columns.of(
    "delivery",
    """id:uuid endpoint_id:uuid event_id:bigint kind:text kudos_id:uuid subject_id:uuid actor_id:uuid
    occurred_at:bigint created_at:bigint""",
)


async def address_deliveries(events: Sequence[database.Row], known: Known) -> None:
    """Have those events sent to the endpoints that want them; part of the transaction that tells of them."""
    going = [event for event in events if event["kind"] in SENT and _goes_out(event, known)]
    if not going:
        return
    endpoints = await database.fetch("SELECT id, channel, kinds, departments FROM endpoint WHERE disabled_at IS NULL")
    if not endpoints:
        return
    departments = await _departments([event["kudos_id"] for event in going])
    at = now()
    deliveries = [
        _delivery(endpoint["id"], event, at)
        for event in going
        for endpoint in endpoints
        if _wants(endpoint, event, departments.get(event["kudos_id"], set()))
    ]
    # Of what has been addressed before (events of a restored database), the job finds nothing and ends.
    await _DELIVERY.insert(deliveries, "ON CONFLICT DO NOTHING")
    await enqueue_all(JOB, [Wanted(delivery[0]) for delivery in deliveries])


def _goes_out(event: database.Row, known: Known) -> bool:
    kudos = known.kudos.get(event["kudos_id"])
    if kudos is None or kudos["private"] or kudos["delivered_at"] is None:
        return False
    return stands(kudos) or event["kind"] in ("kudos.withdrawn", "kudos.hidden")


async def _departments(kudos_ids: Sequence[str]) -> dict[str, set[str]]:
    """The departments that thanks join, giver's and recipients'."""
    rows = await database.fetch(
        f"""SELECT kudos_id, giver_department_id, recipient_department_id FROM kudos_edge
        WHERE kudos_id IN ({database.placeholders(len(kudos_ids))})""",
        *kudos_ids,
    )
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["kudos_id"], set()).update((row["giver_department_id"], row["recipient_department_id"]))
    return found


def _wants(endpoint: database.Row, event: database.Row, departments: set[str]) -> bool:
    if endpoint["channel"] == "webhook":
        return event["kind"] in endpoint["kinds"].split()
    chosen = set(endpoint["departments"].split())
    return event["kind"] == "kudos.delivered" and (not chosen or bool(chosen & departments))


def _delivery(endpoint_id: str, event: database.Row, at: int) -> tuple[Any, ...]:
    comment = event["subject_id"] if event["kind"].startswith("comment.") else None
    return (
        *(uuid7(at), endpoint_id, event["id"], event["kind"], event["kudos_id"], comment, event["actor_id"]),
        *(event["created_at"], at),
    )
