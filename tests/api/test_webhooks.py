"""Webhooks and chats: signed, once, tried again, never about what is private; against servers on loopback."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from api.core import database
from api.core.clock import DAY, HOUR, MINUTE, SECOND, now
from api.core.errors import Conflict, Invalid, NotFound
from api.core.ids import uuid7
from api.core.jobs.worker import run_due
from api.core.outgoing import Allowed, Outside, use_outside
from api.core.sealing import new_key, use_sealing
from api.kudos.delivery import deliver_due
from api.notifications import endpoints
from api.notifications.fanout import tell_all
from api.notifications.secrets import seal_all
from api.work import KINDS
from tests.databases import Kind
from tests.support.canary import OK, Received, Receiver, receiver
from tests.support.house import KUDOS, House, open_house, refusal
from tests.support.organisation import AYLIN, BILLING, JONAS, MIRIAM, NOBODY, RADIOLOGY, TOMASZ
from tests.support.told import deliver, told

BASE = "https://thanks.example"
ENDPOINTS = "/api/v1/endpoints"


class Answers:
    """How the receiver answers: these statuses in turn, then 204."""

    def __init__(self) -> None:
        self.statuses: list[int] = []

    async def __call__(self, _request: Received) -> bytes:
        if not self.statuses:
            return OK
        return f"HTTP/1.1 {self.statuses.pop(0)} Said So\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
async def there(answers: Answers) -> AsyncIterator[Receiver]:
    async with receiver(answers) as made:
        yield made


@pytest.fixture
async def house(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    async with open_house(kind, monkeypatch) as opened:
        use_outside(Outside(Allowed.read("127.0.0.1"), BASE))
        yield opened
    use_outside(Outside())


async def add(house: House, there: Receiver, channel: str = "webhook", **more: Any) -> tuple[str, str]:
    wanted = {"kinds": ["kudos.delivered", "kudos.withdrawn", "comment.added"], "departments": [], "language": "en"}
    url = f"http://127.0.0.1:{there.port}/hook"
    actor = await house.actor(TOMASZ)
    added = await endpoints.add_endpoint(actor=actor, channel=channel, name="Board", url=url, **{**wanted, **more})
    return added.id, added.secret


def verified(request: Received, *secrets: str) -> dict[str, Any]:
    """What a receiver does, written from the specification: check id, time and every signature, then read."""
    message, stamp = request.headers["webhook-id"], request.headers["webhook-timestamp"]
    assert abs(int(stamp) - now() // SECOND) < 300
    expected = []
    for secret in secrets:
        assert secret.startswith("whsec_")
        key = base64.b64decode(secret.split("_", 1)[1], validate=True)
        assert 24 <= len(key) <= 64
        digest = hmac.new(key, f"{message}.{stamp}.{request.body.decode()}".encode(), hashlib.sha256).digest()
        expected.append("v1," + base64.b64encode(digest).decode())
    assert request.headers["webhook-signature"].split(" ") == expected
    assert request.headers["content-type"] == "application/json"
    found: dict[str, Any] = json.loads(request.body)
    return found


async def work() -> None:
    await tell_all()
    await run_due(KINDS)


async def test_signed_messages_of_public_thanks(house: House, there: Receiver) -> None:
    _endpoint, secret = await add(house, there)
    kudos = await house.give(JONAS, AYLIN)
    await house.give(JONAS, AYLIN, private=True)
    taken_back = await house.give(JONAS, MIRIAM)
    await house.browser(JONAS).delete(f"{KUDOS}/{taken_back}")
    await deliver(house)
    await run_due(KINDS)
    assert len(there.requests) == 1, "neither private thanks nor what was taken back in time"
    message = verified(there.requests[0], secret)
    assert message["type"] == "kudos.delivered"
    assert message["data"] == {
        "kudos": kudos,
        "person": JONAS.id,
        "api": f"{BASE}/api/v1/kudos/{kudos}",
        "page": f"{BASE}/kudos/{kudos}",
    }
    for text in ("Jonas", "Aylin", "careful"):
        assert text not in there.requests[0].body.decode()

    answer = await house.browser(AYLIN).post(f"{KUDOS}/{kudos}/comments", json={"message": "Gladly."})
    await house.browser(JONAS).delete(f"{KUDOS}/{kudos}")
    await work()
    kinds = {verified(request, secret)["type"] for request in there.requests}
    assert kinds == {"kudos.delivered", "kudos.withdrawn"}, "what is gone is not commented on any more"
    assert answer.status_code == 201
    assert len({request.headers["webhook-id"] for request in there.requests}) == len(there.requests)


async def test_tried_again_under_the_same_id_and_replayed(house: House, there: Receiver, answers: Answers) -> None:
    endpoint, secret = await add(house, there)
    actor = await house.actor(TOMASZ)
    answers.statuses = [500, 302, 429]
    await house.give(JONAS, AYLIN)
    await deliver(house)
    for _hour in range(8):
        await work()
        house.clock.forward(15 * MINUTE)
    assert len(there.requests) == 4
    assert len({request.headers["webhook-id"] for request in there.requests}) == 1
    assert len({request.body for request in there.requests}) == 1
    assert len({request.headers["webhook-timestamp"] for request in there.requests}) == 4
    row = await database.fetch_one("SELECT id, state, attempts, status, milliseconds, error FROM delivery")
    assert row is not None
    assert tuple(row)[1:4] == ("delivered", 4, 204)
    assert (row["error"], row["milliseconds"] >= 0) == ("", True)

    assert await endpoints.replay(actor=actor, delivery_id=row["id"]) == endpoint
    with pytest.raises(Conflict):
        await endpoints.replay(actor=actor, delivery_id=row["id"])
    await work()
    assert len(there.requests) == 5
    verified(there.requests[-1], secret)
    assert there.requests[-1].headers["webhook-id"] == there.requests[0].headers["webhook-id"]
    with pytest.raises(NotFound):
        await endpoints.replay(actor=actor, delivery_id=NOBODY)


async def test_both_secrets_sign_for_a_day(house: House, there: Receiver) -> None:
    endpoint, old = await add(house, there)
    actor = await house.actor(TOMASZ)
    new = await endpoints.rotate_secret(actor=actor, endpoint_id=endpoint)
    await endpoints.send_test(actor=actor, endpoint_id=endpoint)
    await work()
    assert verified(there.requests[0], new, old)["type"] == "gearmesh.test"
    house.clock.forward(DAY)
    await endpoints.send_test(actor=actor, endpoint_id=endpoint)
    await work()
    verified(there.requests[1], new)


async def test_what_is_out_of_reach_for_a_day_is_switched_off(house: House, there: Receiver, answers: Answers) -> None:
    endpoint, _secret = await add(house, there)
    actor = await house.actor(TOMASZ)
    answers.statuses = [503] * 1_000
    await house.give(JONAS, AYLIN)
    house.clock.forward(61 * SECOND)
    await deliver_due()
    for _try in range(14):
        await work()
        house.clock.forward(80 * MINUTE)  # longer than any pause between two tries
    house.clock.forward(12 * HOUR)
    await house.give(JONAS, AYLIN)
    await deliver(house)
    await work()
    rows = await database.fetch("SELECT state, error, attempts FROM delivery ORDER BY id")
    assert (rows[0]["state"], rows[0]["error"]) == ("failed", "status_503")
    row = await database.fetch_one("SELECT disabled_at FROM endpoint")
    assert row is not None
    assert row["disabled_at"] is not None
    assert (await told())["Tomasz"] == ["endpoint"]
    with pytest.raises(Conflict):
        await endpoints.send_test(actor=actor, endpoint_id=endpoint)
    count = len(there.requests)
    await house.give(MIRIAM, AYLIN)
    await deliver(house)
    await work()
    assert len(there.requests) == count, "nothing is sent there any more"

    answers.statuses = [410]
    await endpoints.switch_endpoint(actor=actor, endpoint_id=endpoint, on=True)
    await endpoints.send_test(actor=actor, endpoint_id=endpoint)
    await work()
    row = await database.fetch_one("SELECT disabled_at, failures FROM endpoint")
    assert row is not None
    assert (row["disabled_at"] is not None, row["failures"]) == (True, 1), "410: gone for good"
    await endpoints.remove_endpoint(actor=actor, endpoint_id=endpoint)
    assert await database.fetch("SELECT 1 FROM delivery") == []


async def test_an_address_inside_the_house_is_refused_when_it_is_sent(house: House, there: Receiver) -> None:
    endpoint, _secret = await add(house, there)
    use_outside(Outside(Allowed(), BASE))
    await endpoints.send_test(actor=await house.actor(TOMASZ), endpoint_id=endpoint)
    await work()
    assert there.connections == 0
    row = await database.fetch_one("SELECT state, error FROM delivery")
    assert row is not None
    assert tuple(row) == ("failed", "address_refused")


async def test_what_cannot_be_added(house: House) -> None:
    use_outside(Outside())
    good: dict[str, Any] = {
        "channel": "webhook",
        "name": "Board",
        "url": "https://hooks.example.org/abc",
        "kinds": ["kudos.delivered"],
        "departments": [],
        "language": "de",
    }
    actor = await house.actor(TOMASZ)
    wrong: dict[str, list[Any]] = {
        "channel": ["fax", ""],
        "name": ["", " ", "x" * 81],
        "url": [
            *("", "hooks.example.org", "ftp://hooks.example.org/", "https://", "http://hooks.example.org/"),
            *("https://user:password@hooks.example.org/", "https://hooks.example.org/#x", "https://0x7f.1/"),
            *("https://2130706433/", "https://hooks.example.org:0/", "https://hooks.exämple/", "javascript:alert(1)"),
        ],
        "kinds": [[], ["session.opened"]],
        "departments": [[NOBODY], ["billing"]],
        "language": ["fr"],
    }
    for field, values in wrong.items():
        for value in values:
            with pytest.raises(Invalid) as caught:
                await endpoints.add_endpoint(actor=actor, **{**good, field: value})
            assert field in caught.value.fields, value
    await endpoints.add_endpoint(actor=actor, **good)


async def test_chats_of_chosen_departments(house: House, there: Receiver) -> None:
    await add(house, there, "slack", departments=[BILLING.id], kinds=[])
    await add(house, there, "teams", departments=[RADIOLOGY.id], kinds=[])
    await add(house, there, "mattermost", departments=[], kinds=[], language="de")
    words = "Danke **@Aylin Demir** für <!channel> & die *ruhige* Hand.\n\n@all [Link](https://evil.example)"
    kudos = await house.give(JONAS, AYLIN, message=words)
    await house.give(JONAS, AYLIN, private=True, message="Only between the two of us, thank you.")
    await house.give(JONAS, MIRIAM, message="From registration to registration, thank you.")
    await deliver(house)
    await run_due(KINDS)
    bodies = [json.loads(request.body) for request in there.requests]
    assert len(bodies) == 3, "Billing's chat one, radiology's none, the house's two"
    link = f"{BASE}/kudos/{kudos}"

    (slack,) = [body for body in bodies if "blocks" in body]
    assert slack["text"] == "Jonas Weber thanks Aylin Demir"
    title, said, more = slack["blocks"]
    assert title["text"] == {"type": "mrkdwn", "text": "*Jonas Weber thanks Aylin Demir*"}
    assert said["text"]["type"] == "plain_text"
    assert said["text"]["text"] == "Danke Aylin Demir für <!channel> & die ruhige Hand.\n\n@all Link"
    assert more["elements"][0]["text"] == f"<{link}|Read in Gearmesh>"

    chats = [body for body in bodies if "username" in body]
    assert len(chats) == 2
    text = next(body["text"] for body in chats if kudos in body["text"])
    assert text.startswith("**Jonas Weber dankt Aylin Demir**\n\n> Danke ")
    assert "\\<\\!channel\\>" in text
    assert "@all" not in text, "nobody is pinged"
    assert f"[In Gearmesh lesen]({link})" in text

    await house.give(JONAS, AYLIN, message="A second one, thank you very much.")
    house.clock.forward(61 * SECOND)
    await deliver_due()
    await tell_all()
    given = await database.fetch_one("SELECT id FROM kudos ORDER BY position DESC LIMIT 1")
    assert given is not None
    await house.browser(JONAS).delete(f"{KUDOS}/{given['id']}")
    await run_due(KINDS)
    assert len(there.requests) == 3, "taken back before it was sent"
    states = await database.fetch("SELECT state FROM delivery ORDER BY id DESC LIMIT 2")
    assert [row["state"] for row in states] == ["dropped", "dropped"]


async def test_a_card_for_teams(house: House, there: Receiver) -> None:
    endpoint, _secret = await add(house, there, "teams", departments=[], kinds=[], language="de")
    kudos = await house.give(JONAS, AYLIN, MIRIAM, message="Thank you for *everything*.\n\n# No heading")
    await deliver(house)
    await endpoints.send_test(actor=await house.actor(TOMASZ), endpoint_id=endpoint)
    await run_due(KINDS)
    bodies = [json.loads(request.body) for request in there.requests]
    for body in bodies:
        assert body["type"] == "message"
        (attachment,) = body["attachments"]
        assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
        card = attachment["content"]
        assert (card["type"], card["version"]) == ("AdaptiveCard", "1.4")
        assert all(block["type"] == "TextBlock" and block["wrap"] for block in card["body"])
    card = next(b for b in bodies if kudos in json.dumps(b))["attachments"][0]["content"]
    assert card["body"][0]["text"] == "Jonas Weber dankt Aylin Demir und Miriam Okafor"
    assert card["body"][1]["text"] == "Thank you for everything\\.\n\n\\# No heading"
    assert card["actions"] == [{"type": "Action.OpenUrl", "title": "In Gearmesh lesen", "url": f"{BASE}/kudos/{kudos}"}]


async def test_integrations_over_the_api(house: House, there: Receiver) -> None:
    admin = house.script(TOMASZ)
    body = {"channel": "webhook", "name": "Board", "kinds": ["kudos.delivered"]}
    body |= {"url": f"http://127.0.0.1:{there.port}/hook", "id": uuid7()}
    made = await admin.post(ENDPOINTS, json=body)
    assert made.status_code == 201, made.text
    endpoint, secret = made.json()["endpoint"], made.json()["secret"]
    assert (endpoint["id"], endpoint["host"]) == (body["id"], f"127.0.0.1:{there.port}")
    again = await admin.post(ENDPOINTS, json=body)
    assert (again.status_code, again.json()) == (200, made.json()), "the same again"
    refusal(await admin.post(ENDPOINTS, json={**body, "name": "Other"}), 409)
    assert refusal(await admin.post(ENDPOINTS, json={**body, "id": uuid7(), "kinds": ["nonsense"]}), 422).keys() == {
        "kinds"
    }
    path = f"{ENDPOINTS}/{endpoint['id']}"
    assert (await admin.get(ENDPOINTS)).json() == {"items": [endpoint]}
    assert (await admin.get(path)).json() == endpoint

    assert (await admin.post(f"{path}/test")).status_code == 204
    await work()
    verified(there.requests[0], secret)
    newer = (await admin.post(f"{path}/secret")).json()["secret"]
    (delivery,) = (await admin.get(f"{path}/deliveries")).json()["items"]
    assert (delivery["kind"], delivery["state"], delivery["status"]) == ("gearmesh.test", "delivered", 204)
    assert (await admin.post(f"/api/v1/deliveries/{delivery['id']}/replay")).status_code == 204
    await work()
    verified(there.requests[1], newer, secret)
    older = (await admin.get(f"{path}/deliveries", params={"before": delivery["id"]})).json()
    assert older == {"items": [], "next": None}

    assert (await admin.put(f"{path}/pause")).status_code == 204
    refusal(await admin.post(f"{path}/test"), 409)
    assert (await admin.get(path)).json()["disabled"]
    assert (await admin.delete(f"{path}/pause")).status_code == 204
    assert (await admin.delete(path)).status_code == 204
    for method, gone in (("GET", path), ("DELETE", path), ("GET", f"{path}/deliveries"), ("POST", f"{path}/secret")):
        refusal(await admin.request(method, gone), 404)


@pytest.fixture
def keys() -> Iterator[tuple[str, str]]:
    """Two keys, of which none is in use afterwards."""
    yield new_key(), new_key()
    use_sealing("")


async def test_secrets_are_sealed_where_there_is_a_key(house: House, there: Receiver, keys: tuple[str, str]) -> None:
    async def stored() -> list[str]:
        row = await database.fetch_one("SELECT secret, old_secret FROM endpoint")
        assert row is not None
        return [row["secret"], row["old_secret"]]

    async def signs_with(*secrets: str) -> None:
        await endpoints.send_test(actor=actor, endpoint_id=endpoint)
        await work()
        verified(there.requests[-1], *secrets)

    actor, (key, later) = await house.actor(TOMASZ), keys
    endpoint, first = await add(house, there)
    assert await stored() == [first, ""], "as it is: there is no key"
    use_sealing(key)
    await seal_all()
    second = await endpoints.rotate_secret(actor=actor, endpoint_id=endpoint)
    assert all(text.startswith("sealed:") for text in await stored())
    await signs_with(second, first)
    use_sealing(f"{later},{key}")
    await seal_all()
    use_sealing(later)
    await signs_with(second, first)

    use_sealing("")
    await endpoints.send_test(actor=actor, endpoint_id=endpoint)
    await work()
    assert len(there.requests) == 2, "nothing goes out unsigned"
    rows = await database.fetch("SELECT error FROM delivery WHERE state = 'failed'")
    assert [row["error"] for row in rows] == ["sealed"]
    third = await endpoints.rotate_secret(actor=actor, endpoint_id=endpoint)
    await signs_with(third)

    # The old secret's key is lost: the present one is sealed all the same, and goes on from key to key.
    use_sealing(key)
    await seal_all()
    assert [text[:7] for text in await stored()] == ["sealed:", ""]
    use_sealing(f"{later},{key}")
    await seal_all()
    use_sealing(later)
    await signs_with(third)


async def test_a_secret_that_cannot_be_shown_again(house: House, there: Receiver, keys: tuple[str, str]) -> None:
    admin, (key, other) = house.script(TOMASZ), keys
    use_sealing(key)
    body = {"channel": "webhook", "name": "Board", "kinds": ["kudos.delivered"], "id": uuid7()}
    body["url"] = f"http://127.0.0.1:{there.port}/hook"
    assert (await admin.post(ENDPOINTS, json=body)).status_code == 201
    use_sealing(other)
    again = await admin.post(ENDPOINTS, json=body)
    assert (again.status_code, "Make a new one" in again.json()["detail"]) == (409, True)
    assert (await admin.post(f"{ENDPOINTS}/{body['id']}/secret")).status_code == 201
    assert (await admin.post(ENDPOINTS, json=body)).status_code == 200


async def test_a_chats_address_is_sealed_like_a_secret(house: House, there: Receiver, keys: tuple[str, str]) -> None:
    async def address() -> str:
        (row,) = await database.fetch("SELECT url FROM endpoint")
        return str(row["url"])

    async def arrives() -> bool:
        before = len(there.requests)
        await endpoints.send_test(actor=actor, endpoint_id=chat)
        await work()
        return len(there.requests) > before

    actor, (key, later) = await house.actor(TOMASZ), keys
    chat, _none = await add(house, there, "slack", kinds=[])
    open_address = f"http://127.0.0.1:{there.port}/hook"
    assert await address() == open_address, "as it is: there is no key"
    for setting in (key, f"{later},{key}"):
        use_sealing(setting)
        await seal_all()
        assert (await address()).startswith("sealed:")
        assert await arrives()
    use_sealing(later)
    assert await arrives()
    path = f"{ENDPOINTS}/{chat}"
    assert (await house.script(TOMASZ).get(path)).json()["host"] == f"127.0.0.1:{there.port}"

    use_sealing(key)
    await seal_all()
    assert not await arrives()
    rows = await database.fetch("SELECT error FROM delivery WHERE state = 'failed'")
    assert [row["error"] for row in rows] == ["sealed"]
    assert (await house.script(TOMASZ).get(path)).json()["host"] == ""
    assert (await house.script(TOMASZ).delete(path)).status_code == 204
    await add(house, there, "teams", kinds=[])
    assert (await address()).startswith("sealed:")
