"""Erasing a person: what was planted is found nowhere, and everything still adds up."""

from __future__ import annotations

import io
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from api.core import database
from api.core.erasing import MARK
from api.core.jobs.worker import run_due
from api.core.mail import use_mail
from api.core.text import GONE, fold
from api.invitations import service as invitations
from api.invitations.rules import Purpose
from api.kudos.cards import cache
from api.privacy import jobs
from api.verify import verify
from api.work import KINDS
from frontend.app import create_app
from frontend.rendering import fragments
from tests.databases import Kind
from tests.support.house import KUDOS, House, open_house, refusal
from tests.support.organisation import (
    AYLIN,
    BILLING,
    BRITTA,
    CARE,
    HELENE,
    JONAS,
    KATHARINA,
    MIRIAM,
    NOBODY,
    TOMASZ,
    Person,
    add_person,
)
from tests.support.recount import counted, kept

ZOLTAN = Person(31, "Zoltan Quirrelmüller", BILLING, roles="hr", led_by=1)
REPORT = Person(32, "Pia Untergeben", BILLING, led_by=31)
RECEIVED = f"Danke, Zoltan! @{ZOLTAN.name} half. Quirrelmüllers Ruhe."
OTHER = "Auch ZOLTAN QUIRRELMUELLER half, und Quirrelmüller, Zoltan."
NAMES = ("zoltan", "quirrel")
WRITTEN = ("xyloplant", "komplant", "meldplant", "hideplant", "tokplant", "agentplant", "jobplant")


