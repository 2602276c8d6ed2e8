"""The letters of the demo hospital, written one after another in the order of time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from api.core.clock import DAY, HOUR, MINUTE, SECOND
from api.demo.answers import Answers, Comment
from api.demo.anthology import Core
from api.demo.draws import Draws, Weighted
from api.demo.edges import Edge, Edges
from api.demo.hospital import UNITS
from api.demo.letters.scenes import HANDLED, SCENES, Handled, Scene
from api.demo.people import Person
from api.demo.records import Letter, Report
from api.demo.rhythm import Moment, moments
from api.demo.scribe import Scribe

_PRIVATE = 0.08
_EDITED = 0.012
_ANYTHING = 0.1  # of the letters on an edge are not about what the two departments do together,
_FILL = 0.25  # and more of them where there are fewer than
_PLENTY = 18  # letters about just that
_MEMORY = 5_000  # a text is not written again within so many letters
_RECIPIENTS = (1,) * 78 + (2,) * 14 + (3,) * 5 + (4,) * 3


class Post:
    """Writes `kudos` letters among `people` in the 26 weeks before `until`."""

    def __init__(self, *, people: list[Person], kudos: int, seed: int, until: int) -> None:
        self.kudos = kudos
        self.until = until
        self.draws = Draws(f"letters {seed}")
        self.named = {person.name: person for person in reversed(people)}
        self.top = people[0]
        self.staff: dict[str, list[Person]] = {unit.key: [] for unit in UNITS}
        for person in people:
            self.staff[person.department].append(person)
        self.scribes = {
            "de": Scribe("de", self.draws, self.staff),
            "en": Scribe("en", self.draws, self.staff),
        }
        self.edges = Edges(until=until, draws=self.draws)
        self.answers = Answers(
            everyone=people, staff=self.staff, scribes=self.scribes, until=until, draws=self.draws
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
        """The letters, oldest first; those placed by hand stand among those drawn."""
        placed: list[tuple[int, Scene | Handled]] = [(self.until - s.minutes * MINUTE, s) for s in SCENES]
        placed += [(self.until - h.days * DAY, h) for h in HANDLED]
        placed.sort(key=lambda pair: -pair[0])
        del placed[self.kudos :]
        for when in moments(self.kudos - len(placed), until=self.until, draws=self.draws):
            while placed and placed[-1][0] <= when.at:
                yield self._placed(*placed.pop())
            self.turn += 1
            yield self._letter(when)
        while placed:
            yield self._placed(*placed.pop())

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
            letter.edited_at = edited if edited < self.until else None
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
            if self.draws.chance() < (_ANYTHING if len(first) >= _PLENTY else _FILL):
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
        return 0.1 if person.manager in (None, self.top) else 0.4 + self.draws.waiting(0.6)

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

    def _placed(self, at: int, what: Scene | Handled) -> Letter:
        return self._scene(at, what) if isinstance(what, Scene) else self._handled(at, what)

    def _scene(self, at: int, scene: Scene) -> Letter:
        draws = self.draws
        giver = self.named[scene.giver]
        recipients = [self.named[name] for name in scene.recipients]
        letter = self._blank(at, giver, recipients, scene.message, scene.value)
        letter.language = scene.language
        letter.private = scene.private
        if not scene.private:
            letter.reactions = self.answers.reactions(scene.value, giver, recipients, at, warmth=scene.warmth)
        for minutes, author, message in scene.answers:
            answered = at + minutes * MINUTE
            letter.comments.append(
                Comment(draws.uuid7(answered), self.named[author].id, message, answered)
            )
        return letter

    def _handled(self, at: int, handled: Handled) -> Letter:
        letter = self._blank(
            at, self.named[handled.giver], [self.named[handled.recipient]], handled.message, handled.value
        )
        letter.hidden_reason = handled.hidden_reason
        letter.report = Report(
            id=self.draws.uuid7(at + HOUR),
            reporter_id=self.named[handled.reporter].id,
            reason=handled.report,
            at=at + HOUR,
            resolved_at=at + 5 * HOUR if handled.hidden_reason else None,
        )
        return letter
