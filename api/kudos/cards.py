"""Cards: the part of a kudos that everyone sees alike, read once and kept by (row, version, language, names)."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from api.core import database
from api.core.clock import utc
from api.core.i18n import Language
from api.core.ids import position_time
from api.core.text import erased_names, render
from api.kudos.schemas import AwardRef, Card, CommentView, FeedItem, ValueRef
from api.people.schemas import DepartmentRef, PersonRef, initials, name_column

KEPT = 20_000
PREVIEWED_COMMENTS = 2

CardKey = tuple[str, int, str, int]
Numbers = tuple[int, ...]
"""What changes often in a row of the feed: its position (which never does) and its counts."""


class Kept:
    """A card and its JSON; and, with the numbers it had then, what the last reader without a part in it got."""

    __slots__ = ("card", "item", "item_numbers", "json", "whole", "whole_numbers")

    def __init__(self, card: Card) -> None:
        self.card = card
        self.json = msgspec.json.encode(card)
        self.item: FeedItem | None = None
        self.item_numbers: Numbers = ()
        self.whole = b""
        self.whole_numbers: Numbers = ()


class CardCache:
    """The most recently used cards of this process. A key names the version: never stale."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._revision = 0
        self._cards: OrderedDict[CardKey, Kept] = OrderedDict()

    def get(self, key: CardKey) -> Kept | None:
        """The card, if it is here."""
        found = self._cards.get(key)
        if found is not None:
            self._cards.move_to_end(key)
        return found

    def put(self, key: CardKey, card: Card) -> Kept:
        """Keep a card; the longest unused goes."""
        entry = Kept(card)
        self._cards[key] = entry
        if len(self._cards) > self._kept:
            self._cards.popitem(last=False)
        return entry

    def at(self, revision: int) -> None:
        """Names have changed since: what has the former ones would never be asked for again, only lie here."""
        if revision > self._revision:
            self._revision = revision
            self._cards.clear()

    def clear(self) -> None:
        """Forget all (another database is in use)."""
        self._revision = 0
        self._cards.clear()


cache = CardCache()


class _Json:
    """The few JSON functions that differ between the engines."""

    def __init__(self, dialect: str) -> None:
        lite = dialect == "sqlite"
        self.build = "json_array" if lite else "json_build_array"
        self.collect = "json_group_array" if lite else "json_agg"


def _department(alias: str, language: Language) -> str:
    return f"{alias}.id, {alias}.code_{language}, {alias}.name_{language}, {alias}.hue"


def _cards_sql(dialect: str, language: Language, many: int) -> str:
    j = _Json(dialect)
    person = f"p.id, {name_column('p', language)}, {_department('d', language)}"
    shown = "CASE WHEN (SELECT s.hidden FROM points_settings s) = 1 THEN 0 ELSE {} END"
    return f"""SELECT k.id, k.version, k.position, k.message, k.language, k.private, k.edited_at,
        {shown.format("k.points")} AS points, {shown.format("k.points_added")} AS points_added,
        {j.build}(g.id, {name_column("g", language)}, {_department("gd", language)}) AS giver,
        {j.build}({_department("kd", language)}) AS giver_department,
        CASE WHEN v.id IS NULL THEN NULL ELSE {j.build}(v.id, v.name_{language}, v.hint_{language}) END AS value,
        CASE WHEN n.id IS NULL THEN NULL ELSE {j.build}(w.name_{language}, {shown.format("n.points")}) END AS award,
        (SELECT {j.collect}({j.build}({person}, {_department("rd", language)}))
            FROM kudos_recipient r JOIN person p ON p.id = r.person_id JOIN department d ON d.id = p.department_id
            JOIN department rd ON rd.id = r.department_id WHERE r.kudos_id = k.id) AS recipients,
        (SELECT {j.collect}({j.build}(p.id, p.name))
            FROM kudos_mention m JOIN person p ON p.id = m.person_id WHERE m.kudos_id = k.id) AS mentions,
        (SELECT {j.collect}({j.build}(c.id, c.message, c.created_at, c.edited_at, {person}, {shown.format("c.points")}))
            FROM (SELECT * FROM comment x WHERE x.kudos_id = k.id AND x.withdrawn_at IS NULL AND x.hidden_at IS NULL
                ORDER BY x.created_at DESC, x.id DESC LIMIT {PREVIEWED_COMMENTS}) c
            JOIN person p ON p.id = c.author_id JOIN department d ON d.id = p.department_id) AS comments
        FROM kudos k JOIN person g ON g.id = k.giver_id JOIN department gd ON gd.id = g.department_id
        JOIN department kd ON kd.id = k.giver_department_id LEFT JOIN value v ON v.id = k.value_id
        LEFT JOIN nomination n ON n.id = k.award_id LEFT JOIN award_programme w ON w.id = n.programme_id
        WHERE k.id IN ({", ".join(["{}"] * many)})"""


async def cards(wanted: Iterable[tuple[str, int]], *, language: Language, revision: int) -> dict[str, Kept]:
    """The cards of (kudos id, version) pairs; those not kept are read in one statement."""
    cache.at(revision)
    found: dict[str, Kept] = {}
    missing: list[str] = []
    for kudos_id, version in wanted:
        entry = cache.get((kudos_id, version, language, revision))
        if entry is None:
            missing.append(kudos_id)
        else:
            found[kudos_id] = entry
    if missing:
        sql = _cards_sql(database.current().dialect, language, len(missing))
        for row in await database.fetch(sql, *missing):
            card = _card(row, erased_names(language))
            # Kept under the version that was read: a change in between has its own key.
            found[card.id] = cache.put((card.id, card.version, language, revision), card)
    return found


def _decode(text: Any) -> list[Any]:
    return msgspec.json.decode(text, type=list[Any]) if text else []


def person_ref(columns: Sequence[Any]) -> PersonRef:
    """A PersonRef from (id, name, department's id, code, name, hue)."""
    return PersonRef(columns[0], columns[1], initials(columns[1]), DepartmentRef(*columns[2:6]))


def _card(row: database.Row, erased: dict[str, str]) -> Card:
    recipients = sorted(_decode(row["recipients"]), key=lambda columns: (columns[1], columns[0]))
    departments = {columns[6]: DepartmentRef(*columns[6:10]) for columns in recipients}
    names = {**dict(_decode(row["mentions"])), **erased}
    value, award = _decode(row["value"]), _decode(row["award"])
    comments = sorted(_decode(row["comments"]), key=lambda columns: (columns[2], columns[0]))
    return Card(
        id=row["id"],
        version=row["version"],
        giver=person_ref(_decode(row["giver"])),
        giver_department=DepartmentRef(*_decode(row["giver_department"])),
        recipients=[person_ref(columns) for columns in recipients],
        recipient_departments=list(departments.values()),
        message=row["message"],
        message_html=render(row["message"], names),
        language=row["language"],
        value=ValueRef(*value) if value else None,
        private=bool(row["private"]),
        sent_at=utc(position_time(row["position"])),
        edited=row["edited_at"] is not None,
        points=row["points"],
        points_added=row["points_added"],
        award=AwardRef(*award) if award else None,
        comments=[
            CommentView(
                id=columns[0],
                author=person_ref(columns[4:10]),
                message_html=render(columns[1], names),
                sent_at=utc(columns[2]),
                edited=columns[3] is not None,
                points=columns[10],
            )
            for columns in comments
        ],
    )
