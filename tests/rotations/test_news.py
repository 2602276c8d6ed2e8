"""What people hear of a publication: what concerns them, only what has changed, in their language, by e-mail too."""

from __future__ import annotations

import pytest

from api.core import database
from api.core.jobs.worker import run_due
from api.core.mail import use_mail
from api.notifications.fanout import tell_all
from api.rotations import editing
from api.work import KINDS
from tests.support.house import House
from tests.support.mail import open_inbox, text_of
from tests.support.organisation import AYLIN, HELENE, JONAS, KATHARINA, MIRIAM, Person
from tests.support.rotations import blocks_of, publish, searched, spring, visit_in
from tests.support.search import search_here
from tests.support.told import shown

WEEKS = ("2–6 Mar", "9–13 Mar", "16–20 Mar", "23–27 Mar", "30 Mar – 3 Apr")
WOCHEN = ("2.–6. März", "9.–13. März", "16.–20. März", "23.–27. März", "30. März – 3. Apr.")


async def _heard(house: House, person: Person) -> list[str]:
    await tell_all()
    return [item["text"] for item in await shown(house, person) if item["kind"] == "rotation"]


async def test_people_hear_what_a_publication_changes_for_them_and_nothing_else(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    search_here(monkeypatch)
    await database.execute("UPDATE person SET language = 'de' WHERE id = {}", JONAS.id)
    programme_id = await spring(house)
    first = await searched(house, programme_id)
    blocks = await blocks_of(first)
    partner = next(one for one in (AYLIN, KATHARINA) if blocks[one.id] == blocks[MIRIAM.id])
    other = AYLIN if partner is KATHARINA else KATHARINA
    with open_inbox() as inbox:
        use_mail(inbox.settings)
        await publish(house, first)
        week = WEEKS[blocks[MIRIAM.id]]
        assert await _heard(house, MIRIAM) == [
            f"You visit Billing, {week}, and change places with {partner.name}.",
        ]
        assert await _heard(house, JONAS) == [
            f"Du besuchst Abrechnung, {WOCHEN[blocks[JONAS.id]]}, im Tausch mit {other.name}.",
        ]
        assert await _heard(house, HELENE) == []
        await run_due(KINDS)
        assert sorted(inbox.recipients) == sorted(one.email for one in (AYLIN, JONAS, KATHARINA, MIRIAM))
        german = next(mail for mail in inbox.mails if mail["To"] == JONAS.email)
        assert "im Tausch mit" in german["Subject"]
        assert "/rotations" in text_of(german)

        second = await searched(house, programme_id, from_plan=first)
        visit_id, block = await visit_in(second, MIRIAM)
        taken = set((await blocks_of(second)).values())
        free = next(number for number in range(5) if number not in taken)
        await editing.move(actor=await house.actor(HELENE), plan_id=second, visit_id=visit_id, block=free)
        await publish(house, second)
        assert (await _heard(house, MIRIAM))[0] == (
            f"Your visit to Billing is now {WEEKS[free]}, no longer {WEEKS[block]}."
        )
        assert [len(await _heard(house, one)) for one in (partner, other, JONAS)] == [2, 1, 1]

        third = await searched(house, programme_id, from_plan=second)
        visit_id, block = await visit_in(third, JONAS)
        await editing.remove(actor=await house.actor(HELENE), plan_id=third, visit_id=visit_id)
        await publish(house, third)
        assert (await _heard(house, JONAS))[0] == f"Dein Besuch in Abrechnung, {WOCHEN[block]}, fällt aus."
        assert len(await _heard(house, MIRIAM)) == 2
    use_mail(None)
