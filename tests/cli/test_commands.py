"""The commands besides `serve`."""

import json
import os
from pathlib import Path

import httpx
import pytest

from api.core import database
from frontend.cli import main
from tests import databases
from tests.databases import Kind
from tests.drills.command import Outcome, environment, gearmesh, serving
from tests.drills.stored import opened
from tests.support.house import organisation_url
from tests.support.organisation import AYLIN, JONAS, OSKAR

PASSWORD = "a short sentence\n"
DONE = Outcome(0, "The database has this version's schema.\n", "")


def use(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """Let `main` run in this process over the database `url`."""
    for name, value in environment({"database_url": url}).items():
        monkeypatch.setenv(name, value)


async def test_migrate_can_be_repeated(kind: Kind) -> None:
    url = databases.fresh_url(kind)
    assert await gearmesh("migrate", database_url=url) == DONE
    assert await gearmesh("migrate", database_url=url) == DONE


async def test_create_admin_makes_somebody_new_who_can_sign_in(kind: Kind) -> None:
    url = databases.fresh_url(kind)
    arguments = ("create-admin", "Ines.Roth@hospital.example", "--name", "Ines Roth", "--department", "Direction")
    made = await gearmesh(*arguments, stdin=PASSWORD, database_url=url)
    assert made == Outcome(0, "Ines.Roth@hospital.example is now here and an administrator.\n", "")
    async with opened(url):
        rows = await database.fetch(
            "SELECT p.email, p.name, p.roles, d.name_en FROM person p JOIN department d ON d.id = p.department_id"
        )
    assert [tuple(row) for row in rows] == [("ines.roth@hospital.example", "Ines Roth", "admin", "Direction")]
    async with serving(url) as server, httpx.AsyncClient(base_url=server.address) as browser:
        form = {"email": "ines.roth@hospital.example", "password": PASSWORD.strip()}
        assert (await browser.post("/sign-in", data=form)).status_code == 303
        assert (await browser.get("/api/v1/me")).json()["roles"] == ["admin", "colleague"]


def test_create_admin_keeps_who_is_here_and_brings_them_back(
    kind: Kind, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    use(monkeypatch, organisation_url(kind))
    monkeypatch.setattr("frontend.cli._password", lambda: PASSWORD.strip())
    assert main(["create-admin", OSKAR.email, "--name", "Somebody Else"]) == 0
    assert capsys.readouterr().out == f"{OSKAR.email} is an administrator.\n"
    assert main(["token", OSKAR.email, "--scope", "all"]) == 0


@pytest.mark.parametrize(
    ("email", "password", "said"),
    [
        ("nobody", PASSWORD, "This does not look like an e-mail address."),
        ("a@b.example", "short\n", "Use at least 10 characters; a short sentence works well."),
        ("a@b.example", "", "Use at least 10 characters; a short sentence works well."),
        ("administration@b.example", "Administration\n", "Your address is easy to guess. Use something else."),
    ],
)
async def test_create_admin_says_what_is_wrong(email: str, password: str, said: str) -> None:
    url = databases.fresh_url("sqlite")
    refused = await gearmesh("create-admin", email, "--name", "A", stdin=password, database_url=url)
    assert refused == Outcome(1, "", f"gearmesh: {said}\n")


async def test_a_token_works_on_the_running_server_with_just_its_scopes(kind: Kind) -> None:
    url = organisation_url(kind)
    async with serving(url) as server:
        made = await gearmesh("token", AYLIN.email, "--scope", "kudos:read", "--days", "7", database_url=url)
        assert (made.status, made.err) == (0, "")
        token = made.out.removesuffix("\n")
        assert token.startswith("gm_")
        assert not set(token) & set(" \n")
        async with httpx.AsyncClient(base_url=server.address, headers={"Authorization": f"Bearer {token}"}) as script:
            assert (await script.get("/api/v1/kudos")).status_code == 200
            letter = {"recipients": [JONAS.id], "message": "Thank you for the careful data."}
            assert (await script.post("/api/v1/kudos", json=letter)).status_code == 403
            assert (await script.get("/api/v1/me")).status_code == 403


async def test_a_token_for_nobody_or_for_nothing_is_refused() -> None:
    url = organisation_url("sqlite")
    unknown = await gearmesh("token", "nobody@hospital.example", "--scope", "all", database_url=url)
    assert unknown == Outcome(1, "", "gearmesh: Nobody here has this address.\n")
    left = await gearmesh("token", OSKAR.email, "--scope", "all", database_url=url)
    assert left == unknown
    wrong = await gearmesh("token", AYLIN.email, "--scope", "kudos:eat", database_url=url)
    assert (wrong.status, wrong.out) == (2, "")
    assert "invalid choice: 'kudos:eat'" in wrong.err


async def test_openapi_prints_a_description_of_version_3_1() -> None:
    printed = await gearmesh("openapi")
    assert (printed.status, printed.err) == (0, "")
    schema = json.loads(printed.out)
    assert schema["openapi"].startswith("3.1.")
    assert {"/health", "/api/v1/kudos", "/api/v1/events"} <= set(schema["paths"])


async def test_verify_refuses_a_database_that_was_never_used(kind: Kind, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'typo.db'}" if kind == "sqlite" else databases.fresh_url(kind)
    refused = await gearmesh("verify", database_url=url)
    assert refused.status == 1
    assert refused.err == (
        "gearmesh: There is nothing to verify: this database was never used. Check GEARMESH_DATABASE_URL.\n"
    )
    assert os.listdir(tmp_path) == []
