"""From bytes to rows: which file it is, how it is encoded, what separates its columns. No database.

A file is looked at as it arrives (`Scan`), before anything else happens to it; archives are never opened.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

import msgspec

from api.core.errors import Invalid
from api.core.i18n import Message
from api.core.i18n import gettext_later as _
from api.imports.rules import LARGEST_LINE, MOST_COLUMNS, MOST_LINES, MOST_ROWS

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_SHEET = _("This is an Excel or LibreOffice file. Open it, choose “Save as”, and there “CSV UTF-8”.")
_ARCHIVE = _("This is a compressed file. Unpack it and send the CSV file that is in it.")
_OTHER = _("This is not a CSV file. Export the list as CSV (comma or semicolon separated) and send that.")
_UNICODE = _("This file is encoded as UTF-16 (“Unicode text”). Save it as “CSV UTF-8” instead.")
_MIXED = _("This file mixes two encodings: some letters are UTF-8, others are not. Export it again as “CSV UTF-8”.")
_MAGIC: tuple[tuple[bytes, Message], ...] = (
    (b"PK\x03\x04", _SHEET),
    (b"PK\x05\x06", _ARCHIVE),
    (b"\xd0\xcf\x11\xe0", _SHEET),
    *((magic, _ARCHIVE) for magic in (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")),
    *((magic, _OTHER) for magic in (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ\x90", b"SQLite")),
)
# Two bytes that only UTF-8 writes for a Latin letter, and hardly anybody else on purpose.
_UTF8_LETTER = re.compile(rb"[\xc3-\xc5][\x80-\xbf]")
_DELIMITERS = ";,\t|"


class FileRefused(Invalid):
    """The whole file cannot be used. `line` is where it breaks, 0 if it is the file as such."""

    def __init__(self, message: Message, line: int = 0) -> None:
        super().__init__(message, fields={"file": message})
        self.line = line


class Scan:
    """Looks at a file's bytes as they arrive. Both methods raise FileRefused."""

    def __init__(self) -> None:
        self.size = 0
        self._head = b""
        self._utf8: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
        self._letters = False
        self._line = 1
        self._since_line_end = 0

    def feed(self, data: bytes) -> None:
        """The next bytes."""
        if len(self._head) < 4_096:
            self._head += data[:4_096]
            _check_kind(self._head)
        if b"\x00" in data:
            line = self._line + data[: data.index(b"\x00")].count(b"\n")
            raise FileRefused(
                _("Line %(line)s holds a NUL byte, which no text has. Export the list again.", line=line), line
            )
        self._measure(data)
        self.size += len(data)
        self._letters = self._letters or _UTF8_LETTER.search(data) is not None
        if self._utf8 is not None:
            try:
                self._utf8.decode(data)
            except UnicodeDecodeError:
                self._utf8 = None

    def _measure(self, data: bytes) -> None:
        first, *others = re.split(rb"\r\n?|\n", data)
        lengths = [self._since_line_end + len(first), *map(len, others)]
        if max(lengths) > LARGEST_LINE:
            line = self._line + lengths.index(max(lengths))
            raise FileRefused(
                _("Line %(line)s is longer than any row of such a list. Is this a CSV file with a row for each entry?",
                  line=line), line)  # fmt: skip
        self._line += len(others)
        if self._line > MOST_LINES:
            raise FileRefused(_("There are more than %(n)s rows. Split the list.", n=MOST_ROWS), MOST_ROWS)
        self._since_line_end = lengths[-1]

    def encoding(self) -> str:
        """The Python name of the encoding, once all bytes are in."""
        if not self.size or not self._head.removeprefix(codecs.BOM_UTF8).strip():
            raise FileRefused(_("This file is empty."))
        if self._utf8 is not None:
            try:
                self._utf8.decode(b"", final=True)
                return "utf-8-sig"
            except UnicodeDecodeError:
                pass
        if self._letters or self._head.startswith(codecs.BOM_UTF8):
            raise FileRefused(_MIXED)
        return "cp1252"


