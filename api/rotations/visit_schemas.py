"""Visits as people's programs ask for them and answer them."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from api.people.schemas import PersonRef

_Id = Annotated[str, Meta(max_length=36)]


class AnswerVisit(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """I come, or I cannot: then with a `reason`; `other_time`: at another time I could."""

    answer: Literal["accepted", "declined"]
    reason: Annotated[str, Meta(max_length=10_000)] = ""
    other_time: bool = False


class OfferVisit(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The colleague who is asked to go instead."""

    person: _Id


class Candidate(msgspec.Struct, frozen=True):
    """A colleague who could make a visit: how many `visits` of the plan are theirs, and whether one of them goes to
    the same department, so that the two change times."""

    person: PersonRef
    visits: int
    same_place: bool


class Candidates(msgspec.Struct, frozen=True):
    """Colleagues who could make a visit."""

    items: list[Candidate]


class CalendarAddress(msgspec.Struct, frozen=True):
    """The secret address of one's calendar; nobody can be shown it again."""

    address: str


class WishFor(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """How much somebody would like to see a department: 1 or 2; -1: rather not."""

    department: _Id
    liking: Literal[-1, 1, 2]


class StateWishes(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """All that somebody states of themselves, in place of what they said before. `working_days`: 0 is Monday."""

    wishes: Annotated[list[WishFor], Meta(max_length=1_000)]
    volunteer: bool
    working_days: Annotated[list[Annotated[int, Meta(ge=0, le=6)]], Meta(min_length=1, max_length=7)]
