"""Every slice that stores something about people. A new one needs a `privacy.py` with `about` and `erase`, and a line.

Both take a person's id. `about` returns what is stored about them, as JSON can hold it; `erase` runs inside the
one transaction that erases them, leaves ids and counts, and takes names and texts away.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from api.account import privacy as account
from api.administration import privacy as administration
from api.approvals import privacy as approvals
from api.awards import privacy as awards
from api.core.i18n import Message
from api.core.i18n import gettext_later as _
from api.imports import privacy as imports
from api.improvements import privacy as improvements
from api.invitations import privacy as invitations
from api.kudos import privacy as kudos
from api.notifications import privacy as notifications
from api.people import privacy as people
from api.points import privacy as points
from api.rewards import privacy as rewards
from api.rotations import feedback_privacy as feedback
from api.rotations import privacy as rotations
from api.rotations import visit_privacy as visits


class Part(msgspec.Struct, frozen=True):
    """One slice's share of what is stored: its file's name in the export, its heading, and its two functions."""

    name: str
    title: Message
    about: Callable[[str], Awaitable[dict[str, Any]]]
    erase: Callable[[str], Awaitable[None]]


PARTS = (
    Part("kudos", _("Thanks and what belongs to them"), kudos.about, kudos.erase),
    Part("points", _("Points"), points.about, points.erase),
    Part("rewards", _("Rewards you ordered"), rewards.about, rewards.erase),
    Part("account", _("Signing in and activity"), account.about, account.erase),
    Part("approvals", _("Decisions you asked for and took"), approvals.about, approvals.erase),
    Part("awards", _("Awards, proposed and received"), awards.about, awards.erase),
    Part("imports", _("Lists that you brought in"), imports.about, imports.erase),
    Part("invitations", _("Links sent to you"), invitations.about, invitations.erase),
    Part("notifications", _("Notifications"), notifications.about, notifications.erase),
    Part("rotations", _("Job rotations"), rotations.about, rotations.erase),
    Part("visits", _("Answers about visits, and your calendar"), visits.about, visits.erase),
    Part("feedback", _("Feedback after visits"), feedback.about, feedback.erase),
    Part("improvements", _("Ideas and improvement teams"), improvements.about, improvements.erase),
    Part("changes", _("Changes that HR made about you"), administration.about, administration.erase),
    # The last to be erased: the others look for the name.
    Part("person", _("You"), people.about, people.erase),
)
