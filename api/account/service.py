"""Change what concerns only oneself."""

from __future__ import annotations

from zoneinfo import available_timezones

from api.core import database
from api.core.access.actor import Actor
from api.core.errors import Invalid
from api.core.events import record_event
from api.core.i18n import LANGUAGES
from api.core.i18n import gettext_later as _

THEMES = ("light", "dark")


@database.transaction
async def change_preferences(
    *, actor: Actor, language: str | None = None, time_zone: str | None = None, theme: str | None = None
) -> None:
    """Set language, time zone or theme; None leaves it, an empty text lets browser or organisation decide.

    Raises Invalid beside the field.
    """
    if language and language not in LANGUAGES:
        raise Invalid.field("language", _("Choose German or English."))
    if time_zone and time_zone not in available_timezones():
        raise Invalid.field("time_zone", _("Choose a time zone from the list."))
    if theme and theme not in THEMES:
        raise Invalid.field("theme", _("Choose light or dark."))
    await database.execute(
        """UPDATE person SET language = COALESCE({}, language), time_zone = COALESCE({}, time_zone),
            theme = COALESCE({}, theme) WHERE id = {}""",
        *(language, time_zone, theme, actor.id),
    )
    await record_event("preferences.changed", actor_id=actor.id)
