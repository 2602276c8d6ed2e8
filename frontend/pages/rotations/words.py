"""Rotations in words: goals, periods, patterns, blocks, and what the scheduler says in codes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from babel import Locale
from babel.dates import format_date, format_interval, format_time

from api.core.i18n import Language, Message
from api.core.i18n import gettext_later as _
from api.core.i18n import ngettext_later as _n
from api.rotations.planning import Fault
from api.rotations.rules import Pattern

GOAL_NAMES: Mapping[str, Message] = {
    "dependency": _("Heavy dependencies"),
    "coverage": _("Seen from both sides, by several"),
    "fairness": _("Fair between people"),
    "wishes": _("Wishes met"),
    "seniority": _("New and experienced visitors mixed"),
    "stability": _("Close to the plan before"),
}
TERM_NAMES: Mapping[str, Message] = {
    **GOAL_NAMES,
    "required": _("Required visits"),
    "departments": _("Fair between departments"),
    "visits": _("Weights of single visits"),
    "shadow": _("Shadow visits"),
}
KIND_NAMES: Mapping[str, Message] = {
    "swap": _("swap"),
    "ring": _("ring"),
    "shadow": _("shadow visit"),
    "pinned": _("pinned"),
    "conflict": _("conflict"),
}
"""What a visit on the board is."""
ACTION_NAMES: Mapping[str, Message] = {
    "move": _("Moved"),
    "hand_over": _("Given to a colleague"),
    "swap": _("Two changed places"),
    "pin": _("Pinned"),
    "unpin": _("Loosened"),
    "forbid": _("Forbidden"),
    "remove": _("Taken out"),
    "mend": _("Mended"),
}
"""What was done to a plan by hand."""
PHASES: Mapping[str, Message] = {
    "": _("Reading who is there when"),
    "compile": _("Preparing this machine for its first search: about a minute, only once"),
    "first plan": _("A first plan"),
    "bound": _("What no plan can exceed"),
    "master": _("Flows between departments"),
    "people": _("People for the flows"),
    "exact": _("Looking for the very best"),
    "improve": _("Improving visit by visit"),
    "done": _("Writing it down"),
}


def day_words(first: str, last: str, language: Language) -> str:
    """A period: "2 March to 30 April 2026"."""
    one, other = date.fromisoformat(first), date.fromisoformat(last)
    pattern = "d. MMMM y" if language == "de" else "d MMMM y"
    short = pattern.removesuffix(" y") if one.year == other.year else pattern
    return _("%(first)s to %(last)s", first=format_date(one, short, locale=language),
             last=format_date(other, pattern, locale=language)).text(language)  # fmt: skip


def hour_words(start: datetime, end: datetime, language: Language) -> str:
    """A meeting's time: "Mon 2 March, 14:00 – 15:00"."""
    day = format_date(start, "EEE d. MMMM" if language == "de" else "EEE d MMMM", locale=language)
    first, last = (format_time(each, "H:mm", locale=language) for each in (start, end))
    return f"{day}, {first} – {last}"


def pattern_words(pattern: Pattern, language: Language) -> str:
    """How a period is cut, in a few words: "days, every second week: Tue"."""
    lengths = {"weeks": _("whole weeks"), "days": _("days"), "half_days": _("half days")}
    names = Locale(language).days["stand-alone"]["abbreviated"]
    days = ", ".join(names[day] for day in sorted(pattern.weekdays))
    every = "" if pattern.weeks == 1 else _n("every week", "every %(n)s weeks", pattern.weeks).text(language) + ", "
    return f"{lengths[pattern.length].text(language)}, {every}{days}"


def block_words(start: datetime, end: datetime, pattern: Pattern, language: Language) -> tuple[str, str]:
    """A block's short name and its whole one, in local times: ("W10", "W10 (2–6 Mar)")."""
    day = "d. MMM" if language == "de" else "d MMM"
    if pattern.length == "weeks":
        week = format_date(start, "w", locale="de")
        short = _("W%(week)s", week=week).text(language)
        locale = "en_GB" if language == "en" else language
        return short, f"{short} ({format_interval(start.date(), end.date(), 'MMMd', locale=locale)})"
    label = format_date(start, f"EEE {day}", locale=language)
    if pattern.length == "half_days":
        hour = format_time(start, "H:mm", locale=language)
        return f"{label} {hour}", f"{label}, {hour}"
    return label, label


