"""A step of a programme as its page shows it, with what was refused and what stands there by now."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from babel import Locale
from litestar import Response
from litestar.datastructures import FormMultiDict

from api.core.access.middleware import current_actor
from api.core.errors import Conflict, DomainError
from api.core.i18n import Language, Message
from api.core.i18n import gettext_later as _
from api.dependencies.queries import edges
from api.people.queries import departments, people_refs
from api.rotations import listing, meetings, planning
from api.rotations.blocks import COUNTRIES, regions
from api.rotations.data import basis
from api.rotations.programmes import RotationProgramme
from api.rotations.rules import GOALS, Goals, Participants, Pattern, RuleSet
from api.rotations.suggesting import suggestions
from frontend.pages.organisation.forms import number
from frontend.pages.rotations.words import GOAL_NAMES, day_words, hour_words, pattern_words
from frontend.web import AnyRequest, answer, field_errors, text_of, view_of

PLAN = {"policy": "rotations.plan"}
STEPS: dict[str, Message] = {
    "period": _("Period"),
    "scope": _("Between whom"),
    "people": _("Who takes part"),
    "training": _("Required"),
    "rules": _("Rules and goals"),
    "plans": _("Plans"),
    "meetings": _("Exchange meetings"),
}
NEXT = dict(pairwise(STEPS))


def figure(form: FormMultiDict, name: str) -> Any:
    """A whole number that was typed, -1 for anything else."""
    found = number(text_of(form, name))
    return found if isinstance(found, int) else -1


def places(language: Language, country: str) -> dict[str, Any]:
    """Countries, their states and weekdays to choose from."""
    names = Locale(language).territories
    return {
        "countries": sorted(((code, names[code]) for code in COUNTRIES), key=lambda pair: pair[1]),
        "regions": sorted(regions(country).items(), key=lambda pair: pair[1]),
        "weekdays": [(day, Locale(language).days["stand-alone"]["abbreviated"][day]) for day in range(7)],
    }


async def show_step(
    request: AnyRequest,
    record: RotationProgramme,
    step: str,
    *,
    error: DomainError | None = None,
    typed: dict[str, Any] | None = None,
) -> Response[str]:
    """The page."""
    actor = current_actor(request)
    language = actor.language
    blocks, closed = await listing.block_count(record.id)
    more: dict[str, Any] = {}
    if step == "period":
        shown = typed or {name: getattr(record, name) for name in ("name", "starts_on", "ends_on", "pattern")}
        more = places(language, shown["pattern"].country) | {"typed": shown}
    elif step == "scope":
        more = {"suggestions": await suggestions(language), "chosen": (typed or {}).get("scope", record.scope)}
    elif step == "people":
        who: Participants = (typed or {}).get("participants", record.participants)
        refs = {one.id: one for one in await people_refs([*who.excluded, *who.included], language)}
        more = {"departments": await departments(language), "who": who, "refs": refs}
    elif step == "training":
        more = {
            "departments": await departments(language),
            "trainings": await listing.trainings(record.id, language),
            "typed": typed or {},
        }
    elif step == "rules":
        rules, goals = (typed or {}).get("rules", record.rules), (typed or {}).get("goals", record.goals)
        more = {"rules": rules, "goals": goals, "goal_names": {goal: GOAL_NAMES[goal].text(language) for goal in GOALS}}
    elif step == "meetings":
        found = await meetings.meetings(record, language)
        scope = set(record.scope)
        more = {
            "meetings": found,
            "times": {one.id: hour_words(one.starts_at, one.ends_at, language) for one in found},
            "edges": [edge for edge in await edges(language) if edge.id in scope],
            "typed": typed or {},
        }
    else:
        data = await basis(record.id)
        names = {one.id: one for one in await departments(language)}
        more = {
            "plans": await listing.plans(record.id),
            "hints": [(names[one], seats, most, who) for one, seats, most, who in planning.hint(data) if one in names],
            "people": sum(person.takes_part for person in data.people),
            "scoped": len(data.dependencies),
        }
    stale = isinstance(error, Conflict)
    return answer(
        request,
        "rotations/programme.html",
        view_of(request),
        status=error.status if error else 200,
        programme=record,
        step=step,
        steps=[(key, label.text(language)) for key, label in STEPS.items()],
        days=day_words(record.starts_on, record.ends_on, language),
        pattern=pattern_words(record.pattern, language),
        blocks=blocks,
        closed_blocks=closed,
        errors=field_errors(error, language) if error else {},
        problem=error.message.text(language) if error and not error.fields else "",
        meanwhile=_meanwhile(record, typed or {}, language) if stale else [],
        **more,
    )


def _meanwhile(record: RotationProgramme, typed: dict[str, Any], language: Language) -> list[tuple[str, str]]:
    """What stands there by now, where it is not what was typed."""
    found = []
    for name, value in typed.items():
        present = getattr(record, name, None)
        if present == value or present is None:
            continue
        if isinstance(present, Pattern):
            found.append((STEPS["period"].text(language), pattern_words(present, language)))
        elif isinstance(present, RuleSet | Goals):
            fields = [field for field in present.__struct_fields__ if getattr(present, field) != getattr(value, field)]
            found += [(field.replace("_", " "), str(getattr(present, field))) for field in fields]
        elif isinstance(present, list | Participants):
            found.append((STEPS["scope" if isinstance(present, list) else "people"].text(language), "…"))
        else:
            found.append((name.replace("_", " "), str(present)))
    return found
