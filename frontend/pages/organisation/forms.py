"""Forms of administration: what was typed stays, what is wrong stands beside its field, and whoever changed the
same meanwhile is not overwritten unseen."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import msgspec
from litestar.datastructures import FormMultiDict

from api.core.access.actor import Actor
from api.core.changes import Changed
from api.core.errors import Conflict, DomainError, Forbidden
from api.core.i18n import Language
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid7, uuid7
from api.people.queries import suggest_people
from api.people.records import people_by_id
from api.people.schemas import PersonRef
from frontend.changes import field_label
from frontend.web import field_errors, text_of, texts_of

CHOOSE = _("Choose whom you mean, or clear the name.")
NOBODY = _("Nobody here has this name. Clear it, or type another.")
_AMOUNT = re.compile(r"(\d{1,3}(?:[.,' ]\d{3})+|\d{1,9})(?:[.,](\d{1,2}))?")


class Picked(msgspec.Struct, kw_only=True):
    """A field that holds one person: who is chosen, what was typed to find somebody, who was found."""

    person: PersonRef | None = None
    find: str = ""
    found: Sequence[PersonRef] = ()


class RecordForm(msgspec.Struct, kw_only=True):
    """A form as it stands. `id` is a new row's, `version` the state that an edit has seen."""

    values: dict[str, str]
    picked: dict[str, Picked] = {}
    id: str = ""
    version: str = ""
    errors: dict[str, str] = {}
    problem: str = ""
    """What is wrong with the whole of it."""
    meanwhile: list[tuple[str, str]] = []
    """Fields that stand otherwise by now: label and text."""

    @property
    def status(self) -> int:
        """The HTTP status of a page with this form."""
        if self.meanwhile:
            return 409
        return 422 if self.errors or self.problem else 200


def shown(record: msgspec.Struct, fields: Sequence[str]) -> dict[str, str]:
    """A record's fields as a form has them."""
    return {field: "" if getattr(record, field) is None else str(getattr(record, field)) for field in fields}


async def pick(ids: Mapping[str, str | None], language: Language) -> dict[str, Picked]:
    """The people that a form's fields name."""
    people = await people_by_id({i for i in ids.values() if i}, language)
    return {field: Picked(person=people.get(i or "")) for field, i in ids.items()}


async def read(form: FormMultiDict, fields: Sequence[str], people: Sequence[str], actor: Actor) -> RecordForm:
    """What was sent. Of a person's field the last that was chosen counts."""
    chosen = {field: texts_of(form, field) for field in people}
    found = await people_by_id({i for ids in chosen.values() for i in ids[-1:]}, actor.language)
    sent_id = text_of(form, "id")
    return RecordForm(
        values={field: text_of(form, field) for field in fields},
        picked={
            field: Picked(
                person=found.get((chosen[field] or [""])[-1]),
                find="" if len(chosen[field]) > 1 else text_of(form, f"find_{field}").strip()[:200],
            )
            for field in people
        },
        id=sent_id if is_uuid7(sent_id) else uuid7(),
        version=text_of(form, "version"),
    )


async def find(form: RecordForm, sent: FormMultiDict, language: Language) -> bool:
    """Without script, people are looked up by a button: whether it was pressed, or somebody is still to be chosen."""
    asked = text_of(sent, "do") == "find"
    for field, picked in form.picked.items():
        if not picked.find:
            continue
        found = await suggest_people(picked.find, language, limit=12)
        if not asked and len(found) == 1:
            picked.person, picked.find = found[0], ""
            continue
        picked.found = found
        if not asked:
            form.errors = {**form.errors, field: (CHOOSE if found else NOBODY).text(language)}
    return asked or bool(form.errors)


def ids_of(form: RecordForm) -> dict[str, object]:
    """Whom the fields for people hold."""
    return {field: picked.person.id if picked.person else None for field, picked in form.picked.items()}


async def attempt(
    form: RecordForm,
    verb: Callable[[], Awaitable[Changed]],
    language: Language,
    present: Callable[[], Awaitable[RecordForm]] | None = None,
) -> Changed | None:
    """Do it; None if it was refused, with the reasons in the form.

    If somebody changed the same meanwhile, the form says what stands there now, and the next try knows of it.
    """
    try:
        return await verb()
    except Conflict as error:
        form.problem = error.message.text(language)
        if present is not None:
            now = await present()
            if now.version != form.version:
                form.version = now.version
                form.meanwhile = _differences(form, now, language)
    except Forbidden as error:
        form.problem = error.message.text(language)
    except DomainError as error:
        form.errors = field_errors(error, language)
        if not form.errors:
            raise
    return None


def _differences(form: RecordForm, now: RecordForm, language: Language) -> list[tuple[str, str]]:
    def names(one: RecordForm) -> dict[str, str]:
        people = {field: picked.person.name if picked.person else "" for field, picked in one.picked.items()}
        return {**one.values, **people}

    mine, theirs = names(form), names(now)
    return [(field_label(field, language), theirs[field] or "–") for field in mine if mine[field] != theirs[field]]


def number(text: str) -> Any:
    """A whole number as it was typed; anything else stays a text, which the rules refuse."""
    return int(text) if text.strip().isascii() and text.strip().isdigit() and len(text) < 10 else text


def cents_of(text: str) -> object:
    """Euros as people type them ("1.250", "12,50 €") in cents; None for nothing, what is no amount as it is."""
    typed = text.replace("€", "").replace("EUR", "").strip()
    if not typed:
        return None
    found = _AMOUNT.fullmatch(typed)
    if found is None:
        return typed
    return int(re.sub(r"\D", "", found[1])) * 100 + int((found[2] or "0").ljust(2, "0"))


def typed_cents(cents: int) -> str:
    """Cents as people type euros: "12,50", "25"."""
    return f"{cents // 100},{cents % 100:02}" if cents % 100 else str(cents // 100)