@pytest.fixture
async def house(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    async with open_house(kind, monkeypatch, create=create_app) as opened:
        await database.transact(_two_more)
        yield opened


async def _two_more() -> None:
    await add_person(ZOLTAN)
    await add_person(REPORT)


async def plant(house: House) -> dict[str, str]:
    """Traces of Zoltan wherever somebody can leave one; returns the ids of the kudos by what they are."""
    zoltan = house.browser(ZOLTAN)
    found = {
        "given": await house.give(ZOLTAN, JONAS, message="Danke für xyloplant, Jonas.", value=CARE),
        "secret": await house.give(ZOLTAN, JONAS, message="Unter uns: xyloplant.", private=True),
        "received": await house.give(AYLIN, ZOLTAN, message=RECEIVED),
        "other": await house.give(MIRIAM, JONAS, message=OTHER),
        "mail": await house.give(MIRIAM, JONAS, message=f"Schreibt an {ZOLTAN.email.upper()} wegen der Daten."),
        "hidden": await house.give(ZOLTAN, KATHARINA, message="Etwas, das xyloplant nennt."),
        "by_him": await house.give(BRITTA, KATHARINA, message="Etwas, das er verbirgt."),
    }
    for writer, text in ((zoltan, "komplant"), (house.browser(MIRIAM), f"Wie @{ZOLTAN.name} sagt, und Zoltan.")):
        answer = await writer.post(f"{KUDOS}/{found['received']}/comments", json={"message": text})
        assert answer.status_code == 201
    for reporter, kudos, reason in (
        (ZOLTAN, "other", "meldplant"),
        (MIRIAM, "given", f"Weil {ZOLTAN.name} das schrieb"),
    ):
        answer = await house.browser(reporter).post(f"{KUDOS}/{found[kudos]}/reports", json={"reason": reason})
        assert answer.status_code == 201
    for moderator, kudos, reason in ((HELENE, "hidden", f"{ZOLTAN.name} hideplant"), (ZOLTAN, "by_him", "hideplant")):
        answer = await house.browser(moderator).put(f"{KUDOS}/{found[kudos]}/hiding", json={"reason": reason})
        assert answer.status_code == 204
    await zoltan.put(f"{KUDOS}/{found['other']}/reactions/strong")
    award: dict[str, Any] = {"name_en": f"The {ZOLTAN.name} prize", "text_de": f"An {ZOLTAN.email}.", "points": 9}
    made = await house.browser(HELENE).post("/api/v1/awards", json=award)
    assert made.status_code == 201, made.text
    changed = {**award, "text_en": "As QUIRRELMÜLLER, Zoltan did.", "version": made.json()["version"]}
    answer = await house.browser(HELENE).put(f"/api/v1/awards/{made.json()['id']}", json=changed)
    assert answer.status_code == 200, answer.text
    await zoltan.post("/api/v1/tokens", json={"name": "tokplant", "scopes": ["kudos:read"]})
    await database.execute("UPDATE session SET agent = 'agentplant' WHERE person_id = {}", ZOLTAN.id)
    await database.execute("UPDATE person SET job_de = 'jobplant', job_en = 'jobplant' WHERE id = {}", ZOLTAN.id)
    await database.execute("UPDATE department SET manager_id = {} WHERE id = {}", ZOLTAN.id, BILLING.id)
    await invitations.make_link(person_id=ZOLTAN.id, purpose=Purpose.INVITATION)
    await invitations.make_link(person_id=JONAS.id, purpose=Purpose.INVITATION, made_by=ZOLTAN.id)
    await house.stranger().post("/sign-in", data={"email": ZOLTAN.email, "password": "wrong"})
    await house.feed(AYLIN)  # cards are kept
    assert (await house.browser(AYLIN).get("/")).status_code == 200  # and rendered ones
    return found


async def everything() -> list[str]:
    """Every column of every table, as text."""
    tables = await database.fetch(
        database.sql(
            sqlite="SELECT name FROM sqlite_master WHERE type = 'table'",
            postgres="SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
        )
    )
    rows = []
    for table in tables:
        text = database.sql(sqlite="*", postgres="t::text")
        rows += [
            f"{table['name']} {tuple(row)}" for row in await database.fetch(f'SELECT {text} FROM "{table["name"]}" t')
        ]
    return rows


def files(house: House) -> str:
    """The raw bytes of a SQLite database, free pages, log and all."""
    path = Path(house.url.removeprefix("sqlite:///"))
    found = [Path(f"{path}{end}") for end in ("", "-wal", "-shm")]
    return "".join(file.read_bytes().decode("utf-8", "replace") for file in found if file.exists())


def traces(text: str) -> set[str]:
    folded = fold(text)
    return {word for word in (*NAMES, *WRITTEN) if word in folded}


async def erase(house: House, person: Person = ZOLTAN, by: Person = HELENE, name: str | None = None) -> Any:
    return await house.browser(by).post(
        f"/api/v1/people/{person.id}/erasure", json={"name": person.name if name is None else name}
    )


def unpacked(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


async def shown_to(house: House, reader: Person) -> str:
    """All that the product shows this reader that could name him."""
    browser = house.browser(reader, **{"accept-language": "en"})
    paths = [
        *(
            f"{KUDOS}?limit=50",
            f"{KUDOS}?q=zoltan",
            f"{KUDOS}?q=xyloplant",
            "/api/v1/people?q=zoltan",
            "/api/v1/reports",
        ),
        *("/", f"/people/{ZOLTAN.id}", f"/people/{ZOLTAN.id}?show=given", f"/departments/{BILLING.id}", "/reports"),
        *(f"/people/{JONAS.id}", "/people/suggestions?q=quirrel", "/settings/data"),
    ]
    texts = []
    for path in paths:
        answer = await browser.get(path)
        refused = path.endswith("/reports") and reader is not HELENE
        assert answer.status_code == (403 if refused else 200), (path, answer.text)
        texts.append(unpacked(answer.content) if path == "/settings/data" else answer.text)
    return "\n".join(texts)


async def test_what_was_planted_is_found_nowhere(house: House) -> None:
    found = await plant(house)
    before = await kept()
    assert traces("\n".join(await everything())) == {*NAMES, *WRITTEN}
    if house.kind == "sqlite":
        assert traces(files(house)) == {*NAMES, *WRITTEN}
    assert {*NAMES, "xyloplant"} <= traces(await shown_to(house, JONAS))

    answer = await erase(house)
    assert answer.status_code == 204, answer.text
    at_once = [row for row in await everything() if not row.startswith("kudos_search_data ")]
    assert traces("\n".join(at_once)) == set()
    await run_due(KINDS)
    assert traces("\n".join(await everything())) == set()
    if house.kind == "sqlite":
        assert traces(files(house)) == set()
    for reader in (AYLIN, JONAS, MIRIAM, HELENE, TOMASZ):
        assert traces(await shown_to(house, reader)) == set(), reader.name
    for kept_in_memory in (cache._cards, fragments._made):
        texts = [str(key) + (str(getattr(value, "card", "")) or str(value)) for key, value in kept_in_memory.items()]
        assert traces("".join(texts)) == set()

    # Counts stay, everything adds up, and the others' words are whole apart from his name.
    assert await kept() == before == await counted()
    assert [outcome.says async for outcome in verify() if outcome.broken] == []
    seen = await house.seen(JONAS, found["given"])
    assert (seen["giver"]["name"], seen["giver"]["initials"]) == ("Former colleague", "–")
    assert (seen["message"], seen["message_html"]) == (MARK, "<p><em>(erased)</em></p>")
    received = await house.seen(AYLIN, found["received"])
    assert received["message"] == f"Danke, {MARK}! {MARK} half. {MARK} Ruhe."
    assert [comment["message_html"] for comment in received["comments"]] == [
        "<p><em>(erased)</em></p>",
        "<p>Wie <em>(erased)</em> sagt, und <em>(erased)</em>.</p>",
    ]
    other = await house.seen(AYLIN, found["other"])
    assert other["message"] == f"Auch {MARK} half, und {MARK}."
    assert other["counts"]["strong"] == 1
    assert (await house.seen(AYLIN, found["mail"]))["message"] == f"Schreibt an {MARK} wegen der Daten."
    german = house.browser(AYLIN, **{"accept-language": "de"})
    assert "Ehemalige Kollegin, ehemaliger Kollege" in (await german.get("/")).text
    assert "(gelöscht)" in (await german.get("/")).text
    assert found["other"] in await house.feed(AYLIN, q="auch half")  # still found by what is left


async def test_nobody_comes_back(house: House) -> None:
    await invitations.make_link(person_id=ZOLTAN.id, purpose=Purpose.INVITATION)
    assert (await erase(house)).status_code == 204
    assert (await house.browser(ZOLTAN).get("/api/v1/me")).status_code == 401
    assert (await house.script(ZOLTAN).get("/api/v1/me")).status_code == 401
    assert await database.fetch("SELECT 1 FROM link WHERE person_id = {}", ZOLTAN.id) == []
    report = await database.fetch_one("SELECT manager_id FROM person WHERE id = {}", REPORT.id)
    assert report is not None
    assert report["manager_id"] == KATHARINA.id
    events = await database.fetch("SELECT actor_id, detail FROM event WHERE kind = 'person.erased'")
    assert [tuple(event) for event in events] == [(HELENE.id, "")]
    assert (await erase(house)).status_code == 404  # once
    use_mail(None)
    assert (await house.browser(TOMASZ).post(f"/people/{ZOLTAN.id}/invite")).status_code == 404
    given = await house.browser(AYLIN).post(KUDOS, json={"recipients": [ZOLTAN.id], "message": "Danke für alles."})
    assert "recipients" in refusal(given, 422)


async def test_no_change_is_taken_back_into_what_is_left(house: House) -> None:
    await house.give(MIRIAM, JONAS, message=f"Danke auch an {ZOLTAN.name}, wie er damals hieß.")
    hr = house.browser(HELENE)
    version = (await hr.get(f"/api/v1/people/{ZOLTAN.id}/record")).json()["version"]
    new = {"name": "Zoltan Anders", "version": version}
    answer = await hr.patch(f"/api/v1/people/{ZOLTAN.id}", json=new)
    assert answer.status_code == 200, answer.text
    changes = await database.fetch("SELECT id FROM change WHERE subject_id = {} ORDER BY id", ZOLTAN.id)
    assert changes
    assert (await erase(house, name="Zoltan Anders")).status_code == 204
    for row in await database.fetch("SELECT id FROM change WHERE subject_id = {}", ZOLTAN.id):
        assert (await hr.post(f"/api/v1/changes/{row['id']}/undo")).status_code == 409
    assert (await hr.get(f"/api/v1/people/{ZOLTAN.id}/record")).status_code == 404
    assert (await hr.patch(f"/api/v1/people/{ZOLTAN.id}", json=new)).status_code == 404
    assert (await hr.delete(f"/api/v1/people/{ZOLTAN.id}/leaving")).status_code == 404
    everybody = await hr.get("/api/v1/people/records", params={"which": "all"})
    assert everybody.status_code == 200
    assert ZOLTAN.id not in everybody.text
    assert traces("\n".join(row for row in await everything() if not row.startswith("kudos_search_data "))) == set()


async def test_who_may_erase_whom(house: House) -> None:
    assert "name" in refusal(await erase(house, name="Zoltan"), 422)
    assert "name" in refusal(await erase(house, name=""), 422)
    for by in (AYLIN, KATHARINA, BRITTA):
        assert (await erase(house, by=by)).status_code == 403
    assert (await erase(house, HELENE, by=HELENE)).status_code == 409
    assert (await erase(house, TOMASZ, by=HELENE)).status_code == 403
    token = await house.script(HELENE).post(f"/api/v1/people/{ZOLTAN.id}/erasure", json={"name": ZOLTAN.name})
    assert token.status_code == 403
    for nobody in (NOBODY, "x"):
        answer = await house.browser(HELENE).post(f"/api/v1/people/{nobody}/erasure", json={"name": "x"})
        assert answer.status_code == 404
    assert (await erase(house, name=" zoltan  QUIRRELMÜLLER ")).status_code == 204


async def test_a_mention_of_nobody_can_be_edited(house: House) -> None:
    kudos = await house.give(MIRIAM, JONAS, message=f"Auch {ZOLTAN.name} half sehr.")
    assert (await erase(house)).status_code == 204
    page = await house.browser(MIRIAM).get(f"/kudos/{kudos}/edit")
    assert "Auch … half sehr." in page.text
    assert GONE not in page.text


async def test_a_large_file_is_rewritten_at_night(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "LARGE", 0)
    assert (await erase(house)).status_code == 204
    await run_due(KINDS)
    waiting = await database.fetch("SELECT run_at, detail FROM job WHERE kind = 'privacy.scrub' AND state = 'waiting'")
    if house.kind == "postgres":
        assert waiting == []
        return
    assert [(row["detail"], row["run_at"] // 3_600_000_000 % 24) for row in waiting] == [("night", 3)]
    house.clock.forward(24 * 3_600_000_000)
    await run_due(KINDS)
    assert await database.fetch("SELECT 1 FROM job WHERE kind = 'privacy.scrub' AND state <> 'done'") == []
