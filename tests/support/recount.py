"""The rollups counted anew from the rows, in plain Python."""

from __future__ import annotations

from collections import Counter

from api.core import database
from api.core.clock import monday
from api.core.ids import position_time

Counts = Counter[tuple[object, ...]]


async def kept() -> tuple[Counts, Counts]:
    """(edge_week, person_tally) as the tables hold them, zeros left out."""
    edges = await database.fetch("SELECT giver_department_id, recipient_department_id, week, thanks FROM edge_week")
    tallies = await database.fetch("SELECT person_id, facet, key_id, thanks FROM person_tally")
    assert all(row["thanks"] >= 0 for row in (*edges, *tallies))
    return (
        Counter({tuple(row)[:3]: row["thanks"] for row in edges if row["thanks"]}),
        Counter({tuple(row)[:3]: row["thanks"] for row in tallies if row["thanks"]}),
    )


async def counted() -> tuple[Counts, Counts]:
    """What they should hold: public, visible kudos only."""
    edges: Counts = Counter()
    tallies: Counts = Counter()
    recipients = await database.fetch("SELECT kudos_id, person_id, department_id FROM kudos_recipient")
    for kudos in await database.fetch("SELECT * FROM kudos"):
        if kudos["private"] or kudos["hidden_at"] is not None or kudos["withdrawn_at"] is not None:
            continue
        thanked = [row for row in recipients if row["kudos_id"] == kudos["id"]]
        giver_department = kudos["giver_department_id"]
        for department in {row["department_id"] for row in thanked}:
            edges[giver_department, department, monday(position_time(kudos["position"]))] += 1
            tallies[kudos["giver_id"], "to", department] += 1
        for row in thanked:
            tallies[row["person_id"], "from", giver_department] += 1
            if kudos["value_id"] is not None:
                tallies[row["person_id"], "value", kudos["value_id"]] += 1
    return edges, tallies


async def wrong_counters() -> list[str]:
    """Kudos whose counters differ from their rows."""
    rows = await database.fetch(
        """SELECT k.id FROM kudos k WHERE k.comments <> (SELECT COUNT(*) FROM comment c WHERE c.kudos_id = k.id
                AND c.withdrawn_at IS NULL AND c.hidden_at IS NULL)
            OR k.me_too <> (SELECT COUNT(*) FROM reaction r WHERE r.kudos_id = k.id AND r.kind = 'me_too')
            OR k.strong <> (SELECT COUNT(*) FROM reaction r WHERE r.kudos_id = k.id AND r.kind = 'strong')
            OR k.learned <> (SELECT COUNT(*) FROM reaction r WHERE r.kudos_id = k.id AND r.kind = 'learned')"""
    )
    return [row["id"] for row in rows]
