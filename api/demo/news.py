"""What the people of the demo's sign-in page have been told of: last week's thanks, and what waits for them."""

from __future__ import annotations

from api.core import database
from api.core.clock import DAY, HOUR
from api.demo.draws import Draws
from api.demo.generate import Demo
from api.demo.known import DEMO_PEOPLE

PERIOD = 10 * DAY
UNREAD = 3 * DAY
"""What is older has been read."""

# Whoever leads the thanked hears of it too; a report is for HR. As api/notifications/audience.py would tell them.
_NEWS = """SELECT p.id AS person_id, 'thanked' AS kind, 'kudos:' || k.id AS key, k.id AS kudos_id, NULL AS subject_id,
        k.giver_id AS actor_id, k.delivered_at AS at, k.position AS position
    FROM person p JOIN kudos_recipient r ON r.person_id = p.id JOIN kudos k ON k.id = r.kudos_id
    WHERE p.email IN ({emails}) AND k.giver_id <> p.id AND k.hidden_at IS NULL AND k.position > {since}
    UNION ALL
    SELECT m.id, 'team', 'kudos:' || k.id, k.id, MIN({text}), k.giver_id, k.delivered_at, k.position
    FROM person m JOIN person p ON p.manager_id = m.id JOIN kudos_recipient r ON r.person_id = p.id
    JOIN kudos k ON k.id = r.kudos_id
    WHERE m.email IN ({emails}) AND k.giver_id <> m.id AND NOT k.private AND k.hidden_at IS NULL
        AND k.position > {since}
        AND NOT EXISTS (SELECT 1 FROM kudos_recipient o WHERE o.kudos_id = k.id AND o.person_id = m.id)
    GROUP BY m.id, k.id, k.giver_id, k.delivered_at, k.position
    UNION ALL
    SELECT p.id, 'reported', 'report:' || o.id, o.kudos_id, {report}, NULL, o.created_at, o.created_at * 1000
    FROM person p CROSS JOIN report o
    WHERE p.email IN ({emails}) AND ' ' || p.roles || ' ' LIKE '% hr %' AND o.resolved_at IS NULL
    ORDER BY position, kind, person_id"""


async def tell_the_known(demo: Demo) -> None:
    """Fill the bells of those who can be signed in with one tap: a new house would have silent ones."""
    draws = Draws(f"news {demo.seed}")
    emails = ", ".join(f"'{person.email}'" for person in DEMO_PEOPLE.values())
    cast = database.sql(sqlite="", postgres="::text")
    rows = await database.fetch(
        _NEWS.format(emails=emails, since=(demo.until - PERIOD) * 1000, text=f"p.id{cast}", report=f"o.id{cast}")
    )
    await database.execute_many(
        """INSERT INTO notification (id, position, person_id, kind, key, kudos_id, subject_id, actor_id, detail,
            created_at, read_at, on_page, mail) VALUES ({}, {}, {}, {}, {}, {}, {}, {}, '', {}, {}, {}, '')""",
        [
            (
                *(draws.uuid7(row["at"]), row["position"], row["person_id"], row["kind"], row["key"]),
                *(row["kudos_id"], row["subject_id"], row["actor_id"], row["at"]),
                *(row["at"] + HOUR if row["at"] < demo.until - UNREAD else None, True),
            )
            for row in rows
        ],
    )
