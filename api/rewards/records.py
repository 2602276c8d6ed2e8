"""The catalogue as HR sees it: all fields, both languages, what is archived too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.core import database
from api.core.changes import State, Thing, version_of
from api.core.errors import NotFound
from api.core.i18n import Language
from api.core.ids import is_uuid
from api.core.pages import PAGE, read_named
from api.core.text import words
from api.people.queries import like
from api.rewards.record_schemas import RewardItem, RewardItems, RewardRecord

TEXTS = ("title_de", "title_en", "text_de", "text_en", "alt_de", "alt_en")
EDITED = (
    *(*TEXTS, "picture_id", "motif", "hue", "kind"),
    *("points", "cents", "tax_class", "limit_count", "limit_period", "countries", "places", "starts_on", "ends_on"),
)
REWARD = Thing("reward", (*EDITED, "fulfilment", "archived_at"))
STOCK = Thing("reward", ("stock",))
"""Apart from the rest: orders change it, and whoever edits the words need not have seen that."""

_OPEN = """(SELECT COUNT(*) FROM redemption r
    WHERE r.reward_id = w.id AND r.state IN ('requested', 'approved')) AS waiting"""


def searchable(state: Mapping[str, Any]) -> str:
    """The words by which a reward with these texts is found."""
    return " ".join(dict.fromkeys(words(" ".join(state[name] for name in TEXTS[:4]))))


async def reward_record(reward_id: str) -> RewardRecord:
    """All of one reward. Raises NotFound."""
    row = is_uuid(reward_id) and await database.fetch_one(
        f"SELECT {', '.join(REWARD.fields)}, stock, {_OPEN} FROM reward w WHERE id = {{}}", reward_id
    )
    if not row:
        raise NotFound
    state: State = {name: row[name] for name in REWARD.fields}
    shown = {name: value for name, value in state.items() if name != "archived_at"}
    return RewardRecord(
        id=reward_id,
        stock=row["stock"],
        open=row["waiting"],
        archived=state["archived_at"] is not None,
        version=version_of(state),
        **shown,  # type: ignore[arg-type]
    )


async def reward_items(
    language: Language, *, q: str = "", archived: bool = False, after: str | None = None, limit: int = PAGE
) -> RewardItems:
    """The catalogue by title, a page at a time. Raises Invalid for a page marker that is none of ours."""
    title = f"w.title_{language}"
    conditions = [f"w.archived_at IS {'NOT ' if archived else ''}NULL"]
    arguments: list[object] = []
    for word in words(q)[:5]:
        conditions.append("(' ' || w.search) LIKE {} ESCAPE '\\'")
        arguments.append(f"% {like(word)}%")
    if after:
        conditions.append(f"({title}, w.id) > ({{}}, {{}})")
        arguments += read_named(after)
    rows = await database.fetch(
        f"""SELECT w.id, {title} AS title, w.kind, w.points, w.cents, w.fulfilment, w.stock, w.picture_id, w.motif,
            w.hue, w.starts_on, w.ends_on, w.archived_at, {_OPEN}
        FROM reward w WHERE {" AND ".join(conditions)} ORDER BY {title}, w.id LIMIT {{}}""",
        *(*arguments, limit + 1),
    )
    items = [
        RewardItem(
            **{name: row[name] for name in ("id", "title", "kind", "points", "cents", "fulfilment", "stock")},
            **{name: row[name] for name in ("picture_id", "motif", "hue", "starts_on", "ends_on")},
            open=row["waiting"],
            archived=row["archived_at"] is not None,
        )
        for row in rows[:limit]
    ]
    more = len(rows) > limit
    return RewardItems(items, f"{items[-1].id}~{items[-1].title}" if more else None)
