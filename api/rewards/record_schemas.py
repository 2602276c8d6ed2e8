"""The catalogue with all that HR may set, codes, places and tax rules."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from api.people.record_schemas import Hue, Uuid, Version

Text = Annotated[str, Meta(max_length=2_000)]
KindName = Literal["voucher", "goods", "time_off", "donation", "team_event", "custom"]
TaxClassName = Literal["benefit", "taxed", "exempt"]
FulfilmentName = Literal["hr", "codes"]
PeriodName = Literal["", "month", "quarter", "year", "ever"]
MotifName = Literal["book", "clock", "cup", "bike", "tree", "ticket", "heart", "gift"]


class RewardRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A reward with all its fields in both languages. `stock`: null for as many as are asked for; of rewards with
    codes the codes that nobody has ordered. `open`: orders that wait. Money is in cents."""

    id: str
    title_de: str
    title_en: str
    text_de: str
    text_en: str
    alt_de: str
    alt_en: str
    picture_id: str | None
    motif: str
    hue: int
    kind: str
    points: int
    cents: int
    tax_class: str
    fulfilment: str
    limit_count: int | None
    limit_period: str
    countries: str
    places: str
    starts_on: str
    ends_on: str
    stock: int | None
    open: int
    archived: bool
    version: str


class RewardItem(msgspec.Struct, frozen=True, kw_only=True):
    """A reward in HR's list."""

    id: str
    title: str
    kind: str
    points: int
    cents: int
    fulfilment: str
    stock: int | None
    open: int
    picture_id: str | None
    motif: str
    hue: int
    starts_on: str
    ends_on: str
    archived: bool


class RewardItems(msgspec.Struct, frozen=True):
    """A page of them by title; pass `next` as `after`."""

    items: list[RewardItem]
    next: str | None


class CreateReward(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A new reward. What is empty in one language takes the other's words."""

    id: Uuid | None = None
    title_de: Text = ""
    title_en: Text = ""
    text_de: Text = ""
    text_en: Text = ""
    alt_de: Text = ""
    alt_en: Text = ""
    picture_id: Uuid | None = None
    motif: MotifName = "gift"
    hue: Hue = 1
    kind: KindName
    points: int
    cents: int = 0
    tax_class: TaxClassName
    fulfilment: FulfilmentName = "hr"
    stock: int | None = None
    limit_count: int | None = None
    limit_period: PeriodName = ""
    countries: Annotated[str, Meta(max_length=400)] = ""
    places: Text = ""
    starts_on: Annotated[str, Meta(max_length=10)] = ""
    ends_on: Annotated[str, Meta(max_length=10)] = ""


class EditReward(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What to change of a reward; what is left out stays. Who hands it over stays for good."""

    version: Version
    title_de: Text | UnsetType = UNSET
    title_en: Text | UnsetType = UNSET
    text_de: Text | UnsetType = UNSET
    text_en: Text | UnsetType = UNSET
    alt_de: Text | UnsetType = UNSET
    alt_en: Text | UnsetType = UNSET
    picture_id: Uuid | UnsetType | None = UNSET
    motif: MotifName | UnsetType = UNSET
    hue: Hue | UnsetType = UNSET
    kind: KindName | UnsetType = UNSET
    points: int | UnsetType = UNSET
    cents: int | UnsetType = UNSET
    tax_class: TaxClassName | UnsetType = UNSET
    limit_count: int | UnsetType | None = UNSET
    limit_period: PeriodName | UnsetType = UNSET
    countries: Annotated[str, Meta(max_length=400)] | UnsetType = UNSET
    places: Text | UnsetType = UNSET
    starts_on: Annotated[str, Meta(max_length=10)] | UnsetType = UNSET
    ends_on: Annotated[str, Meta(max_length=10)] | UnsetType = UNSET


class SetStock(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """How many there are from now on (null: as many as are asked for). `seen` is the stock that was seen."""

    stock: int | None
    seen: int | None


class PictureOut(msgspec.Struct, frozen=True):
    """A stored picture, for a reward's `picture_id`."""

    id: str


class ImportCodes(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Codes, one on a line; of a CSV list the first column counts."""

    codes: Annotated[str, Meta(max_length=1_000_000)]


class CodesImported(msgspec.Struct, frozen=True):
    """What came of an import: new codes, and those that were here already."""

    added: int
    known: int


class CodesOut(msgspec.Struct, frozen=True, kw_only=True):
    """How a reward's codes stand. Codes themselves are shown to nobody but their owners."""

    free: int
    ordered: int
    handed_over: int
    last_import_at: datetime | None
    key_set: bool


class TaxRule(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """In this country (two letters) benefits in kind are guarded by a monthly limit, in cents."""

    country: Annotated[str, Meta(max_length=2)]
    limit_cents: Annotated[int, Meta(ge=0, le=10_000_000)] = 5_000


class RewardSettingsOut(msgspec.Struct, frozen=True, kw_only=True):
    """The country of departments that name none, and the guarded countries."""

    country: str
    rules: list[TaxRule]
    version: str


class ChangeRewardSettings(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The settings as they are to be. A country without a rule is not guarded."""

    version: Version
    country: Annotated[str, Meta(max_length=2)]
    rules: Annotated[list[TaxRule], Meta(max_length=50)]
