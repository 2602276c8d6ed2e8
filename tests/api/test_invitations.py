"""Invitations and forgotten passwords: one link, one use, for one person; nobody learns who is here."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from api.core import database
from api.core.clock import DAY, HOUR
from api.core.database import count_statements
from api.core.errors import NotFound, TooMany
from api.core.jobs.worker import run_due
from api.core.mail import use_mail
from api.invitations import jobs, queries, service
from api.invitations.jobs import KINDS
from api.invitations.rules import Purpose
from frontend.app import create_app
from tests.databases import Kind
from tests.support.house import House, open_house, refusal
from tests.support.mail import Inbox, open_inbox, text_of
from tests.support.organisation import AYLIN, BRITTA, HELENE, JONAS, MIRIAM, NOBODY, OSKAR, PEOPLE, TOMASZ, Person

PASSWORD = "ein kurzer Satz reicht"
INVITED = Purpose.INVITATION
FORGOTTEN = Purpose.PASSWORD


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with open_inbox() as opened:
        yield opened


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    async def quick(password: str) -> str:
        await asyncio.sleep(0.01)
        return f"hash of {password}"

    monkeypatch.setattr(service, "hash_password", quick)


@pytest.fixture
async def house(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    async with open_house(kind, monkeypatch, create=create_app) as opened:
        yield opened


def link_in(text: str) -> tuple[str, str]:
    """(path, token) of the only link of ours in a text."""
    found = set(re.findall(r"http://gearmesh\.test(/(?:welcome|new-password)/([\w-]{43}))", text))
    assert len(found) == 1, text
    path, token = found.pop()
    return path, token


async def come_in(token: str, purpose: Purpose = INVITED, password: str = PASSWORD) -> str:
    return await service.come_in(
        token=token, purpose=purpose, password=password, agent="Firefox", old_cookie="", keep_days=30
    )


async def stored_password(person: Person) -> str:
    row = await database.fetch_one("SELECT password_hash FROM person WHERE id = {}", person.id)
    assert row is not None
    return str(row[0])


async def test_from_the_invitation_to_being_in(house: House, inbox: Inbox) -> None:
    use_mail(inbox.settings)
    path = f"/api/v1/people/{JONAS.id}/invitation"
    hr = house.browser(HELENE)
    answer = await hr.post(path)
    assert (answer.status_code, answer.json()["waiting"]) == (202, True)
    await hr.post(path)  # impatient: still one e-mail
    await run_due(KINDS)
    (mail,) = inbox.mails
    assert inbox.recipients == [JONAS.email]
    page, token = link_in(text_of(mail))
    assert link_in(text_of(mail, "html")) == (page, token)
    assert mail["X-Gearmesh-Id"] in mail["Message-ID"]
    for table in ("link", "job", "event"):  # what opens an account is nowhere
        assert token not in str([tuple(row) for row in await database.fetch(f"SELECT * FROM {table}")])

    stranger = house.stranger()
    for _scanner in range(3):  # a GET or HEAD uses nothing up
        looked = await stranger.get(page)
        assert looked.status_code == 200
        assert looked.headers["cache-control"] == "no-store"
        assert looked.headers["referrer-policy"] == "same-origin"
        assert JONAS.email in looked.text
    for password, problem in (("kurz", 422), (JONAS.email, 422)):
        tried = await stranger.post(page, data={"password": password})
        assert tried.status_code == problem
        assert 'aria-invalid="true"' in tried.text
    done = await stranger.post(page, data={"password": PASSWORD})
    assert (done.status_code, done.headers["location"]) == (303, "/give?first=1")
    cookie = done.cookies["gearmesh_session"]
    assert JONAS.given_name in (await house.stranger(cookie=f"gearmesh_session={cookie}").get("/give?first=1")).text
    assert await stored_password(JONAS) == f"hash of {PASSWORD}"

    again = await house.stranger().post(page, data={"password": "ein anderer Satz"})
    assert again.status_code == 404
    assert "used" in again.text
    assert await stored_password(JONAS) == f"hash of {PASSWORD}"
    assert refusal(await hr.post(path), 409) == {}
    found = (await hr.get(path)).json()
    assert (found["has_password"], found["waiting"], found["works_until"]) == (True, False, None)


async def test_a_link_is_for_one_person_one_purpose_one_use_and_a_while(house: House) -> None:
    token = await service.make_link(person_id=JONAS.id, purpose=INVITED)
    for wrong, purpose in ((token, FORGOTTEN), (token[:-1], INVITED), (token + "A", INVITED), ("", INVITED)):
        with pytest.raises(NotFound):
            await come_in(wrong, purpose)
    # Two at once: one is in.
    tries = await asyncio.gather(
        *(come_in(token, password=f"Passwort Nr. {n}") for n in range(8)), return_exceptions=True
    )
    assert sorted(type(outcome).__name__ for outcome in tries) == ["NotFound"] * 7 + ["str"]

    late = await service.make_link(person_id=MIRIAM.id, purpose=FORGOTTEN)
    house.clock.forward(HOUR + 1)
    with pytest.raises(NotFound):
        await come_in(late, FORGOTTEN)
    old = await service.make_link(person_id=MIRIAM.id, purpose=INVITED)
    house.clock.forward(13 * DAY)
    newer = await service.make_link(person_id=MIRIAM.id, purpose=INVITED)
    await come_in(old)  # both e-mails lie in the mailbox: either works, and then neither
    with pytest.raises(NotFound):
        await come_in(newer)

    gone = await service.make_link(person_id=OSKAR.id, purpose=INVITED)  # has left
    with pytest.raises(NotFound):
        await come_in(gone)


async def test_a_new_password_ends_every_session(house: House, inbox: Inbox) -> None:
    use_mail(inbox.settings)
    await database.execute("UPDATE person SET password_hash = 'old', language = 'de' WHERE id = {}", AYLIN.id)
    stranger = house.stranger()
    await stranger.post("/forgotten-password", data={"email": f" {AYLIN.email.upper()} "})
    await run_due(KINDS)
    page, _token = link_in(text_of(inbox.mails[0]))
    assert inbox.mails[0]["Subject"] == "Neues Passwort für Gearmesh wählen"
    assert (await house.browser(AYLIN).get("/api/v1/me")).status_code == 200
    done = await stranger.post(page, data={"password": PASSWORD})
    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert (await house.browser(AYLIN).get("/api/v1/me")).status_code == 401
    assert await stored_password(AYLIN) == f"hash of {PASSWORD}"
    count = await database.fetch_one("SELECT COUNT(*) AS n FROM session WHERE person_id = {}", AYLIN.id)
    assert count is not None
    assert count["n"] == 1


async def test_nobody_learns_who_is_here(house: House, inbox: Inbox) -> None:
    use_mail(inbox.settings)
    seen = []
    for email in (AYLIN.email, OSKAR.email, "nobody@hospital.example"):
        with count_statements() as counted:
            answer = await house.stranger().post("/forgotten-password", data={"email": email})
        seen.append((answer.status_code, answer.text.replace(email, "…"), counted.n, sorted(answer.headers)))
    assert seen[0] == seen[1] == seen[2]
    await run_due(KINDS)
    assert inbox.recipients == [AYLIN.email]


async def test_asking_too_often_rests_for_known_and_unknown_alike(house: House, inbox: Inbox) -> None:
    use_mail(inbox.settings)
    for email in (AYLIN.email, "nobody@hospital.example"):
        statuses = [
            (await house.stranger().post("/forgotten-password", data={"email": email})).status_code for _ in range(6)
        ]
        assert statuses == [200] * 5 + [429]
    for number in range(60):
        try:
            await service.ask_for_password(email=f"a{number}@b.example", network="192.0.2.7")
        except TooMany:
            break
    assert number == 50
    page = await house.stranger().post("/forgotten-password", data={"email": "no address"})
    assert page.status_code == 422


async def test_everybody_is_invited_once(house: House, inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    use_mail(inbox.settings)
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    await database.execute("UPDATE person SET password_hash = 'x' WHERE id IN ({}, {})", HELENE.id, TOMASZ.id)
    await service.invite(actor=await house.actor(HELENE), person_id=JONAS.id)
    admin = house.browser(TOMASZ)
    assert (await admin.get("/api/v1/invitations")).json()["without_password"] == 5
    answers = await asyncio.gather(*(admin.post("/api/v1/invitations") for _ in range(3)))
    assert {answer.status_code for answer in answers} == {202}
    await run_due(KINDS)
    await admin.post("/api/v1/invitations")
    await run_due(KINDS)
    expected = [p.email for p in PEOPLE if p.active and p not in (HELENE, TOMASZ)]
    assert sorted(inbox.recipients) == sorted(expected)
    assert len({link_in(text_of(mail))[1] for mail in inbox.mails}) == len(expected)
    assert (await queries.invitations()).open == 0

    house.clock.forward(15 * DAY)  # who let it run out can be invited once more
    assert (await queries.invitations()).open == len(expected)


async def test_a_failing_mail_server_leaves_no_link_behind(house: House, inbox: Inbox) -> None:
    use_mail(inbox.settings)
    inbox.refuse_mail = "451 later"
    await service.invite(actor=await house.actor(HELENE), person_id=JONAS.id)
    await run_due(KINDS)
    assert await database.fetch("SELECT 1 FROM link") == []
    inbox.refuse_mail = ""
    house.clock.forward(HOUR)
    await run_due(KINDS)
    assert inbox.recipients == [JONAS.email]


async def test_without_mail_a_link_is_handed_over(house: House) -> None:
    use_mail(None)
    hr, admin = house.browser(HELENE), house.browser(TOMASZ)
    for path in (f"/api/v1/people/{JONAS.id}/invitation", "/api/v1/invitations"):
        assert refusal(await hr.post(path), 409) == {}
    assert "administrator" in (await house.stranger().get("/forgotten-password")).text
    await house.stranger().post("/forgotten-password", data={"email": JONAS.email})
    assert await database.fetch("SELECT 1 FROM job") == []

    shown = await hr.post(f"/people/{JONAS.id}/invite")
    page, token = link_in(shown.text)
    assert page.startswith("/welcome/")
    assert token not in (await hr.get(f"/people/{JONAS.id}/invite")).text  # this once
    assert (await house.stranger().post(page, data={"password": PASSWORD})).status_code == 303

    # An account that is somebody's already, or an administrator's, is opened by administrators only.
    for person in (JONAS, TOMASZ):
        assert (await hr.post(f"/people/{person.id}/invite")).status_code == 403
    page, token = link_in((await admin.post(f"/people/{JONAS.id}/invite")).text)
    assert page.startswith("/new-password/")
    house.clock.forward(DAY - HOUR)
    await come_in(token, FORGOTTEN)
    for person_id in (OSKAR.id, NOBODY):
        assert (await admin.post(f"/people/{person_id}/invite")).status_code == 404
    for person in (BRITTA, AYLIN):
        assert (await house.browser(person).post(f"/people/{MIRIAM.id}/invite")).status_code == 403


async def test_who_is_yet_to_come_in_is_listed_a_page_at_a_time(house: House) -> None:
    use_mail(None)
    await database.execute("UPDATE person SET password_hash = 'x' WHERE id = {}", AYLIN.id)
    awaited = [person for person in PEOPLE if person not in (AYLIN, OSKAR)]
    await service.hand_over_link(actor=await house.actor(TOMASZ), person_id=awaited[0].id)
    first = await queries.awaited("en", limit=4)
    rest = await queries.awaited("en", after=first.next, limit=4)
    assert [one.person.id for one in (*first.items, *rest.items)] == [person.id for person in awaited]
    assert [one.invited_at is not None for one in first.items] == [True, False, False, False]
    assert rest.next is None
    page = (await house.browser(HELENE).get("/invitations")).text
    assert [person for person in PEOPLE if f"/people/{person.id}/invite" in page] == awaited
    for person, told in ((HELENE, False), (TOMASZ, True)):
        assert ("GEARMESH_MAIL_URL" in (await house.browser(person).get("/invitations")).text) is told
    assert (await house.browser(HELENE).get("/invitations?after=1")).status_code == 422


async def test_with_mail_nobody_sees_a_link(house: House, inbox: Inbox) -> None:
    use_mail(inbox.settings)
    answer: httpx.Response = await house.browser(TOMASZ).post(f"/people/{JONAS.id}/invite")
    assert answer.status_code == 303
    await run_due(KINDS)
    assert inbox.recipients == [JONAS.email]
    assert "welcome/" not in (await house.browser(TOMASZ).get(f"/people/{JONAS.id}/invite")).text
