"""What has changed since a plan was made, as sentences that name whom it is about."""

from __future__ import annotations

from collections.abc import Mapping

from babel.lists import format_list

from api.core.i18n import Language, Message
from api.core.i18n import gettext_later as _
from api.rotations.planning import Difference
from frontend.pages.rotations.words import Namer

_NAMED = 5
_WORDS: Mapping[str, Message] = {
    "joined": _("Came in: %(who)s"),
    "left": _("Left, or no longer in scope: %(who)s"),
    "moved": _("Work in another department now: %(who)s"),
    "absences": _("Are away at other times: %(who)s"),
    "qualifications": _("Have other qualifications: %(who)s"),
    "wishes": _("Have other wishes: %(who)s"),
    "participation": _("Take part differently: %(who)s"),
    "scope": _("Came into scope or left it: %(who)s"),
    "capacity": _("Can host another number of visitors: %(who)s"),
    "minimum": _("Need another number of people: %(who)s"),
    "requires": _("Ask visitors for other qualifications: %(who)s"),
    "blocks": _("The blocks are others"),
    "dependencies": _("Dependencies were changed"),
    "rules": _("The rules were changed"),
    "history": _("More visits have taken place"),
    "bans": _("Other visits are ruled out for: %(who)s"),
    "required": _("Other visits are required"),
}


def difference_words(difference: Difference, namer: Namer, language: Language) -> str:
    """One difference as a sentence without its full stop; of many people the first few are named."""
    names = [namer.person(one) for one in difference.people] + [namer.department(one) for one in difference.departments]
    shown = names[:_NAMED]
    if len(names) > _NAMED:
        shown.append(_("%(n)s more", n=len(names) - _NAMED).text(language))
    message = _WORDS[difference.code]
    return Message(message.source, {"who": format_list(shown, locale=language) if shown else ""}).text(language)
