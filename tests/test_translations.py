"""Every sentence exists in German, with the same places to fill."""

from __future__ import annotations

import re

from babel.messages.catalog import Message

from tests.catalogue import extracted, german

_PLACE = re.compile(r"%\((\w+)\)s|\{\w+\}")


def _places(text: str) -> set[str]:
    return {match[0] for match in _PLACE.finditer(text)}


def _texts(message: Message) -> tuple[list[str], list[str]]:
    """The source's forms and the translation's."""
    sources = [message.id] if isinstance(message.id, str) else list(message.id)
    strings = message.string if isinstance(message.string, (tuple, list)) else [message.string or ""]
    return sources, [str(string) for string in strings]


def test_every_sentence_of_the_sources_is_translated() -> None:
    known = german()
    missing = []
    for message in extracted():
        if message.id:
            found = known.get(message.id, message.context)
            if found is None or not all(_texts(found)[1]):
                missing.append(message.id)
    assert missing == []


def test_no_translation_is_left_of_a_sentence_that_is_gone() -> None:
    present = {(message.id, message.context) for message in extracted()}
    assert [message.id for message in german() if message.id and (message.id, message.context) not in present] == []


def test_translations_fill_the_same_places() -> None:
    def fits(sources: list[str], string: str) -> bool:
        # A singular may say "one" in words; nothing else may be missing, and nothing may be added.
        allowed = set().union(*(_places(source) for source in sources))
        return _places(string) <= allowed and (len(sources) > 1 or _places(string) == allowed)

    pairs = [_texts(message) for message in german()]
    assert [strings for sources, strings in pairs if not all(fits(sources, string) for string in strings)] == []


def test_german_writes_you_with_a_capital() -> None:
    """In the middle of a sentence as at its beginning, and to several people as to one."""
    small = re.compile(r"\b(du|dich|dir|dein(e[mnrs]?|s)?|euch|euer|eure[mnrs]?)\b")
    texts = [text for message in german() if message.id for text in _texts(message)[1]]
    assert [text for text in texts if small.search(text)] == []
