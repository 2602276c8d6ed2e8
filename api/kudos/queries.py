"""The feed and all that is shown of thanks, starting from what the reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple

import msgspec

from api.core import database
from api.core.access.actor import Actor
from api.core.clock import now, utc
from api.core.errors import Invalid, NotFound
from api.core.i18n import gettext_later as _
from api.core.ids import is_uuid
from api.core.pages import LARGEST_PAGE, NEWEST, PAGE
from api.core.text import words
from api.kudos.cards import cards
from api.kudos.schemas import Card, Counts, Feed, FeedItem
from api.kudos.visibility import visible

Mine = Literal["", "to_me", "from_me", "my_department"]
_MOST_WORDS = 8


class FeedFilter(msgspec.Struct, frozen=True, kw_only=True):
    """What of the feed to show; everything given must hold.

    `department` on either side; `giver_department` and `recipient_department` make an edge; `person` gave
    or received, `giver` gave, `recipient` received; `q` are beginnings of words.
    """

    department: str = ""
    giver_department: str = ""
    recipient_department: str = ""
    value: str = ""
    person: str = ""
    giver: str = ""
    recipient: str = ""
    mine: Mine = ""
    q: str = ""

    def check(self) -> FeedFilter:
        """Raise Invalid beside the filter that is not an id; returns itself."""
        for name in ("department", "giver_department", "recipient_department", "value", "person", "giver", "recipient"):
            text = getattr(self, name)
            if text and not is_uuid(text):
                raise Invalid.field(name, _("This is not an id of ours."))
        if self.mine not in ("", "to_me", "from_me", "my_department"):
            raise Invalid.field("mine", _("Choose to_me, from_me or my_department."))
        return self


_COLUMNS = """k.id, k.version, k.position, k.me_too, k.strong, k.learned, k.comments, k.giver_id, k.deliver_at,
    k.delivered_at, k.hidden_at, k.hidden_reason,
    (SELECT {join}(x.kind, ' ') FROM reaction x WHERE x.kudos_id = k.id AND x.person_id = {{}}) AS reacted"""


def _columns() -> str:
    join = "group_concat" if database.current().dialect == "sqlite" else "string_agg"
    return _COLUMNS.replace("{join}", join).replace("{{}}", "{}")


def _search_query(text: str) -> str | None:
    typed = words(text)[:_MOST_WORDS]
    if not typed:
        return None
    if database.current().dialect == "sqlite":
        return " ".join(f'"{word}"*' for word in typed)
    return " & ".join(f"'{word}':*" for word in typed)


class _Source:
    """Positions to walk down, from the index that fits the narrowest filter; the rest become conditions."""

    def __init__(self, actor: Actor, chosen: FeedFilter, before: int) -> None:
        self.actor = actor
        self.before = before
        self.sql = ""
        self.arguments: list[object] = []
        self.conditions: list[str] = []
        self.condition_arguments: list[object] = []
        if chosen.q.strip():
            self._search(chosen.q)
        for recipient in (actor.id if chosen.mine == "to_me" else "", chosen.recipient):
            if recipient:
                self._use("SELECT position FROM kudos_recipient WHERE person_id = {}", [recipient], self._to_person)
        for giver in (actor.id if chosen.mine == "from_me" else "", chosen.giver):
            if giver:
                self._require("k.giver_id = {}", giver)
        if chosen.person:
            self._person(chosen.person)
        if chosen.giver_department and chosen.recipient_department:
            self._edge(chosen.giver_department, chosen.recipient_department)
        elif chosen.giver_department:
            self._require("k.giver_department_id = {}", chosen.giver_department)
        elif chosen.recipient_department:
            self._use(
                "SELECT position FROM kudos_edge WHERE recipient_department_id = {}",
                [chosen.recipient_department],
                self._to_department,
            )
        department = actor.department_id if chosen.mine == "my_department" else chosen.department
        if department:
            self._department(department)
        if chosen.value:
            self._require("k.value_id = {}", chosen.value)

    def _require(self, condition: str, *arguments: object) -> None:
        self.conditions.append(condition)
        self.condition_arguments += arguments

    def _use(self, arm: str, arguments: list[object], otherwise: tuple[str, ...], *more: str) -> None:
        """Walk `arm` (and `more`, united) if nothing is walked yet, else demand `otherwise`."""
        if self.sql:
            condition, *_rest = otherwise
            self._require(condition, *arguments[: condition.count("{}")])
            return
        arms = [f"{part} AND position < {{}}" for part in (arm, *more)]
        self.sql = " UNION ALL ".join(arms)
        per_arm = [part.count("{}") - 1 for part in arms]
        at = 0
        for count in per_arm:
            self.arguments += [*arguments[at : at + count], self.before]
            at += count

    _to_person = ("EXISTS (SELECT 1 FROM kudos_recipient r WHERE r.kudos_id = k.id AND r.person_id = {})",)
    _to_department = ("EXISTS (SELECT 1 FROM kudos_edge e WHERE e.kudos_id = k.id AND e.recipient_department_id = {})",)

    def _search(self, text: str) -> None:
        query = _search_query(text)
        if query is None:
            self._require("1 = 0")  # nothing but signs: no word to find
        elif database.current().dialect == "sqlite":
            self._use("SELECT rowid AS position FROM kudos_search WHERE kudos_search MATCH {}", [query], ("",))
            self.sql = self.sql.replace("position < {}", "rowid < {}")
        else:
            self._use("SELECT position FROM kudos_search WHERE body @@ {}::text::tsquery", [query], ("",))

    def _person(self, person_id: str) -> None:
        # A giver who also thanked themselves is met in the first arm already.
        self._use(
            "SELECT position FROM kudos WHERE giver_id = {}",
            [person_id, person_id, person_id],
            (
                "(k.giver_id = {} OR EXISTS (SELECT 1 FROM kudos_recipient r"
                " WHERE r.kudos_id = k.id AND r.person_id = {}))",
            ),
            """SELECT position FROM kudos_recipient t WHERE person_id = {} AND NOT EXISTS (
                SELECT 1 FROM kudos g WHERE g.id = t.kudos_id AND g.giver_id = {})""",
        )

    def _department(self, department_id: str) -> None:
        self._use(
            "SELECT position FROM kudos WHERE giver_department_id = {}",
            [department_id, department_id, department_id],
            (
                "(k.giver_department_id = {} OR EXISTS (SELECT 1 FROM kudos_edge e"
                " WHERE e.kudos_id = k.id AND e.recipient_department_id = {}))",
            ),
            "SELECT position FROM kudos_edge WHERE recipient_department_id = {} AND giver_department_id <> {}",
        )

    def _edge(self, giver: str, recipient: str) -> None:
        self._use(
            "SELECT position FROM kudos_edge WHERE giver_department_id = {} AND recipient_department_id = {}",
            [giver, recipient],
            (
                "EXISTS (SELECT 1 FROM kudos_edge e WHERE e.kudos_id = k.id"
                " AND e.giver_department_id = {} AND e.recipient_department_id = {})",
            ),
        )


class Page(NamedTuple):
    """Rows of the feed as they were read, with the cards that belong to them; `next` is the cursor after it."""

    rows: Sequence[database.Row]
    cards: dict[str, tuple[Card, bytes]]
    next: str | None


async def page(actor: Actor, chosen: FeedFilter, *, before: int = NEWEST, after: int = 0, limit: int = PAGE) -> Page:
    """A page of what this person may see, newest first, below the position `before` and above `after`.

    One statement, and one more for cards that are not kept yet, however many rows there are.
    """
    limit = max(1, min(limit, LARGEST_PAGE))
    source = _Source(actor, chosen, before)
    allowed, allowed_arguments = visible(actor)
    if source.sql:
        origin = f"({source.sql} ORDER BY position DESC) w JOIN kudos k ON k.position = w.position"
        where = "k.position > {}"
        arguments = [*source.arguments, after]
    else:
        origin, where = "kudos k", "k.position < {} AND k.position > {}"
        arguments = [before, after]
    for condition in source.conditions:
        where += f" AND {condition}"
    rows = await database.fetch(
        f"SELECT {_columns()} FROM {origin} WHERE {where} AND {allowed} ORDER BY k.position DESC LIMIT {{}}",
        *(actor.id, *arguments, *source.condition_arguments, *allowed_arguments, limit + 1),
    )
    more = len(rows) > limit
    rows = rows[:limit]
    return Page(rows, await _cards(rows, actor), str(rows[-1]["position"]) if more else None)


async def feed(actor: Actor, chosen: FeedFilter, *, before: int = NEWEST, after: int = 0, limit: int = PAGE) -> Feed:
    """The same page as objects, for templates."""
    found = await page(actor, chosen, before=before, after=after, limit=limit)
    return Feed(_items(found.rows, found.cards, actor), found.next)


async def _cards(rows: Sequence[database.Row], actor: Actor) -> dict[str, tuple[Card, bytes]]:
    wanted = [(row[0], row[1]) for row in rows]
    return await cards(wanted, language=actor.language, revision=actor.directory_revision)


def _items(rows: Sequence[database.Row], found: dict[str, tuple[Card, bytes]], actor: Actor) -> list[FeedItem]:
    at = now()
    return [_item(row, found[row[0]][0], actor, at) for row in rows if row[0] in found]


def undo_until(row: database.Row, actor: Actor, at: int) -> datetime | None:
    """When the giver, and nobody else, can no longer take a kudos back unseen; None once that is over."""
    if row["delivered_at"] is None and row["giver_id"] == actor.id and row["deliver_at"] > at:
        return utc(row["deliver_at"])
    return None


def _item(row: database.Row, card: Card, actor: Actor, at: int) -> FeedItem:
    return FeedItem(
        card=card,
        position=row["position"],
        counts=Counts(row["me_too"], row["strong"], row["learned"], row["comments"]),
        reacted=frozenset(row["reacted"].split()) if row["reacted"] else _NOTHING,
        mine=row["giver_id"] == actor.id,
        undo_until=undo_until(row, actor, at),
        hidden_reason=row["hidden_reason"] if row["hidden_at"] is not None else None,
    )


_NOTHING: frozenset[str] = frozenset()


async def rows_of(actor: Actor, ids: Sequence[str]) -> Page:
    """Those of the kudos with these ids that this person may see, in no particular order."""
    wanted = [kudos_id for kudos_id in dict.fromkeys(ids) if is_uuid(kudos_id)]
    if not wanted:
        return Page([], {}, None)
    allowed, arguments = visible(actor)
    rows = await database.fetch(
        f"SELECT {_columns()} FROM kudos k WHERE k.id IN ({database.placeholders(len(wanted))}) AND {allowed}",
        *(actor.id, *wanted, *arguments),
    )
    return Page(rows, await _cards(rows, actor), None)


async def several(actor: Actor, ids: Sequence[str]) -> dict[str, FeedItem]:
    """The same as objects, by id."""
    found = await rows_of(actor, ids)
    return {item.card.id: item for item in _items(found.rows, found.cards, actor)}


async def one(actor: Actor, kudos_id: str) -> FeedItem:
    """One kudos by its permalink. Raises NotFound for what is not there or not for this person."""
    found = await several(actor, [kudos_id])
    if kudos_id not in found:
        raise NotFound
    return found[kudos_id]
