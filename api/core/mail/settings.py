"""Through which server e-mail goes, and from whom."""

from __future__ import annotations

from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

import msgspec

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class MailSettings(msgspec.Struct, frozen=True):
    """`url` is the server (`smtp://user:password@host:587`, `smtps://host`), `sender` the From of every e-mail
    ("Gearmesh <thanks@example.org>"), `base_url` stands in front of every link ("https://thanks.example.org")."""

    url: str
    sender: str
    base_url: str

    @property
    def sender_address(self) -> Address:
        """The From as the header takes it."""
        name, address = parseaddr(self.sender)
        local, _at, domain = address.rpartition("@")
        return Address(name, local, ascii_domain(domain))

    @property
    def server(self) -> tuple[str, int]:
        """Host and port; without a port 465 for smtps, 587 with a user, else 25."""
        parts = urlsplit(self.url)
        usual = 465 if self.tls else 587 if parts.username else 25
        return parts.hostname or "", parts.port or usual

    @property
    def tls(self) -> bool:
        """Whether the connection is encrypted from its first byte."""
        return self.url.startswith("smtps:")

    @property
    def start_tls(self) -> bool | None:
        """Whether to turn to TLS: always before a password is sent, None for "if the server can", never on this
        machine, whose mail server seldom has a certificate that names it."""
        if self.tls or self.server[0] in LOOPBACK:
            return False
        return True if self.user is not None else None

    @property
    def user(self) -> tuple[str, str] | None:
        """User and password, if the server wants them."""
        parts = urlsplit(self.url)
        return (unquote(parts.username), unquote(parts.password or "")) if parts.username else None


def ascii_domain(domain: str) -> str:
    """A domain as it travels: umlauts in Punycode. Raises ValueError for what is none."""
    return domain.encode("idna").decode("ascii").lower()


def check_mail_url(raw: str) -> str:
    """Raises ValueError saying what `GEARMESH_MAIL_URL` should be."""
    try:
        parts = urlsplit(raw)
        if parts.scheme in ("smtp", "smtps") and parts.hostname and parts.port != 0 and not parts.path.strip("/"):
            return raw.rstrip("/")
    except ValueError:
        pass
    raise ValueError("smtp://user:password@mail.example.org:587, smtps://mail.example.org or smtp://localhost")


def check_sender(raw: str) -> str:
    """Raises ValueError saying what `GEARMESH_MAIL_FROM` should be."""
    try:
        address = MailSettings("", raw, "").sender_address
        if address.username.isascii() and address.username and address.domain and "\n" not in raw and "\r" not in raw:
            return raw
    except ValueError:
        pass
    raise ValueError("an address, like Gearmesh <thanks@example.org>")
