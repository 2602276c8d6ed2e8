"""Award programmes and who was proposed."""

from __future__ import annotations

from piccolo.columns import BigInt, Boolean, Integer, SmallInt, Text, Varchar
from piccolo.table import Table

from api.core.database.columns import Id


class AwardProgramme(Table, tablename="award_programme"):
    """An award that people can be proposed for, from and until days (ISO dates, empty: always). `approvals` is how
    many have to agree at least."""

    id = Id(primary_key=True)
    name_de = Varchar()
    name_en = Varchar()
    text_de = Text()
    text_en = Text()
    criteria_de = Text()
    criteria_en = Text()
    from_day = Varchar()
    until_day = Varchar()
    nominators = Varchar()
    points = Integer()
    approvals = SmallInt()
    created_at = BigInt()
    archived_at = BigInt(null=True)


class Nomination(Table, tablename="nomination"):
    """Somebody is proposed. `department_id` is whose budget pays; `hold_id` holds the points until it is decided.
    `message` is emptied when its author is erased; once granted it stands as the thank-you's words."""

    id = Id(primary_key=True)
    position = BigInt()
    programme_id = Id()
    nominator_id = Id()
    nominee_id = Id()
    department_id = Id()
    for_kudos_id = Id(null=True)
    message = Text()
    language = Varchar()
    private = Boolean()
    points = Integer()
    hold_id = Id()
    state = Varchar()
    created_at = BigInt()
    ended_at = BigInt(null=True)
