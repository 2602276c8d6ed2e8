"""Files that are not what they should be: each is refused with a sentence, and nothing of it is imported."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from api.core import database
from api.core.errors import Conflict, Invalid
from api.imports import service
from api.imports.files import FileRefused
from tests.imports.lists import check, faults, upload
from tests.support.house import House
from tests.support.organisation import AYLIN, HELENE

HEAD = "email,name,department\n"
LED = "email,name,department,manager\n"
ROW = "a@x.example,Anna Amsel,Billing\n"


def _people(*rows: str, head: str = HEAD) -> bytes:
    return (head + "\n".join(rows) + "\n").encode()


def _bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/worksheets/sheet1.xml", b"\x00" * 50_000_000)
    return packed.getvalue()


# What it is, its bytes, words of the sentence.
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "empty"),
    "nothing but a byte order mark": (lambda: b"\xef\xbb\xbf\r\n", "empty"),
    "a heading only": (lambda: HEAD.encode(), "only a heading"),
    "UTF-16 with a byte order mark": (lambda: (HEAD + ROW).encode("utf-16"), "UTF-16"),
    "UTF-16 without": (lambda: (HEAD + ROW).encode("utf-16-le"), "UTF-16"),
    "two encodings": (lambda: _people("a@x.example,Jörg,B") + "ä".encode("cp1252"), "mixes two encodings"),
    "NUL": (lambda: (HEAD + ROW).encode() + b"b@x.example,B\x00b,Billing\n", "Line 3 holds a NUL"),
    "two columns of one name": (lambda: b"email,Name,name ,department\n" + ROW.encode(), "Two columns are called"),
    "an Excel sheet": (_bomb, "Save as"),
    "an old Excel sheet": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "Save as"),
    "packed": (lambda: b"\x1f\x8b\x08" + b"x" * 90, "Unpack"),
    "a PDF": (lambda: b"%PDF-1.7\n", "not a CSV"),
    "a web page": (lambda: b"<!doctype html><table><tr><td>", "not a CSV"),
    "JSON": (lambda: b'[{"email": "a@x.example"}]', "not a CSV"),
    "a million columns": (lambda: b"a" + b",a" * 1_000_000 + b"\n" + ROW.encode(), "longer than any row"),
    "thousands of columns": (lambda: ",".join(f"c{n}" for n in range(9_000)).encode() + b"\n1\n", "at most 100"),
    "a million rows": (lambda: HEAD.encode() + b"p@x.example,P,B\n" * 1_000_000, "more than 200000 rows"),
    "a line of 30 MB": (lambda: HEAD.encode() + b"x" * 30_000_000, "Line 2 is longer"),
}  # fmt: skip

# What it is, its bytes, (row, column, words) of each error.
FAULTY: dict[str, tuple[bytes, list[tuple[int, str, str]]]] = {
    "addresses twice, whatever their case": (
        _people("a@x.example,A A,Billing", "b@x.example,B B,Billing", "A@X.example,A A,Billing"),
        [(4, "E-mail", "stands in row 2")],
    ),
    "a Cyrillic а": (_people("\u0430nna@x.example,Anna,Billing"), [(2, "E-mail", "Cyrillic Small Letter A")]),
    "an invisible space": (_people("anna\u200b@x.example,Anna,Billing"), [(2, "E-mail", "Zero Width Space")]),
    "no address": (_people("anna,Anna,Billing"), [(2, "E-mail", "does not look like")]),
    "unknown managers": (
        _people("a@x.example,A,Billing,nobody@x.example", "b@x.example,B,Billing,Oskar Lindner", head=LED),
        [(2, "Manager", "Nobody"), (3, "Manager", "Nobody")],
    ),
    "oneself as manager": (
        _people("a@x.example,A,Billing,a@x.example", head=LED),
        [(2, "Manager", "Nobody leads themselves")],
    ),
    "a circle of managers, one of them not on the list": (
        _people(
            "katharina@hospital.example,K,Billing,b@x.example",
            "b@x.example,B,Billing,aylin@hospital.example",
            head=LED,
        ),
        [(2, "Manager", "circle"), (3, "Manager", "circle")],
    ),
    "a circle of managers, all of them new": (
        _people("a@x.example,A,Billing,b@x.example", "b@x.example,B,Billing,a@x.example", head=LED),
        [(2, "Manager", "circle"), (3, "Manager", "circle")],
    ),
    "formulas": (
        _people(
            'a@x.example,"=HYPERLINK(""http://x"")",Billing',
            "b@x.example,+49 30,Billing",
            "c@x.example,-1+2,Billing",
            "d@x.example,@SUM(A1),Billing",
            'e@x.example,"\tx",Billing',
            'f@x.example,"\rx",Billing',
            "g@x.example,\uff1d1,Billing",
        ),
        [(row, "Name", "formula") for row in range(2, 9)],
    ),
    "what must be there": (
        _people("a@x.example,,Billing", "b@x.example,B,", ",C,Billing"),
        [(2, "Name", "must not be empty"), (3, "Department", "must not be empty"), (4, "E-mail", "address is missing")],
    ),
    "a formula for an address": (
        _people("=cmd@x.example,A,Billing"),
        [(2, "E-mail", "Write the e-mail address alone")],
    ),
    "dates, languages, zones": (
        _people("a@x.example,A,Billing,02/03/2026,fr,Berlin", head="email,name,department,joined,language,time zone\n"),
        [(2, "Joined", "Write a date"), (2, "Language", "German or English"), (2, "Time zone", "Europe/Berlin")],
    ),
}  # fmt: skip


async def test_files_of_other_kinds_are_refused_and_leave_nothing(house: House) -> None:
    for what, (content, words) in REFUSED.items():
        with pytest.raises(FileRefused) as refused:
            await upload(content(), kind="people", piece=64_000)
        assert words in refused.value.message.text("en"), what
    await _nothing_came_in(runs=0)


async def test_what_only_shows_further_down_is_refused_too(house: House) -> None:
    good = [f"p{n}@x.example,P,Billing" for n in range(10)]
    ragged = _people(*good, 'a@x.example,"Anna "Amsel",Billing', ROW)
    endless = _people(*good, 'a@x.example,"Anna,Billing', *[ROW.strip()] * 4_000)
    for what, content, words in (
        ("a quotation mark too many", ragged, "From row 12 on"),
        ("a quotation mark too few", endless, "From row 12 on"),
    ):
        run = await check(content)
        assert words in run.problem, (what, run)
    alone = await check(HEAD + ROW, complete=True, actor_id=HELENE.id)
    assert "you would leave yourself" in alone.problem
    await _nothing_came_in(runs=3)


async def test_wrong_rows_are_named_with_column_and_sentence(house: House) -> None:
    await database.execute(
        "UPDATE person SET manager_id = {} WHERE id = {}", "01900000-0000-7000-8002-000000000001", AYLIN.id
    )
    for what, (content, expected) in FAULTY.items():
        run = await check(content, kind="people")
        found = await faults(run.id)
        assert [(fault.line, fault.column) for fault in found] == [
            (line, column) for line, column, _words in expected
        ], what
        for fault, (_line, _column, words) in zip(found, expected, strict=True):
            assert words in fault.message, (what, fault)
        assert (run.errors, run.state) == (len(expected), "checked"), what
        with pytest.raises(Conflict):
            await service.start_apply(run_id=run.id)
    await _nothing_came_in(runs=len(FAULTY))


async def test_files_that_only_look_odd_are_read(house: House) -> None:
    text = "Name;E-Mail;Abteilung\nJürgen Groß;juergen@x.example;Röntgen\n"
    for what, content, encoding, delimiter in (
        ("a byte order mark", text.encode("utf-8-sig"), "utf-8", ";"),
        ("Windows-1252", text.encode("cp1252"), "windows-1252", ";"),
        ("tabs", text.replace(";", "\t").encode(), "utf-8", "\t"),
        ("Excel's own first line", b"sep=;\r\n" + text.encode().replace(b"\n", b"\r\n"), "utf-8", ";"),
        ("quotation marks and lines in cells", text.replace("Jürgen Groß", '"Jürgen\nGroß"').encode(), "utf-8", ";"),
        ("an apostrophe before a sign", text.replace("Jürgen", "'-Jürgen").encode(), "utf-8", ";"),
        ("empty rows and cells", text.replace("\nJ", "\n\n;;\nJ").encode() + b";;;;\n", "utf-8", ";"),
    ):
        run = await check(content)
        assert (run.kind, run.errors, run.problem) == ("people", 0, ""), (what, run, await faults(run.id))
        assert (run.encoding, run.delimiter, run.counts["new"]) == (encoding, delimiter, 1), what
    many = await check(_people(*[f"bad{n},N,Billing" for n in range(1_200)]))
    assert (many.errors, len(await faults(many.id))) == (1_200, 50)


async def test_a_mapping_must_fit(house: House) -> None:
    run_id = await upload("wer,was\na,b\n", kind="people")
    for mapping, field in ((None, "email"), ({"email": 0, "department": 0}, "email"), ({"x": 1}, "x")):
        with pytest.raises(Invalid) as refused:
            await service.start_check(run_id=run_id, mapping=mapping)
        assert field in refused.value.fields


async def _nothing_came_in(*, runs: int) -> None:
    people = await database.fetch("SELECT id FROM person")
    assert len(people) == 8
    assert len(await database.fetch("SELECT id FROM import_run")) == runs
    assert await database.fetch("SELECT 1 FROM import_row LIMIT 1") == []
    if not runs:
        assert await database.fetch("SELECT 1 FROM import_chunk LIMIT 1") == []
