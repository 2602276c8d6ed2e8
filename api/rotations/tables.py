"""Programmes, what departments and people bring along, plans and their visits.

JSON columns hold the structs named beside them. Days are ISO dates, `*_at` microseconds since the epoch.
"""

from __future__ import annotations

from piccolo.columns import BigInt, Boolean, Bytea, DoublePrecision, Integer, SmallInt, Text, Varchar
from piccolo.table import Table

from api.core.database.columns import Id


class Programme(Table, tablename="programme"):
    """HR's frame for rotations. `pattern` is a rules.Pattern, `scope` a list of dependencies' ids, `participants` a
    rules.Participants, `rules` a rules.RuleSet, `goals` a rules.Goals. `version` rises with every change of it, so
    that the later of two people sees what the earlier one did. `answer_by`: until when managers may object."""

    id = Id(primary_key=True)
    name = Varchar()
    state = Varchar()
    starts_on = Varchar()
    ends_on = Varchar()
    time_zone = Varchar()
    pattern = Text()
    scope = Text()
    participants = Text()
    rules = Text()
    goals = Text()
    version = Integer()
    answer_by = Varchar()
    created_by = Id(null=True)
    created_at = BigInt()
    published_at = BigInt(null=True)
    archived_at = BigInt(null=True)


class ProgrammeBlock(Table, tablename="programme_block"):
    """One slot of a programme, counted from 0, with its real start and end. `closed`: nobody visits anybody."""

    programme_id = Id(primary_key=True)
    number = Integer()
    starts_at = BigInt()
    ends_at = BigInt()
    closed = Boolean()


class Training(Table, tablename="training"):
    """Required: whoever of `home_id` (empty: of anywhere) joined on `joined_since` (empty: whenever) or later sees
    `host_id` by the day `by_day` (empty: by the end of the programme)."""

    id = Id(primary_key=True)
    programme_id = Id()
    home_id = Id(null=True)
    host_id = Id()
    joined_since = Varchar()
    by_day = Varchar()


class ProgrammeBan(Table, tablename="programme_ban"):
    """Visits that must not be: those that match every column that is not empty; `block` is a block's number. Of a
    draft `plan_id` it holds for that one, and for all once people are told of it."""

    id = Id(primary_key=True)
    programme_id = Id()
    plan_id = Id(null=True)
    person_id = Id(null=True)
    home_id = Id(null=True)
    host_id = Id(null=True)
    block = Integer(null=True)
    made_by = Id(null=True)
    made_at = BigInt()


class Hosting(Table, tablename="hosting"):
    """What a department can do for visitors, and what it needs. A department without a row has the defaults.

    `capacity` visitors at once; `minimum`: JSON list of seven numbers, people needed from Monday to Sunday;
    `requires`: JSON list of qualifications; `briefing`: what this department does with its visitors' work, in its own
    words; `instruction`, `access`, `place`: what a visitor has to know before coming."""

    department_id = Id(primary_key=True)
    capacity = SmallInt()
    minimum = Text()
    requires = Text()
    instruction = Text()
    access = Text()
    place = Varchar()
    briefing = Text()
    changed_by = Id(null=True)
    changed_at = BigInt()


class Buddy(Table, tablename="buddy"):
    """Somebody who looks after visitors of a department."""

    department_id = Id(primary_key=True)
    person_id = Id()


class RotationFacts(Table, tablename="rotation_facts"):
    """A person, as far as rotations go; nobody needs a row. `qualifications`: JSON list; `working_days`: digits, 0 is
    Monday; `seniority` 0 (new) to 3; `max_visits` overrides the programme's rule."""

    person_id = Id(primary_key=True)
    qualifications = Text()
    seniority = SmallInt()
    working_days = Varchar()
    volunteer = Boolean()
    max_visits = SmallInt(null=True)


class Wish(Table, tablename="wish"):
    """How much a person would like to see a department: 1 or 2; -1: rather not."""

    person_id = Id(primary_key=True)
    department_id = Id()
    liking = SmallInt()


class Absence(Table, tablename="absence"):
    """A person is away from `first_day` to `last_day`, both included; why is nobody's business. `source`: "list",
    "hand" or a feed's id."""

    id = Id(primary_key=True)
    person_id = Id()
    first_day = Varchar()
    last_day = Varchar()
    source = Varchar()


class AbsenceFeed(Table, tablename="absence_feed"):
    """A calendar elsewhere whose events are absences, of `person_id` or of whom they name. `url` is a secret.

    `tried_at`, `read_at`: when it was last asked and last understood; `error` is a code of the last try, `failures`
    how many in a row, `found` how many absences it held."""

    id = Id(primary_key=True)
    person_id = Id(null=True)
    url = Text()
    added_by = Id(null=True)
    added_at = BigInt()
    tried_at = BigInt(null=True)
    read_at = BigInt(null=True)
    failures = Integer()
    error = Varchar()
    found = Integer()


