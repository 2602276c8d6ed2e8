"""Points beside a form: what can be chosen, what is left in the pot, and what to know before it is refused."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from litestar.datastructures import FormMultiDict

from api.core.access.actor import Actor, Role
from api.core.i18n import gettext_later as _
from api.core.i18n import ngettext_later as _n
from api.people.schemas import PersonRef
from api.points import queries
from api.points.queries import Purse
from api.points.records import kept_rules
from api.points.settings import CHIPS
from frontend.web import text_of

_NOTHING = Purse(giving=0, ringfenced=0, earned=0, held=0)


class Chip(msgspec.Struct, frozen=True):
    """An amount to choose; `beyond`: more than there is, or than one person can get."""

    points: int
    name: str
    beyond: bool


class Gift(msgspec.Struct, frozen=True, kw_only=True):
    """All that the field for points shows. `before`, `after` and `over` are sentences with places for numbers;
    `people` is how many get points, -1 if the form's own people are to be counted."""

    on: bool = False
    legend: str = ""
    chosen: int = 0
    other: str = ""
    free: bool = True
    chips: Sequence[Chip] = ()
    people: int = -1
    purse: Purse = _NOTHING
    before: str = ""
    after: str = ""
    over: str = ""
    said: str = ""
    limits: str = ""
    warnings: Sequence[str] = ()
    error: str = ""


OFF = Gift()


def chosen_points(form: FormMultiDict) -> int:
    """The amount that a form asks for: what was typed, else what was chosen; -1 for what is no number."""
    typed = text_of(form, "points_other").strip()
    text = typed or text_of(form, "points").strip() or "0"
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else -1


async def gift_of(
    actor: Actor, people: Sequence[PersonRef], *, chosen: int = 0, error: str = "", comment: bool = False
) -> Gift:
    """The field for points of a form that thanks these people; or of a comment, where they are fixed.

    Two statements at most, one as long as nobody is chosen.
    """
    rules = await kept_rules(actor.directory_revision)
    if not rules.enabled:
        return OFF
    language = actor.language
    purse = await queries.purse(actor.id)
    others = [person for person in people if person.id != actor.id]
    limit = rules.month_limit(actor.roles, manages=Role.MANAGER in actor.roles)
    found, burst = await queries.outlook(actor, rules, [person.id for person in others]) if others else ({}, False)
    most = min([limit, purse.pot, *(outlook.left for outlook in found.values())])
    levels = rules.named_levels()
    chips = [Chip(level.points, level.name(language), level.points > most) for level in levels]
    chips = chips or [Chip(points, "", points > most) for points in CHIPS]
    free = not levels
    listed = chosen in {chip.points for chip in chips}
    before = _("%(have)s points are in your pot.", have="{have}").text(language)
    after = _("%(have)s points are in your pot; %(left)s stay after this.", have="{have}", left="{left}").text(language)
    over = _("%(have)s points are in your pot; this needs %(total)s.", have="{have}", total="{total}").text(language)
    total = max(0, chosen) * len(others)
    sentence = over if total > purse.pot else after if total else before
    return Gift(
        on=True,
        legend=(_("Add points for each of them?") if comment else _("Points for each of them?")).text(language),
        chosen=chosen if listed else 0,
        other="" if listed or chosen <= 0 or not free else str(chosen),
        free=free,
        chips=chips,
        people=len(others) if comment else -1,
        purse=purse,
        before=before,
        after=after,
        over=over,
        said=sentence.replace("{have}", str(purse.pot))
        .replace("{left}", str(purse.pot - total))
        .replace("{total}", str(total)),
        limits=" ".join(_limits(limit, purse, language)),
        warnings=_warnings(others, found, burst, limit, language),
        error=error,
    )


def _limits(limit: int, purse: Purse, language: str) -> list[str]:
    said = [_("At most %(n)s points a month go to one person.", n=limit).text(language)]
    if purse.ringfenced:
        ring = _n("One counts only for other departments.", "%(n)s count only for other departments.", purse.ringfenced)
        said.append(ring.text(language))
    return said


def _warnings(
    others: Sequence[PersonRef], found: dict[str, queries.Outlook], burst: bool, limit: int, language: str
) -> list[str]:
    said = []
    for person in others:
        outlook = found[person.id]
        if outlook.left < limit:
            said.append(
                _("%(name)s can get %(n)s more points from you this month.", name=person.name, n=outlook.left).text(
                    language
                )
            )
        if outlook.mutual:
            said.append(
                _(
                    "You and %(name)s have given each other points several times lately. Human resources would see it.",
                    name=person.name,
                ).text(language)
            )
    if burst:
        said.append(
            _("You have given points very often in the last hour. Human resources would see one more.").text(language)
        )
    return said
