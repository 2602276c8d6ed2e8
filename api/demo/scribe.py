"""Writes one letter or comment: picks what has not been read lately and fills it for these people, at this time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from api.demo.anthology import Anthology, Core, Frame, Language, anthology
from api.demo.draws import Draws
from api.demo.grammar import Writing
from api.demo.hospital import UNITS, WARDS
from api.demo.people import Person
from api.demo.rhythm import Moment

APART = 60  # so many letters lie between two of the same core
_OPENED = 0.15
_CLOSED = 0.28
_OWN_MEMORY = 60  # so many letters a person writes before one of the same core
_JITTER = 90  # keeps the order of the cores from repeating itself

_DAYS = {
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
}
# First words that lose their capital after "Hanna, ...". Other first words may be nouns and names.
_SMALL = {
    "de": frozenset(
        "Du Ihr Der Die Das Ein Eine Als Bei Um Am Im In Wir Ich Seit Danke Heute Gestern Nach Auf Für Vor Mein Meine"
        " Mir Unser Unsere Zwei Drei Vier Statt Mitten Alle Jede Kein Keine Statt Ohne Trotz Beim Zum Während Gut Nur"
        " Kurzfristig Endlich".split()
    ),
    "en": frozenset(
        "You The We Our My She He It When There Your What Thanks Before Nobody Every".split()
    ),
}
_UNITS = {unit.key: unit for unit in UNITS}


class Scribe:
    """Writes in one language. `used` remembers at which letter each text was last taken."""

    def __init__(self, language: Language, draws: Draws, staff: dict[str, list[Person]]) -> None:
        self.texts: Anthology = anthology(language)
        self.language = language
        self.draws = draws
        self.staff = staff
        self.full_openings = {
            value: tuple(number for number in numbers if not self.texts.frames[number].run_on)
            for value, numbers in self.texts.openings.items()
        }
        self.written: dict[str, set[int]] = {}
        self.used = [-1_000 - draws.below(1_000) for _ in range(self.texts.size)]
        self.mentions: list[str] = []
        self.giver: Person
        self.recipients: Sequence[Person] = ()
        self.when: Moment
        self.writing = Writing(draws.chance, language, False, self._lexicon())

    def freshest(self, cores: Sequence[Core], turn: int, giver: Person, *, several: bool) -> Core | None:
        """The core read longest ago that this giver has not written yet; None if there is none."""
        used = self.used
        written = self.written.get(giver.id, ())
        best = None
        oldest = turn - APART
        for core in cores:
            number = core.number
            if used[number] < oldest and number not in written and (several or not core.several):
                oldest = used[number]
                best = core
        return best

    def letter(
        self,
        core: Core,
        turn: int,
        *,
        giver: Person,
        recipients: Sequence[Person],
        when: Moment,
        framed: bool = False,
    ) -> tuple[str, list[str]]:
        """The message and the ids of those it mentions. `framed`: surely with an opening and a closing."""
        self._set(giver, recipients, when)
        self.used[core.number] = turn + self.draws.below(_JITTER)
        self._remember(core, giver)
        text = core.text.write(self.writing)
        chance = self.draws.chance
        if framed or chance() < _OPENED:
            text = self._opened(text, core.value, turn)
        if framed or (not core.thanks and chance() < _CLOSED):
            closing = self._frame(self.texts.closings[core.value], turn).text.write(self.writing)
            text += ("\n\n" if "\n" in text else " ") + closing
        return text, self.mentions

    def comment(
        self,
        voice: str,
        value: str,
        turn: int,
        *,
        author: Person,
        giver: Person,
        recipients: Sequence[Person],
        when: Moment,
    ) -> str:
        """A comment by `author` in one of the voices of `letters.comments` on a letter tied to `value`."""
        self._set(giver, recipients, when)
        self.author = author
        return self._frame(self.texts.comments[voice][value], turn).text.write(self.writing)

    def _remember(self, core: Core, giver: Person) -> None:
        written = self.written.setdefault(giver.id, set())
        if len(written) >= _OWN_MEMORY:
            written.clear()
        written.add(core.number)

    def _set(self, giver: Person, recipients: Sequence[Person], when: Moment) -> None:
        self.giver = self.author = giver
        self.recipients = recipients
        self.when = when
        self.mentions = []
        self.writing.several = len(recipients) > 1
        self.writing.bound.clear()

    def _opened(self, text: str, value: str, turn: int) -> str:
        first = text.split(" ", 1)[0]
        small = first in _SMALL[self.language] and len(self.recipients) < 3
        frame = self._frame((self.texts.openings if small else self.full_openings)[value], turn)
        opening = frame.text.write(self.writing)
        if frame.run_on and first not in ("I", "I'm"):
            text = text[0].lower() + text[1:]
        return f"{opening} {text}"

    def _frame(self, numbers: Sequence[int], turn: int) -> Frame:
        """The one that was read longest ago."""
        number = min(numbers, key=self.used.__getitem__)
        self.used[number] = turn + self.draws.below(_JITTER // 4)
        return self.texts.frames[number]

    # What the texts may ask for, by the names they use.

    def _lexicon(self) -> dict[str, Callable[[], str]]:
        german = self.language == "de"
        return {
            "name": self._names,
            "dear": self._dear,
            "giver": lambda: self.giver.given_name,
            "mate": lambda: self._colleague_of(self.giver).given_name,
            "@us": lambda: self._mention(self.giver),
            "@them": lambda: self._mention(self.recipients[0]),
            "ours": lambda: self._short(self.giver),
            "theirs": lambda: self._short(self.recipients[0]),
            "of_ours": lambda: _UNITS[self.giver.department].of_de,
            "from_ours": lambda: (
                _UNITS[self.giver.department].from_de if german else _UNITS[self.giver.department].from_en
            ),
            "tongue": lambda: self.recipients[0].tongue[0 if german else 1],
            "room": self._room,
            "phone": lambda: f"{'Durchwahl' if german else 'extension'} {2000 + self.draws.below(7000)}",
            "day": self._day,
            "workday": lambda: self._day(office=True),
            "lately": self._lately_de if german else self._lately_en,
        }

    def _names(self) -> str:
        names = [person.given_name for person in self.recipients]
        joint = " und " if self.language == "de" else " and "
        return joint.join(filter(None, (", ".join(names[:-1]), names[-1])))

    def _dear(self) -> str:
        if len(self.recipients) > 2:
            return "ihr Lieben"
        return ", ".join(f"lieb{'e' if p.woman else 'er'} {p.given_name}" for p in self.recipients)

    def _colleague_of(self, person: Person) -> Person:
        staff = self.staff[person.department]
        start = self.draws.below(len(staff))
        involved = (self.giver, self.author, *self.recipients)
        for step in range(len(staff)):
            colleague = staff[(start + step) % len(staff)]
            if colleague not in involved:
                return colleague
        return person

    def _mention(self, person: Person) -> str:
        colleague = self._colleague_of(person)
        if colleague.id not in self.mentions:
            self.mentions.append(colleague.id)
        return f"@{{{colleague.id}}}"

    def _short(self, person: Person) -> str:
        unit = _UNITS[person.department]
        if self.language == "de":
            return unit.short_de or unit.name_de
        return unit.short_en or unit.name_en

    def _room(self) -> str:
        here = [p.department for p in (self.giver, *self.recipients) if p.department in WARDS]
        floor = 500 if (here[0] if here else "ward_3a") == "ward_5b" else 300
        return str(floor + 1 + self.draws.below(26))

    def _day(self, *, office: bool = False) -> str:
        """One of the last six days, a working day in the `office` or if the giver is in one."""
        days = [(self.when.weekday - back) % 7 for back in range(1, 7)]
        if office or _UNITS[self.giver.department].rhythm == "office":
            days = [day for day in days if day < 5]
        return _DAYS[self.language][self.draws.one(days)]

    def _recent(self, before: int) -> bool:
        """Whether the giver was at work `before` days ago: the office was not on a Sunday."""
        office = _UNITS[self.giver.department].rhythm == "office"
        return not office or (self.when.weekday - before) % 7 < 5

    def _lately_de(self) -> str:
        words = ["letzte Woche", f"am {self._day()}", "neulich"]
        words += ["gestern"] * 2 if self._recent(1) else []
        words += ["vorgestern"] if self._recent(2) else []
        words += ["heute früh", "vorhin"] if self.when.hour >= 9 else []
        return self.draws.one(words)

    def _lately_en(self) -> str:
        words = ["last week", f"on {self._day()}", "the other day"]
        words += ["yesterday"] * 2 if self._recent(1) else []
        words += ["this morning", "earlier today"] if self.when.hour >= 10 else []
        return self.draws.one(words)
