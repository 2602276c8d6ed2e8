"""From an invitation to the first thank-you, a forgotten password, and being erased."""

from __future__ import annotations

import re
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Visit
from tests.browser.houses import House, load_house, open_house
from tests.browser.test_accessibility import violations
from tests.browser.visitor import DESK, PHONE, Device, Visitor, address_of
from tests.support.mail import Inbox, open_inbox, text_of

pytestmark = pytest.mark.asyncio(loop_scope="session")

INVITED, FORGETFUL = "Grete Paulsen", "Luca Moretti"
PASSWORD = "ein Satz, den ich mir merke"


@pytest.fixture(scope="module")
def inbox() -> Iterator[Inbox]:
    with open_inbox() as opened:
        yield opened


@pytest.fixture(scope="module")
def post_house(tmp_path_factory: pytest.TempPathFactory, inbox: Inbox) -> Iterator[House]:
    """A hospital that sends e-mail, and where somebody has yet to come in."""
    folder = tmp_path_factory.mktemp("post")
    load_house(folder, kudos=60)
    _forget_password(folder)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {
        "MAIL_URL": f"smtp://127.0.0.1:{inbox.port}",
        "MAIL_FROM": "Gearmesh <thanks@lindenhof.example>",
        "BASE_URL": f"http://127.0.0.1:{port}",
    }
    with open_house(folder, kudos=60, port=port, settings=settings) as opened:
        yield opened


@pytest.fixture
def house(post_house: House) -> House:
    return post_house


def _forget_password(folder: Path) -> None:
    connection = sqlite3.connect(folder / "gearmesh.db")
    connection.execute("UPDATE person SET password_hash = '' WHERE email = ?", (address_of(INVITED),))
    connection.commit()
    connection.close()


async def link_in_mail(visitor: Visitor, inbox: Inbox, name: str, count: int = 1) -> str:
    """Wait for the latest e-mail to somebody; returns the path that its link leads to."""
    for _look in range(100):
        if inbox.recipients.count(address_of(name)) >= count:
            break
        await visitor.page.wait_for_timeout(100)
    mail = [mail for mail in inbox.mails if mail["To"] == address_of(name)][-1]
    found = re.search(r"/(?:welcome|new-password)/\S+", text_of(mail))
    assert found is not None
    return found[0]


@pytest.mark.parametrize(("device", "script"), [(PHONE, False)], ids=["phone without script"])
async def test_from_an_invitation_to_the_first_thanks(visit: Visit, inbox: Inbox, device: Device, script: bool) -> None:
    hr = await visit("Nadine Vogt", "/invitations", device=device, script=script)
    await expect(hr.page.locator("main")).to_contain_text("1 Person hat noch kein Passwort.")
    await hr.send(hr.button("1 Person einladen"))
    link = await link_in_mail(hr, inbox, INVITED)

    grete = await visit(at=link, device=device, script=script, locale="de")
    await expect(grete.page.get_by_role("heading", level=1)).to_have_text("Willkommen, Grete.")
    grete.watch.expected = {422}
    await grete.page.get_by_label("Neues Passwort").fill("kurz")
    await grete.send(grete.button("Loslegen"))
    await expect(grete.page.get_by_label("Neues Passwort")).to_have_attribute("aria-invalid", "true")
    await grete.page.get_by_label("Neues Passwort").fill(PASSWORD)
    await grete.send(grete.button("Loslegen"))
    await expect(grete.page.get_by_role("status")).to_contain_text("Schön, dass Du da bist, Grete.")

    await grete.add_recipients(["Aylin Demir"])
    words = "Du hast mir am ersten Tag gezeigt, wo alles liegt. So kam ich gleich an die Arbeit."
    await grete.page.locator("#words").fill(words)
    await grete.send(grete.button("Dank senden"))
    await expect(grete.letter(words)).to_be_visible()

    again = await visit(device=device, script=script, locale="de")
    again.watch.expected = {404}
    await again.open(link)
    await expect(again.page.get_by_role("heading", level=1)).to_have_text("Dieser Link gilt nicht mehr")


async def test_a_forgotten_password(visit: Visit, inbox: Inbox) -> None:
    luca = await visit(at="/sign-in", locale="en")
    await luca.press(luca.page.locator("summary", has_text="Sign in with e-mail"))
    await luca.send(luca.page.get_by_role("link", name="Forgot your password?"))
    await luca.page.get_by_label("E-mail").fill(address_of(FORGETFUL))
    await luca.send(luca.button("Send me a link"))
    await expect(luca.page.get_by_role("status")).to_contain_text(address_of(FORGETFUL))
    await luca.open(await link_in_mail(luca, inbox, FORGETFUL))
    assert await violations(luca, "new password") == []
    await luca.page.get_by_label("New password").fill(PASSWORD)
    await luca.send(luca.button("Use this password"))
    await expect(luca.toast()).to_contain_text(re.compile("new password|neues Passwort"))


async def test_somebody_is_erased(visit: Visit) -> None:
    writer = await visit("Inês Cordeiro")
    words = "Dein Plan für die Nachtdienste hält, seit Monaten."
    path = "/kudos/" + await writer.thank(words, "Nadine Vogt")
    hr = await visit("Nadine Vogt", path, device=DESK)
    hr.watch.expected = {422}
    person = await hr.id_of("Inês Cordeiro")
    await hr.open(f"/people/{person}")
    await hr.send(hr.page.get_by_role("link", name="Löschen", exact=True))
    assert await violations(hr, "erase") == []
    name = hr.page.get_by_label(re.compile("Tippe zur Bestätigung"))
    await name.fill("Inês")
    await hr.send(hr.button("Endgültig löschen"))
    await expect(name).to_have_attribute("aria-invalid", "true")
    await name.fill("Inês Cordeiro")
    await hr.send(hr.button("Endgültig löschen"))
    await expect(hr.page.get_by_role("heading", level=1)).to_have_text("Ehemalige Kollegin, ehemaliger Kollege")
    await hr.open(path)
    letter = hr.page.locator("article.card").first
    await expect(letter).to_contain_text("(gelöscht)")
    await expect(hr.page.locator("body")).not_to_contain_text("Inês")
    await expect(hr.page.locator("body")).not_to_contain_text(words)
    await writer.page.goto(writer.url + "/settings")
    await expect(writer.page).to_have_url(re.compile("/sign-in"))
