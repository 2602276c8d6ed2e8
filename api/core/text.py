"""Words of people: folding for search, a safe subset of Markdown, a guess at the language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from html import escape, unescape
from typing import Literal

import nh3
from markdown_it import MarkdownIt

from api.core.i18n import gettext_later as _

_WORD = re.compile(r"[^\W_]+")
_LONGEST_WORD = 100
MENTION = re.compile(r"@\{([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}")

GONE = "00000000-0000-0000-0000-000000000000"
"""Whom a mention names whose person was erased: nobody."""

# Control characters other than line breaks and tabs; NUL cannot be stored, the others cannot be seen.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BLANK_LINES = re.compile(r"\n{3,}")

_LINE_END = re.compile(r"<br\s*/?> ?|</[uo]l>")
_TAG = re.compile(r"<[^>]*>")

_markdown = MarkdownIt("zero", {"linkify": False, "breaks": True, "html": False, "typographer": False}).enable(
    ["emphasis", "link", "list", "newline", "escape", "paragraph", "balance_pairs", "fragments_join"]
)

_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a"}
_ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href", "class"}, "ol": {"start"}}


# Letters that Unicode does not take apart into a base and an accent.
_STROKED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


def fold(text: str) -> str:
    """`text` without case and accents ("Müller-Groß" is "muller-gross"), for comparing and searching."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return plain.casefold().translate(_STROKED)


def words(text: str) -> list[str]:
    """The folded words of `text`, in order; what the search index holds and what a query is made of.

    What is longer than any word is cut: PostgreSQL takes no more than 2,046 bytes.
    """
    return [word[:_LONGEST_WORD] for word in _WORD.findall(fold(text))]


def search_name(name: str) -> str:
    """A name as `person.search` holds it: its folded words, so that "gross" finds "Müller-Groß"."""
    return " ".join(words(name))


def clean(text: str) -> str:
    """`text` as it is stored: composed characters, LF line ends, no control characters, trimmed."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _BLANK_LINES.sub("\n\n", _CONTROL.sub("", text)).strip()


def one_line(text: str) -> str:
    """`text` cleaned and on one line, as names are."""
    return " ".join(clean(text).split())


def render(source: str, people: Mapping[str, str]) -> str:
    """Safe HTML of a message: emphasis, lists, links; mentions become links to the people named.

    `people` maps the ids of those mentioned to their present names; an id that is missing is somebody
    who is gone, shown as "…". For what was erased, it has the reader's word under GONE (`erased_names`).
    """

    def mention(match: re.Match[str]) -> str:
        name = people.get(match[1])
        if match[1] == GONE:
            return f"<em>{escape(name or '…')}</em>"
        return f'<a class="mention" href="/people/{match[1]}">{escape(name)}</a>' if name else "…"

    html = _markdown.render(source)
    safe = nh3.clean(
        MENTION.sub(mention, html),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
    )
    return safe.strip()


def plain(html: str) -> str:
    """What `render` made as text without markup: paragraphs and list entries on lines of their own."""
    text = html.replace("\n", " ").replace("<li>", "\n• ")
    text = _LINE_END.sub("\n", text).replace("</p>", "\n\n").replace("</li>", "")
    lines = "\n".join(line.strip() for line in unescape(_TAG.sub("", text)).split("\n"))
    return _BLANK_LINES.sub("\n\n", lines).strip()


def erased_names(language: str) -> dict[str, str]:
    """What readers of this language get instead of what was erased, for `render`."""
    return {GONE: _("(erased)").text(language)}


def mentioned(source: str) -> list[str]:
    """The ids of the people that a message mentions, each once, in order."""
    return list(dict.fromkeys(MENTION.findall(source)))


_GERMAN = frozenset(
    (
        "der die das und ich du ihr wir nicht ist war hat habt hast dass mit fur danke auf ein eine den "
        "dem von zu euch dich dir uns sich auch noch nach bei dein deine eure vielen dank sehr gut in so"
    ).split()
)
_ENGLISH = frozenset(
    (
        "the and you your we our us is was were have has had that with for thanks thank on a an of to "
        "it not this in so my me they their very good great made helped"
    ).split()
)


def guess_language(text: str, default: Literal["de", "en"]) -> Literal["de", "en"]:
    """German or English by their small words, for `lang` attributes; `default` when it is too close to say."""
    found = words(MENTION.sub(" ", text))
    german = sum(word in _GERMAN for word in found)
    english = sum(word in _ENGLISH for word in found)
    if german == english:
        return default
    return "de" if german > english else "en"
