"""A list with errors, the corrected one, its difference, and that it is carried out."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import WAYS, Visit
from tests.browser.visitor import Device, Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def _send(hr: Visitor, text: str) -> None:
    await hr.page.set_input_files("#file", {"name": "team.csv", "mimeType": "text/csv", "buffer": text.encode()})
    await hr.send(hr.button("Upload and look"))


async def _until(hr: Visitor, words: str) -> None:
    """With script the page turns by itself; without, somebody looks again."""
    for _try in range(60):
        if await hr.page.get_by_text(words).count():
            return
        if hr.script:
            await hr.page.wait_for_timeout(250)
        else:
            await hr.page.wait_for_timeout(250)
            await hr.page.reload()
    await expect(hr.page.get_by_text(words).first).to_be_visible()


@WAYS
async def test_a_list_with_errors_is_corrected_compared_and_carried_out(
    visit: Visit, device: Device, script: bool
) -> None:
    hr = await visit("Nadine Vogt", device=device, script=script)
    async with hr.speaking("en"):
        who = f"{device.name}{script}".lower()
        head = "E-Mail;Name;Abteilung;Vorgesetzte/r;Rolle\n"
        await hr.open("/imports")
        await _send(hr, f"{head}new@{who}.example;Nele Neumann;Abrechnung;nobody@{who}.example\nbad;=1+1;Abrechnung;\n")

        await expect(hr.page.get_by_label("E-mail (needed)")).to_have_value("0")
        await expect(hr.page.get_by_text("Column that is not read: Rolle")).to_be_visible()
        await expect(hr.page.get_by_role("row", name=re.compile("Manager"))).to_contain_text("nobody@")
        await hr.send(hr.button("Compare"))
        await _until(hr, "3 errors")
        rows = hr.page.get_by_role("row")
        await expect(rows.nth(1)).to_contain_text("Nobody on the list or in Gearmesh")
        await expect(rows.nth(2)).to_contain_text("does not look like an e-mail address")
        await expect(rows.nth(3)).to_contain_text("like a formula")

        await _send(hr, f"{head}new@{who}.example;Nele Neumann;Abrechnung;\n")
        await hr.send(hr.button("Compare"))
        await _until(hr, "1 new")
        await expect(hr.page.get_by_role("main")).to_contain_text("Nele Neumann")
        await hr.send(hr.button("Import"))
        await _until(hr, "The file and its rows are removed")
        found = await hr.ask("/api/v1/people?q=nele")
        assert "Nele Neumann" in [person["name"] for person in found["items"]]

        await hr.open("/imports")
        await expect(hr.page.get_by_role("listitem").filter(has_text="team.csv").first).to_contain_text("1 new")

        await hr.open("/organisation/history")
        await hr.page.get_by_role("link", name="Take the whole import back").first.click()
        await expect(hr.page.get_by_role("main")).to_contain_text("New person")
        await hr.page.get_by_label("Yes, take this whole import back").check()
        await hr.send(hr.button("Take it back"))
        await _until(hr, "1 change is taken back.")
        assert (await hr.ask(f"/api/v1/people/records?q=new@{who}"))["items"] == []
