"""German or English: the person's choice, then the browser's, then the house's. Time zones likewise."""

from __future__ import annotations

import pytest

from api.core import database
from api.core.i18n import preferred_language
from tests.support.house import KUDOS, House, refusal
from tests.support.organisation import AYLIN, CARE, JONAS


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de", "de"),
        ("de-AT,en;q=0.5", "de"),
        ("en-GB", "en"),
        ("fr,de;q=0.3", "de"),
        ("fr-CH, fr;q=0.9", "en"),
        ("en;q=0.2, de;q=0.8", "de"),
        ("de;q=0, en;q=0.1", "en"),
        ("de;q=x", "en"),
        ("*", "en"),
        ("", "en"),
        ("DE_de", "de"),
        ("de;q=nan", "en"),
        (",;=,;q", "en"),
    ],
)
def test_browsers_wish_is_understood(header: str, language: str) -> None:
    assert preferred_language(header, "en") == language


async def test_person_comes_before_browser_and_browser_before_house(house: House) -> None:
    async def language(accept: str) -> str:
        answer = await house.browser(AYLIN, **{"accept-language": accept}).get("/api/v1/me")
        return str(answer.json()["language"])

    assert [await language("de"), await language("en"), await language("fr")] == ["de", "en", "en"]
    await database.execute("UPDATE organisation SET language = 'de'")
    assert [await language("de"), await language("en"), await language("fr")] == ["de", "en", "de"]
    assert (await house.browser(AYLIN).patch("/api/v1/me", json={"language": "en"})).status_code == 204
    assert [await language("de"), await language("fr")] == ["en", "en"]
    assert (await house.browser(AYLIN).patch("/api/v1/me", json={"language": ""})).status_code == 204
    assert await language("fr") == "de"


async def test_language_cookie_of_visitors_counts_until_they_sign_in(house: House) -> None:
    visitor = house.stranger(cookie="gearmesh_language=de", **{"accept-language": "en"})
    german = (await visitor.get("/api/v1/me")).json()["detail"]
    english = (await house.stranger().get("/api/v1/me")).json()["detail"]
    assert (english, german != english) == ("Please sign in.", True)


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/nothing", f"{KUDOS}/nothing"])
async def test_errors_speak_the_readers_language(house: House, path: str) -> None:
    answers = [await house.browser(AYLIN, **{"accept-language": lang}).get(path) for lang in ("en", "de")]
    for answer in answers:
        refusal(answer, 404)
    english, german = (answer.json()["detail"] for answer in answers)
    assert english != german


async def test_names_of_departments_and_values_come_in_the_readers_language(house: House) -> None:
    kudos = await house.give(AYLIN, JONAS, value=CARE)
    for language, value, department in (
        ("de", "Sorgfalt", "Patientenaufnahme"),
        ("en", "Care", "Patient registration"),
    ):
        client = house.browser(AYLIN, **{"accept-language": language})
        seen = (await client.get(f"{KUDOS}/{kudos}")).json()
        assert (seen["value"]["name"], seen["recipient_departments"][0]["name"]) == (value, department)
        assert value in [item["name"] for item in (await client.get("/api/v1/values")).json()["items"]]
        (edge,) = (await client.get("/api/v1/dependencies")).json()["items"]
        assert edge["provider"]["name"] == department


async def test_time_zone_is_the_persons_or_the_houses(house: House) -> None:
    async def zone() -> str:
        return str((await house.browser(AYLIN).get("/api/v1/me")).json()["time_zone"])

    assert await zone() == "UTC"
    await database.execute("UPDATE organisation SET time_zone = 'Europe/Berlin'")
    assert await zone() == "Europe/Berlin"
    assert (await house.browser(AYLIN).patch("/api/v1/me", json={"time_zone": "Asia/Kathmandu"})).status_code == 204
    assert await zone() == "Asia/Kathmandu"
    for wrong in ("Mars/Olympus", "../../etc/passwd", "europe/berlin", "\x00"):
        errors = refusal(await house.browser(AYLIN).patch("/api/v1/me", json={"time_zone": wrong}), 422)
        assert errors == {"time_zone": "Choose a time zone from the list."}


async def test_times_are_utc_and_exact(house: House) -> None:
    kudos = await house.give(AYLIN)
    sent_at = (await house.seen(JONAS, kudos))["sent_at"]
    row = await database.fetch_one("SELECT position / 1000 AS at FROM kudos")
    assert row is not None
    assert sent_at.startswith("2026-03-02T09:00:00")
    assert sent_at.endswith("Z")
    assert int(sent_at[20:-1].ljust(6, "0")) == row["at"] % 1_000_000


async def test_unknown_preferences_are_refused(house: House) -> None:
    wrong: list[object] = [{"language": "fr"}, {"theme": "pink"}, {"name": "x"}, {"time_zone": 5}, []]
    for body in wrong:
        refusal(await house.browser(AYLIN).patch("/api/v1/me", json=body), 400)
