"""Settings from the environment: one list that is read, checked and documented."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import MISSING, dataclass, field, fields
from typing import Any
from urllib.parse import urlsplit

from api.core.mail.settings import MailSettings, check_mail_url, check_sender
from api.core.outgoing.addresses import Allowed
from api.core.outgoing.used import Outside
from api.core.sealing import read_keys

PREFIX = "GEARMESH_"


class SettingsError(Exception):
    """One or more settings cannot be used; the text names each with what it should be."""


def _setting(default: object, help_text: str, read: Callable[[str], object]) -> Any:
    return field(default=default, metadata={"help": help_text, "read": read})


def _text(raw: str) -> str:
    return raw


def _integer(low: int, high: int) -> Callable[[str], int]:
    def read(raw: str) -> int:
        if not raw.isascii() or not raw.isdigit() or not low <= int(raw) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(raw)

    return read


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(raw: str) -> str:
        if raw not in choices:
            raise ValueError(" or ".join(choices))
        return raw

    return read


def _yes_or_no(raw: str) -> bool:
    if raw not in ("yes", "no"):
        raise ValueError("yes or no")
    return raw == "yes"


def _database_url(raw: str) -> str:
    with suppress(ValueError):  # what urlsplit and port find wrong helps nobody
        parts = urlsplit(raw)
        file = raw.removeprefix("sqlite:///") if raw.startswith("sqlite:///") else ""
        if file and not file.startswith(":memory:"):
            return raw
        if parts.scheme in ("postgresql", "postgres") and parts.path.strip("/") and parts.port != 0:
            return raw
    raise ValueError("sqlite:///gearmesh.db, sqlite:////srv/gearmesh.db or postgresql://user:password@host/database")


def _base_url(raw: str) -> str:
    with suppress(ValueError):
        parts = urlsplit(raw)
        more = parts.path.strip("/") or parts.query or parts.fragment or parts.username
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and not more:
            return raw.rstrip("/")
    raise ValueError("the address people type, like https://thanks.example.org, without a path")


def _proxies(raw: str) -> str:
    if any(not part.strip() for part in raw.split(",")):
        raise ValueError("addresses separated by commas, like 127.0.0.1,10.0.0.5, or *")
    return raw


def _allowed(raw: str) -> str:
    Allowed.read(raw)
    return raw


def _secret_key(raw: str) -> str:
    read_keys(raw)
    return raw


def _without_password(raw: str) -> str:
    """The value as it may be shown: complaints end up in logs."""
    return re.sub(r"(://[^:/@]*):.*@", r"\1:***@", raw)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How this installation runs. Each field is the environment variable GEARMESH_<NAME>."""

    database_url: str = _setting(
        "sqlite:///gearmesh.db",
        "where everything is stored: `sqlite:///file.db` or `postgresql://user:password@host/database`",
        _database_url,
    )
    host: str = _setting("127.0.0.1", "address to listen on", _text)
    port: int = _setting(8000, "port to listen on", _integer(0, 65535))
    base_url: str = _setting(
        "", "the address people type, if a proxy stands in front; https makes cookies secure", _base_url
    )
    trusted_proxies: str = _setting(
        "", "proxies whose X-Forwarded-* headers are believed, separated by commas", _proxies
    )
    undo_seconds: int = _setting(
        60, "how long a thank-you can be taken back before anybody is notified", _integer(1, 3600)
    )
    session_days: int = _setting(30, "days until an unused sign-in ends", _integer(1, 365))
    database_connections: int = _setting(10, "largest number of PostgreSQL connections", _integer(2, 1000))
    serve_jobs: bool = _setting(
        True,
        "no: `serve` leaves background work to `gearmesh work` (PostgreSQL; a SQLite file's server does all itself)",
        _yes_or_no,
    )
    mail_url: str = _setting(
        "",
        "the mail server: `smtp://user:password@host:587`, `smtps://host` or `smtp://localhost`; empty: no e-mail",
        check_mail_url,
    )
    mail_from: str = _setting(
        "", "whom e-mails come from, like `Gearmesh <thanks@example.org>`; needed to send any", check_sender
    )
    webhook_allow: str = _setting(
        "",
        "hosts and networks inside the house that webhooks, chats, calendars may reach, separated by commas",
        _allowed,
    )
    secret_key: str = _setting(
        "",
        "seals voucher codes, webhooks' secrets and chats' addresses in the database: what `gearmesh secret-key`"
        " prints. Keep it apart from backups; to replace it, put the new one before the old one and a comma, and start"
        " every server: what it seals is sealed anew, and the old one can go",
        _secret_key,
    )
    log_level: str = _setting("info", "debug, info, warning or error", _one_of("debug", "info", "warning", "error"))

    @property
    def on_sqlite(self) -> bool:
        """Whether one process has the database for itself."""
        return self.database_url.startswith("sqlite:")

    @property
    def secure(self) -> bool:
        """Whether people reach us by https, so that cookies must not travel without it."""
        return self.base_url.startswith("https://")

    @property
    def outside(self) -> Outside:
        """What requests to the outside may reach."""
        return Outside(Allowed.read(self.webhook_allow) if self.webhook_allow else Allowed(), self.base_url)

    @property
    def mail(self) -> MailSettings | None:
        """How e-mail is sent; None where none is."""
        return MailSettings(self.mail_url, self.mail_from, self.base_url) if self.mail_url else None


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of `environment` (the process's by default).

    Raises SettingsError naming every setting that cannot be used, and every GEARMESH_ name that is none.
    """
    environment = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    problems: list[str] = []
    known = {PREFIX + f.name.upper(): f for f in fields(Settings)}
    for name, raw in sorted(environment.items()):
        if not name.startswith(PREFIX):
            continue
        if name not in known:
            problems.append(f"{name} is not a setting. There are: {', '.join(known)}.")
        elif raw.strip():
            try:
                values[known[name].name] = known[name].metadata["read"](raw.strip())
            except ValueError as error:
                shown = "not usable" if known[name].name == "secret_key" else repr(_without_password(raw))
                problems.append(f"{name} is {shown}, but should be {error}.")
    if values.get("mail_url"):
        # Links in e-mails lead to the address of the settings: a request's Host header is anybody's to choose.
        needed = [PREFIX + name for name in ("MAIL_FROM", "BASE_URL")]
        problems += [
            f"{name} is needed where there is {PREFIX}MAIL_URL."
            for name in needed
            if not environment.get(name, "").strip()
        ]
    if problems:
        raise SettingsError("\n".join(problems))
    return Settings(**values)


def documented() -> list[tuple[str, str, str]]:
    """Every setting as (environment variable, default, meaning), for the help text and the README."""
    return [(PREFIX + f.name.upper(), _shown(f.default), f.metadata["help"]) for f in fields(Settings)]


def _shown(default: object) -> str:
    if isinstance(default, bool):
        return "yes" if default else "no"
    return "" if default is MISSING else str(default)
