"""Redemptions as their person follows them, and as HR hands them over."""

from __future__ import annotations

from collections.abc import Sequence

from api.core import database
from api.core.access.actor import Actor, Role
from api.core.clock import now, utc
from api.core.errors import Invalid, NotFound
from api.core.i18n import Language
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid
from api.core.pages import PAGE, read_cursor
from api.people.queries import person_columns, person_ref
from api.people.schemas import PersonRef
from api.rewards.benefits import guards, time_zone
from api.rewards.codes import SHOWN_FOR
from api.rewards.queries import guard_out, ref_columns, reward_ref
from api.rewards.rules import OPEN, Fulfilment, RedemptionState, TaxClass, month_of, over_by, sees_to
from api.rewards.schemas import (
    FulfilPage,
    RedemptionDetails,
    RedemptionOut,
    RedemptionPage,
    StepOut,
    ToFulfil,
)

LISTS = ("ready", "waiting", "requested", "done")
"""HR's lists: to be handed over now, in a later month, not approved yet, handed over."""

_PERSON_AT = 7


def _select(language: Language) -> str:
    return f"""SELECT {ref_columns(language)}, {person_columns("p", "d", language)}, r.id AS redemption_id, r.position,
        r.state, r.points, r.cents, r.tax_class, r.note, r.not_before, r.taxed_ok, r.created_at, r.changed_at,
        r.approval_id, w.fulfilment, p.roles AS orderer, c.shown_at, c.id AS code_id, p.deactivated_at
    FROM redemption r JOIN reward w ON w.id = r.reward_id JOIN person p ON p.id = r.person_id
    JOIN department d ON d.id = r.department_id LEFT JOIN reward_code c ON c.redemption_id = r.id"""


async def own_redemptions(actor: Actor, *, before: str | None = None, limit: int = PAGE) -> RedemptionPage:
    """A person's orders, newest first, in two statements. Raises Invalid for a page marker that is none of ours."""
    rows = await database.fetch(
        f"{_select(actor.language)} WHERE r.person_id = {{}} AND r.position < {{}} ORDER BY r.position DESC LIMIT {{}}",
        *(actor.id, read_cursor(before), limit + 1),
    )
    items = await _out(rows[:limit], actor.language)
    return RedemptionPage(items, str(rows[limit - 1]["position"]) if len(rows) > limit else None)


async def own_redemption(actor: Actor, redemption_id: str) -> RedemptionDetails:
    """One's own order with its timeline; or one that this person sees to. Raises NotFound."""
    rows = is_uuid(redemption_id) and await database.fetch(
        f"{_select(actor.language)} WHERE r.id = {{}}", redemption_id
    )
    if not rows or (rows[0][_PERSON_AT] != actor.id and not sees_to(actor.roles, rows[0]["orderer"])):
        raise NotFound
    steps = await database.fetch(
        f"""SELECT {person_columns("p", "d", actor.language)}, s.state, s.at, s.reason FROM redemption_step s
        LEFT JOIN person p ON p.id = s.actor_id LEFT JOIN department d ON d.id = p.department_id
        WHERE s.redemption_id = {{}} ORDER BY s.at, s.id""",
        redemption_id,
    )
    return RedemptionDetails(
        person_id=rows[0][_PERSON_AT],
        redemption=(await _out(rows, actor.language))[0],
        steps=[
            StepOut(
                state=row["state"],
                at=utc(row["at"]),
                actor=person_ref(row) if row[0] is not None else None,
                reason=row["reason"],
            )
            for row in steps
        ],
    )


async def open_redemptions(actor: Actor, limit: int = 3) -> list[RedemptionOut]:
    """The latest of a person's orders that are under way."""
    rows = await database.fetch(
        f"""{_select(actor.language)} WHERE r.person_id = {{}} AND r.state IN ('requested', 'approved')
        ORDER BY r.position DESC LIMIT {{}}""",
        *(actor.id, limit),
    )
    return await _out(rows, actor.language)


async def titles(actor: Actor, ids: Sequence[str]) -> dict[str, str]:
    """What was ordered in these orders of one's own, by their ids."""
    if not ids:
        return {}
    rows = await database.fetch(
        f"""SELECT r.id, w.title_{actor.language} AS title FROM redemption r JOIN reward w ON w.id = r.reward_id
        WHERE r.person_id = {{}} AND r.id IN ({database.placeholders(len(ids))})""",
        *(actor.id, *ids),
    )
    return {row["id"]: row["title"] for row in rows}


