"""The story that Gearmesh is there for: two people of other departments are thanked, and the house reads it."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Visit
from tests.browser.houses import House
from tests.browser.visitor import DESK, PHONE, Device, Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

WAYS = [
    pytest.param(DESK, True, id="desk"),
    pytest.param(PHONE, True, id="phone"),
    pytest.param(DESK, False, id="desk without script"),
    pytest.param(PHONE, False, id="phone without script"),
]


async def thanks_are_sent_and_answered(visit: Visit, device: Device, *, script: bool) -> None:
    giver = await visit("Inês Cordeiro", "/", device=device, script=script)
    reader = await visit("Farid Haddad", "/", device=device, script=script)
    words = f"You walked the blood sample over yourselves on {device.name} {script}, so that nobody waited."

    await _thank_two(giver, words)
    await _read(reader, words)
    await _react_and_comment(reader, words)
    await _find_the_answer(giver, words)
    await _take_back(giver, words)
    await _gone(reader, words)


async def _thank_two(giver: Visitor, words: str) -> None:
    if giver.device.phone:
        await giver.send(giver.page.get_by_role("link", name="Thank", exact=True))
    else:
        await giver.send(giver.page.get_by_role("link", name="Say thank you", exact=True))
    await giver.add_recipients(["Yusuf Kaya", "Priya Raman"])
    await giver.page.get_by_label("What happened?").fill(words)
    await giver.page.get_by_text("Together", exact=True).check()
    await giver.send(giver.button("Send thanks"))

    assert giver.page.url == giver.url + "/"
    await expect(giver.toast()).to_contain_text("Sent. You can take it back for")
    letter = giver.letter(words)
    await expect(letter.get_by_role("heading")).to_have_text("You thank Priya Raman and Yusuf Kaya")
    await expect(letter.locator(".strip")).to_contain_text("seconds")


async def _read(reader: Visitor, words: str) -> None:
    if reader.script:
        await reader.press(reader.page.get_by_role("link", name="Show 1 new", exact=True))
    else:
        await reader.page.reload()
    letter = reader.letter(words)
    await expect(letter.get_by_role("heading")).to_have_text("Inês Cordeiro thanks Priya Raman and Yusuf Kaya")
    await expect(letter).to_contain_text("Ward 3A → Medical coding, Patient registration")


async def _react_and_comment(reader: Visitor, words: str) -> None:
    button = reader.letter(words).get_by_role("button", name="Thanks from me too")
    await expect(button).to_have_attribute("aria-pressed", "false")
    if reader.script:
        await reader.press(button)
    else:
        await reader.send(button)
    await expect(button).to_have_attribute("aria-pressed", "true")
    await expect(button).to_have_text("Thanks from me too 1")

    await reader.send(reader.letter(words).get_by_role("link", name="Comment", exact=True))
    await reader.page.get_by_label("Your comment").fill("We felt that in the pharmacy too.")
    comment = reader.button("Comment")
    if reader.script:
        await reader.press(comment)
    else:
        await reader.send(comment)
    await expect(reader.page.locator("#comments li").first).to_contain_text("We felt that in the pharmacy too.")
    await expect(reader.page.get_by_label("Your comment")).to_have_value("")


async def _find_the_answer(giver: Visitor, words: str) -> None:
    await giver.page.reload()
    letter = giver.letter(words)
    await expect(letter).to_contain_text("We felt that in the pharmacy too.")
    await expect(letter).to_contain_text("Thanks from me too 1")


async def _take_back(giver: Visitor, words: str) -> None:
    await giver.send(giver.letter(words).get_by_role("button", name="Take back"))
    await expect(giver.toast()).to_contain_text("Taken back. Nobody was notified")
    await expect(giver.page.get_by_label("What happened?")).to_have_value(words)
    await expect(giver.page.locator(".token")).to_have_count(2)
    await expect(giver.page.get_by_role("radio", name="Together")).to_be_checked()


async def _gone(reader: Visitor, words: str) -> None:
    reader.watch.expected.add(404)
    await reader.page.reload()
    await expect(reader.page.get_by_role("heading", level=1)).to_have_text("Nothing here")
    await reader.open("/")
    await expect(reader.letter(words)).to_have_count(0)


@pytest.mark.parametrize(("device", "script"), WAYS)
async def test_two_people_are_thanked_and_everybody_may_answer(visit: Visit, device: Device, script: bool) -> None:
    await thanks_are_sent_and_answered(visit, device, script=script)


class TestOnPostgres:
    @pytest.fixture
    def house(self, hospital_on_postgres: House) -> House:
        return hospital_on_postgres

    async def test_two_people_are_thanked_and_everybody_may_answer(self, visit: Visit) -> None:
        await thanks_are_sent_and_answered(visit, DESK, script=True)
