"""What a link is for and how long it works."""

from __future__ import annotations

from enum import StrEnum

from api.core.access.secrets import token_hash
from api.core.clock import DAY, HOUR


class Purpose(StrEnum):
    """What its holder may do: choose a first password, or a new one."""

    INVITATION = "invitation"
    PASSWORD = "password"  # noqa: S105 (a word, no secret)


INVITATION_DAYS = 14
LIFETIME = {Purpose.INVITATION: INVITATION_DAYS * DAY, Purpose.PASSWORD: HOUR}
HANDED_OVER = DAY
"""How long a link for a new password works that an administrator hands over instead of an e-mail."""


def link_hash(token: str, purpose: Purpose) -> str:
    """What is stored of a link's token, bound to its purpose.

    Why this is at least as good as a signature: the token is 256 random bits, so a link can be guessed no more
    than a signature forged. To work once, each link needs its row anyway, and the row says whom and what it is
    for; so nobody can turn it into another. And there is no signing key that could leak, be lost or have to be
    rotated: a copy of this table opens nothing.
    """
    return token_hash(f"{purpose.value}:{token}")
