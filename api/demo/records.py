"""A letter and everything that belongs to it, before it becomes rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from api.demo.answers import UNDO, Comment, Reaction
from api.demo.people import Person


@dataclass(frozen=True, slots=True)
class Report:
    """Someone asked HR to look; `resolved_at` is None while it is open."""

    id: str
    reporter_id: str
    reason: str
    at: int
    resolved_at: int | None = None


@dataclass(slots=True)
class Letter:
    """A kudos with everything that belongs to it.

    `hidden_reason` is empty unless HR hid it with its report; `core` says which hand-written text it is
    made of (-1: placed by hand), by the number in the anthology of its language.
    """

    id: str
    position: int
    sent_at: int
    giver: Person
    recipients: list[Person]
    message: str
    language: str
    value: str
    core: int = -1
    private: bool = False
    edited_at: int | None = None
    hidden_reason: str = ""
    mentioned: list[str] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    report: Report | None = None

    @property
    def deliver_at(self) -> int:
        """When the undo window closed."""
        return self.sent_at + UNDO

    def everyone_mentioned(self) -> list[str]:
        """The ids of those mentioned here or in a comment, each once."""
        return list(dict.fromkeys((*self.mentioned, *(m for c in self.comments for m in c.mentioned))))
