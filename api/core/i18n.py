"""Languages: which one a reader gets, and texts in it. English source strings are the message ids."""

from __future__ import annotations

import gettext
import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, Protocol, cast

import msgspec
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

Language = Literal["de", "en"]
LANGUAGES: tuple[Language, ...] = ("de", "en")

_LOCALES = Path(__file__).parent / "locales"


def language_or_none(code: str) -> Language | None:
    """`code` as a language that we speak, regional forms included ("de-AT" is "de"), or None."""
    short = code.strip().lower().replace("_", "-").split("-")[0]
    return next((language for language in LANGUAGES if language == short), None)


def preferred_language(accept_language: str, default: Language) -> Language:
    """The best of our languages by an Accept-Language header (RFC 9110, 12.5.4); `default` if none fits."""
    ranked: list[tuple[float, int, Language]] = []
    for order, part in enumerate(accept_language.split(",")[:20]):
        tag, _, parameters = part.partition(";")
        name, _, weight = parameters.strip().partition("=")
        try:
            quality = float(weight) if name.strip() == "q" else 1.0
        except ValueError:
            continue
        language = language_or_none(tag)
        if language and quality > 0:
            ranked.append((-quality, order, language))
    return min(ranked)[2] if ranked else default


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalogue of a language, compiled from its .po file once; English needs none but has one."""
    path = _LOCALES / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


class Worded(Protocol):
    """What is written differently in each language, as an amount of money."""

    def text(self, language: str) -> str:
        """In this language."""
        ...


class Message(msgspec.Struct, frozen=True):
    """A sentence yet to be put into somebody's language. With `plural` and `n` it bends to the number.

    A value may itself be a Message, or an amount (`Worded`).
    """

    source: str
    values: Mapping[str, object] = {}
    plural: str = ""
    n: int = 0

    def text(self, language: str) -> str:
        """The sentence in `language`, its %(name)s places filled."""
        catalogue = translations(language)
        if self.plural:
            template = catalogue.ngettext(self.source, self.plural, self.n)
        else:
            template = catalogue.gettext(self.source)
        if not self.values and not self.plural:
            return template
        filled = {name: _worded(value, language) for name, value in self.values.items()}
        return template % {"n": self.n, **filled}


def _worded(value: object, language: str) -> object:
    return value if isinstance(value, str | int) else cast(Worded, value).text(language)


def gettext_later(source: str, **values: object) -> Message:
    """Mark an English sentence for the catalogues; it is translated where the reader is known."""
    return Message(source, values)


def ngettext_later(source: str, plural: str, n: int, **values: object) -> Message:
    """The same with a number: `source` for one, `plural` for more; %(n)s is the number."""
    return Message(source, values, plural, n)
