"""Ideas and improvement teams as JSON and pages show them, in the reader's language."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from api.improvements.rules import Better, IdeaState, Outcome, TeamState, outcome
from api.people.schemas import DepartmentRef, PersonRef

_Id = Annotated[str, Meta(max_length=36)]
_Line = Annotated[str, Meta(max_length=1_000)]
_Text = Annotated[str, Meta(max_length=10_000)]
_Day = Annotated[str, Meta(max_length=10)]


class EdgeRef(msgspec.Struct, frozen=True):
    """The two departments that something is about: `provider` delivers to `customer`."""

    provider: DepartmentRef
    customer: DepartmentRef


class IdeaOut(msgspec.Struct, frozen=True, kw_only=True):
    """An idea. `supported` and `mine`: by the reader. `answer` says why it is declined; `team` is what works on it."""

    id: str
    title: str
    words: str
    author: PersonRef
    edge: EdgeRef | None
    from_visit: bool
    state: IdeaState
    supports: int
    supported: bool
    mine: bool
    team: str | None
    answer: str
    created_at: datetime


class IdeaPage(msgspec.Struct, frozen=True):
    """Ideas, the newest first; `next` is the cursor after them."""

    items: list[IdeaOut]
    next: str | None


class TeamItem(msgspec.Struct, frozen=True, kw_only=True):
    """A team in a list. `before` and `latest` are the first and the last value of its measure."""

    id: str
    name: str
    goal: str
    edge: EdgeRef | None
    state: TeamState
    members: int
    steps: int
    steps_done: int
    measure: str
    unit: str
    better: Better
    before: float | None
    latest: float | None
    founded_at: datetime
    ended_at: datetime | None


class TeamPage(msgspec.Struct, frozen=True):
    """Teams, the newest first; `next` is the cursor after them."""

    items: list[TeamItem]
    next: str | None


class StepOut(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody does by a day (ISO, or empty). `person` None: whoever can."""

    id: str
    what: str
    person: PersonRef | None
    by_day: str
    made_at: datetime
    done_at: datetime | None
    done_by: PersonRef | None


class MemberOut(msgspec.Struct, frozen=True):
    """Who works in the team, and since when."""

    person: PersonRef
    joined_at: datetime


class ValueOut(msgspec.Struct, frozen=True):
    """The measure on a day (ISO)."""

    day: str
    value: float


class TeamOut(msgspec.Struct, frozen=True, kw_only=True):
    """A team with all that belongs to it. The reader may work on it (`may_work`: steps and values) or lead it
    (`may_lead`: words, members, the end). `kudos`: the thank-you at its end, if it stands."""

    id: str
    name: str
    goal: str
    edge: EdgeRef | None
    state: TeamState
    measure: str
    unit: str
    better: Better
    lead: PersonRef
    founded_at: datetime
    ended_at: datetime | None
    result: str
    kudos: str | None
    version: int
    members: list[MemberOut]
    steps: list[StepOut]
    values: list[ValueOut]
    ideas: list[IdeaOut]
    may_work: bool
    may_lead: bool

    @property
    def outcome(self) -> Outcome | None:
        """What has become of the measure between its first and its last value; None with fewer than two."""
        if len(self.values) < 2:
            return None
        return outcome(self.values[0].value, self.values[-1].value, self.better)


class Propose(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A new idea; `provider` and `customer` (departments) both or neither."""

    title: _Line
    words: _Text = ""
    provider: _Id | None = None
    customer: _Id | None = None
    id: _Id | None = None


class Decline(msgspec.Struct, forbid_unknown_fields=True):
    """Why an idea is not taken up."""

    answer: _Text


class Found(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A new team. `members` are people's ids, the lead's among them; `ideas` what it takes up; `before` the measure
    as it is today, if that is known."""

    name: _Line
    goal: _Text
    measure: _Line
    unit: _Line = ""
    better: Better = "less"
    before: float | None = None
    provider: _Id | None = None
    customer: _Id | None = None
    lead: _Id | None = None
    members: Annotated[list[_Id], Meta(max_length=100)]
    ideas: Annotated[list[_Id], Meta(max_length=20)] = []
    id: _Id | None = None


class EditTeam(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A team's words and members as they are to be; `version` is what was seen."""

    name: _Line
    goal: _Text
    measure: _Line
    unit: _Line = ""
    better: Better
    lead: _Id
    members: Annotated[list[_Id], Meta(max_length=100)]
    version: int


class AddStep(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Something to do."""

    what: _Line
    person: _Id | None = None
    by_day: _Day = ""


class Measured(msgspec.Struct, forbid_unknown_fields=True):
    """The measure's value."""

    value: float


class End(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What came of it. `after` is the measure today; `message` thanks all the others in one thank-you."""

    result: _Text
    after: float | None = None
    message: _Text
