"""Who hears of each step, in the page and by e-mail, in their language, and as a digest where they want that."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from api.approvals.deputies import name_deputy
from api.core import database
from api.core.jobs.worker import run_due
from api.core.mail import use_mail
from api.notifications.fanout import tell_all
from api.work import KINDS
from tests.databases import Kind
from tests.support.cases import ask, decide, settle
from tests.support.house import House, open_house
from tests.support.mail import Inbox, open_inbox, text_of
from tests.support.organisation import AYLIN, KATHARINA, MIRIAM
from tests.support.told import choose, shown, told, unread


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with open_inbox() as opened:
        yield opened


@pytest.fixture
async def house(kind: Kind, monkeypatch: pytest.MonkeyPatch, inbox: Inbox) -> AsyncIterator[House]:
    async with open_house(kind, monkeypatch) as opened:
        use_mail(inbox.settings)
        yield opened
    use_mail(None)


async def tell(inbox: Inbox) -> list[tuple[str, str]]:
    """To whom e-mails went since, and what they say."""
    inbox.mails.clear()
    await tell_all()
    await run_due(KINDS)
    return sorted((str(mail["to"]).partition("@")[0], text_of(mail)) for mail in inbox.mails)


async def test_each_step_is_told_once_to_whom_it_concerns_in_their_language(house: House, inbox: Inbox) -> None:
    await database.execute("UPDATE person SET language = 'de' WHERE id = {}", KATHARINA.id)
    case = await ask(AYLIN)
    ((whom, words),) = await tell(inbox)
    assert whom == "katharina"
    assert "Aylin Demir bittet um Deine Freigabe: Leave: A day off (de)" in words
    assert f"/approvals/{case}" in words
    assert await tell(inbox) == []
    await settle(house, 170 * 3600)  # a reminder; nobody else is above her but HR, who are asked as well
    late = await tell(inbox)
    assert [whom for whom, _words in late] == ["helene", "katharina"]
    assert "Wartet noch auf Deine Freigabe" in late[1][1]
    assert "asks for your decision" in late[0][1]
    await decide(house, KATHARINA, case, "decline", "Nicht im November.")
    assert await tell(inbox) == []  # it could still be undone
    await settle(house)
    ((whom, words),) = await tell(inbox)
    assert (whom, "Declined by Katharina Vogt" in words, "Nicht im November." in words) == ("aylin", True, True)
    assert await told() == {"Aylin": ["answered"]}  # what nobody needs to decide any more is gone unless it was read
    assert (await shown(house, AYLIN))[0]["url"] == f"/approvals/{case}"


async def test_with_a_digest_or_without_it_and_for_a_deputy(house: House, inbox: Inbox) -> None:
    await choose(house, KATHARINA, rhythm="day")
    await choose(house, AYLIN, mail=["thanked"])
    katharina = await house.actor(KATHARINA)
    await name_deputy(actor=katharina, deputy_id=MIRIAM.id, from_day="2026-03-02", until_day="2026-03-09")
    case = await ask(AYLIN)
    assert [whom for whom, _words in await tell(inbox)] == ["miriam"]  # both in one
    assert await told() == {"Katharina": ["asked"], "Miriam": ["deputy", "asked"]}
    assert await unread(house, KATHARINA) == 1
    await settle(house, 24 * 3600)
    digest = dict(await tell(inbox))
    assert "A day off (en)" in digest["katharina"]
    await decide(house, MIRIAM, case)
    await settle(house)
    assert await tell(inbox) == []
    assert [item["text"] for item in await shown(house, AYLIN)] == ["Approved: Leave: A day off (en)"]
