"""Erasing as JSON."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta


class ErasePerson(msgspec.Struct, forbid_unknown_fields=True):
    """Their full name once more, against a slip."""

    name: Annotated[str, Meta(max_length=400)]