def _check_kind(head: bytes) -> None:
    for magic, message in _MAGIC:
        if head.startswith(magic):
            raise FileRefused(message)
    if head.startswith(_UTF16) or (len(head) > 3 and head[:64].count(0) > len(head[:64]) // 4):
        raise FileRefused(_UNICODE)
    text = head.removeprefix(codecs.BOM_UTF8).lstrip()[:64].lower()
    if text.startswith((b"<", b"{", b"[")):
        raise FileRefused(_OTHER)


class Layout(msgspec.Struct, frozen=True):
    """How a file is to be read, and what its first rows hold."""

    encoding: str
    delimiter: str
    headings: list[str]
    samples: list[list[str]]


def layout(file: BinaryIO, encoding: str) -> Layout:
    """Find delimiter, headings and three sample rows. Raises FileRefused."""
    with Rows(file, encoding, "") as rows:
        headings = rows.headings
        samples = [cells for _number, cells in rows.take(3)]
    seen: dict[str, int] = {}
    for number, heading in enumerate(headings, start=1):
        name = " ".join(heading.casefold().split())
        if name and name in seen:
            raise FileRefused(
                _("Two columns are called “%(name)s”. Give each column its own heading.", name=heading[:80]), 1
            )
        seen[name] = number
    if not samples:
        raise FileRefused(_("There is only a heading and no row below it."))
    return Layout(encoding, rows.delimiter, headings, samples)


class Rows:
    """The rows of a file, numbered as a spreadsheet shows them (the headings are row 1). Reads as it goes."""

    def __init__(self, file: BinaryIO, encoding: str, delimiter: str) -> None:
        """Reads the headings. Raises FileRefused."""
        file.seek(0)
        self._text = io.TextIOWrapper(file, encoding, newline="")
        self.number = 0
        try:
            self._begin(delimiter)
        except BaseException:
            self.close()
            raise

    def _begin(self, delimiter: str) -> None:
        start = 0
        try:
            first = self._text.readline()
            if first.casefold().startswith("sep=") and len(first.rstrip("\r\n")) == 5:  # Excel's own first line
                self.number, start = 1, self._text.tell()
                delimiter = delimiter or first[4]
                first = self._text.readline()
            self._text.seek(start)
        except UnicodeDecodeError:
            raise FileRefused(_MIXED) from None
        self.delimiter = delimiter or _delimiter(first)
        self._reader: Iterator[list[str]] = csv.reader(self._text, delimiter=self.delimiter, strict=True)
        found = self.take(1)
        self.headings = [cell.strip().removeprefix("\ufeff") for cell in found[0][1]] if found else []
        while self.headings and not self.headings[-1]:
            self.headings.pop()
        if len(self.headings) > MOST_COLUMNS:
            raise FileRefused(
                _(
                    "This file has %(n)s columns; at most %(most)s can be read.",
                    n=len(self.headings),
                    most=MOST_COLUMNS,
                ),
                1,
            )
        if not self.headings:
            raise FileRefused(_("The first row should hold the headings of the columns."), 1)

    def take(self, count: int) -> list[tuple[int, list[str]]]:
        """The next rows that are not empty, up to `count`, with their numbers. Raises FileRefused."""
        found: list[tuple[int, list[str]]] = []
        try:
            for cells in self._reader:
                self.number += 1
                if self.number > MOST_ROWS + 1:
                    raise FileRefused(_("There are more than %(n)s rows. Split the list.", n=MOST_ROWS), self.number)
                if any(cell.strip() for cell in cells):
                    found.append((self.number, cells))
                    if len(found) == count:
                        break
        except csv.Error:
            line = self.number + 1
            raise FileRefused(
                _(
                    "From row %(line)s on the quotation marks do not match: one is missing, or one is too many.",
                    line=line,
                ),
                line,
            ) from None
        except UnicodeDecodeError:
            raise FileRefused(_MIXED, self.number + 1) from None
        return found

    def close(self) -> None:
        """Leave the file open for others to read again."""
        self._text.detach()

    def __enter__(self) -> Rows:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def _delimiter(first: str) -> str:
    """What separates the headings: whatever occurs most outside of quotation marks; a comma if nothing does."""
    bare = re.sub(r'"[^"]*"', "", first)
    return max(_DELIMITERS, key=lambda sign: (bare.count(sign), sign == ","))


def cell(cells: Sequence[str], index: int) -> str:
    """A cell, empty where the row is shorter."""
    return cells[index] if index < len(cells) else ""
