"""Prove on a live database that what must always hold does hold. Reads only."""

from __future__ import annotations

from collections.abc import AsyncIterator

import msgspec

from api.core import database
from api.core.clock import DAY
from api.core.text import GONE
from api.points.proof import LEDGER_CHECKS, Progress, broken_rows

SHOWN = 5


class Check(msgspec.Struct, frozen=True):
    """An invariant: `sql` finds rows that break it, the first column naming the row."""

    says: str
    sql: str


class Outcome(msgspec.Struct, frozen=True):
    """What a check found: the first few rows that break it; none if it holds."""

    says: str
    broken: list[str]


# The Monday (days since 1970) of a kudos, as core/clock.monday computes it.
_DAY = f"(k.position / {DAY * 1000})"
_WEEK = f"({_DAY} - ({_DAY} + 3) % 7)"
_COUNTED = "k.withdrawn_at IS NULL AND k.hidden_at IS NULL AND NOT k.private"

_EDGES = f"""SELECT e.giver_department_id, e.recipient_department_id, {_WEEK} AS week, COUNT(*) AS thanks
    FROM kudos_edge e JOIN kudos k ON k.id = e.kudos_id WHERE {_COUNTED}
    GROUP BY e.giver_department_id, e.recipient_department_id, {_WEEK}"""

_TALLIES = f"""SELECT r.person_id, 'value' AS facet, k.value_id AS key_id, COUNT(*) AS thanks
        FROM kudos_recipient r JOIN kudos k ON k.id = r.kudos_id
        WHERE {_COUNTED} AND k.value_id IS NOT NULL GROUP BY r.person_id, k.value_id
    UNION ALL SELECT r.person_id, 'from', k.giver_department_id, COUNT(*)
        FROM kudos_recipient r JOIN kudos k ON k.id = r.kudos_id WHERE {_COUNTED}
        GROUP BY r.person_id, k.giver_department_id
    UNION ALL SELECT k.giver_id, 'to', e.recipient_department_id, COUNT(*)
        FROM kudos_edge e JOIN kudos k ON k.id = e.kudos_id WHERE {_COUNTED}
        GROUP BY k.giver_id, e.recipient_department_id"""


def _same(stored: str, counted: str, *keys: str) -> str:
    """Rows of a rollup that differ from a fresh count, in either direction."""
    joined = " AND ".join(f"s.{key} = c.{key}" for key in keys)
    name = " || ' ' || ".join(f"CAST(s.{key} AS TEXT)" for key in keys)
    other = name.replace("s.", "c.")
    return f"""SELECT {name} FROM {stored} s LEFT JOIN ({counted}) c ON {joined}
            WHERE s.thanks <> COALESCE(c.thanks, 0)
        UNION ALL SELECT {other} FROM ({counted}) c LEFT JOIN {stored} s ON {joined} WHERE s.thanks IS NULL"""


def _reactions(kind: str) -> str:
    return f"""SELECT k.id FROM kudos k LEFT JOIN (
            SELECT kudos_id, COUNT(*) AS n FROM reaction WHERE kind = '{kind}' GROUP BY kudos_id) r
        ON r.kudos_id = k.id WHERE k.{kind} <> COALESCE(r.n, 0)"""


