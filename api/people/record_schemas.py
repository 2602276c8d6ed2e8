"""Departments, people and the organisation with all that HR and admin may set."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from api.people.schemas import PersonRef

Text = Annotated[str, Meta(max_length=500)]
Uuid = Annotated[str, Meta(max_length=36)]
Version = Annotated[
    str, Meta(max_length=16, description="The record's `version` that was seen; 409 if it has changed.")
]
Hue = Annotated[int, Meta(ge=1, le=14)]
GivenRole = Literal["hr", "admin", "works_council"]


class DepartmentRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A department with all its fields in both languages."""

    id: str
    code_de: str
    code_en: str
    name_de: str
    name_en: str
    purpose_de: str
    purpose_en: str
    hue: int
    manager_id: str | None
    cost_centre: str
    country: str
    place: str
    archived: bool
    version: str


class CreateDepartment(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A new department. What is empty in one language takes the other's words; codes and colour are found."""

    id: Uuid | None = None
    name_de: Text = ""
    name_en: Text = ""
    code_de: Text = ""
    code_en: Text = ""
    purpose_de: Text = ""
    purpose_en: Text = ""
    hue: Hue | None = None
    manager_id: Uuid | None = None
    cost_centre: Text = ""
    country: Text = ""
    place: Text = ""


class EditDepartment(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What to change of a department; what is left out stays."""

    version: Version
    name_de: Text | UnsetType = UNSET
    name_en: Text | UnsetType = UNSET
    code_de: Text | UnsetType = UNSET
    code_en: Text | UnsetType = UNSET
    purpose_de: Text | UnsetType = UNSET
    purpose_en: Text | UnsetType = UNSET
    hue: Hue | UnsetType = UNSET
    manager_id: Uuid | UnsetType | None = UNSET
    cost_centre: Text | UnsetType = UNSET
    country: Text | UnsetType = UNSET
    place: Text | UnsetType = UNSET


class DepartmentItem(msgspec.Struct, frozen=True, kw_only=True):
    """A department in the list of administration; it can be archived once nobody and nothing is left in it."""

    id: str
    code: str
    name: str
    hue: int
    cost_centre: str
    manager: str
    people: int
    dependencies: int


class DepartmentItems(msgspec.Struct, frozen=True):
    """Departments along the patient's way."""

    items: list[DepartmentItem]


class PersonRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A person with all that HR and admin may set. Dates are ISO dates or empty."""

    id: str
    email: str
    name: str
    job_de: str
    job_en: str
    department_id: str
    manager_id: str | None
    deputy_id: str | None
    roles: list[str]
    language: str
    time_zone: str
    joined_on: str
    left_on: str
    active: bool
    version: str


class CreatePerson(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Somebody new. An empty language or time zone leaves it to the browser or the organisation."""

    id: Uuid | None = None
    email: Text
    name: Text
    department_id: Uuid
    job_de: Text = ""
    job_en: Text = ""
    manager_id: Uuid | None = None
    deputy_id: Uuid | None = None
    language: Literal["", "de", "en"] = ""
    time_zone: Text = ""
    joined_on: Text = ""


class EditPerson(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What to change of a person; what is left out stays."""

    version: Version
    email: Text | UnsetType = UNSET
    name: Text | UnsetType = UNSET
    department_id: Uuid | UnsetType = UNSET
    job_de: Text | UnsetType = UNSET
    job_en: Text | UnsetType = UNSET
    manager_id: Uuid | UnsetType | None = UNSET
    deputy_id: Uuid | UnsetType | None = UNSET
    language: Literal["", "de", "en"] | UnsetType = UNSET
    time_zone: Text | UnsetType = UNSET
    joined_on: Text | UnsetType = UNSET


class SetRoles(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """All roles that somebody gives a person."""

    version: Version
    roles: Annotated[list[GivenRole], Meta(max_length=3)]


class Leave(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The last day, an ISO date; empty is today. Access ends at once."""

    left_on: Text = ""


class PersonItem(msgspec.Struct, frozen=True, kw_only=True):
    """A person in the list of administration."""

    person: PersonRef
    email: str
    job: str
    manager: str
    roles: list[str]
    joined_on: str
    left_on: str
    active: bool


class PersonPage(msgspec.Struct, frozen=True):
    """People by name. Pass `next` as `after` for those that follow."""

    items: list[PersonItem]
    next: str | None


class OrganisationRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What the house is called, the language and the clock of whoever has chosen none."""

    name: str
    language: str
    time_zone: str
    version: str


class EditOrganisation(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What to change; what is left out stays."""

    version: Version
    name: Text | UnsetType = UNSET
    language: Literal["de", "en"] | UnsetType = UNSET
    time_zone: Text | UnsetType = UNSET


def given(data: msgspec.Struct) -> dict[str, object]:
    """What a request to change names, by field."""
    fields = {name: getattr(data, name) for name in data.__struct_fields__ if name not in ("id", "version")}
    return {name: value for name, value in fields.items() if value is not UNSET}
