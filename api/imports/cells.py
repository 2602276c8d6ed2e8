"""One cell of a list: what may stand in it and what it means. No database."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from api.core.clock import SECOND
from api.core.i18n import Message
from api.core.i18n import gettext_later as _
from api.core.text import clean, one_line
from api.imports.rules import plain

# What spreadsheets take for a formula, as they read it: full-width forms too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_GUARDED = re.compile(r"'+[=+\-@\t\r＝＋－＠]")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})$|(\d{1,2})\.(\d{1,2})\.(\d{4})$")
_MONEY = re.compile(r"\d{1,3}([.,' ]\d{3})*([.,]\d{1,2})?$|\d+([.,]\d{1,2})?$")
_LANGUAGES = {"de": "de", "deutsch": "de", "german": "de", "dede": "de", "deat": "de", "dech": "de"}
_LANGUAGES |= {"en": "en", "englisch": "en", "english": "en", "engb": "en", "enus": "en"}


class CellRefused(Exception):
    """This cell cannot be used; `message` says what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.source)
        self.message = message


def unguarded(raw: str) -> str:
    """A cell as text. An apostrophe before a formula's sign says that it is none, and goes.

    Raises CellRefused for what a spreadsheet would calculate. A lone dash stands for nothing.
    """
    stripped = raw.strip(" ")
    if stripped in ("-", "–", "—"):
        return ""
    if stripped.startswith(_FORMULA):
        raise CellRefused(
            _("This begins like a formula. Put an apostrophe (') in front if it is meant as text, or remove the sign.")
        )
    return stripped[1:] if _GUARDED.match(stripped) else stripped


def guard(text: str) -> str:
    """A text as an exported cell: what a spreadsheet would calculate gets an apostrophe in front."""
    return f"'{text}" if text.startswith(_FORMULA) or _GUARDED.match(text) else text


def line_of(raw: str, longest: int) -> str:
    """A text on one line. Raises CellRefused if it is too long or a formula."""
    return _short(one_line(unguarded(raw)), longest)


def text_of(raw: str, longest: int) -> str:
    """A text that may have several lines."""
    return _short(clean(unguarded(raw)), longest)


def _short(text: str, longest: int) -> str:
    if len(text) > longest:
        raise CellRefused(_("This is longer than %(n)s characters.", n=longest))
    return text


def address_of(raw: str) -> str:
    """An e-mail address in lower case. Raises CellRefused, also for letters that only look like others."""
    try:
        text = unguarded(raw).removeprefix("mailto:").strip()
    except CellRefused:
        raise CellRefused(_("This begins like a formula. Write the e-mail address alone.")) from None
    if not text:
        raise CellRefused(_("The e-mail address is missing."))
    for sign in text:
        if not sign.isascii():
            name = unicodedata.name(sign, "?").title()
            raise CellRefused(
                _("The sign “%(sign)s” is %(name)s, which is not the letter it may look like. Type the address anew.",
                  sign=sign, name=name)
            )  # fmt: skip
    if not _ADDRESS.fullmatch(text) or ".." in text or len(text) > 254:
        raise CellRefused(_("This does not look like an e-mail address."))
    return text.lower()


def day_of(raw: str) -> str:
    """A date as ISO text: from 2024-03-31 or 31.03.2024. Empty stays empty. Raises CellRefused."""
    text = unguarded(raw)
    if not text:
        return ""
    match = _DAY.match(text.removesuffix(" 00:00:00").removesuffix("T00:00:00"))
    if match:
        year, month, day = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
        try:
            found = date(int(year), int(month), int(day))
        except ValueError:
            pass
        else:
            if 1900 <= found.year <= 2200:
                return found.isoformat()
    raise CellRefused(_("Write a date like 2024-03-31 or 31.03.2024."))


def language_of(raw: str) -> str:
    """ "de", "en" or empty. Raises CellRefused."""
    text = plain(unguarded(raw))
    if text and text not in _LANGUAGES:
        raise CellRefused(_("Choose German or English."))
    return _LANGUAGES.get(text, "")


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def zone_of(raw: str) -> str:
    """A time zone like Europe/Berlin, or empty. Raises CellRefused."""
    text = unguarded(raw)
    if text and text not in _zones():
        raise CellRefused(_("Write a time zone like Europe/Berlin."))
    return text


def weight_of(raw: str) -> int:
    """1 to 5. Raises CellRefused."""
    text = unguarded(raw)
    if text not in ("1", "2", "3", "4", "5"):
        raise CellRefused(_("Write a number from 1 to 5."))
    return int(text)


def cents_of(raw: str) -> int | None:
    """An amount like 42, 42,50 or 1.234,50 in cents; None if there is none. Raises CellRefused."""
    text = unguarded(raw).replace("€", "").replace("EUR", "").replace("\u00a0", " ").strip()
    if not text:
        return None
    if not _MONEY.match(text):
        raise CellRefused(_("Write an amount like 42 or 42.50."))
    whole, cents = text, "0"
    if (len(text) > 3 and text[-3] in ".,") or (len(text) > 2 and text[-2] in ".,"):
        whole, cents = re.split(r"[.,](?=\d{1,2}$)", text)
    found = int(re.sub(r"\D", "", whole)) * 100 + int(cents.ljust(2, "0"))
    if found > 2_000_000_000:
        raise CellRefused(_("This amount is too large."))
    return found


def moment_of(raw: str, zone: str, now: int) -> int:
    """A time in microseconds: ISO 8601 or 31.03.2024 14:05; without a zone it is meant in `zone`.

    Raises CellRefused, also for the future and for what is older than such products.
    """
    text = unguarded(raw)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        day, _sep, clock = text.replace(",", " ").partition(" ")
        try:
            found = datetime.fromisoformat(f"{day_of(day)}T{clock.strip() or '12:00'}")
        except (ValueError, CellRefused):
            raise CellRefused(_("Write a time like 2024-03-31 14:05 or 31.03.2024 14:05.")) from None
    else:
        if len(text) <= 10:
            found = found.replace(hour=12)
    if found.tzinfo is None:
        found = found.replace(tzinfo=ZoneInfo(zone))
    moment = round(found.astimezone(UTC).timestamp()) * SECOND
    if not 946_684_800 * SECOND <= moment <= now:
        raise CellRefused(_("This time lies in the future, or too long ago."))
    return moment
