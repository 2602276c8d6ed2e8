"""Dependencies with all that HR and admin may set."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from api.people.record_schemas import Text, Uuid, Version

Weight = Annotated[int, Meta(ge=1, le=5)]
Cents = Annotated[int, Meta(ge=0, le=100_000_000)]


class DependencyRecord(msgspec.Struct, frozen=True, kw_only=True):
    """`provider_id` delivers the hand-over to `customer_id`; an error in it costs so many cents."""

    id: str
    provider_id: str
    customer_id: str
    handover_de: str
    handover_en: str
    weight: int
    error_cost_cents: int | None
    error_note_de: str
    error_note_en: str
    version: str


class CreateDependency(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A new dependency; between two departments there is at most one in each direction."""

    id: Uuid | None = None
    provider_id: Uuid
    customer_id: Uuid
    handover_de: Text = ""
    handover_en: Text = ""
    weight: Weight = 3
    error_cost_cents: Cents | None = None
    error_note_de: Text = ""
    error_note_en: Text = ""


class EditDependency(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What to change; what is left out stays."""

    version: Version
    provider_id: Uuid | UnsetType = UNSET
    customer_id: Uuid | UnsetType = UNSET
    handover_de: Text | UnsetType = UNSET
    handover_en: Text | UnsetType = UNSET
    weight: Weight | UnsetType = UNSET
    error_cost_cents: Cents | UnsetType | None = UNSET
    error_note_de: Text | UnsetType = UNSET
    error_note_en: Text | UnsetType = UNSET
