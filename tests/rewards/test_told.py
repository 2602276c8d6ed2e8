"""Who hears of each step of an order, in their language, and what the e-mail says."""

from __future__ import annotations

from api.core import database
from api.core.mail import use_mail
from api.notifications.fanout import tell_all
from tests.support.house import House
from tests.support.mail import open_inbox, text_of
from tests.support.organisation import AYLIN, HELENE, Person
from tests.support.rewards import API, decide, fund, make, order, with_codes, work
from tests.support.told import shown


async def heard(house: House, person: Person, kind: str) -> list[str]:
    await tell_all()
    return [item["text"] for item in await shown(house, person) if item["kind"] == kind]


async def test_the_person_hears_of_each_step_and_hr_of_what_is_to_be_done(house: House) -> None:
    await fund(AYLIN, 2_000)
    reward = await make(house, "Book voucher", title_de="Büchergutschein", points=250, cents=0)
    redemption = await order(house, AYLIN, reward)
    assert await heard(house, HELENE, "fulfil") == []
    await decide(house, redemption)
    assert await heard(house, HELENE, "fulfil") == ["To hand over: Book voucher, for Aylin Demir"]
    assert len(await heard(house, AYLIN, "answered")) == 1
    hr = house.browser(HELENE)
    await hr.post(f"{API}/redemptions/{redemption}/hand-over", json={})
    assert (await heard(house, HELENE, "fulfil"), await heard(house, AYLIN, "order")) == (
        [],
        ["Handed over to you: Book voucher"],
    )
    await hr.post(f"{API}/redemptions/{redemption}/refund", json={"reason": "It was torn."})
    assert (await heard(house, AYLIN, "order"))[0] == "Refunded, your points are back: Book voucher"
    await database.execute("UPDATE person SET language = 'de' WHERE id = {}", AYLIN.id)
    assert (await heard(house, AYLIN, "order"))[0] == "Erstattet, Deine Punkte sind zurück: Büchergutschein"
    news = await shown(house, AYLIN)
    assert ("It was torn." in news[0]["words_html"], news[0]["url"]) == (True, f"/redemptions/{redemption}")


async def test_a_code_that_arrives_is_told_without_the_code(house: House) -> None:
    await fund(AYLIN, 500)
    with open_inbox() as inbox:
        use_mail(inbox.settings)
        await order(house, AYLIN, await with_codes(house, "GEHEIM-1", points=100, cents=0))
        await work()
        assert await heard(house, AYLIN, "order") == ["Your code is here: Book voucher"]
        await work()
    use_mail(None)
    (text,) = (text_of(mail) for mail in inbox.mails)
    assert ("Your code is here: Book voucher" in text, "GEHEIM" in text) == (True, False)
