"""Reasons in English, for the command line. Products word the codes in their users' languages themselves."""

from __future__ import annotations

from typing import Final

from scheduler.plan import Reason

_WORDS: Final[dict[str, str]] = {
    # what is wrong with a file
    "syntax": "is not JSON: {message}",
    "shape": "{message}",
    "unreadable": "cannot be read: {message}",
    "unknown_field": "there is no field {field}",
    "missing_field": "{field} is missing",
    "unknown_version": "is of version {version}; this program knows version {known}",
    "duplicate": "{id} is there twice",
    "unknown_person": "there is no person {id}",
    "unknown_department": "there is no department {id}",
    "unknown_block": "there is no block {id}",
    "unknown_term": "the score has no term {id}",
    "wrong_length": "has {found} numbers, one for each of the {expected} blocks was expected",
    "negative": "must not be negative, is {value}",
    "too_large": "must not be beyond {most}, is {value}",
    "not_finite": "must be a finite number",
    "out_of_range": "must be from {low} to {high}, is {value}",
    "increasing": "later rewards must not be larger than earlier ones",
    "empty": "must not be empty",
    "mixed_time_zones": "either all times have a time zone or none has",
    "ends_before_start": "ends ({end}) before it starts ({start})",
    "overlaps": "starts before block {other} ends",
    "depends_on_itself": "{id} cannot depend on itself",
    "nobody_required": "says neither who is meant nor since when they must have joined",
    "not_a_change": "is no change: give one of its fields",
    # rules
    "own_department": "{person} works in {host} anyway",
    "not_dependent": "{host} and {person}'s department do not depend on one another",
    "not_offered": "the visit to {host} in {block} is not among those {person} may make",
    "beyond_end": "a visit that starts with {block} would last beyond the programme's last block",
    "holiday": "{on} is a holiday",
    "absent": "{person} is absent in {on}",
    "qualification": "{person} lacks {qualification}, which {host} requires",
    "seen_recently": "{person} saw {host} until {ended}, less than {months} months before",
    "too_early": "no visit to {host} could end in time",
    "forbidden": "the visit of {person} to {host} in {block} is forbidden",
    "maximum": "{person} has {visits} visits, at most {limit} are allowed",
    "repeated": "{person} sees {host} {visits} times in one plan",
    "too_close": "{person}'s visit in {block} is too close to the one in {other} (at least {gap} blocks apart)",
    "host_full": "{host} has {visitors} visitors in {block}, room is for {capacity}",
    "understaffed": "{home} has {staff} people in {block}, it needs {minimum}",
    "shadow_not_allowed": "{person}'s visit to {host} in {block} is a shadow visit, which the rules do not allow",
    "not_a_cycle": "group {group} ({person} to {host} in {block}, ...) is no cycle of departments in one block",
    "ring_too_long": "group {group} has {size} departments, rings may have {limit}",
    "pin_missing": "{person}'s pinned visit to {host} in {block} is missing",
    "wrong_score": "the plan says its score is {said}, it is {counted}",
    "wrong_term": "the plan says its term {term} is {said}, it is {counted}",
    "wrong_bound": "the plan's bound {said} is below its score {counted}",
    # explanations
    "planned": "the visit is in the plan",
    "at_maximum": "{person} has {visits} visits already, at most {limit} are allowed",
    "already_planned": "{person} sees {host} in {block} in this plan",
    "near_visit": "{person} has a visit in {other}, visits are at least {gap} blocks apart",
    "host_is_full": "{host} is full in {block}: {visitors} visitors, room for {capacity}",
    "home_understaffed": "{home} could not spare {person} in {block}: {staff} would be left, {minimum} are needed",
    "no_cover": "nobody comes in return in {block}: nobody is free to form a swap or ring that keeps every rule",
    "worth_less": "possible, but the plan would be worth {less} less",
    "worth_as_much": "possible, in a plan worth as much",
    "worth_more": "possible, in a plan worth {more} more: solving for longer would find it",
    "no_block": "no block suits: every one has a reason against it",
    "pins_undecided": "no plan with all pinned visits was found in time, nor proven that there is none",
    "pins_conflict": "no plan keeps all pinned visits together",
}


class _Missing(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def english(reason: Reason) -> str:
    """The reason as a sentence without its full stop; a code without words as itself, with its parameters."""
    words = _WORDS.get(reason.code)
    if words is None:
        return f"{reason.code} ({', '.join(f'{name}: {value}' for name, value in reason.about.items())})"
    return words.format_map(_Missing({name: _shown(value) for name, value in reason.about.items()}))


def _shown(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else printable(str(value))


def printable(text: str) -> str:
    """On one line, whatever ids there are in a file."""
    return text if text.isprintable() else text.encode("unicode_escape").decode()
