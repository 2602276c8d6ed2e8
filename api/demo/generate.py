"""The demo hospital, made anew from a seed: same seed and time, same hospital, down to the ids."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from api.core.clock import DAY, HOUR, MINUTE, SECOND, WEEK
from api.demo.answers import UNDO, Answers, Comment, Reaction
from api.demo.anthology import Core
from api.demo.draws import Draws, Weighted
from api.demo.edges import Edge, Edges
from api.demo.hospital import BONDS, IDEALS, UNITS
from api.demo.letters.scenes import HANDLED, SCENES, Handled, Scene
from api.demo.people import Person, make_people
from api.demo.rhythm import PERIOD, Moment, moments
from api.demo.scribe import Scribe

PER_PERSON = 10  # letters in six months, unless a number is asked for
_PRIVATE = 0.08
_EDITED = 0.012
_ANYTHING = 0.1  # letters that are not about what the two departments do together
_MEMORY = 5_000  # a text is not written again within so many letters
_RECIPIENTS = (1,) * 78 + (2,) * 14 + (3,) * 5 + (4,) * 3


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


@dataclass(frozen=True, slots=True)
class Demo:
    """The hospital. Ids of departments, values and dependencies by their keys; letters are made as they are read."""

    people: list[Person]
    kudos: int
    seed: int
    until: int
    department_ids: dict[str, str]
    value_ids: dict[str, str]
    dependency_ids: dict[tuple[str, str], str]

    @property
    def founded(self) -> int:
        """When the hospital began to use Gearmesh, some days before the first letter."""
        return founded(self.until)

    @property
    def hr(self) -> Person:
        """Who handles reports."""
        return self.person("Nadine Vogt")

    def person(self, name: str) -> Person:
        """The person of this name. Raises StopIteration if there is none."""
        return next(p for p in self.people if p.name == name)

    def letters(self) -> Iterator[Letter]:
        """All letters, oldest first; the same every time."""
        return _Post(self).letters()


def founded(until: int) -> int:
    """The time of the first rows: a week before the period of the letters."""
    return until - PERIOD - WEEK


def generate(*, people: int = 300, kudos: int | None = None, seed: int = 1, until: int) -> Demo:
    """The demo hospital as it stands at `until` (microseconds), with about ten letters a person or `kudos`.

    Raises ValueError for fewer than `people.SMALLEST` people.
    """
    draws = Draws(f"house {seed}")
    start = founded(until)
    return Demo(
        people=make_people(people, seed=seed, founded=start),
        kudos=people * PER_PERSON if kudos is None else kudos,
        seed=seed,
        until=until,
        department_ids={unit.key: draws.uuid7(start) for unit in UNITS},
        value_ids={ideal.key: draws.uuid7(start) for ideal in IDEALS},
        dependency_ids={(bond.provider, bond.customer): draws.uuid7(start + DAY) for bond in BONDS},
    )


class _Post:
    """Writes the letters of one demo in the order of time."""

    def __init__(self, demo: Demo) -> None:
        self.demo = demo
        self.draws = Draws(f"letters {demo.seed}")
        self.staff: dict[str, list[Person]] = {unit.key: [] for unit in UNITS}
        for person in demo.people:
            self.staff[person.department].append(person)
        self.scribes = {
            "de": Scribe("de", self.draws, self.staff),
            "en": Scribe("en", self.draws, self.staff),
        }
        self.edges = Edges(until=demo.until, draws=self.draws)
        self.answers = Answers(
            everyone=demo.people, staff=self.staff, scribes=self.scribes, until=demo.until, draws=self.draws
        )
        self.writers = self._by_temper()
        self.helpers = self._by_temper()
        self.turn = 0
        self.remembered: set[str] = set()
        self.order: deque[str] = deque()
        keys = [unit.key for unit in UNITS]
        self.decks = {
            language: {(g, r): scribe.texts.deck(g, r) for g in keys for r in keys}
            for language, scribe in self.scribes.items()
        }
        self.shared = {
            language: {g: scribe.texts.shared(g) for g in keys} for language, scribe in self.scribes.items()
        }

    def letters(self) -> Iterator[Letter]:
        count = max(self.demo.kudos - len(SCENES) - len(HANDLED), 0)
        drawn = ((m.at, 1, m) for m in moments(count, until=self.demo.until, draws=self.draws))
        placed: list[tuple[int, int, Moment | Scene | Handled]] = [
            (self.demo.until - scene.minutes * MINUTE, 0, scene) for scene in SCENES
        ]
        placed += [(self.demo.until - handled.days * DAY, 0, handled) for handled in HANDLED]
        for at, _, what in heapq.merge(drawn, sorted(placed, key=lambda p: p[0]), key=lambda p: p[0]):
            self.turn += 1
            if isinstance(what, Scene):
                yield self._scene(at, what)
            elif isinstance(what, Handled):
                yield self._handled(at, what)
            else:
                yield self._letter(what)

    def _letter(self, when: Moment) -> Letter:
        draws = self.draws
        while True:
            edge = self.edges.draw(when)
            giver = self.writers[edge.giver].draw(draws)
            recipients = self._recipients(edge, giver)
            written = self._write(edge, giver, recipients, when)
            if written:
                break
        message, mentions, core = written
        value = core.value
        letter = self._blank(when.at, giver, recipients, message, value)
        letter.core = core.number
        letter.mentioned = mentions
        letter.private = draws.chance() < _PRIVATE and not mentions
        if draws.chance() < _EDITED:
            edited = when.at + 20 * SECOND + int(draws.waiting(20 * MINUTE))
            letter.edited_at = edited if edited < self.demo.until else None
        if not letter.private:
            letter.reactions = self.answers.reactions(value, giver, recipients, when.at)
        letter.comments = self.answers.comments(
            self.turn, value, giver, recipients, when.at, private=letter.private
        )
        return letter

    def _write(
        self, edge: Edge, giver: Person, recipients: list[Person], when: Moment
    ) -> tuple[str, list[str], Core] | None:
        """A text nobody has read lately, with its mentions and core, or None where all have been read."""
        scribe = self.scribes[giver.language]
        several = len(recipients) > 1
        if len(edge.recipients) > 1:
            shared = self.shared[giver.language][edge.giver]
            first = shared.get(edge.recipients) or shared.get(edge.recipients[::-1]) or ()
            second = shared[("any", "any")]
        else:
            deck = self.decks[giver.language][(edge.giver, edge.recipients[0])]
            first, second = deck.specific, deck.general
            if self.draws.chance() < _ANYTHING:
                first, second = second, first
        core = scribe.freshest(first, self.turn, giver, several=several)
        core = core or scribe.freshest(second, self.turn, giver, several=several)
        if core is None:
            return None
        for framed in (False, True, True):
            message, mentions = scribe.letter(
                core, self.turn, giver=giver, recipients=recipients, when=when, framed=framed
            )
            if self._is_new(message):
                return message, mentions, core
        return None

    def _is_new(self, message: str) -> bool:
        if message in self.remembered:
            return False
        self.remembered.add(message)
        self.order.append(message)
        if len(self.order) > _MEMORY:
            self.remembered.discard(self.order.popleft())
        return True

    def _recipients(self, edge: Edge, giver: Person) -> list[Person]:
        """One colleague mostly, sometimes a few; of two departments one or two of each."""
        draws = self.draws
        if len(edge.recipients) > 1:
            wanted = [(key, 1 + (draws.chance() < 0.3)) for key in edge.recipients]
        else:
            wanted = [(edge.recipients[0], draws.one(_RECIPIENTS))]
        found: list[Person] = []
        for key, count in wanted:
            for _ in range(count):
                person = self.helpers[key].draw(draws)
                while person is giver:
                    person = self.helpers[key].draw(draws)
                if person not in found:
                    found.append(person)
        return found

    def _by_temper(self) -> dict[str, Weighted[Person]]:
        """People by department; some write (or help where it is seen) far more than others."""
        return {
            key: Weighted(staff, [self._temper(person) for person in staff])
            for key, staff in self.staff.items()
        }

    def _temper(self, person: Person) -> float:
        return 0.1 if person.manager in (None, self.demo.people[0]) else 0.4 + self.draws.waiting(0.6)

    def _blank(self, at: int, giver: Person, recipients: list[Person], message: str, value: str) -> Letter:
        draws = self.draws
        return Letter(
            id=draws.uuid7(at),
            position=at * 1_000 + draws.below(1_000),
            sent_at=at,
            giver=giver,
            recipients=recipients,
            message=message,
            language=giver.language,
            value=value,
        )

    def _scene(self, at: int, scene: Scene) -> Letter:
        draws = self.draws
        giver = self.demo.person(scene.giver)
        recipients = [self.demo.person(name) for name in scene.recipients]
        letter = self._blank(at, giver, recipients, scene.message, scene.value)
        letter.language = scene.language
        letter.private = scene.private
        if not scene.private:
            letter.reactions = self.answers.reactions(scene.value, giver, recipients, at, warmth=scene.warmth)
        for minutes, author, message in scene.answers:
            answered = at + minutes * MINUTE
            letter.comments.append(
                Comment(draws.uuid7(answered), self.demo.person(author).id, message, answered)
            )
        return letter

    def _handled(self, at: int, handled: Handled) -> Letter:
        letter = self._blank(
            at, self.demo.person(handled.giver), [self.demo.person(handled.recipient)], handled.message, handled.value
        )
        letter.hidden_reason = handled.hidden_reason
        letter.report = Report(
            id=self.draws.uuid7(at + HOUR),
            reporter_id=self.demo.person(handled.reporter).id,
            reason=handled.report,
            at=at + HOUR,
            resolved_at=at + 5 * HOUR if handled.hidden_reason else None,
        )
        return letter
