"""What an admin sees of background work."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import WAYS, Visit
from tests.browser.test_accessibility import violations
from tests.browser.test_settings import open_menu
from tests.browser.visitor import Device

pytestmark = pytest.mark.asyncio(loop_scope="session")


@WAYS
async def test_an_admin_finds_what_failed_and_what_was_done(visit: Visit, device: Device, script: bool) -> None:
    admin = await visit("Serkan Yıldız", "/", device=device, script=script)
    await open_menu(admin)
    await admin.send(admin.page.get_by_role("link", name="Hintergrundarbeit").last)
    await expect(admin.page.get_by_role("heading", level=1)).to_have_text("Hintergrundarbeit")
    await expect(admin.page.get_by_text("Nichts ist gescheitert.")).to_be_visible()
    found = await violations(admin, "failed") if script else []
    # The server clears away by itself, for the first time when it starts.
    await admin.send(admin.page.get_by_role("link", name="Erledigt", exact=True))
    done = admin.page.get_by_text("Erledigte Hintergrundarbeit wegräumen")
    while not await done.count():
        await admin.send(admin.page.get_by_role("link", name="Ältere anzeigen"))
    await expect(done.first).to_be_visible()
    found += await violations(admin, "done") if script else []
    assert found == []


async def test_nobody_else_is_led_there(visit: Visit) -> None:
    colleague = await visit("Aylin Demir", "/more")
    await expect(colleague.page.get_by_role("link", name="Hintergrundarbeit")).to_have_count(0)