class Plan(Table, tablename="plan"):
    """A proposed set of visits of a programme, `number` 1, 2, ... within it.

    `status`, `score`, `bound`, `gap`, `seed` are the scheduler's; `terms`, `unmet`, `reasons` its structs as JSON (ids
    and codes); `ways` are the smallest changes that make an impossible plan possible. `basis_hash` is the fingerprint
    of the data it was made from. `version` rises with every edit. `stop_asked`: somebody finds what there is good
    enough. `from_plan_id`: the plan it starts from or keeps to."""

    id = Id(primary_key=True)
    programme_id = Id()
    number = Integer()
    state = Varchar()
    status = Varchar()
    seed = Integer()
    seconds = Integer()
    score = DoublePrecision(null=True)
    bound = DoublePrecision(null=True)
    gap = DoublePrecision(null=True)
    terms = Text()
    unmet = Text()
    reasons = Text()
    ways = Text()
    basis_hash = Varchar()
    version = Integer()
    stop_asked = Boolean()
    from_plan_id = Id(null=True)
    job_id = Id(null=True)
    made_by = Id(null=True)
    created_at = BigInt()
    solved_at = BigInt(null=True)
    published_at = BigInt(null=True)


class PlanWork(Table, tablename="plan_work"):
    """What a search works on: `basis` is the scheduler's instance, `best` the visits of its best plan so far (both
    compressed JSON), `curve` a JSON list of [seconds, score, bound], `phase` what it does, `spent` seconds so far."""

    plan_id = Id(primary_key=True)
    basis = Bytea()
    best = Bytea(null=True)
    curve = Text()
    phase = Varchar()
    spent = DoublePrecision()


class Visit(Table, tablename="visit"):
    """Somebody of `home_id` works in `host_id`, from the start of block `block` to the end of the last of `blocks`
    blocks. Visits of a plan with the same `group_number` form its swap, ring or shadow visit.

    `uid` stays the same through all versions of a programme as long as person and host do (it names the visit in
    calendars), `revision` rises when time or state change. `state` is a rules.VisitState."""

    id = Id(primary_key=True)
    plan_id = Id()
    programme_id = Id()
    person_id = Id()
    home_id = Id()
    host_id = Id()
    block = Integer()
    blocks = SmallInt()
    starts_at = BigInt()
    ends_at = BigInt()
    kind = Varchar()
    group_number = Integer()
    pinned = Boolean()
    buddy_id = Id(null=True)
    state = Varchar()
    uid = Id()
    revision = Integer()


class PlanEdit(Table, tablename="plan_edit"):
    """A change by hand. `before` and `after` are JSON lists of the visits that differ, so that it can be undone;
    `gain` is what it brought to the score."""

    id = Id(primary_key=True)
    plan_id = Id()
    number = Integer()
    at = BigInt()
    actor_id = Id(null=True)
    action = Varchar()
    before = Text()
    after = Text()
    gain = DoublePrecision()
    undone = Boolean()


class Publication(Table, tablename="publication"):
    """A version of a programme that people were told of, `number` 1, 2, ... within it."""

    id = Id(primary_key=True)
    programme_id = Id()
    plan_id = Id()
    number = Integer()
    at = BigInt()
    actor_id = Id(null=True)


class PublicationNotice(Table, tablename="publication_notice"):
    """Who was told what by a publication: `change` is "new", "moved", "partner" or "cancelled"; `visit_id` the visit
    as it is now, or as it was where it is cancelled; `seen_at` when the person first looked."""

    publication_id = Id(primary_key=True)
    person_id = Id()
    visit_id = Id()
    change = Varchar()
    seen_at = BigInt(null=True)


class ExchangeMeeting(Table, tablename="exchange_meeting"):
    """An hour in which somebody of two departments explain to each other what they do with each other's work."""

    id = Id(primary_key=True)
    programme_id = Id()
    one_id = Id()
    other_id = Id()
    starts_at = BigInt()
    ends_at = BigInt()
    place = Varchar()
    state = Varchar()
    revision = Integer()


ROTATION_TABLES: tuple[type[Table], ...] = (
    *(Programme, ProgrammeBlock, Training, ProgrammeBan, Hosting, Buddy, RotationFacts, Wish, Absence),
    *(AbsenceFeed, Plan, PlanWork, Visit, PlanEdit, Publication, PublicationNotice, ExchangeMeeting),
)
