"""Every hand-written text, written out: complete, well formed, in the right number."""

import re
from collections.abc import Iterator
from typing import Literal

import pytest

from api.core.text import MENTION, clean, guess_language
from api.demo.anthology import anthology
from api.demo.draws import Draws
from api.demo.generate import Demo
from api.demo.hospital import UNITS
from api.demo.people import Person
from api.demo.rhythm import moment
from api.demo.scribe import Scribe
from tests.demo.conftest import UNTIL

Language = Literal["de", "en"]
LANGUAGES: tuple[Language, ...] = ("de", "en")

# „...“-quotations may address somebody else; "bei euch" may mean the department of one recipient.
QUOTED = re.compile(r"„[^\"“]*[\"“]")
TO_SEVERAL = re.compile(
    r"\b(ihr (?=habt|seid|wart|hattet)|habt|seid|wart|hattet|könnt|wusstet|müsst|wollt|werdet|sprecht)\b", re.I
)
TO_ONE = re.compile(r"\b(du|dir|dich|dein\w*|hast|bist|warst|hattest|kannst|wusstest|musst|willst)\b", re.I)
LEFT_OVER = re.compile(r"[\[\]<>|#]|//|\{(?![0-9a-f-]{36}\})| {2}| [,.;:!?](?!\.)|,,|\.\.|\n\n\n")


def staff_of(demo: Demo) -> dict[str, list[Person]]:
    return {unit.key: [p for p in demo.people if p.department == unit.key] for unit in UNITS}


def written(demo: Demo, language: Language) -> Iterator[tuple[str, str, bool]]:
    """(pool, text, several) of every letter, several times for one and for two recipients."""
    staff = staff_of(demo)
    scribe = Scribe(language, Draws("test"), staff)
    for pool, cores in anthology(language).pools.items():
        giver, _, recipient = pool.partition(">")
        from_unit = {"ward": "ward_3a", "own": "icu", "own:night": "icu", "own:desk": "billing"}.get(giver, giver)
        to_unit = recipient.partition("+")[0].replace("ward_5b", "ward").replace("ward", "ward_5b")
        writer = staff.get(from_unit, staff["theatres"])[1]
        readers = staff.get(to_unit, staff["icu"])[2:4]
        for core in cores:
            for count in (1, 2) if not core.several else (2,):
                for _ in range(4):
                    text, _ids = scribe.letter(core, 0, giver=writer, recipients=readers[:count], when=moment(UNTIL))
                    yield pool, text, count > 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_have_no_marks_left_over_and_the_right_length(demo: Demo, language: Language) -> None:
    for pool, text, _ in written(demo, language):
        assert not LEFT_OVER.search(MENTION.sub("@x", text)), (pool, text)
        assert 10 <= len(text) <= 2_000, (pool, text)
        assert text == clean(text), (pool, text)


def test_german_letters_address_one_or_several_as_many_as_they_are(demo: Demo) -> None:
    for pool, text, several in written(demo, "de"):
        wrong = (TO_ONE if several else TO_SEVERAL).search(QUOTED.sub("", text))
        assert not wrong, (pool, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_are_in_their_language(demo: Demo, language: Language) -> None:
    other: Language = "en" if language == "de" else "de"
    texts = [text for _, text, _ in written(demo, language)]
    strange = [text for text in texts if guess_language(text, language) == other]
    assert len(strange) <= len(texts) / 200  # the guess counts small words, some of which are in both


def test_german_is_written_with_umlauts(demo: Demo) -> None:
    spelled_out = re.compile(r"\b(fuer|ueber|koenn\w+|haett\w+|waer\w*|spaet\w*|naechst\w*|muess\w+|zurueck)\b")
    for pool, text, _ in written(demo, "de"):
        assert not spelled_out.search(text), (pool, text)


def test_there_is_enough_to_choose_from() -> None:
    german = sum(len(cores) for cores in anthology("de").pools.values())
    english = sum(len(cores) for cores in anthology("en").pools.values())
    assert german >= 500
    assert english >= 250


@pytest.mark.parametrize("language", LANGUAGES)
def test_comments_suit_every_value_in_every_voice(demo: Demo, language: Language) -> None:
    staff = staff_of(demo)
    scribe = Scribe(language, Draws("test"), staff)
    people = staff["billing"]
    for voice, frames in anthology(language).comments.items():
        for value, choices in frames.items():
            assert len(choices) >= 2, (voice, value)
            for turn in range(len(choices)):
                text = scribe.comment(
                    voice, value, turn, author=people[1], giver=people[2], recipients=people[3:4], when=moment(UNTIL)
                )
                assert text
                assert not LEFT_OVER.search(MENTION.sub("@x", text)), text
