"""Events: recorded in the transaction that makes them happen, with ids only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from api.account.service import change_preferences
from api.core import database
from api.kudos import answers, moderation, service
from api.kudos.rules import ReactionKind
from tests.support.house import KUDOS, House
from tests.support.organisation import AYLIN, CARE, HELENE, JONAS, PEOPLE
from tests.support.stock import lay_in

PLANTED = "Zimtstern"


async def kinds() -> list[str]:
    return [row["kind"] for row in await database.fetch("SELECT kind FROM event ORDER BY id")]


async def test_each_verb_records_what_happened(house: House) -> None:
    aylin, jonas, helene = house.browser(AYLIN), house.browser(JONAS), house.browser(HELENE)
    kudos = await house.give(AYLIN)
    url = f"{KUDOS}/{kudos}"
    await aylin.patch(url, json={"message": "Thank you once more."})
    await jonas.put(f"{url}/reactions/strong")
    await jonas.put(f"{url}/reactions/strong")
    await jonas.delete(f"{url}/reactions/strong")
    comment = (await jonas.post(f"{url}/comments", json={"message": "Gladly."})).json()["id"]
    await jonas.patch(f"/api/v1/comments/{comment}", json={"message": "Any time."})
    report = (await aylin.post(f"{url}/reports", json={"reason": "See.", "comment": comment})).json()["id"]
    await helene.put(f"/api/v1/comments/{comment}/hiding", json={"reason": "See."})
    await helene.delete(f"/api/v1/comments/{comment}/hiding")
    await jonas.delete(f"/api/v1/comments/{comment}")
    await helene.put(f"{url}/hiding", json={"reason": "See."})
    await helene.delete(f"{url}/hiding")
    await aylin.delete(url)
    assert await kinds() == [
        "kudos.given",
        "kudos.edited",
        "reaction.added",
        "reaction.removed",
        "comment.added",
        "comment.edited",
        "report.opened",
        "comment.hidden",
        "comment.shown",
        "comment.withdrawn",
        "kudos.hidden",
        "kudos.shown",
        "kudos.withdrawn",
    ]
    rows = await database.fetch("SELECT actor_id, kudos_id, subject_id FROM event WHERE kind = 'report.opened'")
    assert [tuple(row) for row in rows] == [(AYLIN.id, kudos, report)]


async def test_events_and_idempotency_hold_no_words_and_no_names(house: House) -> None:
    await lay_in(house)
    kudos = await house.give(AYLIN, message=f"Thank you for the {PLANTED}, @Jonas Weber!", key=f"key-{PLANTED[0]}")
    browser = house.browser(JONAS)
    await browser.post(
        f"{KUDOS}/{kudos}/comments", json={"message": f"More {PLANTED}!"}, headers={"Idempotency-Key": "k"}
    )
    await browser.post(f"{KUDOS}/{kudos}/reports", json={"reason": f"Who ate the {PLANTED}?"})
    await house.browser(HELENE).put(f"{KUDOS}/{kudos}/hiding", json={"reason": f"No {PLANTED}."})
    await house.browser(AYLIN).post("/api/v1/tokens", json={"name": PLANTED, "scopes": ["kudos:read"]})
    forbidden = [PLANTED, "Thank", *(part for person in PEOPLE for part in (*person.name.split(), person.email))]
    rows = [
        *await database.fetch("SELECT * FROM event"),
        *await database.fetch("SELECT * FROM idempotency"),
        *await database.fetch("SELECT * FROM sign_in_throttle"),
    ]
    assert len(rows) > 15
    for row in rows:
        text = " ".join(str(value) for value in tuple(row))
        assert [word for word in forbidden if word.lower() in text.lower()] == []


@pytest.mark.parametrize("verb", ["give", "revise", "withdraw", "react", "comment", "report", "hide", "preferences"])
async def test_what_cannot_be_recorded_does_not_happen(
    house: House, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kudos = await house.give(AYLIN, value=CARE)
    before = await snapshot()

    async def broken(*_arguments: object, **_more: object) -> None:
        raise OSError("the event could not be recorded")

    def cannot(*_arguments: object, **_more: object) -> None:
        raise OSError("the event could not be recorded")

    for module in ("api.kudos.service", "api.kudos.answers", "api.kudos.moderation", "api.account.service"):
        monkeypatch.setattr(f"{module}.record_event", broken)
    monkeypatch.setattr("api.kudos.service.event", cannot)
    aylin, jonas, hr = await house.actor(AYLIN), await house.actor(JONAS), await house.actor(HELENE)
    verbs: dict[str, Callable[[], Awaitable[object]]] = {
        "give": lambda: service.give_kudos(
            actor=aylin,
            recipients=[JONAS.id],
            message="Thank you again.",
            value=None,
            private=False,
            undo_seconds=60,
            key="k",
        ),
        "revise": lambda: service.revise_kudos(actor=aylin, kudos_id=kudos, message="Something else.", value=None),
        "withdraw": lambda: service.withdraw_kudos(actor=aylin, kudos_id=kudos),
        "react": lambda: answers.add_reaction(actor=jonas, kudos_id=kudos, kind=ReactionKind.STRONG),
        "comment": lambda: answers.add_comment(actor=jonas, kudos_id=kudos, message="Gladly."),
        "report": lambda: moderation.open_report(actor=jonas, kudos_id=kudos, comment_id=None, reason="See."),
        "hide": lambda: moderation.hide_kudos(actor=hr, kudos_id=kudos, reason="See."),
        "preferences": lambda: change_preferences(actor=aylin, language="de"),
    }
    with pytest.raises(OSError, match="could not be recorded"):
        await verbs[verb]()
    assert await snapshot() == before


async def snapshot() -> list[tuple[object, ...]]:
    """All rows that a verb could have changed."""
    found: list[tuple[object, ...]] = []
    for table in (
        *("kudos", "kudos_recipient", "kudos_edge", "kudos_mention", "reaction", "comment", "report"),
        *("edge_week", "person_tally", "idempotency", "event", "person"),
    ):
        rows = await database.fetch(f"SELECT * FROM {table}")
        found += sorted((table, *map(str, tuple(row))) for row in rows)
    return found
