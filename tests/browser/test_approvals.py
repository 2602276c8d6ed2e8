"""A manager decides on the phone, in one tap; a deputy does it for her; a proposal becomes an award; a budget ends."""

import re
from collections.abc import Iterator

import pytest
from playwright.async_api import Locator, expect

from tests.browser.conftest import WAYS, Visit
from tests.browser.houses import House, open_house
from tests.browser.visitor import DESK, PHONE, Device, Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

MANAGER, HR = "Katharina Brandt", "Nadine Vogt"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A hospital of their own, where a minute is three seconds."""
    with open_house(tmp_path_factory.mktemp("hospital"), kudos=60, settings={"UNDO_SECONDS": "3"}) as opened:
        yield opened


async def propose(visitor: Visitor, person: str, words: str) -> None:
    """A proposal over the pages' form, without a look at it."""
    award = (await visitor.ask("/api/v1/awards"))["items"][0]["id"]
    body = {"programme": award, "person": await visitor.id_of(person), "message": words}
    origin = {"Origin": visitor.url, "Sec-Fetch-Site": "same-origin"}
    answer = await visitor.page.context.request.post(visitor.url + "/api/v1/nominations", data=body, headers=origin)
    assert answer.status == 201, await answer.text()


def case(visitor: Visitor, words: str) -> Locator:
    return visitor.page.locator("article.case", has_text=words)


async def granted(visitor: Visitor, words: str) -> None:
    """Wait until it stands in the feed."""
    for _again in range(20):
        await visitor.open("/")
        if await visitor.letter(words).count():
            break
        await visitor.page.wait_for_timeout(500)
    await expect(visitor.letter(words)).to_contain_text("Über den Tellerrand, 300 Punkte")


@WAYS
async def test_from_a_proposal_to_an_award_by_one_tap_with_undo(visit: Visit, device: Device, script: bool) -> None:
    words = f"Die Übergabe ist neu geschrieben und hält, {device.name} {script}."
    person = "Jonas Weber" if device.phone else "Renate Oswald"
    giver = await visit("Tomasz Nowak", "/awards", device=device, script=script)
    await giver.send(giver.page.get_by_role("link", name="Jemanden vorschlagen").first)
    if script:
        await giver.page.locator("#person").press_sequentially(person.split()[0])
        await giver.press(giver.page.get_by_role("option", name=person))
    else:
        await giver.page.locator("#person").fill(person)
    await giver.page.get_by_label("Was hat die Person getan").fill(words)
    await giver.send(giver.button("Vorschlagen"))
    await expect(giver.toast()).to_contain_text("Vorgeschlagen.")

    manager = await visit(MANAGER, "/approvals", device=device, script=script)
    waiting = case(manager, words)
    await expect(waiting.get_by_role("img")).to_have_accessible_name(re.compile("ausgegeben, 300 hierfür"))
    await manager.send(waiting.get_by_role("button", name="Freigeben"))
    await expect(manager.toast()).to_contain_text("Freigegeben.")
    await manager.send(manager.toast().get_by_role("button", name="Zurücknehmen"))
    await expect(manager.toast()).to_contain_text("wartet wieder auf Dich")
    await manager.send(waiting.get_by_role("button", name="Freigeben"))
    await granted(giver, words)


async def test_declining_opens_the_reason_in_place_and_it_is_told(visit: Visit) -> None:
    giver = await visit("Yusuf Kaya")
    manager = await visit(MANAGER, "/approvals", device=PHONE)
    manager.watch.expected = {422}
    waiting = case(manager, "zwei Vormittage bei uns")
    await manager.press(waiting.locator("summary", has_text="Ablehnen"))
    await manager.send(waiting.get_by_role("button", name="Ablehnen und mitteilen"))
    await expect(waiting.get_by_text("Sag in einem Satz, warum")).to_be_visible()
    await waiting.get_by_label("Grund").fill("Dafür gibt es schon das Teamfest.")
    await manager.send(waiting.get_by_role("button", name="Ablehnen und mitteilen"))
    await expect(manager.toast()).to_contain_text("Abgelehnt.")
    await manager.page.wait_for_timeout(4_500)
    await giver.open("/approvals?which=mine")
    await expect(case(giver, "Meike Brüning").first).to_contain_text("Dafür gibt es schon das Teamfest.")
    await giver.open("/notifications")
    await expect(giver.page.get_by_role("main")).to_contain_text("Abgelehnt von Katharina Brandt")


async def test_a_deputy_decides_for_her(visit: Visit) -> None:
    giver = await visit("Tomasz Nowak")
    await propose(giver, "Jonas Weber", "Er hat den Monatsabschluss gerettet, als alle krank waren.")
    manager = await visit(MANAGER, "/approvals/deputies", device=PHONE)
    await manager.page.locator("#deputy").press_sequentially("Renate")
    await manager.press(manager.page.get_by_role("option", name="Renate Oswald"))
    first = await manager.page.get_by_label("Erster Tag").input_value()
    await manager.page.get_by_label("Letzter Tag").fill(first)
    await manager.send(manager.button("Als Vertretung benennen"))
    await expect(manager.page.get_by_role("main")).to_contain_text("Renate Oswald, vom")
    deputy = await visit("Renate Oswald", "/approvals", device=PHONE)
    waiting = case(deputy, "Monatsabschluss gerettet")
    await expect(waiting).to_contain_text("Du entscheidest für Katharina Brandt.")
    await deputy.send(waiting.get_by_role("button", name="Freigeben"))
    await granted(giver, "Monatsabschluss gerettet")
    await giver.open("/approvals?which=mine")
    await expect(case(giver, "Jonas Weber").first).to_contain_text("Renate Oswald hat für Katharina Brandt freigegeben")


async def test_an_exhausted_budget_says_so_and_hr_adds_points(visit: Visit) -> None:
    hr = await visit(HR, "/budgets", device=DESK)
    hr.watch.expected = {409}
    row = hr.page.get_by_role("row", name="Labor")
    await row.get_by_role("textbox").fill("-1900")
    await hr.send(row.get_by_role("button", name="Hinzufügen"))
    giver = await visit("Tomasz Nowak", "/awards", device=PHONE)
    giver.watch.expected = {409}
    await giver.send(giver.page.get_by_role("link", name="Jemanden vorschlagen").first)
    await giver.page.locator("#person").press_sequentially("Greta")
    await giver.press(giver.page.get_by_role("option", name="Greta Sommer"))
    await giver.page.get_by_label("Was hat die Person getan").fill("Sie hat nachts um vier noch einmal nachgemessen.")
    await giver.send(giver.button("Vorschlagen"))
    await expect(giver.page.get_by_role("alert")).to_contain_text("Budget erschöpft")
    await row.get_by_role("textbox").fill("500")
    await hr.send(row.get_by_role("button", name="Hinzufügen"))
    await giver.send(giver.button("Vorschlagen"))
    await expect(giver.toast()).to_contain_text("Vorgeschlagen.")
