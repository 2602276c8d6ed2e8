"""Who hears of an order of a reward: its person of each step that approvals do not tell them of; HR of what is to be
handed over, administrators where nobody else can hand it over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from api.core import database
from api.notifications.rules import Kind
from api.notifications.told import Told

ORDERS = (
    *("redemption.approved", "redemption.fulfilled", "redemption.refunded", "redemption.declined"),
    *("redemption.waits", "redemption.cancelled"),
)


class Order(msgspec.Struct):
    """An order as it stands now; `hr` are those who hand it over, if that does not happen by itself."""

    person_id: str
    state: str
    hr: list[str] = []


async def orders_of(events: Sequence[database.Row]) -> dict[str, Order]:
    """What these events are about, by id."""
    ids = sorted({event["subject_id"] for event in events if event["kind"] in ORDERS and event["subject_id"]})
    if not ids:
        return {}
    rows = await database.fetch(
        f"""SELECT r.id, r.person_id, r.state, h.id AS hr_id FROM redemption r JOIN reward w ON w.id = r.reward_id
        JOIN person p ON p.id = r.person_id
        LEFT JOIN person h ON w.fulfilment = 'hr' AND r.state = 'approved' AND h.roles <> ''
            AND h.deactivated_at IS NULL AND (' ' || h.roles || ' ' LIKE {{}} OR (' ' || h.roles || ' ' LIKE {{}}
                AND ' ' || p.roles || ' ' LIKE {{}} AND NOT EXISTS (SELECT 1 FROM person o WHERE o.id <> p.id
                    AND o.roles <> '' AND ' ' || o.roles || ' ' LIKE {{}} AND o.deactivated_at IS NULL)))
        WHERE r.id IN ({database.placeholders(len(ids))})""",
        *("% hr %", "% admin %", "% hr %", "% hr %", *ids),
    )
    found: dict[str, Order] = {}
    for row in rows:
        order = found.setdefault(row["id"], Order(row["person_id"], row["state"], []))
        if row["hr_id"] is not None:
            order.hr.append(row["hr_id"])
    return found


def of_order(event: database.Row, orders: Mapping[str, Order]) -> list[Told]:
    """Whom an event of an order tells of what; never the one who did it."""
    order, happened = orders.get(event["subject_id"]), event["kind"].removeprefix("redemption.")
    if order is None or happened == "cancelled":
        return []

    def told(person_id: str, kind: Kind) -> Told:
        return Told(
            person_id=person_id,
            kind=kind,
            key=f"{happened}:{event['subject_id']}",
            subject_id=event["subject_id"],
            actor_id=event["actor_id"] if kind is Kind.ORDER else order.person_id,
            detail=happened,
        )

    if happened == "approved":
        done = (event["actor_id"], order.person_id)  # nobody hands over to themselves
        return [told(person_id, Kind.FULFIL) for person_id in order.hr if person_id not in done]
    if happened == "declined" and event["detail"] != "hr":
        return []  # they hear of the decision itself
    return [told(order.person_id, Kind.ORDER)] if order.person_id != event["actor_id"] else []
