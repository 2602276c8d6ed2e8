"""A demo hospital as rows of the tables; counts and rollups are kept along the way."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from api.core.clock import monday
from api.core.database.bulk import Columns, Row
from api.core.text import MENTION, fold, search_name, words
from api.demo.generate import Demo, Letter
from api.demo.gifts import Purse
from api.demo.hospital import BONDS, IDEALS, UNITS
from api.demo.known import ONE_TAP
from api.demo.people import Person

HOUSE = (
    Columns.of(
        "department",
        "id:uuid code_de:text code_en:text name_de:text name_en:text purpose_de:text purpose_en:text"
        " hue:int position:int manager_id:uuid cost_centre:text created_at:bigint",
    ),
    Columns.of(
        "person",
        "id:uuid email:text name:text given_name:text search:text job_de:text job_en:text department_id:uuid"
        " manager_id:uuid roles:text language:text joined_on:text password_hash:text created_at:bigint",
    ),
    Columns.of(
        "dependency",
        "id:uuid provider_id:uuid customer_id:uuid handover_de:text handover_en:text weight:int"
        " error_cost_cents:int error_note_de:text error_note_en:text created_at:bigint",
    ),
    Columns.of("value", "id:uuid key:text name_de:text name_en:text hint_de:text hint_en:text position:int"),
)

# In an order in which every reference leads to a row that is there.
MAIL = (
    Columns.of(
        "kudos",
        "id:uuid position:bigint giver_id:uuid giver_department_id:uuid message:text language:text value_id:uuid"
        " private:bool deliver_at:bigint delivered_at:bigint edited_at:bigint hidden_at:bigint hidden_by:uuid"
        " hidden_reason:text version:int points:int me_too:int strong:int learned:int comments:int",
    ),
    Columns.of("kudos_recipient", "kudos_id:uuid person_id:uuid department_id:uuid position:bigint"),
    Columns.of(
        "kudos_edge",
        "kudos_id:uuid giver_department_id:uuid recipient_department_id:uuid position:bigint",
    ),
    Columns.of("kudos_mention", "kudos_id:uuid person_id:uuid"),
    Columns.of("reaction", "kudos_id:uuid person_id:uuid kind:text created_at:bigint"),
    Columns.of("comment", "id:uuid kudos_id:uuid author_id:uuid message:text created_at:bigint"),
    Columns.of(
        "report",
        "id:uuid kudos_id:uuid reporter_id:uuid reason:text created_at:bigint resolved_at:bigint"
        " resolved_by:uuid outcome:text",
    ),
)

# Accented letters and typographic signs as `fold` and `words` see them: most texts become ASCII.
_PLAIN = {ord(c): fold(c) for c in "äöüßàáâãåçèéêëìíîïñòóôõùúûýÿćčďěğńňřśšşţťůżž"}
_PLAIN |= dict.fromkeys(map(ord, "„“”‘’–…"), " ")
_ASCII_WORD = re.compile(r"[a-z0-9]+")

ROLLUPS = (
    Columns.of("edge_week", "giver_department_id:uuid recipient_department_id:uuid week:int thanks:int"),
    Columns.of("person_tally", "person_id:uuid facet:text key_id:uuid thanks:int"),
)


def house_rows(demo: Demo, *, password_hash: str) -> dict[str, list[Row]]:
    """The rows of departments, people, dependencies and values, by table."""
    at = demo.founded
    heads = {person.department: person.id for person in demo.people if person.heads}
    ids = demo.department_ids
    return {
        "department": [
            (
                *(ids[u.key], u.code_de, u.code_en, u.name_de, u.name_en, u.purpose_de, u.purpose_en),
                *(number, number, heads[u.key], u.cost_centre, at),
            )
            for number, u in enumerate(UNITS, start=1)
        ],
        "person": [
            (
                *(p.id, p.email, p.name, p.given_name, search_name(p.name), p.job_de, p.job_en, ids[p.department]),
                # Whoever looks around as one of the few that a tap leads to reads the language of their browser.
                *(p.manager and p.manager.id, p.roles, "" if p.email in ONE_TAP else p.language, p.joined_on),
                *(password_hash, at),
            )
            for p in demo.people
        ],
        "dependency": [
            (
                *(demo.dependency_ids[(b.provider, b.customer)], ids[b.provider], ids[b.customer]),
                *(b.handover_de, b.handover_en, b.weight, b.error_cost_cents, b.error_note_de, b.error_note_en),
                at,
            )
            for b in BONDS
        ],
        "value": [
            (demo.value_ids[v.key], v.key, v.name_de, v.name_en, v.hint_de, v.hint_en, number)
            for number, v in enumerate(IDEALS, start=1)
        ],
    }


class Clerk:
    """Turns letters into rows, chunk by chunk, and counts what the rollups need."""

    def __init__(self, demo: Demo) -> None:
        self.departments = demo.department_ids
        self.values = demo.value_ids
        self.hr = demo.hr.id
        self._purse = Purse(demo)
        self.edge_weeks: Counter[tuple[str, str, int]] = Counter()
        self.tallies: Counter[tuple[str, str, str]] = Counter()
        self.findable = {p.id: frozenset(words(p.name)) for p in demo.people}
        self.found_by = {u.key: frozenset(words(f"{u.name_de} {u.name_en}")) for u in UNITS}

    def rows(self, letters: list[Letter]) -> dict[str, list[Row]]:
        """The rows of these letters by table; those of `kudos_search` are (position, words)."""
        rows: dict[str, list[Row]] = defaultdict(list)
        for letter in letters:
            self._file(letter, rows)
        return rows

    def rollup_rows(self) -> dict[str, list[Row]]:
        """The rows of the rollups over all letters so far, and of the ledger."""
        return {
            **self._purse.rows(),
            "edge_week": [(*key, thanks) for key, thanks in sorted(self.edge_weeks.items())],
            "person_tally": [(*key, thanks) for key, thanks in sorted(self.tallies.items())],
        }

    def _file(self, letter: Letter, rows: dict[str, list[Row]]) -> None:
        ids = self.departments
        home = ids[letter.giver.department]
        served = sorted({ids[person.department] for person in letter.recipients})
        rows["kudos"].append(self._kudos(letter, home))
        for person in letter.recipients:
            rows["kudos_recipient"].append((letter.id, person.id, ids[person.department], letter.position))
        rows["kudos_edge"] += [(letter.id, home, department, letter.position) for department in served]
        rows["kudos_mention"] += [(letter.id, person_id) for person_id in letter.everyone_mentioned()]
        rows["reaction"] += [(letter.id, r.person_id, r.kind, r.at) for r in letter.reactions]
        rows["comment"] += [(c.id, letter.id, c.author_id, c.message, c.at) for c in letter.comments]
        rows["kudos_search"].append((letter.position, self._words(letter)))
        if report := letter.report:
            resolved = report.resolved_at
            rows["report"].append(
                (
                    *(report.id, letter.id, report.reporter_id, report.reason, report.at),
                    *(resolved, resolved and self.hr, "hidden" if letter.hidden_reason else ""),
                )
            )
        if not letter.private and not letter.hidden_reason:
            self._count(letter, home, served)

    def _kudos(self, letter: Letter, home: str) -> Row:
        kinds = [reaction.kind for reaction in letter.reactions]
        hidden = letter.report.resolved_at if letter.report else None
        return (
            *(letter.id, letter.position, letter.giver.id, home, letter.message, letter.language),
            *(self.values[letter.value], letter.private, letter.deliver_at, letter.deliver_at, letter.edited_at),
            *(hidden, hidden and self.hr, letter.hidden_reason),
            1 + (letter.edited_at is not None) + (hidden is not None),
            self._purse.points(letter),
            *(kinds.count("me_too"), kinds.count("strong"), kinds.count("learned"), len(letter.comments)),
        )

    def _count(self, letter: Letter, home: str, served: list[str]) -> None:
        week = monday(letter.sent_at)
        for department in served:
            self.edge_weeks[(home, department, week)] += 1
            self.tallies[(letter.giver.id, "to", department)] += 1
        for person in letter.recipients:
            self.tallies[(person.id, "from", home)] += 1
            self.tallies[(person.id, "value", self.values[letter.value])] += 1

    def _words(self, letter: Letter) -> set[str]:
        """What a letter is found by: its words, the names in it, the departments in both languages."""
        text = MENTION.sub(" ", letter.message) if letter.mentioned else letter.message
        people: list[Person] = [letter.giver, *letter.recipients]
        return set(quick_words(text)).union(
            *(self.findable[person.id] | self.found_by[person.department] for person in people),
            *(self.findable[person_id] for person_id in letter.mentioned),
        )


def quick_words(text: str) -> list[str]:
    """`words` of the core, several times as fast where a text has no rarer letters."""
    plain = text.casefold().translate(_PLAIN)
    return _ASCII_WORD.findall(plain) if plain.isascii() else words(text)
