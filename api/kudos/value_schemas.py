"""Values with all that HR and admin may set."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from api.people.record_schemas import Text, Uuid, Version


class ValueRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A value in both languages; an archived one cannot be chosen any more."""

    id: str
    name_de: str
    name_en: str
    hint_de: str
    hint_en: str
    archived: bool
    version: str


class ValueRecords(msgspec.Struct, frozen=True):
    """All values in their order, archived ones at the end."""

    items: list[ValueRecord]


class CreateValue(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A new value. What is empty in one language takes the other's words."""

    id: Uuid | None = None
    name_de: Text = ""
    name_en: Text = ""
    hint_de: Text = ""
    hint_en: Text = ""


class EditValue(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What to change; what is left out stays."""

    version: Version
    name_de: Text | UnsetType = UNSET
    name_en: Text | UnsetType = UNSET
    hint_de: Text | UnsetType = UNSET
    hint_en: Text | UnsetType = UNSET


class PlaceValue(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Where the value stands among those that can be chosen; 0 is the first."""

    place: Annotated[int, Meta(ge=0, le=1000)]
