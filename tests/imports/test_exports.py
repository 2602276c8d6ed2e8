"""What is exported comes back unchanged, and calculates nothing in a spreadsheet."""

from __future__ import annotations

import csv
import io

from api.core import database
from api.imports.exporting import EXPORTS, export
from api.verify import verify
from tests.imports.lists import bring_in, changes, check, faults
from tests.support.house import House
from tests.support.organisation import BILLING, DEPENDENCY, JONAS, KATHARINA, RADIOLOGY


async def _exported(what: str) -> str:
    return b"".join([piece async for piece in export(what)]).decode("utf-8-sig")


async def test_export_and_import_change_nothing(house: House) -> None:
    await database.execute(
        "UPDATE person SET name = {}, job_de = {} WHERE id = {}", "=cmd|' /C calc'!A0", "'+1", JONAS.id
    )
    await database.execute(
        "UPDATE department SET manager_id = {}, cost_centre = '4711' WHERE id = {}", KATHARINA.id, BILLING.id
    )
    await database.execute("UPDATE dependency SET error_note_de = {} WHERE id = {}", "- eins\n- zwei", DEPENDENCY)
    for what in EXPORTS:
        text = await _exported(what)
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
        run = await check(text, complete=what == "people")
        assert (run.kind, run.errors, run.problem) == (what, 0, ""), (run, await faults(run.id))
        assert set(run.counts) <= {"same", "active"}, (what, run.counts)
    assert "'=cmd" in await _exported("people")
    assert "oskar@" not in await _exported("people")


async def test_departments_and_dependencies_are_changed_by_a_list(house: House) -> None:
    await bring_in(
        "Gearmesh ID,Abteilung,Kürzel,Leitung,Kostenstelle\n"
        f"{BILLING.id},Rechnungswesen,RW,katharina@hospital.example,100\n"
        ",Apotheke,,,\n"
    )  # fmt: skip
    row = await database.fetch_one("SELECT * FROM department WHERE id = {}", BILLING.id)
    assert row is not None
    assert (row["name_de"], row["code_en"], row["manager_id"], row["cost_centre"]) == (
        *("Rechnungswesen", "RW", KATHARINA.id, "100"),
    )
    text = (
        "provider,customer,handover,weight,error cost\n"
        "Apotheke,Rechnungswesen,Rezepte,3,\"1.234,50\"\n"
        "Patientenaufnahme,Rechnungswesen,Aufnahmedaten,2,\n"
    )  # fmt: skip
    run = await check(text, complete=True)
    (edge,) = await changes(run.id, "dependency", "changed")
    assert ("Weight 1 to 5", "5", "2") in {(c.field, c.before, c.after) for c in edge.changes}
    await bring_in(text, complete=True)
    stored = await database.fetch("SELECT weight, error_cost_cents FROM dependency ORDER BY weight")
    assert [tuple(row) for row in stored] == [(2, None), (3, 123_450)]
    assert (await check(text, complete=True)).counts["same"] == 2
    run = await bring_in(
        "provider,customer,handover,weight\nRadiology,Billing,x,1\n".replace("Billing", "RW"), complete=True
    )
    assert (run.counts["leaving"], run.confirm_leaving) == (2, True)
    rows = await database.fetch("SELECT provider_id, customer_id FROM dependency")
    assert [tuple(row) for row in rows] == [(RADIOLOGY.id, BILLING.id)]
    wrong = await check(
        "provider,customer,handover,weight\nRW,RW,x,1\nNowhere,RW,x,9\nRadiology,RW,x,1\nRadiology,RW,y,1\n"
    )
    assert [(fault.line, fault.column) for fault in await faults(wrong.id)] == [
        *((2, "Customer"), (3, "Provider"), (3, "Weight 1 to 5"), (5, "Customer")),
    ]
    assert [outcome.says async for outcome in verify() if outcome.broken] == []
