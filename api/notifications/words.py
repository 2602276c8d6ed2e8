"""What a notification says, the same in the page, in the API and in e-mails."""

from __future__ import annotations

from api.core.i18n import Message
from api.core.i18n import gettext_later as _
from api.core.i18n import ngettext_later as _n
from api.notifications.rules import Kind

KIND_NAMES = {
    Kind.THANKED: _("Somebody thanks me"),
    Kind.MENTIONED: _("Somebody mentions me"),
    Kind.COMMENTED: _("Somebody comments on thanks I am part of"),
    Kind.REACTED: _("Somebody reacts to thanks I am part of"),
    Kind.TEAM: _("Somebody thanks a person I lead"),
    Kind.MILESTONE: _("A colleague has been here for whole years"),
    Kind.ANSWERED: _("Something that I asked for is decided"),
    Kind.ORDER: _("A reward that I ordered gets on"),
    Kind.VISIT: _("Answers about visits that I take part in"),
    Kind.FEEDBACK: _("Feedback after a visit is asked for, or there"),
    Kind.IMPROVEMENT: _("My ideas and improvement teams get on"),
}
"""What people choose from."""


def sentence(
    kind: str, *, name: str, other: str, people: int, comment: bool, years: int, points: int = 0, award: bool = False
) -> Message:
    """One line about a notification. `name` did it, `other` is whom a manager's notification is about, `people` how
    many have reacted, `comment`: it is about a comment, `years` of an anniversary, `points` that came with it,
    `award`: the thank-you is one."""
    if kind == Kind.THANKED and award:
        return _("You have received an award that %(name)s proposed you for", name=name)
    if kind == Kind.THANKED:
        if points:
            return _n(
                "%(name)s thanked you, with one point", "%(name)s thanked you, with %(n)s points", points, name=name
            )
        return _("%(name)s thanked you", name=name)
    if kind == Kind.MENTIONED:
        if comment:
            return _("%(name)s mentioned you in a comment", name=name)
        return _("%(name)s mentioned you in a thank-you", name=name)
    if kind == Kind.COMMENTED:
        if points:
            return _n(
                "%(name)s wrote a comment and added one point",
                "%(name)s wrote a comment and added %(n)s points",
                points,
                name=name,
            )
        return _("%(name)s wrote a comment", name=name)
    if kind == Kind.REACTED:
        if people <= 1:
            return _("%(name)s reacted to a thank-you", name=name)
        return _n(
            "%(name)s and one other person reacted to a thank-you",
            "%(name)s and %(n)s others reacted to a thank-you",
            people - 1,
            name=name,
        )
    if kind == Kind.TEAM:
        return _("%(name)s thanked %(other)s", name=name, other=other)
    if kind == Kind.MILESTONE:
        return _n(
            "%(other)s has been here for one year today",
            "%(other)s has been here for %(n)s years today",
            years,
            other=other,
        )
    if kind == Kind.HIDDEN:
        if comment:
            return _("Human resources have hidden your comment")
        return _("Human resources have hidden your thank-you")
    if kind == Kind.REPORTED:
        return _("A report waits for you")
    if kind == Kind.DEPUTY:
        return _("%(name)s has named you as deputy", name=name)
    if kind == Kind.ODD_POINTS:
        return _("Points look odd, or somebody objects: please have a look")
    if kind == Kind.REVERSED:
        return _("Human resources have taken points back that you gave")
    return _("“%(other)s” has been switched off, because it could not be reached for a day", other=other)


def case_sentence(kind: str, detail: str, *, name: str, what: str) -> Message:
    """One line about a case: `what` it is, `name` who asks or has decided last."""
    if kind == Kind.ASKED:
        if detail == "late":
            return _("Still waits for your decision: %(what)s", what=what)
        return _("%(name)s asks for your decision: %(what)s", name=name, what=what)
    if detail == "approved":
        return _("Approved: %(what)s", what=what)
    if detail == "declined":
        return _("Declined by %(name)s: %(what)s", name=name, what=what)
    return _("%(name)s approved, now it is with the next one: %(what)s", name=name, what=what)


