"""Pages from templates: one Jinja environment a language, and a cache of what does not depend on the reader.

A template renders as a whole page or, when htmx asks, as the fragment it asks for: the layout sees it in
`view`, handlers do not branch. `piece()` and `letter()` in templates, `page()` in handlers.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from babel.lists import format_list
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from api.core.clock import SECOND
from api.core.i18n import translations
from api.core.money import euros
from api.kudos.schemas import FeedItem
from api.people.schemas import PersonRef
from api.rewards.words import MonthName
from frontend import letters, times
from frontend.assets import asset, assets
from frontend.changes import day
from frontend.translated import Translated

TEMPLATES = Path(__file__).parent / "templates"
KEPT = 6_000
"""Rendered fragments kept, about 3 kB each; the oldest go first."""


class Toast(msgspec.Struct, kw_only=True, frozen=True):
    """A sentence shown once after something happened. With `undo_url` it offers to take it back."""

    text: str
    undo_url: str = ""
    seconds: int = 0
    """How long taking back is possible; the toast goes with it."""
    sent: str = ""
    """Name of the draft that has been sent, so that the browser forgets it: "give", "comment-<id>"."""


class View(msgspec.Struct, kw_only=True, frozen=True):
    """What every page knows of its reader and of the request."""

    language: str
    time_zone: str
    now: int
    path: str
    """Path and query of this request, to come back to."""
    organisation: str
    theme: str = ""
    """ "light", "dark", or "" where the system decides."""
    me: PersonRef | None = None
    """The reader; None before sign-in."""
    roles: frozenset[str] = frozenset()
    revision: int = 0
    """Rises with every change to people, departments and values: what was rendered before is then stale."""
    unread: int = 0
    """What the bell shows, up to 100."""
    waiting: int = 0
    """How many decisions wait for the reader, up to 100."""
    points: bool = False
    """Whether the house uses points: without them there is nothing to redeem."""
    target: str | None = None
    """None for a whole page; the id of the element that htmx will fill for a fragment ("" if it has none)."""
    toast: Toast | None = None

    @property
    def reader(self) -> letters.Reader:
        return letters.Reader(self.me.id if self.me else "", self.language, self.time_zone, self.now)


class Fragments:
    """Rendered fragments by (template, language, row, version), never by who may see them."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._revision = 0
        self._made: dict[Hashable, Any] = {}

    def get(self, key: Hashable) -> Any:
        return self._made.get(key)

    def at(self, revision: int) -> None:
        """Names have changed since: what was rendered before is stale, and may name who was erased."""
        if revision > self._revision:
            self._revision = revision
            self._made.clear()

    def clear(self) -> None:
        """Forget all: another database is in use."""
        self._revision = 0
        self._made.clear()

    def put(self, key: Hashable, made: Any) -> Any:
        """Keeps and returns what was made."""
        if len(self._made) >= self._kept:
            for oldest in list(self._made)[: self._kept // 10]:
                del self._made[oldest]
        self._made[key] = made
        return made


fragments = Fragments()


def page(template: str, view: View, **context: Any) -> str:
    """A page, or the fragment of it that htmx asked for. Raises if the template needs what is not given."""
    return environment(view.language).get_template(template).render(view=view, **context)


def letter(view: View, item: FeedItem) -> Markup:
    """The card of a thank-you for its reader, without its comments."""
    return Markup(_finished("kudos/_letter_alone.html", view, view.reader, item))  # noqa: S704 (a template)


def letter_list(view: View, items: Iterable[FeedItem]) -> Markup:
    """The cards of a feed, each with its latest comments."""
    reader = view.reader
    cards = [_finished("kudos/_letter.html", view, reader, item) for item in items]
    return Markup("\n".join(cards))  # noqa: S704 (templates)


def reactions(view: View, item: FeedItem) -> Markup:
    """The reaction buttons of a card: what htmx swaps after one was pressed."""
    return Markup(_finished("kudos/_reactions.html", view, view.reader, item))  # noqa: S704 (a template)


def _finished(template: str, view: View, reader: letters.Reader, item: FeedItem) -> str:
    kudos, counts = item.card, item.counts
    numbers = (counts.me_too, counts.strong, counts.learned, counts.comments)
    key = (template, view.language, kudos.id, kudos.version, view.revision, numbers)
    card: letters.Card | None = fragments.get(key)
    if card is None:
        text = environment(view.language).get_template(template).render(kudos=kudos, counts=counts)
        card = fragments.put(key, letters.compile_card(text))
    if item.undo_until is None and item.hidden_reason is None:
        return letters.finish_card(card, reader, item.reacted, _NOTHING)
    seconds = 0
    if item.undo_until is not None:
        seconds = max(0, round(item.undo_until.timestamp() - view.now / SECOND))
    strip = environment(view.language).get_template("kudos/_strip.html")
    text = strip.render(kudos=kudos, seconds=seconds, hidden_reason=item.hidden_reason)
    return letters.finish_card(card, reader, item.reacted, {"strip": text})


_NOTHING: dict[str, str] = {}


def environment(language: str) -> Environment:
    """The templates in one language."""
    return _environment(language)


@cache
def _environment(language: str) -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        extensions=[Translated],
        auto_reload=False,
    )
    catalogue = translations(language)
    made.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
    made.globals["translate_constant"] = catalogue.gettext
    made.policies["ext.i18n.trimmed"] = True

    def piece(name: str, *key: Hashable, **context: Any) -> Markup:
        """A fragment that is the same for all who ask with the same key; `context` is used when it is new."""
        found: Markup | None = fragments.get((name, language, key))
        if found is None:
            text = made.get_template(name).render(key=key, **context)
            found = fragments.put((name, language, key), Markup(text))  # noqa: S704 (a rendered template)
        return found

    def join_people(names: Iterable[Any]) -> Markup:
        """Names or links in a row: "A, B and C"."""
        parts = list(names)
        places = format_list([f"\x02{index}\x02" for index in range(len(parts))], locale=language)
        return Markup("").join(
            parts[int(text)] if index % 2 else text for index, text in enumerate(places.split("\x02"))
        )

    made.globals.update(
        language=language,
        asset=asset,
        scripts=lambda: assets().scripts,
        piece=piece,
        letter=letter,
        letter_list=letter_list,
        time_slot=letters.time_slot,
        reader_slot=letters.reader_slot,
        reaction_slot=letters.reaction_slot,
        extra_slot=letters.extra_slot,
    )
    made.filters.update(
        ago=lambda at, view: times.time_element(times.minutes(at), view.now, view.time_zone, language),
        day_of=lambda at, view: times.day_element(at, view.time_zone, language),
        iso_day=lambda text: day(text, language),
        day=lambda at: day(at.isoformat(), language),
        number=lambda value: format_decimal(value, locale=language),
        join_people=join_people,
        euros=lambda cents: euros(cents, language),
        month=lambda month: MonthName(month).text(language),
    )
    made.globals["ui"] = made.get_template("components/parts.html").module
    return made
