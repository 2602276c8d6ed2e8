"""What may be said of departments and people, who may give which role, and who leads whom after somebody left."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from zoneinfo import available_timezones

from api.core.access.actor import Actor, Role
from api.core.changes import State
from api.core.errors import Forbidden, Invalid
from api.core.i18n import LANGUAGES, Message
from api.core.i18n import gettext_later as _
from api.core.text import clean, one_line

HUES = 14
LONGEST = {
    "name": 120,
    "email": 254,
    "job": 120,
    "code": 4,
    "purpose": 300,
    "cost_centre": 40,
    "country": 2,
    "place": 80,
    "handover": 160,
    "error_note": 300,
    "hint": 200,
}
"""Characters, by field without its language; `name` is also that of departments and values."""

GRANTED = (Role.HR, Role.ADMIN, Role.WORKS_COUNCIL)
"""Roles that somebody gives; colleague and manager follow from what is."""


class Findings:
    """What is wrong, field by field, so that a form can say all of it at once."""

    def __init__(self, longest: Mapping[str, int] = LONGEST) -> None:
        self.errors: dict[str, Message] = {}
        self._longest = longest

    def add(self, field: str, message: Message) -> None:
        """The first sentence about a field is the one that is shown."""
        self.errors.setdefault(field, message)

    def text(self, state: State, field: str, *, needed: Message | None = None, lines: bool = False) -> str:
        """The field cleaned, stored back into `state`; noted if it is too long, or empty though `needed`."""
        found = state.get(field)
        text = (clean if lines else one_line)(found if isinstance(found, str) else "")
        state[field] = text
        limit = self._longest[field.removesuffix("_de").removesuffix("_en")]
        if needed is not None and not text:
            self.add(field, needed)
        elif len(text) > limit:
            self.add(field, _("At most %(n)s characters.", n=limit))
        return text

    def both(self, state: State, field: str, *, needed: Message | None = None, lines: bool = False) -> None:
        """The same in both languages: what is empty in one takes the other's words."""
        german, english = (self.text(state, f"{field}_{language}", lines=lines) for language in LANGUAGES)
        state[f"{field}_de"], state[f"{field}_en"] = german or english, english or german
        if needed is not None and not (german or english):
            self.add(f"{field}_de", needed)

    def one_of(self, state: State, field: str, allowed: Collection[object], message: Message) -> None:
        """Notes `message` unless the field has one of the values allowed."""
        if state.get(field) not in allowed:
            self.add(field, message)

    def settle(self) -> None:
        """Raises Invalid if anything was noted."""
        if self.errors:
            raise Invalid(next(iter(self.errors.values())), fields=self.errors)


def check_email(text: str) -> str:
    """An address as it is stored (lower case). Raises Invalid for what cannot be one."""
    address = one_line(text).lower()
    local, at, domain = address.partition("@")
    if not (local and at and "." in domain.strip(".") and " " not in address and len(address) <= LONGEST["email"]):
        raise Invalid.field("email", _("This does not look like an e-mail address."))
    return address


def given_name_of(name: str) -> str:
    """How somebody is spoken to: the first part of the name that is no title ("Dr.", "Prof.")."""
    parts = name.split()
    return next((part for part in parts if not part.endswith(".")), parts[0] if parts else "")


def check_place(findings: Findings, state: State, *, language_needed: bool) -> None:
    """Language and time zone of a person (both may be empty) or of the organisation."""
    optional = () if language_needed else ("",)
    findings.one_of(state, "language", (*LANGUAGES, *optional), _("Choose German or English."))
    if state.get("time_zone") not in optional:
        findings.one_of(state, "time_zone", available_timezones(), _("Choose a time zone from the list."))


def is_country(code: str) -> bool:
    """Whether it looks like an ISO 3166 code of two letters."""
    return len(code) == 2 and code.isascii() and code.isalpha() and code.isupper()


def check_department(state: State) -> State:
    """A department's fields as they are stored. Raises Invalid with a sentence for each field that is wrong."""
    found = Findings()
    checked = dict(state)
    found.both(checked, "name", needed=_("Say what the department is called."))
    found.both(checked, "purpose")
    found.both(checked, "code")
    found.text(checked, "cost_centre")
    found.text(checked, "place")
    checked["country"] = str(checked.get("country") or "").strip().upper()
    if checked["country"] and not is_country(str(checked["country"])):
        found.add("country", _("Write a country as two letters, like DE."))
    found.one_of(checked, "hue", range(1, HUES + 1), _("Choose one of the colours."))
    found.settle()
    return checked


def check_person(state: State) -> State:
    """A person's fields as they are stored. Raises Invalid with a sentence for each field that is wrong."""
    found = Findings()
    checked = dict(state)
    found.text(checked, "name", needed=_("Say the person's name."))
    found.both(checked, "job")
    try:
        checked["email"] = check_email(str(checked.get("email") or ""))
    except Invalid as error:
        found.add("email", error.message)
    check_place(found, checked, language_needed=False)
    check_day(found, checked, "joined_on")
    found.settle()
    return checked


def check_organisation(state: State) -> State:
    """The organisation's fields as they are stored. Raises Invalid with a sentence for each field that is wrong."""
    found = Findings()
    checked = dict(state)
    found.text(checked, "name", needed=_("Say what the organisation is called."))
    check_place(found, checked, language_needed=True)
    found.settle()
    return checked


def check_day(findings: Findings, state: State, field: str) -> None:
    """A day as an ISO date, or empty."""
    text = str(state.get(field) or "").strip()
    state[field] = text
    if not text:
        return
    try:
        state[field] = date.fromisoformat(text).isoformat()
    except ValueError:
        findings.add(field, _("Write a day as in 2026-03-31."))


def check_roles(actor: Actor, person_id: str, before: Collection[str], after: Collection[str]) -> str:
    """The roles as they are stored. Raises Invalid for an unknown one, Forbidden for what `actor` may not decide.

    Nobody decides their own roles. Human resources decides who belongs to it. Who administers, and who sits on
    the works council, which looks at what HR does, an administrator enters.
    """
    if not set(after) <= {role.value for role in GRANTED}:
        raise Invalid.field("roles", _("Choose from the roles that there are."))
    changed = set(before) ^ set(after)
    if changed and actor.id == person_id:
        raise Forbidden(_("Nobody changes their own roles. Ask a colleague."))
    if changed - {Role.HR.value} and not actor.is_admin:
        raise Forbidden(_("Only an administrator decides who administers or sits on the works council."))
    return " ".join(sorted(after))


def check_own_leaving(actor: Actor, person_id: str) -> None:
    """Raises Forbidden if somebody is about to lock themselves out."""
    if actor.id == person_id:
        raise Forbidden(_("Nobody ends their own access. Ask a colleague."))


def successors(
    reports: Collection[str], above: str | None, head: str | None, chain_of_head: Collection[str]
) -> Mapping[str, str | None]:
    """Who leads each of a leaver's reports: whoever is next `above` them, else the department's `head`, else nobody.

    `chain_of_head` is the head with all managers above: whoever is in it is not led by the head.
    """
    if above is not None:
        return dict.fromkeys(reports, above)
    return {report: None if report in chain_of_head else head for report in reports}
