"""What requests to the outside may reach, and what stands before links in them: jobs have no settings of their own."""

from __future__ import annotations

import msgspec

from api.core.outgoing.addresses import Allowed


class Outside(msgspec.Struct, frozen=True):
    """`allowed` may be reached although it is not public; `base_url` is this installation's address, or empty."""

    allowed: Allowed = Allowed()
    base_url: str = ""


_used = Outside()


def use_outside(outside: Outside) -> None:
    """Go by this from now on."""
    global _used
    _used = outside


def outside_in_use() -> Outside:
    """What this process goes by; nothing inside the house, unless it was told otherwise."""
    return _used