def order_sentence(happened: str, *, title: str, name: str, code: bool) -> Message:
    """One line about an order of the reward `title`; `name` is whose it is, for those who hand it over."""
    match happened:
        case "to_do":
            return _("To hand over: %(title)s, for %(name)s", title=title, name=name)
        case "fulfilled" if code:
            return _("Your code is here: %(title)s", title=title)
        case "fulfilled":
            return _("Handed over to you: %(title)s", title=title)
        case "declined":
            return _("Cannot be handed over, your points are back: %(title)s", title=title)
        case "refunded":
            return _("Refunded, your points are back: %(title)s", title=title)
        case _:
            return _("Waits for next month, so that the tax limit holds: %(title)s", title=title)


def change_sentence(change: str, *, host: str = "", at: str = "", before: str = "", partners: str = "") -> Message:
    """One sentence about a visit to `host` that a publication brings, moves (from `before`) or takes off."""
    match change:
        case "new" if partners:
            return _("You visit %(host)s, %(at)s, and change places with %(partners)s.", host=host, at=at,
                     partners=partners)  # fmt: skip
        case "new":
            return _("You visit %(host)s, %(at)s.", host=host, at=at)
        case "moved" if before:
            return _("Your visit to %(host)s is now %(at)s, no longer %(before)s.", host=host, at=at, before=before)
        case "moved":
            return _("Your visit to %(host)s is now %(at)s.", host=host, at=at)
        case "partner" if partners:
            return _("For your visit to %(host)s, %(at)s, you change places with %(partners)s.", host=host, at=at,
                     partners=partners)  # fmt: skip
        case "partner":
            return _("For your visit to %(host)s, %(at)s, nobody changes places with you any more.", host=host, at=at)
        case "cancelled":
            return _("Your visit to %(host)s, %(at)s, is off.", host=host, at=at)
        case "feed":
            return _("A calendar with absences cannot be read any more")
        case _:
            return _("Your job rotations have changed")


def visit_sentence(happened: str, *, name: str, person: str, host: str, at: str) -> Message:
    """One line about an answer: `name` gave it, `person` visits `host` at the time `at`."""
    match happened:
        case "accepted":
            return _("%(person)s comes to %(host)s, %(at)s", person=person, host=host, at=at)
        case "declined":
            return _("%(person)s cannot come to %(host)s, %(at)s", person=person, host=host, at=at)
        case "objected":
            return _("%(name)s objects to the visit of %(person)s to %(host)s, %(at)s", name=name, person=person,
                     host=host, at=at)  # fmt: skip
        case "handed_over":
            return _("%(person)s now makes the visit to %(host)s, %(at)s", person=person, host=host, at=at)
        case "offered":
            return _("%(name)s asks whether you would visit %(host)s instead, %(at)s", name=name, host=host, at=at)
        case _:
            return _("%(name)s cannot make your visit to %(host)s, %(at)s; it stays yours", name=name, host=host, at=at)


def after_sentence(happened: str, *, name: str, what: str) -> Message:
    """One line about what comes after a visit: `what` is the hosting department, the idea, the team or the step."""
    match happened:
        case "asked":
            return _("How was the visit to %(what)s? Two minutes are enough", what=what)
        case "asked_host":
            return _("How was the visit of %(name)s? Two minutes are enough", name=name)
        case "said":
            return _("%(name)s has written what the visit was like", name=name)
        case "declined":
            return _("Not taken up for now: %(what)s", what=what)
        case "taken":
            return _("A team works on the idea: %(what)s", what=what)
        case "joined":
            return _("%(name)s has taken you into an improvement team: %(what)s", name=name, what=what)
        case "step":
            return _("%(name)s has given you a step: %(what)s", name=name, what=what)
        case "changed":
            return _("%(name)s has changed goal, measure or members: %(what)s", name=name, what=what)
        case "reopened":
            return _("Goes on: %(what)s", what=what)
        case _:
            return _("Has done its work: %(what)s", what=what)
