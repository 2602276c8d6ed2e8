"""Giving thanks."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from api.core import database
from tests.support.house import KUDOS, WORDS, House, refusal
from tests.support.organisation import (
    AYLIN,
    BILLING,
    CARE,
    HELENE,
    JONAS,
    KATHARINA,
    MIRIAM,
    NOBODY,
    OSKAR,
    REGISTRATION,
    SPEED,
)


async def post(
    house: House, *recipients: str, message: str = WORDS, language: str = "en", **more: Any
) -> httpx.Response:
    body = {"recipients": recipients or [JONAS.id], "message": message, **more}
    return await house.browser(AYLIN, **{"accept-language": language}).post(KUDOS, json=body)


async def stored() -> int:
    row = await database.fetch_one("SELECT COUNT(*) FROM kudos")
    assert row is not None
    return int(row[0])


async def test_colleague_thanks_one_person_of_another_department(house: House) -> None:
    answer = await post(house, message=f"  {WORDS}\r\n ", value=CARE)
    assert answer.status_code == 201
    body = answer.json()
    assert body["giver"]["id"] == AYLIN.id
    assert body["giver_department"]["id"] == BILLING.id
    assert [person["id"] for person in body["recipients"]] == [JONAS.id]
    assert [department["id"] for department in body["recipient_departments"]] == [REGISTRATION.id]
    assert (body["message"], body["message_html"]) == (WORDS, f"<p>{WORDS}</p>")
    assert body["value"] == {"id": CARE, "name": "Care", "hint": ""}
    assert body["counts"] == {"me_too": 0, "strong": 0, "learned": 0, "comments": 0}
    assert (body["private"], body["edited"], body["reacted"], body["hidden_reason"]) == (False, False, [], None)
    assert body["undo_until"] is not None
    assert await house.seen(JONAS, body["id"]) == {**body, "undo_until": None}


async def test_many_are_thanked_at_once_and_each_only_once(house: House) -> None:
    answer = await post(house, MIRIAM.id, JONAS.id, MIRIAM.id, KATHARINA.id, HELENE.id)
    assert answer.status_code == 201
    names = [person["name"] for person in answer.json()["recipients"]]
    assert names == ["Helene Groß", "Jonas Weber", "Katharina Vogt", "Miriam Okafor"]
    departments = {department["name"] for department in answer.json()["recipient_departments"]}
    assert departments == {"Billing", "Human resources", "Patient registration"}


async def test_nobody_thanks_only_themselves(house: House) -> None:
    errors = refusal(await post(house, AYLIN.id, AYLIN.id), 422)
    assert errors == {"recipients": "You cannot thank only yourself. Who else was part of it?"}
    assert await stored() == 0


async def test_team_with_oneself_among_it_can_be_thanked(house: House) -> None:
    answer = await post(house, AYLIN.id, JONAS.id)
    assert answer.status_code == 201
    assert {person["id"] for person in answer.json()["recipients"]} == {AYLIN.id, JONAS.id}


@pytest.mark.parametrize("stranger", [NOBODY, OSKAR.id])
async def test_whoever_does_not_work_here_cannot_be_thanked(house: House, stranger: str) -> None:
    errors = refusal(await post(house, JONAS.id, stranger), 422)
    assert errors == {"recipients": "Somebody you chose does not work here, or no longer."}
    assert await stored() == 0


@pytest.mark.parametrize("recipients", [[], ["Jonas"], [NOBODY.upper()], [JONAS.id] * 51, "all", [None]])
async def test_recipients_that_are_no_ids_are_refused(house: House, recipients: object) -> None:
    answer = await house.browser(AYLIN).post(KUDOS, json={"recipients": recipients, "message": WORDS})
    assert [member.partition("[")[0] for member in refusal(answer, 400)] == ["recipients"]


@pytest.mark.parametrize(
    ("length", "sentence"),
    [
        (1, "9 more characters, please: what did they do?"),
        (9, "One more character, please: what did they do?"),
        (10, ""),
        (2000, ""),
        (2001, "This is one character too long."),
        (2002, "This is 2 characters too long."),
    ],
)
async def test_message_has_10_to_2000_characters_after_trimming(house: House, length: int, sentence: str) -> None:
    answer = await post(house, message=f" \n\t{'ü' * length}  \n")
    if sentence:
        assert refusal(answer, 422) == {"message": sentence}
        assert await stored() == 0
    else:
        assert answer.status_code == 201
        assert answer.json()["message"] == "ü" * length


async def test_message_of_blanks_is_empty(house: House) -> None:
    errors = refusal(await post(house, message=" \n\u200b\t "), 422)
    assert list(errors) == ["message"]
    errors = refusal(await post(house, message="  \n "), 422)
    assert errors == {"message": "Write what happened; one or two sentences are plenty."}


async def test_sentences_come_in_the_readers_language(house: House) -> None:
    errors = refusal(await post(house, AYLIN.id, language="de"), 422)
    assert errors["recipients"] != "You cannot thank only yourself. Who else was part of it?"


@pytest.mark.parametrize("value", [SPEED, NOBODY])
async def test_value_must_be_one_of_ours_and_not_archived(house: House, value: str) -> None:
    assert refusal(await post(house, value=value), 422) == {"value": "Choose one of our values, or none."}


async def test_language_of_the_words_is_guessed(house: House) -> None:
    german = await post(house, message="Danke dir für die gute und schnelle Hilfe!")
    english = await post(house, message="Thank you for the good and quick help!", language="de")
    assert (german.json()["language"], english.json()["language"]) == ("de", "en")


async def test_unknown_members_are_refused(house: House) -> None:
    assert refusal(await post(house, colour=5), 400) != {}
    assert await stored() == 0