_REASONS: Mapping[str, Message] = {
    "own_department": _("%(person)s works in %(host)s anyway."),
    "not_dependent": _("%(host)s and the department of %(person)s do not depend on one another in this programme."),
    "not_offered": _("The visit to %(host)s is not among those %(person)s may make."),
    "beyond_end": _("It would last beyond the programme’s end."),
    "holiday": _("%(on)s is closed."),
    "absent": _("%(person)s is away in %(on)s."),
    "qualification": _("%(person)s lacks “%(qualification)s”, which %(host)s asks for."),
    "seen_recently": _("%(person)s saw %(host)s until %(ended)s, less than %(months)s months before."),
    "forbidden": _("The visit of %(person)s to %(host)s in %(block)s is forbidden."),
    "maximum": _("%(person)s has %(visits)s visits, %(limit)s are allowed."),
    "repeated": _("%(person)s sees %(host)s %(visits)s times."),
    "too_close": _("The visit of %(person)s in %(block)s is too close to the one in %(other)s: the rule asks for "
                   "%(gap)s blocks from one to the next."),
    "host_full": _("%(host)s has %(visitors)s visitors in %(block)s and room for %(capacity)s."),
    "understaffed": _("%(home)s has %(staff)s people left in %(block)s and needs %(minimum)s."),
    "shadow_not_allowed": _("Nobody comes in return for %(person)s in %(block)s; the rules allow no shadow visits."),
    "not_a_cycle": _("The visits of %(person)s’s swap do not fit together."),
    "ring_too_long": _("The ring has %(size)s departments, %(limit)s are allowed."),
    "pin_missing": _("The pinned visit of %(person)s to %(host)s in %(block)s is missing."),
    "too_early": _("No visit to %(host)s could end in time."),
    "planned": _("The visit is in the plan."),
    "at_maximum": _("%(person)s has %(visits)s visits already, %(limit)s are allowed."),
    "already_planned": _("%(person)s sees %(host)s in %(block)s already."),
    "near_visit": _("%(person)s has a visit in %(other)s; the rule asks for %(gap)s blocks from one to the next."),
    "host_is_full": _("%(host)s is full in %(block)s (visitors: %(visitors)s, room for %(capacity)s)."),
    "home_understaffed": _("%(home)s cannot spare %(person)s in %(block)s: %(staff)s left, %(minimum)s needed."),
    "no_cover": _("Nobody is free in %(block)s to come in return."),
    "worth_less": _("It is possible, but the plan would be worth %(less)s less."),
    "worth_as_much": _("It is possible, in a plan worth as much."),
    "worth_more": _("It is possible, in a plan worth %(more)s more: searching longer would find it."),
    "no_block": _("No block suits: each has a reason against it."),
    "pins_conflict": _("No plan keeps all pinned visits together. Loosen one of them."),
    "pins_undecided": _("None was found in time, nor shown to be impossible. Search longer, or loosen a pinned visit."),
    "unknown_person": _("Somebody in the plan works here no longer, or is out of its scope."),
    "unknown_department": _("A department of the plan is out of its scope."),
    "unknown_block": _("A block of the plan is gone."),
}  # fmt: skip
_CHANGES: Mapping[str, Message] = {
    "present": _("%(person)s is there in %(blocks)s after all"),
    "qualify": _("%(person)s gets “%(qualification)s”"),
    "forget": _("the earlier visit of %(person)s to %(host)s does not count"),
    "allow": _("the visit is no longer forbidden"),
    "offer": _("%(person)s may visit %(host)s, dependency or not"),
    "limit": _("%(person)s may make %(by)s more"),
    "seats": _("%(department)s has room for %(by)s more in %(block)s"),
    "staff": _("%(department)s gets by with %(by)s fewer in %(block)s"),
    "shadow_visits": _("shadow visits are allowed"),
    "loosen": _("the visit of %(person)s to %(host)s in %(block)s is loosened"),
}


_UNKNOWN = dict.fromkeys(
    (
        *("person", "host", "home", "department", "block", "blocks", "on", "other", "ended", "months", "limit"),
        *("visits", "gap", "visitors", "capacity", "staff", "minimum", "size", "less", "more", "by", "qualification"),
    ),
    "?",
)


class Namer:
    """Puts codes into sentences: ids of people, departments and numbers of blocks become names."""

    def __init__(self, people: Mapping[str, str], departments: Mapping[str, str], blocks: Mapping[int, str]) -> None:
        self._people, self._departments, self._blocks = people, departments, blocks

    def reason(self, fault: Fault, language: Language) -> str:
        """A reason or a broken rule as a sentence."""
        return self._text(_REASONS.get(fault.code), fault, language)

    def change(self, fault: Fault, language: Language) -> str:
        """What would have to be otherwise, as a part of a sentence."""
        usual = {"by": "1", "block": _("every block").text(language)}  # left out where it goes without saying
        return self._text(_CHANGES.get(fault.code), fault, language, usual)

    def person(self, person_id: str) -> str:
        """A person's name."""
        return self._people.get(person_id, "?")

    def department(self, department_id: str) -> str:
        """A department's name."""
        return self._departments.get(department_id, "?")

    def _text(
        self, message: Message | None, fault: Fault, language: Language, usual: Mapping[str, str] = _UNKNOWN
    ) -> str:
        if message is None:
            return fault.code
        values = {name: self._value(name, value, language) for name, value in fault.about.items()}
        return Message(message.source, {**_UNKNOWN, **usual, **values}).text(language)

    def _value(self, name: str, value: object, language: Language) -> str:
        if name == "person":
            return self._people.get(str(value), "?")
        if name in ("host", "home", "department"):
            return self._departments.get(str(value), "?")
        if name in ("block", "on", "other"):
            return self._blocks.get(int(str(value)), "?")
        if name == "blocks":
            return ", ".join(self._blocks.get(int(one), "?") for one in str(value).split(","))
        if name == "ended":
            return format_date(
                date.fromisoformat(str(value)), "d. MMMM y" if language == "de" else "d MMMM y", locale=language
            )
        if name == "by":
            return str(abs(int(str(value))))
        if isinstance(value, float):
            return f"{value:g}".replace(".", "," if language == "de" else ".")
        return str(value)
