"""Ideas and improvement teams. Days are ISO dates, `*_at` microseconds since the epoch.

`provider_id` and `customer_id` name the edge that it is about: both or neither.
"""

from __future__ import annotations

from piccolo.columns import BigInt, DoublePrecision, Integer, Text, Varchar
from piccolo.table import Table

from api.core.database.columns import Id


class ImprovementTeam(Table, tablename="improvement_team"):
    """People who work on a goal until it is reached. `measure` is a number in `unit` of which `better` ("less" or
    "more") is good. `kudos_id` is the thank-you at its end. `version` rises with every change of its words."""

    id = Id(primary_key=True)
    position = BigInt()
    name = Varchar()
    goal = Text()
    measure = Varchar()
    unit = Varchar()
    better = Varchar()
    state = Varchar()
    lead_id = Id()
    founded_by = Id()
    founded_at = BigInt()
    result = Text()
    ended_at = BigInt(null=True)
    kudos_id = Id(null=True)
    version = Integer()
    provider_id = Id(null=True)
    customer_id = Id(null=True)


class Idea(Table, tablename="idea"):
    """What could be better. `feedback_id`: it began in feedback after a visit. `supports` counts its supporters;
    `answer` says why it is declined."""

    id = Id(primary_key=True)
    position = BigInt()
    author_id = Id()
    title = Varchar()
    words = Text()
    feedback_id = Id(null=True)
    state = Varchar()
    supports = Integer()
    team_id = Id(null=True)
    answer = Text()
    answered_by = Id(null=True)
    provider_id = Id(null=True)
    customer_id = Id(null=True)


class IdeaSupport(Table, tablename="idea_support"):
    """Somebody thinks so too."""

    idea_id = Id(primary_key=True)
    person_id = Id()


class ImprovementMember(Table, tablename="improvement_member"):
    """Who works in a team."""

    team_id = Id(primary_key=True)
    person_id = Id()
    joined_at = BigInt()


class ImprovementStep(Table, tablename="improvement_step"):
    """What somebody (`person_id`, or whoever can) does until `by_day` (empty: whenever)."""

    id = Id(primary_key=True)
    team_id = Id()
    what = Text()
    person_id = Id(null=True)
    by_day = Varchar()
    made_at = BigInt()
    done_at = BigInt(null=True)
    done_by = Id(null=True)


class ImprovementValue(Table, tablename="improvement_value"):
    """The team's measure on a day: the first is what it was before, the last what it is."""

    team_id = Id(primary_key=True)
    day = Varchar()
    value = DoublePrecision()


IMPROVEMENT_TABLES: tuple[type[Table], ...] = (
    *(ImprovementTeam, Idea, IdeaSupport, ImprovementMember, ImprovementStep, ImprovementValue),
)
