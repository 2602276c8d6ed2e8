"""The full-text index: folded words, one row a kudos under its position, the same finds on both engines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from api.core import database
from api.core.text import MENTION, mentioned, words


async def index_kudos(position: int, *, message: str, names: list[str]) -> None:
    """Make a kudos findable by the words of its message and of the people and departments it joins."""
    await database.together(indexing(position, message=message, names=names))


def indexing(position: int, *, message: str, names: list[str]) -> database.Batch:
    """The same, to be written together with the kudos."""
    return _rows([(position, _words(message, names))])


def _words(message: str, names: Sequence[str]) -> list[str]:
    return words(" ".join([MENTION.sub(" ", message), *names]))


def _rows(rows: Sequence[tuple[int, list[str]]]) -> database.Batch:
    if database.current().dialect == "sqlite":
        return (
            "INSERT OR REPLACE INTO kudos_search (rowid, body) VALUES ({}, {})",
            [(position, " ".join(found)) for position, found in rows],
        )
    # The words as they are: PostgreSQL's own parser would cut them differently.
    return (
        """INSERT INTO kudos_search (position, body) VALUES ({}, array_to_tsvector({}::text[]))
        ON CONFLICT (position) DO UPDATE SET body = EXCLUDED.body""",
        [(position, sorted(set(found))) for position, found in rows],
    )


async def index_again(ids: Sequence[str], *, without: str) -> None:
    """Make these kudos findable by what they say now, and no longer by the name of the person `without`.

    A constant number of statements, however many kudos (some hundreds at most) there are.
    """
    places = database.placeholders(len(ids))
    kudos = await database.fetch(
        f"SELECT id, position, message FROM kudos WHERE withdrawn_at IS NULL AND id IN ({places})", *ids
    )
    named = await database.fetch(
        f"""SELECT k.id, g.id AS person, g.name, d.name_de, d.name_en FROM kudos k JOIN person g ON g.id = k.giver_id
            JOIN department d ON d.id = k.giver_department_id WHERE k.id IN ({places})
        UNION ALL SELECT r.kudos_id, p.id, p.name, d.name_de, d.name_en FROM kudos_recipient r
            JOIN person p ON p.id = r.person_id JOIN department d ON d.id = r.department_id
            WHERE r.kudos_id IN ({places})""",
        *(*ids, *ids),
    )
    people = sorted({person_id for row in kudos for person_id in mentioned(row["message"])})
    mentions = {
        row["id"]: row["name"]
        for row in await database.fetch(
            f"SELECT id, name FROM person WHERE id IN ({database.placeholders(len(people)) or 'NULL'})", *people
        )
    }
    names: dict[str, list[str]] = {}
    for row in named:
        names.setdefault(row["id"], []).extend(
            ([] if row["person"] == without else [row["name"]]) + [row["name_de"], row["name_en"]]
        )
    await database.execute_many(
        *_rows(
            [
                (
                    row["position"],
                    _words(row["message"], names[row["id"]] + [mentions.get(i, "") for i in mentioned(row["message"])]),
                )
                for row in kudos
            ]
        )
    )


async def forget_kudos(position: int) -> None:
    """Take a kudos out of the index."""
    key = "rowid" if database.current().dialect == "sqlite" else "position"
    await database.execute(f"DELETE FROM kudos_search WHERE {key} = {{}}", position)


async def indexed_names(kudos_id: str, message: str) -> list[str]:
    """Whatever else a stored kudos is found by (kudos_mention holds those of comments and of earlier words, too)."""
    rows = await database.fetch(
        """SELECT giver_id, giver_department_id FROM kudos WHERE id = {}
        UNION ALL SELECT person_id, department_id FROM kudos_recipient WHERE kudos_id = {}""",
        *(kudos_id, kudos_id),
    )
    return await names_beside(message, dict(tuple(row) for row in rows))


async def names_beside(message: str, people: Mapping[str, str]) -> list[str]:
    """The names of `people` (giver and recipients, with the ids of their departments) and of those departments in
    both languages, and of those whom `message` mentions."""
    persons, departments = sorted({*people, *mentioned(message)}), sorted(set(people.values()))
    rows = await database.fetch(
        f"""SELECT name, '' FROM person WHERE id IN ({database.placeholders(len(persons))})
        UNION ALL SELECT name_de, name_en FROM department WHERE id IN ({database.placeholders(len(departments))})""",
        *(*persons, *departments),
    )
    return [str(part) for row in rows for part in tuple(row)]
