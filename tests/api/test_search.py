"""Search: the same finds on both databases, by beginnings of words, without case and accents, newest first."""

from __future__ import annotations

from tests.support.house import KUDOS, House, refusal
from tests.support.organisation import AYLIN, HELENE, JONAS, KATHARINA, MIRIAM, TOMASZ

MESSAGE = "Danke für die Röntgenbilder aus Łódź – Straße 12b, naïve Ängste vorbei! **Großartig** :-) 患者さん 🎉"


FOUND_BY = [
    "röntgen",
    "RONTGENBILDER",
    "rö",
    "łódź",
    "lodz",
    "ŁÓDŹ",
    "strasse",
    "STRASSE",
    "straße",
    "12b",
    "12",
    "naive",
    "naïve",
    "angste",
    "großartig",
    "grossartig",
    "GROSS",
    "danke fur",
    "vorbei danke",
    "röntgenbilder, danke!",
    "患者",
    "Aylin",
    "demir aylin",
    "weber",
    "abrechnung",
    "Billing",
    "patientenauf",
    "patient registration",
    " danke  ",
]
NOT_FOUND_BY = [
    "öntgen",
    "bilder",
    "danke nirgends",
    "!!",
    "🎉",
    "*",
    '"danke',
    "danke OR nirgends",
    "NOT",
    "lodz'",
    "body:danke x",
]


async def test_is_found_by_beginnings_of_words_without_case_and_accents(house: House) -> None:
    kudos = await house.give(AYLIN, JONAS, message=MESSAGE)
    assert [query for query in FOUND_BY if await house.feed(MIRIAM, q=query) != [kudos]] == []


async def test_is_not_found_by_other_words_and_signs_are_no_words(house: House) -> None:
    await house.give(AYLIN, JONAS, message=MESSAGE)
    # What is left of these two without their signs are beginnings of words that are there.
    expected = ['"danke', "lodz'"]
    assert [query for query in NOT_FOUND_BY if await house.feed(MIRIAM, q=query)] == expected


async def test_blank_query_is_the_whole_feed(house: House) -> None:
    kudos = await house.give(AYLIN)
    assert await house.feed(MIRIAM, q="  ") == [kudos]


async def test_newest_stands_first(house: House) -> None:
    first = await house.give(AYLIN, message="invoice invoice invoice")
    second = await house.give(MIRIAM, message="only one invoice here")
    assert await house.feed(KATHARINA, q="invoice") == [second, first]


async def test_private_thanks_are_found_by_their_parties_only(house: House) -> None:
    kudos = await house.give(AYLIN, JONAS, message="The secret surprise.", private=True)
    for person, found in ((AYLIN, [kudos]), (JONAS, [kudos]), (MIRIAM, []), (HELENE, []), (TOMASZ, [])):
        assert await house.feed(person, q="secret") == found


async def test_hidden_thanks_are_found_by_giver_and_hr_only(house: House) -> None:
    kudos = await house.give(AYLIN, message="The secret surprise.")
    await house.browser(HELENE).put(f"{KUDOS}/{kudos}/hiding", json={"reason": "No."})
    for person, found in ((AYLIN, [kudos]), (HELENE, [kudos]), (JONAS, []), (MIRIAM, [])):
        assert await house.feed(person, q="secret") == found


async def test_edited_words_are_found_and_the_old_ones_not(house: House) -> None:
    kudos = await house.give(AYLIN, message="Thanks for the splint, @Tomasz Łuczak!")
    assert await house.feed(MIRIAM, q="luczak") == [kudos]
    answer = await house.browser(AYLIN).patch(f"{KUDOS}/{kudos}", json={"message": "Thanks for the bandage!"})
    assert answer.status_code == 200
    assert await house.feed(MIRIAM, q="bandage") == [kudos]
    assert await house.feed(MIRIAM, q="splint") == []
    assert await house.feed(MIRIAM, q="luczak") == []


async def test_ids_of_those_mentioned_are_no_words(house: House) -> None:
    await house.give(AYLIN, message="Thanks to @Tomasz Łuczak!")
    assert await house.feed(MIRIAM, q=TOMASZ.id[:8]) == []


LETTERS = [
    "患" * 1999,
    "x" * 2000,
    "\ufdfa" * 111,
    "\u3300" * 300,
    "a\U0001e922b and words",
    "a\u0e31b and words",
    "a\u19b0b and words",
    "ж" * 1024,
    "\u1e9e\u1e9e word word",
    "ﬃ ligature word",
    "١٢٣ digits word",
    "²³¼ powers word",
]


async def test_any_letters_can_be_sent_and_searched(house: House) -> None:
    for word in LETTERS:
        kudos = await house.give(AYLIN, message=word)
        assert (await house.feed(MIRIAM, q=word[:100]))[0] == kudos, ascii(word[:20])


async def test_odd_queries_find_nothing_and_harm_nothing(house: House) -> None:
    await house.give(AYLIN)
    for query in ("\u3300" * 200, "x" * 200, "\ufdfa" * 200, "a b c d e f g h i j k l m n o p", "\x00"):
        assert await house.feed(MIRIAM, q=query) == [], ascii(query[:20])


async def test_endless_query_is_refused(house: House) -> None:
    assert list(refusal(await house.browser(MIRIAM).get(KUDOS, params={"q": "x" * 201}), 400)) == ["q"]
