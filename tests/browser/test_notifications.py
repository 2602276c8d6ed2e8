"""The bell, what one hears of and how often, and what an administrator connects."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import WAYS, Visit
from tests.browser.test_accessibility import violations
from tests.browser.visitor import Device, Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def comment(visitor: Visitor, kudos: str, message: str) -> None:
    origin = {"Origin": visitor.url, "Sec-Fetch-Site": "same-origin"}
    answer = await visitor.page.context.request.post(
        f"{visitor.url}/api/v1/kudos/{kudos}/comments", data={"message": message}, headers=origin
    )
    assert answer.status == 201, await answer.text()


async def unread(visitor: Visitor) -> int:
    return int((await visitor.ask("/api/v1/notifications/unread"))["unread"])


@WAYS
async def test_the_bell_counts_what_comes_and_forgets_what_was_read(visit: Visit, device: Device, script: bool) -> None:
    giver = await visit("Luca Moretti", "/departments", device=device, script=script)
    answerer = await visit("Inês Cordeiro")
    before = await unread(giver)
    kudos = await giver.thank(f"For the calm hands on {device.name}, {script}.", "Grete Paulsen")
    words = f"I saw it too, on {device.name}, {script}."
    await comment(answerer, kudos, words)
    bell = giver.page.locator("unread-bell")
    if script:
        await expect(bell).to_contain_text(f"Notifications, {before + 1} unread")  # while the page stays
    else:
        for _second in range(30):
            if await unread(giver) > before:
                break
            await giver.page.wait_for_timeout(500)
        await giver.open("/departments")
        await expect(bell).to_contain_text(f"Notifications, {before + 1} unread")

    await giver.send(bell.get_by_role("link"))
    item = giver.page.locator(".notifications li", has_text=words)
    await expect(item).to_contain_text("new")
    if script:
        await giver.send(item.get_by_role("link"))
        await expect(giver.page.get_by_text(words)).to_be_visible()
        await giver.open("/notifications")
    else:
        await giver.send(item.get_by_role("button", name=re.compile("^Mark as read")))
    await expect(item).not_to_contain_text("new")
    assert await unread(giver) == before


@WAYS
async def test_news_can_come_as_a_digest_after_quiet_hours(visit: Visit, device: Device, script: bool) -> None:
    visitor = await visit("Greta Sommer", "/settings", device=device, script=script)
    visitor.watch.expected = {422}
    async with visitor.speaking("en"):
        await visitor.open("/settings")
        await visitor.send(visitor.page.get_by_role("link", name="Choose what you hear of, where and how often"))
        await visitor.press(visitor.page.locator("label.choice", has_text="Mondays at 8:00"))
        mentions = visitor.page.get_by_role("checkbox", name="Somebody mentions me: by e-mail")
        await mentions.set_checked(False)
        await visitor.page.get_by_label("from", exact=True).fill("21:30")
        await visitor.page.get_by_label("until", exact=True).fill("")
        await visitor.send(visitor.button("Save"))
        await expect(visitor.page.locator("#quiet-error")).to_contain_text("Say when it begins and when it ends")
        await expect(visitor.page.get_by_label("Mondays at 8:00")).to_be_checked()
        await expect(mentions).not_to_be_checked()
        await visitor.page.get_by_label("until", exact=True).fill("06:00")
        await visitor.send(visitor.button("Save"))
        await expect(visitor.toast()).to_contain_text("Saved.")
    chosen = await visitor.ask("/api/v1/notification-settings")
    assert (chosen["rhythm"], chosen["quiet_from"], chosen["quiet_until"]) == ("week", "21:30", "06:00")
    assert "mentioned" not in chosen["mail"]


async def test_an_administrator_connects_a_program_and_sees_what_went_there(visit: Visit) -> None:
    admin = await visit("Serkan Yıldız", "/integrations")
    admin.watch.expected = {422}
    async with admin.speaking("en"):
        await admin.open("/integrations")
        departments = admin.page.get_by_role("group", name="Thanks from and to these departments")
        events = admin.page.get_by_role("group", name="Which events?")
        await admin.page.locator("label.choice", has_text="Slack").click()
        await expect(departments).to_be_visible()
        await expect(events).to_be_hidden()
        await admin.page.locator("label.choice", has_text="Webhook").click()
        await expect(departments).to_be_hidden()
        await expect(events).to_be_visible()
        await admin.page.get_by_label("Name").fill("Ward dashboard")
        await admin.page.get_by_label("Address that the other program gave you").fill("https://127.0.0.1/hook")
        await admin.send(admin.button("Connect"))
        await expect(admin.page.locator(".notice code")).to_contain_text("whsec_")
        await admin.send(admin.button("Send a test"))
        for _half_second in range(120):
            if await admin.page.get_by_text("the address lies inside the house").count():
                break
            await admin.page.wait_for_timeout(500)
            await admin.page.reload()
        await expect(admin.page.locator("ul.lines li", has_text="Test")).to_contain_text("did not arrive")
        found = await violations(admin, "integration")
        await admin.open("/integrations")
        found += await violations(admin, "integrations")
        assert found == []
        await admin.send(admin.page.get_by_role("link", name=re.compile("Ward dashboard")))
        await admin.page.get_by_text("Remove", exact=True).click()
        await admin.send(admin.button("Remove it for good"))
        await expect(admin.toast()).to_contain_text("Removed.")
