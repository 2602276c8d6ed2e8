"""A public thank-you as chats show it: who thanks whom, the words, and a link, in the chat's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from babel.lists import format_list

from api.core.i18n import Language
from api.core.i18n import gettext_later as _


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """What a chat says. `words` are without markup, mentions as names."""

    giver: str
    recipients: Sequence[str]
    words: str
    url: str
    language: Language

    @property
    def title(self) -> str:
        """Who thanks whom, in words."""
        names = format_list(list(self.recipients), locale=self.language)
        return _("%(giver)s thanks %(recipients)s", giver=self.giver, recipients=names).text(self.language)

    @property
    def link_text(self) -> str:
        """What the link says."""
        return _("Read in Gearmesh").text(self.language)


def sample(language: Language, url: str) -> Letter:
    """What a test sends: it names nobody."""
    return Letter(
        giver="Gearmesh",
        recipients=[_("your team").text(language)],
        words=_("This is a test. From now on, public thank-yous arrive here.").text(language),
        url=url,
        language=language,
    )


JSON = dict[str, Any]
