"""What this slice stores about a person: for their export, and gone when they are erased."""

from __future__ import annotations

from typing import Any

from api.core import database
from api.core.clock import utc
from api.core.erasing import PLAIN_MARK, forget_in
from api.core.ids import position_time
from api.people.privacy import whom


async def about(person_id: str) -> dict[str, Any]:
    """Their ideas, what they support, the teams they are in and the steps that are theirs."""
    ideas = await database.fetch(
        "SELECT title, words, state, answer, position FROM idea WHERE author_id = {} ORDER BY position", person_id
    )
    supported = await database.fetch(
        "SELECT i.title FROM idea_support s JOIN idea i ON i.id = s.idea_id WHERE s.person_id = {} ORDER BY i.position",
        person_id,
    )
    teams = await database.fetch(
        """SELECT t.name, t.goal, t.state, m.joined_at FROM improvement_member m
        JOIN improvement_team t ON t.id = m.team_id WHERE m.person_id = {} ORDER BY t.position""",
        person_id,
    )
    steps = await database.fetch(
        "SELECT what, by_day, done_at FROM improvement_step WHERE person_id = {} ORDER BY made_at, id", person_id
    )
    return {
        "ideas": [
            {
                **{name: row[name] for name in ("title", "words", "state", "answer")},
                "at": utc(position_time(row["position"])),
            }
            for row in ideas
        ],
        "supported": [row["title"] for row in supported],
        "teams": [
            {"name": row["name"], "goal": row["goal"], "state": row["state"], "joined_at": utc(row["joined_at"])}
            for row in teams
        ],
        "steps": [
            {"what": row["what"], "by_day": row["by_day"], "done_at": utc(row["done_at"]) if row["done_at"] else None}
            for row in steps
        ],
    }


@database.transaction
async def erase(person_id: str) -> None:
    """Their ideas lose their words, they support nothing, are in no team; their name goes from the words of others.

    Teams and their steps stay: they belong to the others too.
    """
    names = await whom(person_id)
    await database.execute(
        "UPDATE idea SET title = {}, words = {} WHERE author_id = {} AND state <> 'withdrawn'",
        *(PLAIN_MARK, PLAIN_MARK, person_id),
    )
    await database.execute("UPDATE idea SET answer = {} WHERE answered_by = {}", PLAIN_MARK, person_id)
    await database.execute(
        "UPDATE idea SET supports = supports - 1 WHERE id IN (SELECT idea_id FROM idea_support WHERE person_id = {})",
        person_id,
    )
    await database.execute("DELETE FROM idea_support WHERE person_id = {}", person_id)
    await database.execute(
        "UPDATE improvement_step SET person_id = NULL WHERE person_id = {} AND done_at IS NULL", person_id
    )
    await database.execute(
        """DELETE FROM improvement_member WHERE person_id = {}
            AND team_id NOT IN (SELECT id FROM improvement_team WHERE lead_id = {})""",
        *(person_id, person_id),
    )
    for gone in names:
        for table, columns in (
            ("idea", ("title", "words", "answer")),
            ("improvement_team", ("name", "goal", "measure", "result")),
            ("improvement_step", ("what",)),
        ):
            for column in columns:
                await forget_in(table, column, gone, mark=PLAIN_MARK)
