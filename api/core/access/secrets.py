"""Secrets: passwords (Argon2id, off the event loop) and random tokens (only their SHA-256 is stored)."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from concurrent.futures import ThreadPoolExecutor

from pwdlib import PasswordHash
from pwdlib.exceptions import PwdlibError

from api.core.errors import Invalid
from api.core.i18n import gettext_later as _

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 1_000

_hasher = PasswordHash.recommended()
# A hash takes about 0.2 s and 64 MB: two at a time, everybody else waits in line instead of the event loop.
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="password")
# Checked when there is no such person, so that the time taken does not tell who exists.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$5jzzftQOoB2l/j8hdifjmg$JGm30KkLsM7ikeTgnSdzrvW2AwGIZQN+uamMRCtyKD4"


def new_token() -> str:
    """256 random bits, safe in cookies and headers."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is stored of a token: 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def check_new_password(password: str, *, email: str, field: str = "password") -> None:
    """Raise Invalid, beside `field`, for a password that is too short, too long or the person's own address."""
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid.field(
            field, _("Use at least %(n)s characters; a short sentence works well.", n=SHORTEST_PASSWORD)
        )
    if len(password) > LONGEST_PASSWORD:
        raise Invalid.field(field, _("Use at most %(n)s characters.", n=LONGEST_PASSWORD))
    if password.casefold() in (email.casefold(), email.partition("@")[0].casefold()):
        raise Invalid.field(field, _("Your address is easy to guess. Use something else."))


async def hash_password(password: str) -> str:
    """The Argon2id hash of a password, computed in a thread."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _hasher.hash, password)


async def password_matches(password: str, stored: str) -> bool:
    """Whether `password` is the one behind `stored` (empty: there is none). Always takes its time."""

    def check() -> bool:
        try:
            return _hasher.verify(password[:LONGEST_PASSWORD], stored or _NOBODY) and bool(stored)
        except PwdlibError:  # a hash that no method of ours made
            return False

    return await asyncio.get_running_loop().run_in_executor(_threads, check)
