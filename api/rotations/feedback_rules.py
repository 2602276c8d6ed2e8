"""What may be said after a visit. No database, no web."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal

import msgspec

from api.core.i18n import gettext_later as _
from api.core.text import clean, one_line
from api.people.rules import Findings

Side = Literal["visitor", "host"]
Per = Literal["once", "day", "week", "month"]

LONGEST_TEXT: Final = 2_000
LONGEST_WHAT: Final = 200
MOST_ERRORS: Final = 10
MOST_TIMES: Final = 10_000
MOST_MINUTES: Final = 100_000
MOST_CENTS: Final = 1_000_000_000
CHANGE_DAYS: Final = 14
"""So long after it is sent, feedback can still be changed by whoever wrote it."""

A_MONTH: Final[Mapping[Per, float]] = {"once": 0.0, "day": 21.0, "week": 52 / 12, "month": 1.0}
"""How often in a month: 21 working days, a twelfth of a year's weeks."""


class ErrorLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An error of one side that costs the other something. `reverse` False: what the visitor's department delivers to
    the host; True: the other way round. Each costs `minutes` or `cents`, both, or nobody knows."""

    what: str
    times: int = 1
    per: Per = "week"
    minutes: int | None = None
    cents: int | None = None
    reverse: bool = False


class Said(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one side says: what surprised them, which errors cost what, what they will change."""

    surprised: str = ""
    will_change: str = ""
    errors: Sequence[ErrorLine] = ()


def check_said(said: Said, *, sending: bool) -> Said:
    """It as it is stored; errors without a word are left out.

    Raises Invalid beside "surprised", "will_change", or "errors.<number>.<field>" counted from 0; to be sent, something
    must have been said.
    """
    found = Findings()
    texts = {"surprised": clean(said.surprised), "will_change": clean(said.will_change)}
    for field, text in texts.items():
        if len(text) > LONGEST_TEXT:
            found.add(field, _("At most %(n)s characters.", n=LONGEST_TEXT))
    kept = []
    for number, line in enumerate(said.errors):
        what = one_line(line.what)
        if what:
            check_line(found, f"errors.{number}.", what, line)
            kept.append(msgspec.structs.replace(line, what=what))
    if len(kept) > MOST_ERRORS:
        found.add("errors.0.what", _("At most %(n)s errors; take the dearest.", n=MOST_ERRORS))
    if sending and not (texts["surprised"] or texts["will_change"] or kept):
        found.add("surprised", _("Say at least one thing; a sentence is plenty."))
    found.settle()
    return Said(surprised=texts["surprised"], will_change=texts["will_change"], errors=kept)


def check_line(found: Findings, prefix: str, what: str, line: ErrorLine) -> None:
    """Notes what is wrong with an error."""
    if len(what) > LONGEST_WHAT:
        found.add(f"{prefix}what", _("At most %(n)s characters.", n=LONGEST_WHAT))
    for field, value, least, most in (
        ("times", line.times, 1, MOST_TIMES),
        ("minutes", line.minutes, 0, MOST_MINUTES),
        ("cents", line.cents, 0, MOST_CENTS),
    ):
        if value is not None and not (type(value) is int and least <= value <= most):
            found.add(f"{prefix}{field}", _("Use a whole number, or leave it empty."))


def minutes_a_month(times: int, per: Per, minutes: int | None) -> float:
    """What an error costs in a month, in minutes, as those who reported it estimate."""
    return times * A_MONTH[per] * (minutes or 0)
