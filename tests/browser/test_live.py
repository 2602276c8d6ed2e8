"""The feed while others write: what is new is announced, never pushed under the reader's eyes."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Visit
from tests.browser.visitor import DESK, PHONE, Device, Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

COUNT_STREAMS = """
  const Real = EventSource;
  window.streams = [];
  window.EventSource = class extends Real { constructor(url) { super(url); window.streams.push(this); } };
"""
OPEN_STREAMS = "streams.filter((stream) => stream.readyState !== 2).length"


async def hide(visitor: Visitor, *, hidden: bool) -> None:
    """As if the person went to another tab, or came back."""
    await visitor.page.evaluate(
        """(hidden) => {
          Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
          const state = hidden ? "hidden" : "visible";
          Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


@pytest.mark.parametrize("device", [DESK, PHONE], ids=lambda device: device.name)
async def test_new_thanks_wait_above_the_feed_and_move_nothing(visit: Visit, device: Device) -> None:
    reader = await visit("Astrid Nilsson", "/", device=device)
    writer = await visit("Luca Moretti")
    read = reader.page.locator("article.card").nth(3)
    await read.scroll_into_view_if_needed()
    first = reader.page.locator("article.card").first
    before, top = await read.bounding_box(), await first.get_attribute("id")

    words = f"You stayed with the new colleague all {device.name} night, so that she was not alone."
    await writer.thank(words, "Grete Paulsen")
    await expect(reader.page.get_by_role("link", name="Show 1 new", exact=True)).to_be_attached()
    await writer.thank(words + " Twice.", "Grete Paulsen")
    fresh = reader.page.get_by_role("link", name="Show 2 new", exact=True)
    await expect(fresh).to_be_attached()

    assert await read.bounding_box() == before
    await expect(first).to_have_attribute("id", top or "")

    await reader.press(fresh)
    await expect(reader.page.locator("article.card").first).to_contain_text(words + " Twice.")
    await expect(fresh).to_have_count(0)


async def test_private_thanks_are_announced_to_their_recipient_only(visit: Visit) -> None:
    recipient = await visit("Astrid Nilsson", "/")
    other = await visit("Farid Haddad", "/")
    writer = await visit("Luca Moretti")
    words = "You listened to me after that shift. It helped more than you know."

    kudos = await writer.thank(words, "Astrid Nilsson", private=True)
    public = await writer.thank("You found the missing pump on a Sunday.", "Samuel Mbeki")

    await recipient.press(recipient.page.get_by_role("link", name="Show 2 new", exact=True))
    letter = recipient.letter(words)
    await expect(letter).to_contain_text("private")
    await other.press(other.page.get_by_role("link", name="Show 1 new", exact=True))
    await expect(other.page.locator(f"#k-{public}")).to_be_visible()
    await expect(other.letter(words)).to_have_count(0)

    other.watch.expected = {404}
    await other.open(f"/kudos/{kudos}")
    await expect(other.page.get_by_text("Error 404")).to_be_visible()
    await other.open("/?q=listened+shift")
    await expect(other.letter(words)).to_have_count(0)
    await other.open(f"/people/{await other.id_of('Astrid Nilsson')}")
    await expect(other.letter(words)).to_have_count(0)


async def test_a_hidden_tab_closes_its_stream_and_catches_up_when_it_is_seen_again(visit: Visit) -> None:
    reader = await visit("Astrid Nilsson")
    await reader.page.add_init_script(COUNT_STREAMS)
    await reader.open("/")
    writer = await visit("Luca Moretti")
    await reader.page.wait_for_function("streams.length === 1 && streams[0].readyState === 1")

    await hide(reader, hidden=True)
    assert await reader.page.evaluate(OPEN_STREAMS) == 0
    await writer.thank("You wrote the hand-over so that anyone could follow it.", "Grete Paulsen")
    await hide(reader, hidden=False)

    assert await reader.page.evaluate(OPEN_STREAMS) == 1
    await expect(reader.page.get_by_role("link", name="Show 1 new", exact=True)).to_be_visible()


async def test_a_filtered_feed_is_not_told_of_new_thanks(visit: Visit) -> None:
    reader = await visit("Astrid Nilsson")
    await reader.page.add_init_script(COUNT_STREAMS)
    await reader.open("/?show=to_me")
    await reader.page.wait_for_function("streams.length === 1")
    kinds = await reader.page.evaluate("new URL(streams[0].url).searchParams.get('kinds')")
    assert kinds == "notification.added", "only the bell listens"
