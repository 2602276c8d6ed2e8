"""What comes back to a letter: reactions, comments, how warm it was received."""

from __future__ import annotations

from typing import NamedTuple

from api.core.clock import HOUR, MINUTE, SECOND
from api.demo.draws import Draws
from api.demo.people import Person
from api.demo.rhythm import NEWEST, moment
from api.demo.scribe import Scribe

UNDO = 60 * SECOND
MOST = 30  # reactions to one letter
_MEAN = {"together": 2.6, "reliable": 2.2, "careful": 3.4, "kind": 3.6, "asked": 2.4}
_KINDS = ("me_too",) * 11 + ("strong",) * 6 + ("learned",) * 3
_ANSWERED = 0.27  # of all letters have comments


class Reaction(NamedTuple):
    """One person's short answer: "me_too", "strong" or "learned"."""

    person_id: str
    kind: str
    at: int


class Comment(NamedTuple):
    """What someone wrote under a letter."""

    id: str
    author_id: str
    message: str
    at: int
    mentioned: tuple[str, ...] = ()


class Answers:
    """Draws the answers of colleagues; none is older than its letter's delivery or younger than `until`."""

    def __init__(
        self,
        *,
        everyone: list[Person],
        staff: dict[str, list[Person]],
        scribes: dict[str, Scribe],
        until: int,
        draws: Draws,
    ) -> None:
        self.everyone = everyone
        self.staff = staff
        self.scribes = scribes
        self.until = until - NEWEST // 3
        self.draws = draws

    def reactions(
        self, value: str, giver: Person, recipients: list[Person], sent: int, *, warmth: float | None = None
    ) -> list[Reaction]:
        """Reactions of others, fewer while the letter is young; a few letters are talked about everywhere.

        `warmth` is for letters placed by hand, which are answered within their first hours.
        """
        draws = self.draws
        chance = draws.chance
        if warmth is None:
            wanted = int(draws.waiting(_MEAN[value] * (0.5 + 3 * chance() ** 4)))
            delay = 5.0 * HOUR
        else:
            wanted = int((7 + 4 * chance()) * warmth)
            delay = min(self.until - sent - UNDO, 6 * HOUR) / 4
        people = self.everyone
        found: dict[tuple[str, str], Reaction] = {}
        for _ in range(min(wanted, MOST, len(people) // 3)):
            home = chance()
            group = people if home < 0.5 else self.staff[(giver if home < 0.75 else recipients[0]).department]
            person = group[int(chance() * len(group))]
            at = sent + UNDO + int(draws.waiting(delay))
            if person is giver or person in recipients or at >= self.until:
                continue
            kind = _KINDS[int(chance() * 20)]
            found[(person.id, kind)] = Reaction(person.id, kind, at)
        return list(found.values())

    def comments(
        self, turn: int, value: str, giver: Person, recipients: list[Person], sent: int, *, private: bool
    ) -> list[Comment]:
        """A recipient often, then those who were there, then anyone; of a private letter only a recipient."""
        draws = self.draws
        chance = draws.chance
        if chance() > _ANSWERED:
            return []
        found: list[Comment] = []
        authors: set[Person] = set()
        at = sent + UNDO
        while True:
            if private:
                voice, author = "private", draws.one(recipients)
            else:
                voice, author = self._speaker(giver, recipients, first=not found)
            at += 2 * MINUTE + int(draws.waiting(3 * HOUR))
            if at >= self.until or author in authors:
                break
            authors.add(author)
            scribe = self.scribes[author.language]
            message = scribe.comment(
                voice, value, turn, author=author, giver=giver, recipients=recipients, when=moment(at)
            )
            found.append(Comment(draws.uuid7(at), author.id, message, at, tuple(scribe.mentions)))
            if private or chance() > 0.38:
                break
        return found

    def _speaker(self, giver: Person, recipients: list[Person], *, first: bool) -> tuple[str, Person]:
        """Whose turn it is, and in which voice they speak."""
        draws = self.draws
        chance = draws.chance()
        if chance < (0.55 if first else 0.25):
            return "recipient", draws.one(recipients)
        if not first and chance < 0.45:
            return "giver", giver
        if chance < 0.72:
            voice, group = "with_giver", self.staff[giver.department]
        elif chance < 0.88 and giver.department != recipients[0].department:
            voice, group = "with_recipient", self.staff[recipients[0].department]
        else:
            voice, group = "anyone", self.everyone
        person = draws.one(group)
        if person is giver:
            return "giver", giver
        return ("recipient" if person in recipients else voice), person
