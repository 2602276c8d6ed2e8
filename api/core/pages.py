"""Keyset pages: what comes after a position, never an offset and never a total."""

from __future__ import annotations

from api.core.errors import Invalid
from api.core.i18n import gettext_later as _

PAGE = 20
LARGEST_PAGE = 100
NEWEST = (1 << 63) - 1


def read_cursor(cursor: str | None) -> int:
    """The position a cursor stands for: rows below it come next. No cursor starts at the newest.

    Raises Invalid for anything that we did not hand out.
    """
    if not cursor:
        return NEWEST
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= 19 and 0 < int(cursor) <= NEWEST):
        raise Invalid.field("before", _("This page marker is not one of ours. Start again at the first page."))
    return int(cursor)
