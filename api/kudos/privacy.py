"""What a person wrote and what was written to them: hand it out, forget it.

Erasing leaves the rows, whose ids say nothing, and so every count; the texts go.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from api.core import database
from api.core.clock import now, utc
from api.core.erasing import MARK, PLAIN_MARK, Gone, forget, forget_in, name_words
from api.core.ids import position_time
from api.core.text import mentioned
from api.kudos.search_index import index_again
from api.people.mentions import typed_mentions
from api.people.privacy import whom

_AT_ONCE = 500
SHORTEST_PART = 3
"""Letters of a part of a name that is looked for by itself."""


async def about(person_id: str) -> dict[str, Any]:
    """Thanks they gave and got, what they wrote beside, how they reacted, what they reported.

    Of what others wrote only what this person may read: neither what HR hides nor what was taken back.
    """
    comments = await database.fetch(
        """SELECT kudos_id, message, created_at, edited_at, hidden_reason FROM comment
        WHERE author_id = {} AND withdrawn_at IS NULL ORDER BY created_at, id""",
        person_id,
    )
    reactions = await database.fetch(
        "SELECT kudos_id, kind, created_at FROM reaction WHERE person_id = {} ORDER BY created_at", person_id
    )
    reports = await database.fetch(
        "SELECT kudos_id, reason, outcome, created_at FROM report WHERE reporter_id = {} ORDER BY created_at, id",
        person_id,
    )
    names = await _names(row["message"] for row in comments)
    mentions = "EXISTS (SELECT 1 FROM kudos_mention m WHERE m.kudos_id = k.id AND m.person_id = {})"
    received = "EXISTS (SELECT 1 FROM kudos_recipient r WHERE r.kudos_id = k.id AND r.person_id = {})"
    return {
        "given": await _thanks("k.giver_id = {}", person_id),
        "received": await _thanks(f"k.hidden_at IS NULL AND {received}", person_id),
        "mentioned": await _thanks(f"k.hidden_at IS NULL AND NOT k.private AND {mentions}", person_id),
        "comments": [
            {
                "kudos": row["kudos_id"],
                "message": typed_mentions(row["message"], names),
                "at": utc(row["created_at"]),
                "edited": row["edited_at"] is not None,
                "hidden_reason": row["hidden_reason"],
            }
            for row in comments
        ],
        "reactions": [
            {"kudos": row["kudos_id"], "kind": row["kind"], "at": utc(row["created_at"])} for row in reactions
        ],
        "reports": [
            {
                "kudos": row["kudos_id"],
                "reason": row["reason"],
                "outcome": row["outcome"],
                "at": utc(row["created_at"]),
            }
            for row in reports
        ],
    }


async def _thanks(condition: str, person_id: str) -> list[dict[str, Any]]:
    """All thanks under a condition on kudos `k`, the oldest first, read in pages."""
    found: list[dict[str, Any]] = []
    last = -1
    collect = database.sql(sqlite="json_group_array(p.name)", postgres="json_agg(p.name)")
    while True:
        rows = await database.fetch(
            f"""SELECT k.id, k.position, k.message, k.private, k.edited_at, k.hidden_reason, g.name AS giver,
                v.name_de, v.name_en, (SELECT {collect} FROM kudos_recipient r
                    JOIN person p ON p.id = r.person_id WHERE r.kudos_id = k.id) AS recipients
            FROM kudos k JOIN person g ON g.id = k.giver_id LEFT JOIN value v ON v.id = k.value_id
            WHERE {condition} AND k.withdrawn_at IS NULL AND k.position > {{}} ORDER BY k.position LIMIT {_AT_ONCE}""",
            *(person_id, last),
        )
        names = await _names(row["message"] for row in rows)
        found += [
            {
                "id": row["id"],
                "at": utc(position_time(row["position"])),
                "from": row["giver"],
                "to": sorted(msgspec.json.decode(row["recipients"], type=list[str])),
                "message": typed_mentions(row["message"], names),
                "value_de": row["name_de"] or "",
                "value_en": row["name_en"] or "",
                "private": bool(row["private"]),
                "edited": row["edited_at"] is not None,
                "hidden_reason": row["hidden_reason"],
            }
            for row in rows
        ]
        if len(rows) < _AT_ONCE:
            return found
        last = rows[-1]["position"]


async def _names(texts: Iterable[str]) -> dict[str, str]:
    """The names behind the mentions in these texts."""
    ids = sorted({person_id for text in texts for person_id in mentioned(text)})
    found: dict[str, str] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        rows = await database.fetch(
            f"SELECT id, name FROM person WHERE id IN ({database.placeholders(len(some))})", *some
        )
        found.update({row["id"]: row["name"] for row in rows})
    return found


async def erase(person_id: str) -> None:
    """Their texts go, and they go from the texts of others and from the search index."""
    names = await whom(person_id)
    named = await database.fetch("DELETE FROM kudos_mention WHERE person_id = {} RETURNING kudos_id", person_id)
    part = await database.fetch(
        """SELECT id FROM kudos WHERE giver_id = {}
        UNION SELECT kudos_id FROM kudos_recipient WHERE person_id = {}
        UNION SELECT kudos_id FROM comment WHERE author_id = {}""",
        *(person_id, person_id, person_id),
    )
    around = {row[0] for row in (*named, *part)}
    await _erase_own(person_id)
    for gone in names:
        around.update(await forget_in("kudos", "message", gone))
        await _forget_in_comments(gone)
        for table, column in (("report", "reason"), ("kudos", "hidden_reason"), ("comment", "hidden_reason")):
            await forget_in(table, column, gone, mark=PLAIN_MARK)
    ids = sorted(around)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        for gone in names:
            await _forget_parts(gone, some)
        await database.execute(
            f"UPDATE kudos SET version = version + 1 WHERE id IN ({database.placeholders(len(some))})", *some
        )
        await index_again(some, without=person_id)


async def _erase_own(person_id: str) -> None:
    """What they wrote: thanks, comments, reports, reasons for hiding; and reasons why theirs are hidden."""
    await database.execute(
        "UPDATE kudos SET message = {} WHERE giver_id = {} AND withdrawn_at IS NULL", MARK, person_id
    )
    await database.execute(
        "UPDATE comment SET message = {} WHERE author_id = {} AND withdrawn_at IS NULL", MARK, person_id
    )
    for table, author in (("kudos", "giver_id"), ("comment", "author_id")):
        await database.execute(
            f"""UPDATE {table} SET hidden_reason = {{}}
            WHERE hidden_at IS NOT NULL AND ({author} = {{}} OR hidden_by = {{}})""",
            *(PLAIN_MARK, person_id, person_id),
        )
    await database.execute("UPDATE report SET reason = {} WHERE reporter_id = {}", PLAIN_MARK, person_id)
    # What was reported, or why, is gone: there is nothing left to decide.
    await database.execute(
        """UPDATE report SET resolved_at = {}, outcome = 'withdrawn' WHERE resolved_at IS NULL AND (reporter_id = {}
            OR (comment_id IS NULL AND kudos_id IN (SELECT id FROM kudos WHERE giver_id = {}))
            OR comment_id IN (SELECT id FROM comment WHERE author_id = {}))""",
        *(now(), person_id, person_id, person_id),
    )


async def _forget_in_comments(gone: Gone) -> None:
    changed = await forget_in("comment", "message", gone)
    for start in range(0, len(changed), _AT_ONCE):
        some = changed[start : start + _AT_ONCE]
        await database.execute(
            f"""UPDATE kudos SET version = version + 1
            WHERE id IN (SELECT kudos_id FROM comment WHERE id IN ({database.placeholders(len(some))}))""",
            *some,
        )


async def _forget_parts(gone: Gone, kudos: list[str]) -> None:
    """Thanks say "Danke, Grete": where somebody takes part, a part of their name means them, unless it may mean
    another who takes part."""
    places = database.placeholders(len(kudos))
    others = await database.fetch(
        f"""SELECT k.id, g.name FROM kudos k JOIN person g ON g.id = k.giver_id
            WHERE k.id IN ({places}) AND g.id <> {{}}
        UNION ALL SELECT r.kudos_id, p.name FROM kudos_recipient r JOIN person p ON p.id = r.person_id
            WHERE r.kudos_id IN ({places}) AND p.id <> {{}}""",
        *(*kudos, gone.id, *kudos, gone.id),
    )
    taken: dict[str, set[str]] = {}
    for row in others:
        taken.setdefault(row["id"], set()).update(name_words(row["name"]))
    own = {word for word in name_words(gone.name) if len(word) >= SHORTEST_PART}
    for table, key in (("kudos", "id"), ("comment", "kudos_id")):
        rows = await database.fetch(
            f"SELECT id, {key} AS kudos_id, message FROM {table} WHERE {key} IN ({places})", *kudos
        )
        new = [(forget(row["message"], gone, alone=own - taken.get(row["kudos_id"], set())), row) for row in rows]
        await database.execute_many(
            f"UPDATE {table} SET message = {{}} WHERE id = {{}}",
            [(text, row["id"]) for text, row in new if text != row["message"]],
        )
