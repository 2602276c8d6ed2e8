"""Points as JSON shows them."""

from __future__ import annotations

import msgspec


class PurseOut(msgspec.Struct, frozen=True, kw_only=True):
    """What this person can give (`ringfenced` only to other departments) and has received; `held` is on its way.

    `most_each` is what one person can get from them in a month, `levels` the only amounts, if there are any.
    """

    enabled: bool
    giving: int
    ringfenced: int
    earned: int
    held: int
    most_each: int
    levels: list[int]