CHECKS = (
    Check(
        "every kudos thanks somebody besides its giver",
        """SELECT k.id FROM kudos k WHERE NOT EXISTS (
            SELECT 1 FROM kudos_recipient r WHERE r.kudos_id = k.id AND r.person_id <> k.giver_id)""",
    ),
    Check(
        "recipients stand at their kudos's place in the feed",
        "SELECT k.id FROM kudos_recipient r JOIN kudos k ON k.id = r.kudos_id WHERE r.position <> k.position",
    ),
    Check(
        "edges are those of giver and recipients",
        """SELECT e.kudos_id FROM kudos_edge e JOIN kudos k ON k.id = e.kudos_id
            WHERE e.position <> k.position OR e.giver_department_id <> k.giver_department_id
            OR NOT EXISTS (SELECT 1 FROM kudos_recipient r
                WHERE r.kudos_id = e.kudos_id AND r.department_id = e.recipient_department_id)
        UNION ALL SELECT r.kudos_id FROM kudos_recipient r WHERE NOT EXISTS (
            SELECT 1 FROM kudos_edge e
            WHERE e.kudos_id = r.kudos_id AND e.recipient_department_id = r.department_id)""",
    ),
    *(
        Check(f"the count of “{kind}” is that of its rows", _reactions(kind))
        for kind in ("me_too", "strong", "learned")
    ),
    Check(
        "the count of comments is that of those to be seen",
        """SELECT k.id FROM kudos k LEFT JOIN (SELECT kudos_id, COUNT(*) AS n FROM comment
            WHERE withdrawn_at IS NULL AND hidden_at IS NULL GROUP BY kudos_id) c ON c.kudos_id = k.id
        WHERE k.comments <> COALESCE(c.n, 0)""",
    ),
    Check(
        "thanks per edge and week are those of public, visible kudos",
        _same("edge_week", _EDGES, "giver_department_id", "recipient_department_id", "week"),
    ),
    Check(
        "thanks per person are those of public, visible kudos",
        _same("person_tally", _TALLIES, "person_id", "facet", "key_id"),
    ),
    Check(
        "words of withdrawn kudos and comments are gone",
        """SELECT id FROM kudos WHERE withdrawn_at IS NOT NULL AND message <> ''
        UNION ALL SELECT id FROM comment WHERE withdrawn_at IS NOT NULL AND message <> ''""",
    ),
    Check(
        "of erased people nothing is left but an id",
        """SELECT id FROM person WHERE erased_at IS NOT NULL AND (name <> '' OR given_name <> '' OR search <> ''
            OR job_de <> '' OR job_en <> '' OR roles <> '' OR password_hash <> '' OR deactivated_at IS NULL)
        UNION ALL SELECT s.id FROM session s JOIN person p ON p.id = s.person_id WHERE p.erased_at IS NOT NULL
        UNION ALL SELECT t.id FROM api_token t JOIN person p ON p.id = t.person_id WHERE p.erased_at IS NOT NULL
        UNION ALL SELECT k.id FROM kudos k JOIN person p ON p.id = k.giver_id
            WHERE p.erased_at IS NOT NULL AND k.message <> '' AND k.message NOT LIKE '@_{gone}_'
        UNION ALL SELECT c.id FROM comment c JOIN person p ON p.id = c.author_id
            WHERE p.erased_at IS NOT NULL AND c.message <> '' AND c.message NOT LIKE '@_{gone}_'
        """.replace("{gone}", GONE),
    ),
    Check(
        "work that runs has a lease, and no other",
        "SELECT id FROM job WHERE (state = 'running') <> (lease_until IS NOT NULL)",
    ),
    Check(
        "hidden kudos and comments have a reason",
        """SELECT id FROM kudos WHERE hidden_at IS NOT NULL AND hidden_reason = ''
        UNION ALL SELECT id FROM comment WHERE hidden_at IS NOT NULL AND hidden_reason = ''""",
    ),
    Check(
        "every kudos that stands can be found, and no other",
        """SELECT k.id FROM kudos k LEFT JOIN {search} s ON s.position = k.position
            WHERE (k.withdrawn_at IS NULL) <> (s.position IS NOT NULL)""",
    ),
    Check(
        "points of thanks that stand are held until they are delivered, and then have moved",
        """SELECT k.id FROM kudos k WHERE k.points > 0 AND k.withdrawn_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM transfer t WHERE t.about_id = k.id AND t.kind = 'kudos'
            AND t.state = CASE WHEN k.delivered_at IS NULL THEN 'held' ELSE 'posted' END
            AND NOT EXISTS (SELECT 1 FROM transfer r WHERE r.reverses_id = t.id))
        UNION ALL SELECT c.id FROM comment c WHERE c.points > 0 AND c.withdrawn_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM transfer t WHERE t.about_id = c.id AND t.kind = 'addon' AND t.state IN ('held', 'posted')
            AND NOT EXISTS (SELECT 1 FROM transfer r WHERE r.reverses_id = t.id))
        UNION ALL SELECT k.id FROM kudos k JOIN transfer t ON t.about_id = k.id
            WHERE k.withdrawn_at IS NOT NULL AND t.state = 'held'""",
    ),
    Check(
        "every open case waits for a decision, what is over for none, and nobody has decided their own",
        """SELECT a.id FROM approval a WHERE a.state = 'open' AND NOT EXISTS (
            SELECT 1 FROM approval_step s WHERE s.approval_id = a.id AND s.state = 'open')
        UNION ALL SELECT d.approval_id FROM approval_decider d JOIN approval a ON a.id = d.approval_id
            WHERE a.state <> 'open'
        UNION ALL SELECT a.id FROM approval a JOIN approval_step s ON s.approval_id = a.id
            WHERE s.decided_by IN (a.requester_id, a.concerned_id)""",
    ),
    Check(
        "proposed awards hold their points, granted ones have moved them and are thanks, others neither",
        """SELECT n.id FROM nomination n JOIN transfer t ON t.id = n.hold_id WHERE t.state <> CASE n.state
            WHEN 'open' THEN 'held' WHEN 'granted' THEN 'posted' ELSE 'voided' END
        UNION ALL SELECT n.id FROM nomination n
            WHERE (n.state = 'granted') <> EXISTS (SELECT 1 FROM kudos k WHERE k.award_id = n.id)
        UNION ALL SELECT n.id FROM nomination n WHERE (n.state = 'open') <> EXISTS (
            SELECT 1 FROM approval a WHERE a.kind = 'award' AND a.subject_id = n.id AND a.state = 'open')""",
    ),
    Check(
        "open orders hold their points, those that are handed over have spent them, others neither",
        """SELECT r.id FROM redemption r JOIN transfer t ON t.id = r.transfer_id WHERE t.state <> CASE
            WHEN r.state IN ('requested', 'approved') THEN 'held'
            WHEN r.state IN ('fulfilled', 'refunded') THEN 'posted' ELSE 'voided' END
        UNION ALL SELECT r.id FROM redemption r WHERE (r.state = 'refunded') <> EXISTS (
            SELECT 1 FROM transfer t WHERE t.reverses_id = r.transfer_id)
        UNION ALL SELECT r.id FROM redemption r JOIN posting o ON o.transfer_id = r.transfer_id
            WHERE o.amount > 0 AND o.amount <> r.points""",
    ),
    Check(
        "codes not handed over are those in stock and those ordered",
        """SELECT w.id FROM reward w WHERE w.fulfilment = 'codes' AND w.stock <> (
            SELECT COUNT(*) FROM reward_code c
            WHERE c.reward_id = w.id AND c.redemption_id IS NULL AND c.removed_at IS NULL) - (
            SELECT COUNT(*) FROM redemption r WHERE r.reward_id = w.id AND r.state IN ('requested', 'approved'))""",
    ),
    Check(
        "every order that a code fulfils has one of its own, and no other has",
        """SELECT r.id FROM redemption r JOIN reward w ON w.id = r.reward_id
            LEFT JOIN reward_code c ON c.redemption_id = r.id
            WHERE (c.id IS NOT NULL) <> (w.fulfilment = 'codes' AND r.state IN ('fulfilled', 'refunded'))""",
    ),
    Check(
        "a person's month is the sum of what counts towards its limit",
        """SELECT m.person_id FROM benefit_month m WHERE m.cents <> (SELECT COALESCE(SUM(b.cents), 0) FROM benefit b
            WHERE b.person_id = m.person_id AND b.month = m.month AND b.limit_cents IS NOT NULL)
        UNION ALL SELECT b.person_id FROM benefit b WHERE b.limit_cents IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM benefit_month m WHERE m.person_id = b.person_id AND m.month = b.month)""",
    ),
    Check(
        "what was handed over is entered for payroll once, what was refunded is taken back",
        """SELECT r.id FROM redemption r WHERE (SELECT COALESCE(SUM(b.cents), 0) FROM benefit b
            WHERE b.redemption_id = r.id) <> CASE WHEN r.state = 'fulfilled' THEN r.cents ELSE 0 END""",
    ),
    Check(
        "everyone reports to somebody who works here",
        """SELECT p.id FROM person p JOIN person m ON m.id = p.manager_id
            WHERE p.deactivated_at IS NULL AND m.deactivated_at IS NOT NULL""",
    ),
)

_SEARCH = {"sqlite": "(SELECT rowid AS position FROM kudos_search)", "postgres": "kudos_search"}


async def verify(progress: Progress | None = None) -> AsyncIterator[Outcome]:
    """Run every check in turn on the current database; those of the ledger say how far they are."""
    dialect = database.current().dialect
    if dialect == "sqlite":
        rows = await database.fetch("PRAGMA integrity_check")
        broken = [str(row[0]) for row in rows if row[0] != "ok"][:SHOWN]
        yield Outcome("the database file is sound", broken)
        rows = await database.fetch("PRAGMA foreign_key_check")
        yield Outcome("every reference leads somewhere", [" ".join(map(str, tuple(row))) for row in rows[:SHOWN]])
    for check in CHECKS:
        rows = await database.fetch(f"{check.sql.replace('{search}', _SEARCH[dialect])} LIMIT {SHOWN}")
        yield Outcome(check.says, [str(row[0]) for row in rows])
    for part in LEDGER_CHECKS:
        yield Outcome(part.says, await broken_rows(part, SHOWN, progress))
