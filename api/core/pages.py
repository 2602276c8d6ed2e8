"""Keyset pages: what comes after a position, never an offset and never a total."""

from __future__ import annotations

from api.core.errors import Invalid
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid

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


def read_marker(before: str | None) -> str | None:
    """The id before which a list by id goes on, None at its beginning. Raises Invalid for what is no id."""
    if before and not is_uuid(before):
        raise Invalid.field("before", _("This page marker is not one of ours. Start again at the first page."))
    return before or None


def read_named(marker: str) -> tuple[str, str]:
    """The (name, id) after which a list by name goes on, from "<id>~<name>".

    Raises Invalid for anything that we did not hand out.
    """
    row_id, sep, name = marker.partition("~")
    if not sep or not is_uuid(row_id) or "\x00" in name:
        raise Invalid.field("after", _("This page marker is not one of ours. Start again at the first page."))
    return name, row_id