async def to_fulfil(actor: Actor, *, show: str = "ready", after: str | None = None, limit: int = PAGE) -> FulfilPage:
    """One of HR's LISTS, in five statements; for who is not of HR, of the orders of HR.

    Raises Invalid for another, or a page marker that is none of ours.
    """
    if show not in LISTS:
        raise Invalid.field("show", _("Choose one of the lists."))
    month = month_of(now(), await time_zone())
    newest, language = show == "done", actor.language
    start = read_cursor(after) if newest or after else 0
    condition, arguments = {
        "ready": ("r.state = 'approved' AND r.not_before <= {}", [month]),
        "waiting": ("r.state = 'approved' AND r.not_before > {}", [month]),
        "requested": ("r.state = 'requested'", []),
        "done": ("r.state IN ('fulfilled', 'refunded')", []),
    }[show]
    whose = "TRUE" if actor.is_hr else "' ' || p.roles || ' ' LIKE '% hr %'"
    rows = await database.fetch(
        f"""{_select(language)} WHERE {condition} AND {whose} AND r.position {"<" if newest else ">"} {{}}
        ORDER BY r.position {"DESC" if newest else ""} LIMIT {{}}""",
        *(*arguments, start, limit + 1),
    )
    shown = rows[:limit]
    found = await guards({row[_PERSON_AT] for row in shown}, month)
    outs = await _out(shown, language)
    items = []
    for row, out in zip(shown, outs, strict=True):
        guard = found[row[_PERSON_AT]]
        counts = row["tax_class"] == TaxClass.BENEFIT and row["state"] in OPEN
        items.append(
            ToFulfil(
                redemption=out,
                person=person_ref(row, _PERSON_AT),
                active=row["deactivated_at"] is None,
                guard=guard_out(guard),
                over=over_by(guard.limit, guard.had, row["cents"]) if counts else 0,
            )
        )
    own = show != "requested" and any(item.person.id == actor.id for item in items)
    return FulfilPage(
        items,
        str(rows[limit - 1]["position"]) if len(rows) > limit else None,
        await _others(actor) if own else [],
    )


async def _others(actor: Actor) -> list[PersonRef]:
    """Who sees to this person's own orders: others of HR; administrators, where there are none."""
    rows = await database.fetch(
        f"""SELECT {person_columns("p", "d", actor.language)}, p.roles FROM person p
        JOIN department d ON d.id = p.department_id
        WHERE p.roles <> '' AND p.id <> {{}} AND p.deactivated_at IS NULL ORDER BY p.search, p.id""",
        actor.id,
    )
    by_role = [[person_ref(row) for row in rows if role in row["roles"].split()] for role in (Role.HR, Role.ADMIN)]
    return by_role[0] or by_role[1]


async def _out(rows: Sequence[database.Row], language: Language) -> list[RedemptionOut]:
    deciders = await _deciders([row["approval_id"] for row in rows if row["state"] == "requested"], language)
    month = month_of(now(), await time_zone())
    return [_one(row, deciders.get(row["approval_id"], []), month) for row in rows]


async def _deciders(approvals: Sequence[str | None], language: Language) -> dict[str, list[PersonRef]]:
    """With whom cases are now."""
    ids = sorted(str(i) for i in approvals if i is not None)
    if not ids:
        return {}
    rows = await database.fetch(
        f"""SELECT {person_columns("p", "d", language)}, a.approval_id FROM approval_decider a
        JOIN person p ON p.id = a.person_id JOIN department d ON d.id = p.department_id
        WHERE a.approval_id IN ({database.placeholders(len(ids))}) ORDER BY p.search, p.id""",
        *ids,
    )
    found: dict[str, list[PersonRef]] = {}
    for row in rows:
        found.setdefault(row["approval_id"], []).append(person_ref(row))
    return found


def _code(row: database.Row) -> str:
    if row["fulfilment"] != Fulfilment.CODES or row["state"] not in (*OPEN, RedemptionState.FULFILLED):
        return ""
    if row["code_id"] is None or row["state"] != RedemptionState.FULFILLED:
        return "waiting"
    if row["shown_at"] is None:
        return "new"
    return "shown" if now() <= row["shown_at"] + SHOWN_FOR else "seen"


def _one(row: database.Row, with_whom: list[PersonRef], month: str) -> RedemptionOut:
    return RedemptionOut(
        id=row["redemption_id"],
        reward=reward_ref(row),
        **{name: row[name] for name in ("state", "points", "cents", "tax_class", "note", "not_before", "approval_id")},
        waits=row["state"] in OPEN and row["not_before"] > month,
        taxed_ok=bool(row["taxed_ok"]),
        created_at=utc(row["created_at"]),
        changed_at=utc(row["changed_at"]),
        with_whom=with_whom,
        code=_code(row),  # type: ignore[arg-type]
        can_cancel=row["state"] in OPEN,
    )
