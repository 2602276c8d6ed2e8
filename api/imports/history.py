"""Thanks that were given elsewhere: who is who here, what is here already, what has to be left out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator, Sequence

import msgspec

from api.core import database
from api.core.clock import now, utc
from api.core.i18n import Language
from api.core.i18n import gettext_later as _
from api.core.ids import uuid7
from api.core.text import MENTION, clean, guess_language, search_name
from api.imports import cells as read
from api.imports.rules import plain
from api.imports.sheet import Batch, Frame, Sheet, Stored
from api.imports.staging import Content, Staged
from api.kudos.rules import LONGEST_COMMENT, MOST_RECIPIENTS

_SEVERAL = re.compile(r"[;,|\n]+")
_HASHTAG = re.compile(r"#([^\W_][\w-]*)")


class Remark(msgspec.Struct, frozen=True):
    """A comment that was made elsewhere; `author` is an e-mail address, `at` in microseconds."""

    author: str
    message: str
    at: int


class Thanks(msgspec.Struct, frozen=True, kw_only=True):
    """A thank-you from elsewhere: people are e-mail addresses (or full names), `values` what it was tagged with."""

    line: int
    external_id: str
    giver: str
    recipients: Sequence[str]
    message: str
    values: Sequence[str]
    at: int
    remarks: Sequence[Remark] = ()


class Archivist:
    """Turns thanks from `source` into staged kudos, a page at a time."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._people: dict[str, str] = {}
        self._values: dict[str, str] = {}
        self._language: Language = "en"
        self._seen: set[str] = set()

    async def prepare(self) -> None:
        """Read people, those who have left too, and values."""
        house = await database.fetch_one("SELECT language FROM organisation")
        self._language = "de" if house and house["language"] == "de" else "en"
        for row in await database.fetch("SELECT id, key, name_de, name_en FROM value"):
            self._values.update({plain(row[column]): row["id"] for column in ("key", "name_de", "name_en")})
        last = ""
        while True:
            where = "WHERE id > {}" if last else ""
            rows = await database.fetch(
                f"SELECT id, email, search FROM person {where} ORDER BY id LIMIT 1000", *([last] if last else [])
            )
            for row in rows:
                last = row["id"]
                self._people[row["email"]] = last
                # A name that several have names nobody
                self._people[row["search"]] = "" if row["search"] in self._people else last
            if len(rows) < 1_000:
                return

    async def known(self, thanks: Sequence[Thanks]) -> frozenset[str]:
        """Those of their external ids that are here already."""
        ids = [one.external_id for one in thanks]
        rows = await database.fetch(
            f"""SELECT external_id FROM kudos_origin
            WHERE source = {{}} AND external_id IN ({database.placeholders(len(ids)) or "NULL"})""",
            *(self._source, *ids),
        )
        return frozenset(row["external_id"] for row in rows)

    def stage(self, thanks: Sequence[Thanks], known: frozenset[str]) -> list[Staged | None]:
        """Each as a change; None for what is here already. What cannot be kept is staged as left out, and why."""
        staged: list[Staged | None] = []
        for one in thanks:
            if one.external_id in known or one.external_id in self._seen:
                staged.append(None)
                continue
            self._seen.add(one.external_id)
            staged.append(self._stage(one))
        return staged

    def person(self, text: str) -> str:
        """The id of whoever is meant, empty if nobody is."""
        text = text.strip()
        return self._people.get(text.lower() if "@" in text else search_name(text), "")

    def _stage(self, one: Thanks) -> Staged:
        giver = self.person(one.giver)
        found = dict.fromkeys(filter(None, map(self.person, one.recipients)))
        found.pop(giver, None)
        recipients = list(found)[:MOST_RECIPIENTS]
        message = MENTION.sub("…", clean(one.message))
        reason = None
        if not giver:
            reason = _("Who gave it is not in Gearmesh: %(name)s.", name=one.giver)
        elif not recipients:
            reason = _("Nobody whom it thanks is in Gearmesh: %(names)s.", names=", ".join(one.recipients)[:200])
        elif not message:
            reason = _("It has no words.")
        shown = [
            ("giver", "", one.giver),
            ("recipients", "", ", ".join(one.recipients)),
            ("time", "", utc(one.at).strftime("%Y-%m-%d %H:%M")),
        ]
        title = message if len(message) <= 120 else f"{message[:119]}…"
        if reason:
            return Staged(0, one.line, "kudos", "left_out", Content("", title, show=shown, reason=reason))
        values = [
            self._values[key] for key in map(plain, [*one.values, *_HASHTAG.findall(message)]) if key in self._values
        ]
        content = Content(
            *(uuid7(one.at), title),
            show=shown,
            thanks={
                "source": self._source,
                "external_id": one.external_id,
                "giver": giver,
                "recipients": sorted(recipients),
                "message": message,
                "language": guess_language(message, self._language),
                "value": values[0] if values else None,
                "at": one.at,
                "comments": [
                    {"author": author, "message": words[:LONGEST_COMMENT], "at": remark.at}
                    for remark in one.remarks
                    if (author := self.person(remark.author)) and (words := MENTION.sub("…", clean(remark.message)))
                ],
            },
        )
        return Staged(0, one.line, "kudos", "new", content)


class HistorySheet(Sheet):
    """Thanks as CSV. A row without an ID of its own is known by what it says."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._archivist = Archivist(frame.source)
        self._zone = "UTC"
        self._now = now()

    async def prepare(self) -> None:
        """Who is who."""
        await self._archivist.prepare()
        house = await database.fetch_one("SELECT time_zone FROM organisation")
        self._zone = house["time_zone"] if house else "UTC"

    def read(self, batch: Batch) -> None:
        """Rows by themselves; people who are not here are no errors."""
        for line, cells in batch:
            self._thanks(line, cells)

    def _thanks(self, line: int, cells: list[str]) -> Thanks:
        giver = self.line(line, cells, "giver")
        recipients = [part.strip() for part in _SEVERAL.split(self.raw(cells, "recipients")) if part.strip()]
        message = self.text(line, cells, "message")
        at = self.value(line, cells, "time", lambda raw: read.moment_of(raw, self._zone, self._now), 0)
        self.need(line, "giver", giver)
        self.need(line, "recipients", " ".join(recipients))
        identity = self.line(line, cells, "external_id")
        if not identity:
            said = "\x1f".join([giver.lower(), *sorted(map(str.lower, recipients)), str(at), message])
            identity = f"sha256:{hashlib.sha256(said.encode()).hexdigest()[:40]}"
        return Thanks(
            line=line,
            external_id=identity,
            giver=giver,
            recipients=recipients,
            message=message,
            values=_SEVERAL.split(self.line(line, cells, "value")),
            at=at,
        )

    async def stored(self, batch: Batch) -> Stored:
        """What is here already."""
        known = await self._archivist.known([self._thanks(line, cells) for line, cells in batch])
        return {external_id: {} for external_id in known}

    def difference(self, batch: Batch, stored: Stored) -> list[Staged]:
        """What is new here."""
        found = self._archivist.stage([self._thanks(line, cells) for line, cells in batch], frozenset(stored))
        self.counts["same"] += found.count(None)
        return [self.put(staged) for staged in found if staged]

    async def remaining(self) -> AsyncIterator[list[Staged]]:
        """Nothing: what a list does not have is not known to be gone."""
        yield []
