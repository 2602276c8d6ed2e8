"""The export of all that is stored about oneself."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import AsyncIterator
from typing import Any

import pytest

from api.core import database
from api.core.database import count_statements
from api.kudos import privacy
from api.privacy.registry import PARTS
from frontend.app import create_app
from tests.databases import Kind
from tests.support.house import KUDOS, House, open_house, refusal
from tests.support.organisation import AYLIN, BRITTA, HELENE, JONAS, KATHARINA, MIRIAM, Person


@pytest.fixture
async def house(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    async with open_house(kind, monkeypatch, create=create_app) as opened:
        yield opened


async def taken(house: House, person: Person, path: str = "/settings/data", language: str = "en") -> dict[str, str]:
    """The files of a person's export by name."""
    answer = await house.browser(person, **{"accept-language": language}).get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == 'attachment; filename="gearmesh-2026-03-02.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


async def test_everything_about_me_and_nothing_of_what_is_not_mine(house: House) -> None:
    given = await house.give(AYLIN, JONAS, message=f"Danke <b>dir</b>, @{MIRIAM.name} weiß es auch.")
    await house.give(JONAS, AYLIN, message="Unter uns beiden: großartig!", private=True)
    await house.give(MIRIAM, JONAS, message=f"Mit @{AYLIN.name} war es leicht.")
    await house.give(MIRIAM, JONAS, message="Nur Jonas soll das lesen: geheim.", private=True)
    hidden = await house.give(BRITTA, AYLIN, message="Das hier wird verborgen, für alle.")
    await house.browser(HELENE).put(f"{KUDOS}/{hidden}/hiding", json={"reason": "unpassend"})
    back = await house.give(KATHARINA, AYLIN, message="Das nehme ich zurück, gleich.")
    await house.browser(KATHARINA).delete(f"{KUDOS}/{back}")
    aylin = house.browser(AYLIN)
    await aylin.post(f"{KUDOS}/{given}/comments", json={"message": "Und noch etwas."})
    await aylin.post(f"{KUDOS}/{given}/reports", json={"reason": "Ich habe mich vertan."})

    files = await taken(house, AYLIN)
    assert sorted(await taken(house, AYLIN, "/api/v1/me/data")) == sorted(files)
    assert sorted(files) == [
        "index.html",
        *sorted(f"json/{part.name}.json" for part in PARTS),
    ]
    kudos: dict[str, Any] = json.loads(files["json/kudos.json"])
    assert [item["message"] for item in kudos["given"]] == [f"Danke <b>dir</b>, @{MIRIAM.name} weiß es auch."]
    assert [(item["from"], item["private"]) for item in kudos["received"]] == [(JONAS.name, True)]
    assert [item["message"] for item in kudos["mentioned"]] == [f"Mit @{AYLIN.name} war es leicht."]
    assert [item["message"] for item in kudos["comments"]] == ["Und noch etwas."]
    assert [item["reason"] for item in kudos["reports"]] == ["Ich habe mich vertan."]
    person = json.loads(files["json/person.json"])
    assert (person["email"], person["manager"]) == (AYLIN.email, KATHARINA.name)
    account = json.loads(files["json/account.json"])
    assert [session["agent"] for session in account["sessions"]] == ["Firefox"]
    assert "kudos.given" in [entry["kind"] for entry in account["activity"]]
    whole = "".join(files.values())
    for word in ("geheim", "verborgen", "zurück", AYLIN.cookie, AYLIN.token, "token_hash", "password_hash"):
        assert word not in whole, word
    page = files["index.html"]
    assert "&lt;b&gt;dir" in page
    assert "Unter uns beiden" in page
    assert "http" not in page  # nothing is loaded, nothing leads anywhere
    assert "Thanks you received" in page
    german = (await taken(house, AYLIN, language="de"))["index.html"]
    assert '<html lang="de">' in german
    assert "Dank an Dich" in german


async def test_it_is_read_in_pages(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(privacy, "_AT_ONCE", 3)
    for number in range(7):
        await house.give(AYLIN, JONAS, message=f"Danke für die Hilfe Nummer {number}.")
    given = (await privacy.about(AYLIN.id))["given"]
    assert [item["message"][-2] for item in given] == list("0123456")
    monkeypatch.setattr(privacy, "_AT_ONCE", 500)
    with count_statements() as counted:
        await privacy.about(AYLIN.id)
    assert counted.n <= 12


async def test_only_for_oneself_in_a_browser(house: House) -> None:
    assert refusal(await house.script(AYLIN).get("/api/v1/me/data"), 403) == {}
    assert refusal(await house.stranger().get("/api/v1/me/data"), 401) == {}
    assert (await house.stranger().get("/settings/data")).headers["location"].startswith("/sign-in")
    await taken(house, AYLIN)
    events = await database.fetch("SELECT actor_id FROM event WHERE kind = 'data.exported'")
    assert [event["actor_id"] for event in events] == [AYLIN.id]
