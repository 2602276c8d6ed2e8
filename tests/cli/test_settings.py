"""Settings from the environment: each is read, checked and documented."""

import re
from dataclasses import asdict

import pytest

from api.core.settings import Settings, SettingsError, documented, read_settings
from tests.drills.command import ROOT

GOOD = [
    ("DATABASE_URL", "sqlite:///house.db", "sqlite:///house.db"),
    ("DATABASE_URL", "sqlite:////srv/house.db", "sqlite:////srv/house.db"),
    ("DATABASE_URL", "postgresql://me:secret@db.example:5433/house", "postgresql://me:secret@db.example:5433/house"),
    ("DATABASE_URL", "postgresql:///house?host=/run/postgresql", "postgresql:///house?host=/run/postgresql"),
    ("HOST", "0.0.0.0", "0.0.0.0"),
    ("PORT", "0", 0),
    ("PORT", " 8080 ", 8080),
    ("PORT", "", 8000),
    ("BASE_URL", "https://thanks.example.org/", "https://thanks.example.org"),
    ("TRUSTED_PROXIES", "127.0.0.1,10.0.0.5", "127.0.0.1,10.0.0.5"),
    ("UNDO_SECONDS", "3600", 3600),
    ("SESSION_DAYS", "1", 1),
    ("DATABASE_CONNECTIONS", "2", 2),
    ("SERVE_JOBS", "no", False),
    ("MAIL_FROM", "Gearmesh <thanks@müller.example>", "Gearmesh <thanks@müller.example>"),
    ("WEBHOOK_ALLOW", "chat.example.org, 10.20.0.0/16", "chat.example.org, 10.20.0.0/16"),
    ("SECRET_KEY", f"{'A' * 43}=", f"{'A' * 43}="),
    ("LOG_LEVEL", "debug", "debug"),
]
URLS = "sqlite:///gearmesh.db, sqlite:////srv/gearmesh.db or postgresql://user:password@host/database"
ADDRESS = "the address people type, like https://thanks.example.org, without a path"
PROXIES = "addresses separated by commas, like 127.0.0.1,10.0.0.5, or *"
BAD = [
    *(
        ("DATABASE_URL", url, URLS)
        for url in (
            "house.db",
            "sqlite:///",
            "sqlite:///:memory:",
            "sqlite://house.db",
            "mysql://db/house",
            "postgresql://db",
            "postgresql://db:port/house",
            "postgresql://[::1/house",
        )
    ),
    ("PORT", "65536", "a whole number from 0 to 65535"),
    ("PORT", "-1", "a whole number from 0 to 65535"),
    ("PORT", "²", "a whole number from 0 to 65535"),
    *(
        ("BASE_URL", url, ADDRESS)
        for url in ("thanks.example.org", "https://example.org/thanks", "ftp://example.org", "https://:443", "http://[")
    ),
    ("TRUSTED_PROXIES", "127.0.0.1,,10.0.0.5", PROXIES),
    ("UNDO_SECONDS", "0", "a whole number from 1 to 3600"),
    ("SESSION_DAYS", "366", "a whole number from 1 to 365"),
    ("DATABASE_CONNECTIONS", "1", "a whole number from 2 to 1000"),
    ("SERVE_JOBS", "0", "yes or no"),
    *(
        ("MAIL_URL", url, "smtp://user:password@mail.example.org:587, smtps://mail.example.org or smtp://localhost")
        for url in ("mail.example.org", "http://mail.example.org", "smtp://", "smtp://host:port", "smtp://host/path")
    ),
    *(
        ("MAIL_FROM", sender, "an address, like Gearmesh <thanks@example.org>")
        for sender in ("thanks", "@example.org", "Gearmesh <>", "thänks@example.org", "a@b\r\nBcc: c@d")
    ),
    *(
        ("WEBHOOK_ALLOW", text, "hosts and networks separated by commas, like chat.example.org,10.20.0.0/16")
        for text in (",", "https://chat.example.org", "10.20.0.0/99", "*.example.org", "chat.example.org:8080")
    ),
    ("LOG_LEVEL", "loud", "debug or info or warning or error"),
]


@pytest.mark.parametrize(("name", "raw", "value"), GOOD)
def test_a_setting_is_read(name: str, raw: str, value: object) -> None:
    expected = asdict(Settings()) | {name.lower(): value}
    assert asdict(read_settings({f"GEARMESH_{name}": raw, "PATH": "/bin"})) == expected


@pytest.mark.parametrize(("name", "raw", "wanted"), BAD)
def test_a_setting_that_cannot_be_used_is_named_with_what_it_should_be(name: str, raw: str, wanted: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({f"GEARMESH_{name}": raw})
    assert str(caught.value) == f"GEARMESH_{name} is {raw!r}, but should be {wanted}."


def test_every_setting_with_a_rule_has_a_bad_example() -> None:
    # A secret key that is none is not repeated: tests/rewards/test_codes.py
    unnamed = {"GEARMESH_HOST", "GEARMESH_SECRET_KEY"}
    assert {f"GEARMESH_{name}" for name, *_ in BAD} | unnamed == {name for name, *_ in documented()}
    assert {f"GEARMESH_{name}" for name, *_ in GOOD} | {"GEARMESH_MAIL_URL"} == {name for name, *_ in documented()}


def test_a_mail_server_needs_a_sender_and_an_address_for_links() -> None:
    mail = {"GEARMESH_MAIL_URL": "smtp://me:s3cr%40t@mail.example:2525"}
    with pytest.raises(SettingsError) as caught:
        read_settings({**mail, "GEARMESH_MAIL_FROM": " "})
    assert str(caught.value).splitlines() == [
        "GEARMESH_MAIL_FROM is needed where there is GEARMESH_MAIL_URL.",
        "GEARMESH_BASE_URL is needed where there is GEARMESH_MAIL_URL.",
    ]
    found = read_settings({**mail, "GEARMESH_MAIL_FROM": "thanks@a.example", "GEARMESH_BASE_URL": "https://a.example"})
    assert found.mail is not None
    assert (found.mail.server, found.mail.user) == (("mail.example", 2525), ("me", "s3cr@t"))
    assert found.mail.start_tls  # before a password is sent
    assert read_settings({}).mail is None


def test_all_problems_are_named_at_once_unknown_names_too() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"GEARMESH_PORT": "x", "GEARMESH_LOG_LEVEL": "x", "GEARMESH_PROT": "8000"})
    names = ", ".join(name for name, *_ in documented())
    assert str(caught.value).splitlines() == [
        "GEARMESH_LOG_LEVEL is 'x', but should be debug or info or warning or error.",
        "GEARMESH_PORT is 'x', but should be a whole number from 0 to 65535.",
        f"GEARMESH_PROT is not a setting. There are: {names}.",
    ]


def test_a_password_is_not_repeated() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"GEARMESH_DATABASE_URL": "mysql://me:s3cr@t@db/house"})
    assert str(caught.value) == f"GEARMESH_DATABASE_URL is 'mysql://me:***@db/house', but should be {URLS}."


def test_the_readme_lists_every_setting_as_the_program_does() -> None:
    rows = [
        tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
        for line in (ROOT / "README.md").read_text().splitlines()
        if re.match(r"\| *`GEARMESH_", line)
    ]
    assert rows == [
        (f"`{name}`", f"`{default}`" if default else "", meaning) for name, default, meaning in documented()
    ]
