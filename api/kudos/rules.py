"""What is allowed with thanks: lengths, recipients, reactions. No database, no web."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from api.core.errors import Invalid
from api.core.i18n import Message
from api.core.i18n import gettext_later as _
from api.core.i18n import ngettext_later as _n

SHORTEST_MESSAGE = 10
LONGEST_MESSAGE = 2_000
LONGEST_COMMENT = 1_000
LONGEST_PREVIEW = 10_000
LONGEST_REASON = 500
MOST_RECIPIENTS = 50


class ReactionKind(StrEnum):
    """The short answers to a thank-you."""

    ME_TOO = "me_too"
    STRONG = "strong"
    LEARNED = "learned"


def check_message(text: str) -> None:
    """Raise Invalid unless `text` (already cleaned) has 10 to 2,000 characters."""
    if len(text) < SHORTEST_MESSAGE:
        raise Invalid.field("message", _length_hint(text))
    check_length(text, LONGEST_MESSAGE)


def check_length(text: str, longest: int) -> None:
    """Raise Invalid, saying by how much, for a message of more than `longest` characters."""
    over = len(text) - longest
    if over > 0:
        raise Invalid.field(
            "message", _n("This is one character too long.", "This is %(n)s characters too long.", over)
        )


def _length_hint(text: str) -> Message:
    if not text:
        return _("Write what happened; one or two sentences are plenty.")
    return _n(
        "One more character, please: what did they do?",
        "%(n)s more characters, please: what did they do?",
        SHORTEST_MESSAGE - len(text),
    )


def check_comment(text: str) -> None:
    """Raise Invalid unless `text` (already cleaned) has 1 to 1,000 characters."""
    if not text:
        raise Invalid.field("message", _("Write something first."))
    check_length(text, LONGEST_COMMENT)


def check_reason(text: str) -> None:
    """Raise Invalid unless a reason is given that fits."""
    if not text:
        raise Invalid.field("reason", _("Say why, in a sentence."))
    if len(text) > LONGEST_REASON:
        raise Invalid.field("reason", _("Use at most %(n)s characters.", n=LONGEST_REASON))


def check_recipients(giver_id: str, recipients: Sequence[str]) -> None:
    """Raise Invalid unless there is somebody to thank besides oneself."""
    if not recipients:
        raise Invalid.field("recipients", _("Choose whom you want to thank."))
    if set(recipients) == {giver_id}:
        raise Invalid.field("recipients", _("You cannot thank only yourself. Who else was part of it?"))
    if len(recipients) > MOST_RECIPIENTS:
        raise Invalid.field("recipients", _("Thank up to %(n)s people at once.", n=MOST_RECIPIENTS))
