"""What the ledger refuses."""

from __future__ import annotations

from api.core.errors import Conflict
from api.core.i18n import Message
from api.core.i18n import gettext_later as _


class NotEnough(Conflict):
    """An account does not hold what should be taken from it. `available` and `needed` are points."""

    code = "not_enough_points"

    def __init__(self, kind: str, *, available: int, needed: int) -> None:
        super().__init__(_sentence(kind, available, needed))
        self.kind = kind
        self.available = available
        self.needed = needed


class Settled(Conflict):
    """A hold that was posted, given back or expired before, or a transfer that was reversed before."""

    code = "settled"

    def __init__(self) -> None:
        super().__init__(_("These points have been settled already. Look at it as it is now."))


def _sentence(kind: str, available: int, needed: int) -> Message:
    match kind:
        case "giving":
            return _(
                "You have %(available)s points left to give; this needs %(needed)s.", available=available, needed=needed
            )
        case "award":
            return _(
                "The award budget has %(available)s points left; this needs %(needed)s.",
                available=available,
                needed=needed,
            )
        case _:
            return _("There are %(available)s points; this needs %(needed)s.", available=available, needed=needed)
