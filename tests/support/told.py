"""Steps that tests of notifications share."""

from __future__ import annotations

from typing import Any

from api.core import database
from api.core.clock import SECOND
from api.kudos.delivery import deliver_due
from api.notifications.fanout import tell_all
from tests.support.house import House
from tests.support.organisation import PEOPLE, Person

_NAMES = {person.id: person.given_name for person in PEOPLE}


async def deliver(house: House) -> None:
    """Let the undo minute pass, and tell of what is delivered."""
    house.clock.forward(61 * SECOND)
    while await deliver_due():
        pass
    await tell_all()


async def told() -> dict[str, list[str]]:
    """The kinds of what each person is told of and can see now, oldest first, by given name."""
    rows = await database.fetch("SELECT person_id, kind FROM notification WHERE NOT hidden ORDER BY position")
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(_NAMES[row["person_id"]], []).append(row["kind"])
    return found


async def choose(house: House, person: Person, **choice: Any) -> None:
    """What this person wants to be told of, over HTTP."""
    answer = await house.browser(person).patch("/api/v1/notification-settings", json=choice)
    assert answer.status_code == 204, answer.text


async def shown(house: House, person: Person, **query: Any) -> list[dict[str, Any]]:
    """What this person reads on their page of notifications."""
    answer = await house.browser(person).get("/api/v1/notifications", params=query)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def unread(house: House, person: Person) -> int:
    """What their bell shows."""
    return int((await house.browser(person).get("/api/v1/notifications/unread")).json()["unread"])
