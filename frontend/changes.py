"""What was changed, in words: the thing, the fields before and after as a reader of this language knows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec
from babel.dates import format_date

from api.administration.schemas import ChangeOut, History, Scalar
from api.approvals.kinds import kind_named
from api.core.i18n import Message
from api.core.i18n import gettext_later as _
from api.core.money import euros
from api.rewards.rules import read_tax_rules
from frontend.rewards import reward_words

ROLES: Mapping[str, Message] = {
    "hr": _("Human resources"),
    "admin": _("Administration"),
    "works_council": _("Works council"),
}

_KINDS: Mapping[str, Message] = {
    "person.created": _("New person"),
    "person.changed": _("Person changed"),
    "person.roles": _("Roles changed"),
    "person.left": _("Has left"),
    "person.returned": _("Has come back"),
    "department.created": _("New department"),
    "department.changed": _("Department changed"),
    "department.archived": _("Department archived"),
    "department.restored": _("Department brought back"),
    "dependency.created": _("New dependency"),
    "dependency.changed": _("Dependency changed"),
    "dependency.removed": _("Dependency removed"),
    "value.created": _("New value"),
    "value.changed": _("Value changed"),
    "value.moved": _("Value moved"),
    "value.archived": _("Value archived"),
    "value.restored": _("Value brought back"),
    "organisation.changed": _("Organisation changed"),
    "list.imported": _("List imported"),
    "list.taken_back": _("Import taken back"),
    "reward.created": _("New reward"),
    "reward.changed": _("Reward changed"),
    "reward.archived": _("Reward archived"),
    "reward.restored": _("Reward brought back"),
    "stock.changed": _("Stock of a reward changed"),
    "rewards.changed": _("Country and tax rules of rewards changed"),
    "points.changed": _("Points changed"),
    "award_programme.created": _("New award"),
    "award_programme.changed": _("Award changed"),
    "award_programme.archived": _("Award archived"),
    "award_programme.restored": _("Award brought back"),
    "budget.funded": _("Award budget filled"),
    "approval_rule.changed": _("Who decides changed"),
}

_LISTS: Mapping[str, Message] = {
    "people": _("People"),
    "departments": _("Departments"),
    "dependencies": _("Dependencies"),
}

FIELDS: Mapping[str, Message] = {
    "name": _("Name"),
    "name_de": _("Name in German"),
    "name_en": _("Name in English"),
    "code_de": _("Code in German"),
    "code_en": _("Code in English"),
    "purpose_de": _("What for, in German"),
    "purpose_en": _("What for, in English"),
    "hint_de": _("Meaning in German"),
    "hint_en": _("Meaning in English"),
    "hue": _("Colour"),
    "manager_id": _("Manager"),
    "deputy_id": _("Deputy"),
    "cost_centre": _("Cost centre"),
    "email": _("E-mail"),
    "job_de": _("Job title in German"),
    "job_en": _("Job title in English"),
    "department_id": _("Department"),
    "roles": _("Roles"),
    "language": _("Language"),
    "time_zone": _("Time zone"),
    "joined_on": _("Joined on"),
    "left_on": _("Last day"),
    "provider_id": _("Provider"),
    "customer_id": _("Customer"),
    "handover_de": _("Hand-over in German"),
    "handover_en": _("Hand-over in English"),
    "weight": _("Weight"),
    "error_cost_cents": _("Cost of an error"),
    "error_note_de": _("What an error means, in German"),
    "error_note_en": _("What an error means, in English"),
    "position": _("Place"),
    "departments": _("New departments"),
    "new": _("New"),
    "changed": _("Changed"),
    "leaving": _("Leave"),
    "country": _("Country"),
    "place": _("Town or site"),
    "title_de": _("Title in German"),
    "title_en": _("Title in English"),
    "text_de": _("Text in German"),
    "text_en": _("Text in English"),
    "alt_de": _("What the picture shows, in German"),
    "alt_en": _("What the picture shows, in English"),
    "picture_id": _("Picture"),
    "motif": _("Drawing"),
    "kind": _("Kind"),
    "points": _("Cost in points"),
    "cents": _("Cash value"),
    "tax_class": _("Payroll"),
    "fulfilment": _("Hand-over"),
    "limit_count": _("At most per person"),
    "limit_period": _("Counted per"),
    "countries": _("Only in these countries"),
    "places": _("Only at these places"),
    "starts_on": _("First day"),
    "ends_on": _("Last day"),
    "stock": _("Stock"),
    "tax_rules": _("Monthly limits"),
    "enabled": _("Points switched on"),
    "hidden": _("Amounts hidden"),
    "rhythm": _("Rhythm"),
    "amount": _("Points for everybody"),
    "amount_manager": _("For managers, if more"),
    "amount_hr": _("For Human resources, if more"),
    "carry_percent": _("Kept, in percent"),
    "ring_percent": _("Only for other departments, in percent"),
    "levels": _("Levels"),
    "person_percent": _("To one person, in percent"),
    "mutual_times": _("Back and forth"),
    "burst_times": _("Times in an hour"),
    "budget_rhythm": _("Award budgets last"),
    "criteria_de": _("Criteria in German"),
    "criteria_en": _("Criteria in English"),
    "from_day": _("First day"),
    "until_day": _("Last day"),
    "nominators": _("Who may propose somebody"),
    "approvals": _("How many people agree at least"),
    "period": _("Period"),
    "funded": _("Points paid in"),
    "first": _("Who decides first"),
    "free_up_to": _("Nobody is asked up to"),
    "two_above": _("Two people decide above"),
    "hr_above": _("Human resources decide as well above"),
    "together": _("Ask them all at the same time"),
    "due_days": _("Working days to decide"),
}
"""Fields as people know them; those that are missing here need no words."""

_CHOICES: Mapping[str, Mapping[str, Message]] = {
    "rhythm": {"week": _("Every week"), "month": _("Every month")},
    "budget_rhythm": {
        "month": _("A month"), "quarter": _("A quarter"), "half": _("Half a year"), "year": _("A year"),
    },
    "nominators": {
        "everyone": _("Everybody"),
        "managers": _("People who lead others"),
        "others": _("Colleagues of other departments"),
    },
    "first": {
        "manager": _("the manager"), "budget": _("whoever looks after the budget"), "hr": _("Human resources"),
    },
}  # fmt: skip
"""What was chosen from a list."""

NOTHING = "–"
_LANGUAGES = {"de": "Deutsch", "en": "English"}


class FieldLine(msgspec.Struct, frozen=True):
    """A field that differs, in words."""

    label: str
    before: str
    after: str


class ChangeLine(msgspec.Struct, frozen=True, kw_only=True):
    """A change in words; `href` leads to the thing, if it has a page, of an imported list to all it changed, and
    `whole` to where all of that is taken back."""

    id: str
    at: datetime
    actor: str
    title: str
    subject: str
    href: str
    fields: list[FieldLine]
    undone: bool
    undoes: bool
    can_undo: bool
    is_list: bool
    whole: str
    parts: Sequence[ChangeLine]


def kind_label(kind: str, language: str) -> str:
    """What a kind of change is called."""
    return _KINDS[kind].text(language)


def field_label(field: str, language: str) -> str:
    """A field's name in a reader's language."""
    return FIELDS[field].text(language)


def in_words(found: History, language: str) -> list[ChangeLine]:
    """The changes of a history in words."""

    def text(field: str, value: Scalar) -> str:
        if value is None or value == "":
            return NOTHING
        match field:
            case "manager_id" | "deputy_id":
                return found.people[str(value)].name if str(value) in found.people else "…"
            case "department_id" | "provider_id" | "customer_id":
                return found.departments[str(value)].name if str(value) in found.departments else "…"
            case "roles":
                return ", ".join(ROLES[role].text(language) for role in str(value).split() if role in ROLES)
            case "language":
                return _LANGUAGES.get(str(value), str(value))
            case "error_cost_cents" | "cents":
                return euros(int(value), language)
            case "kind" | "tax_class" | "fulfilment" | "limit_period" | "motif":
                return reward_words(field, str(value), language)
            case "picture_id":
                return _("a picture").text(language)
            case "tax_rules":
                return ", ".join(f"{c} {euros(n, language)}" for c, n in read_tax_rules(str(value)).items())
            case "joined_on" | "left_on" | "starts_on" | "ends_on" | "from_day" | "until_day":
                return day(str(value), language)
            case "enabled" | "hidden" | "together":
                return (_("Yes") if value else _("No")).text(language)
            case "rhythm" | "budget_rhythm" | "nominators" | "first":
                return _CHOICES[field][str(value)].text(language)
            case "position":
                return str(int(value) + 1)
            case _:
                return str(value)

    def line(item: ChangeOut) -> ChangeLine:
        fields = [field for field in FIELDS if (field in item.before or field in item.after) and not _said(item, field)]
        return ChangeLine(
            id=item.id,
            at=item.at,
            actor=item.actor,
            title=_KINDS[item.kind].text(language),
            subject=_subject(item, language),
            href=_page_of(item),
            fields=[
                FieldLine(
                    field_label(field, language),
                    text(field, item.before.get(field)),
                    text(field, item.after.get(field)),
                )
                for field in fields
            ],
            undone=item.undone,
            undoes=item.undoes is not None,
            can_undo=not item.undone and bool(item.before or item.after) and not _is_list(item),
            is_list=_is_list(item),
            whole=f"/imports/{item.subject_id}/undo" if _is_list(item) else "",
            parts=[line(part) for part in item.parts],
        )

    return [line(item) for item in found.items]


def _said(item: ChangeOut, field: str) -> bool:
    """Whether the English words are the German ones, which stand there already."""
    german = field.removesuffix("_en") + "_de"
    states = (item.before, item.after)
    return field.endswith("_en") and all(state.get(field) == state.get(german) for state in states)


def _subject(item: ChangeOut, language: str) -> str:
    if _is_list(item):
        return _LISTS[str(item.after["list"])].text(language)
    if "approval" in item.after:
        return kind_named(str(item.after["approval"])).title.text(language)
    return item.subject


def _is_list(item: ChangeOut) -> bool:
    return item.kind in ("list.imported", "list.taken_back")


def _page_of(item: ChangeOut) -> str:
    thing = item.kind.partition(".")[0]
    pages = {"person": "people", "department": "departments", "dependency": "dependencies", "value": "values"}
    pages |= {"reward": "rewards", "stock": "rewards", "award_programme": "awards"}
    alone = {"organisation": "house", "points": "points", "rewards": "rewards/settings", "approval_rule": "approvals"}
    if thing in alone:
        return f"/organisation/{alone[thing]}"
    if thing == "budget":
        return "/budgets"
    if _is_list(item):
        return f"/organisation/history?part_of={item.id}"
    gone = item.kind == "dependency.removed" or (item.kind == "dependency.created" and item.undone)
    return "" if gone else f"/organisation/{pages[thing]}/{item.subject_id}"


def day(iso: str, language: str) -> str:
    """An ISO date as one writes it; anything else as it is."""
    try:
        return format_date(datetime.fromisoformat(iso).date(), "long", locale="de" if language == "de" else "en_GB")
    except ValueError:
        return iso
