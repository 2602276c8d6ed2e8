"""Orders of rewards as notifications show them, with the title and the reason as they are now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from api.core import database
from api.core.clock import utc
from api.core.i18n import Language
from api.core.text import render
from api.notifications.rules import Kind
from api.notifications.schemas import NotificationOut
from api.notifications.words import order_sentence
from api.people.queries import person_columns, person_ref
from api.people.schemas import PersonRef

_TOLD = (Kind.ORDER, Kind.FULFIL)


class TellingOrder(msgspec.Struct, frozen=True):
    """An order in a notification."""

    title: str
    code: bool
    reason: str
    person: PersonRef


async def told_orders(rows: Sequence[database.Row], language: Language) -> dict[str, TellingOrder]:
    """The orders that these notifications are about, by id; one statement, none without orders."""
    ids = sorted({row["subject_id"] for row in rows if row["kind"] in _TOLD and row["subject_id"]})
    if not ids:
        return {}
    found = await database.fetch(
        f"""SELECT {person_columns("p", "d", language)}, r.id AS redemption_id, w.title_{language} AS title,
            w.fulfilment, COALESCE((SELECT MAX(s.reason) FROM redemption_step s WHERE s.redemption_id = r.id
                AND s.state IN ('declined', 'refunded')), '') AS reason
        FROM redemption r JOIN reward w ON w.id = r.reward_id JOIN person p ON p.id = r.person_id
        JOIN department d ON d.id = p.department_id WHERE r.id IN ({database.placeholders(len(ids))})""",
        *ids,
    )
    return {
        row["redemption_id"]: TellingOrder(row["title"], row["fulfilment"] == "codes", row["reason"], person_ref(row))
        for row in found
    }


def order_item(row: database.Row, orders: Mapping[str, TellingOrder], language: Language) -> NotificationOut | None:
    """A notification about an order; None for one about something else."""
    order = orders.get(row["subject_id"]) if row["kind"] in _TOLD else None
    if order is None:
        return None
    hr, happened = row["kind"] == Kind.FULFIL, row["detail"]
    sentence = order_sentence("to_do" if hr else happened, title=order.title, name=order.person.name, code=order.code)
    reason = order.reason if happened in ("declined", "refunded") else ""
    return NotificationOut(
        id=row["notice_id"],
        kind=row["kind"],
        text=sentence.text(language),
        words_html=render(reason, {}) if reason else "",
        words_language="",
        url="/fulfilment" if hr else f"/redemptions/{row['subject_id']}",
        person=order.person if hr else None,
        kudos_id=None,
        private=False,
        sent_at=utc(row["created_at"]),
        unread=row["read_at"] is None,
        years=0,
    )
