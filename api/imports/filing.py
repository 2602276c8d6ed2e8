"""Historic thanks into the tables: at their own time, counted and findable like all others, and nobody is notified."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from api.core import database
from api.core.clock import SECOND, monday
from api.core.database.bulk import Columns, Row
from api.core.ids import position, position_time, uuid7
from api.core.text import words
from api.dependencies import overview

_KUDOS = Columns.of(
    "kudos",
    "id:uuid position:bigint giver_id:uuid giver_department_id:uuid message:text language:text value_id:uuid"
    " deliver_at:bigint delivered_at:bigint comments:int",
)
_RECIPIENTS = Columns.of("kudos_recipient", "kudos_id:uuid person_id:uuid department_id:uuid position:bigint")
_EDGES = Columns.of("kudos_edge", "kudos_id:uuid giver_department_id:uuid recipient_department_id:uuid position:bigint")
_COMMENTS = Columns.of("comment", "id:uuid kudos_id:uuid author_id:uuid message:text created_at:bigint")
_ORIGINS = Columns.of("kudos_origin", "source:text external_id:text kudos_id:uuid")
_WEEKS = Columns.of("edge_week", "giver_department_id:uuid recipient_department_id:uuid week:int thanks:int")
_TALLIES = Columns.of("person_tally", "person_id:uuid facet:text key_id:uuid thanks:int")
_FEW = 400


async def file_thanks(thanks: Sequence[tuple[str, Mapping[str, Any]]]) -> int:
    """Store these (kudos id, what it says) in the running transaction; returns how many were not here yet."""
    known = await _known([one for _id, one in thanks])
    named = {(one["source"], one["external_id"]): (i, one) for i, one in thanks}
    fresh = [found for name, found in named.items() if name not in known]
    ids = {one["giver"] for _id, one in fresh} | {person for _id, one in fresh for person in one["recipients"]}
    people = await _people(ids)
    fresh = [(i, one) for i, one in fresh if one["giver"] in people]
    rows: dict[str, list[Row]] = {c.table: [] for c in (_KUDOS, _RECIPIENTS, _EDGES, _COMMENTS, _ORIGINS)}
    weeks: Counter[tuple[str, str, int]] = Counter()
    tallies: Counter[tuple[str, str, str]] = Counter()
    findable: list[tuple[int, set[str]]] = []
    places = await _free_places([one["at"] for _id, one in fresh])
    for (kudos_id, one), place in zip(fresh, places, strict=True):
        home = people[one["giver"]]["department_id"]
        recipients = {person: people[person]["department_id"] for person in one["recipients"] if person in people}
        served = sorted(set(recipients.values()))
        comments = one["comments"]
        rows["kudos"].append(
            (
                *(kudos_id, place, one["giver"], home, one["message"], one["language"], one["value"]),
                *(one["at"], one["at"], len(comments)),
            )
        )
        rows["kudos_recipient"] += [(kudos_id, person, recipients[person], place) for person in sorted(recipients)]
        rows["kudos_edge"] += [(kudos_id, home, department, place) for department in served]
        rows["comment"] += [(uuid7(c["at"]), kudos_id, c["author"], c["message"], c["at"]) for c in comments]
        rows["kudos_origin"].append((one["source"], one["external_id"], kudos_id))
        week = monday(position_time(place))
        weeks.update((home, department, week) for department in served)
        tallies.update((one["giver"], "to", department) for department in served)
        tallies.update((person, "from", home) for person in recipients)
        if one["value"]:
            tallies.update((person, "value", one["value"]) for person in recipients)
        names = [str(part) for person in (one["giver"], *recipients) for part in people[person]["found_by"]]
        findable.append((place, set(words(" ".join([one["message"], *names])))))
    for columns in (_KUDOS, _RECIPIENTS, _EDGES, _COMMENTS, _ORIGINS):
        await columns.insert(rows[columns.table])
    await _index(findable)
    await _count(_WEEKS, weeks)
    await _count(_TALLIES, tallies)
    database.after_commit(overview.forget)
    return len(fresh)


async def _known(thanks: Sequence[Mapping[str, Any]]) -> set[tuple[str, str]]:
    rows = await database.fetch(
        f"""SELECT source, external_id FROM kudos_origin
        WHERE external_id IN ({database.placeholders(len(thanks))})""",
        *(one["external_id"] for one in thanks),
    )
    return {(row["source"], row["external_id"]) for row in rows}


async def _people(ids: Collection[str]) -> dict[str, dict[str, Any]]:
    rows = await database.fetch(
        f"""SELECT p.id, p.department_id, p.name, d.name_de, d.name_en FROM person p
        JOIN department d ON d.id = p.department_id WHERE p.id IN ({database.placeholders(len(ids)) or "NULL"})""",
        *sorted(ids),
    )
    return {
        row["id"]: {"department_id": row["department_id"], "found_by": (row["name"], row["name_de"], row["name_en"])}
        for row in rows
    }


async def _free_places(times: Sequence[int]) -> list[int]:
    """A place in the feed for each time, within its second: other products know no finer, and places are unique."""
    while True:
        places = [position(at + secrets.randbelow(SECOND) if at % SECOND == 0 else at) for at in times]
        taken: set[int] = set()
        for start in range(0, len(places), _FEW):
            part = places[start : start + _FEW]
            rows = await database.fetch(
                f"SELECT position FROM kudos WHERE position IN ({database.placeholders(len(part))})", *part
            )
            taken.update(row["position"] for row in rows)
        if not taken and len(set(places)) == len(places):
            return places


async def _index(found: Sequence[tuple[int, set[str]]]) -> None:
    if not found:
        return
    if database.current().dialect == "sqlite":
        await database.execute_many(
            "INSERT INTO kudos_search (rowid, body) VALUES ({}, {})",
            [(place, " ".join(sorted(body))) for place, body in found],
        )
        return
    # Words hold letters and figures only, so they can travel in one text.
    await database.execute(
        """INSERT INTO kudos_search (position, body)
        SELECT u.position, array_to_tsvector(string_to_array(u.words, ' '))
        FROM unnest({}::bigint[], {}::text[]) AS u (position, words)""",
        [place for place, _body in found],
        [" ".join(sorted(body)) for _place, body in found],
    )


async def _count(columns: Columns, counted: Mapping[Any, int]) -> None:
    """Add to a rollup, always in key order, as thanks that are given at the same time do."""
    key = [name for name, _kind in columns.columns if name != "thanks"]
    then = f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET thanks = {columns.table}.thanks + excluded.thanks"
    await columns.insert([(*key, n) for key, n in sorted(counted.items(), key=str)], then)
