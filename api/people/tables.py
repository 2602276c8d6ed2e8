"""Who works here: the organisation, its departments, its people."""

from __future__ import annotations

from piccolo.columns import BigInt, Boolean, Integer, SmallInt, Text, Varchar
from piccolo.table import Table

from api.core.database.columns import Id


class Organisation(Table, tablename="organisation"):
    """One row. `directory_revision` rises with each change of a name, department or value, so that
    rendered cards, which contain names, are made anew."""

    id = SmallInt(primary_key=True)
    name = Varchar()
    language = Varchar()
    time_zone = Varchar()
    demo = Boolean()
    directory_revision = Integer()


class Department(Table, tablename="department"):
    """A unit of the organisation. `code` is what its cog shows, `hue` (1 to 14) its colour, `position` its
    place along the patient's way. `country` (two letters) and `place` are empty where the house's hold."""

    id = Id(primary_key=True)
    code_de = Varchar()
    code_en = Varchar()
    name_de = Varchar()
    name_en = Varchar()
    purpose_de = Text()
    purpose_en = Text()
    hue = SmallInt()
    position = Integer()
    manager_id = Id(null=True)
    cost_centre = Varchar()
    created_at = BigInt()
    archived_at = BigInt(null=True)
    country = Varchar()
    place = Varchar()


class Person(Table, tablename="person"):
    """Someone who works there. `roles` are extra roles separated by spaces; colleague and manager are
    derived. An empty language, time zone or theme means: the browser's, or the organisation's. `deputy_id`
    stands in for them; `left_on` is an ISO date or empty. Of somebody with `erased_at` only the id is left, and an
    empty name: `people.schemas.shown_name` says how they are shown."""

    id = Id(primary_key=True)
    email = Varchar()
    name = Varchar()
    given_name = Varchar()
    search = Varchar()
    job_de = Varchar()
    job_en = Varchar()
    department_id = Id()
    manager_id = Id(null=True)
    roles = Varchar()
    language = Varchar()
    time_zone = Varchar()
    theme = Varchar()
    joined_on = Varchar()
    password_hash = Varchar()
    deactivated_at = BigInt(null=True)
    erased_at = BigInt(null=True)
    created_at = BigInt()
    deputy_id = Id(null=True)
    left_on = Varchar()
