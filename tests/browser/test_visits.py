"""People live a programme on their phones: accept as two, hand over, object as a manager, repair, subscribe."""

import re
from collections.abc import Iterator

import httpx
import icalendar
import pytest
from playwright.async_api import expect

from tests.browser.conftest import Visit
from tests.browser.houses import House, open_house
from tests.browser.visitor import DESK, PHONE, Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A hospital of their own, where a minute is a second."""
    with open_house(tmp_path_factory.mktemp("hospital"), kudos=30, settings={"UNDO_SECONDS": "1"}) as opened:
        yield opened


async def _wait_for(visitor: Visitor, path: str, words: str) -> None:
    """What a job does shows after a moment."""
    for _again in range(40):
        await visitor.open(path)
        if words in await visitor.page.get_by_role("main").inner_text():
            return
        await visitor.page.wait_for_timeout(250)
    await expect(visitor.page.get_by_role("main")).to_contain_text(words)


async def test_from_two_answers_over_an_objection_to_a_repaired_plan(visit: Visit) -> None:
    aylin = await visit("Aylin Demir", "/rotations", device=PHONE)
    card = aylin.page.locator("article.visit-card").first
    await expect(card).to_contain_text("Patientenaufnahme")
    await expect(card).to_contain_text("Jobtausch mit Yusuf Kaya")
    await aylin.send(aylin.button("Ich komme", within=card))
    await expect(aylin.toast()).to_contain_text("Du wirst erwartet")
    await aylin.send(aylin.toast().get_by_role("button", name="Zurücknehmen"))
    await aylin.send(aylin.button("Ich komme", within=card))
    await expect(card).to_contain_text("zugesagt")

    jonas = await visit("Jonas Weber", "/rotations", device=PHONE, script=False)
    jonas.watch.expected = {422}
    card = jonas.page.locator("article.visit-card").first
    await card.locator("summary", has_text="Ich kann nicht").tap()
    await jonas.send(jonas.button("Ablehnen und mitteilen", within=card))
    await expect(card).to_contain_text("Sag in einem Satz, warum")
    await card.get_by_label("Grund").fill("In dieser Woche ist der Abschluss.")
    await jonas.send(jonas.button("Ablehnen und mitteilen", within=card))
    await expect(card).to_contain_text("In dieser Woche ist der Abschluss.")

    manager = await visit("Katharina Brandt", "/team/rotations", device=PHONE)
    await expect(manager.page.get_by_role("main")).to_contain_text("Aylin Demir")
    await manager.send(manager.page.get_by_role("link", name="Einwand …").first)
    case = manager.page.locator("form", has_text="Ablehnen").first
    await manager.press(case.locator("summary", has_text="Ablehnen"))
    await case.get_by_label("Grund").fill("Da sind wir zu wenige.")
    await manager.send(case.get_by_role("button", name="Ablehnen und mitteilen"))
    await _wait_for(aylin, "/rotations", "Da sind wir zu wenige.")

    hr = await visit("Nadine Vogt", "/programmes", device=DESK)
    await hr.send(hr.page.get_by_role("link", name="Aufnahme und Abrechnung"))
    programme = re.search(r"/programmes/([0-9a-f-]{36})", hr.page.url)
    assert programme is not None
    await hr.open(f"/programmes/{programme[1]}/repair")
    await expect(hr.page.get_by_role("main")).to_contain_text("Da sind wir zu wenige.")
    await expect(hr.page.get_by_role("main")).to_contain_text("In dieser Woche ist der Abschluss.")
    await hr.send(hr.button("Reparatur ausrechnen").first)
    await expect(hr.page.get_by_role("main")).to_contain_text("Besuche bleiben, wie sie sind")
    await hr.page.get_by_label("Führungskräfte").fill("")
    await hr.send(hr.button("Diese Reparatur veröffentlichen"))
    await expect(hr.page.get_by_role("main")).to_contain_text("Version 2")


async def test_a_calendar_subscribes_without_a_session(visit: Visit) -> None:
    yusuf = await visit("Yusuf Kaya", "/rotations", device=PHONE)
    await yusuf.send(yusuf.button("Kalender-Adresse erzeugen"))
    address = await yusuf.page.locator("code.once").inner_text()
    async with httpx.AsyncClient() as calendar:
        answer = await calendar.get(address)
    assert answer.status_code == 200
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert "Besuch: Abrechnung" in {str(event["summary"]) for event in events}
    await yusuf.open("/rotations")
    await yusuf.send(yusuf.button("Widerrufen"))
    async with httpx.AsyncClient() as calendar:
        assert (await calendar.get(address)).status_code == 404
