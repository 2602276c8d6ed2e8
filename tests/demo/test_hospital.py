"""Departments, dependencies and values, in both languages."""

from api.demo.edges import UNDECLARED
from api.demo.hospital import BONDS, IDEALS, UNITS


def test_departments_are_named_coded_and_coloured() -> None:
    assert len(UNITS) == len({u.key for u in UNITS}) == 14
    for codes in ([u.code_de for u in UNITS], [u.code_en for u in UNITS]):
        assert len(set(codes)) == 14
        assert all(2 <= len(code) <= 3 for code in codes)
    assert all(u.name_de and u.name_en and u.purpose_de.endswith(".") and u.purpose_en.endswith(".") for u in UNITS)


def test_every_dependency_is_said_in_both_languages() -> None:
    keys = {u.key for u in UNITS}
    assert len({(b.provider, b.customer) for b in BONDS}) == len(BONDS)
    for bond in BONDS:
        assert {bond.provider, bond.customer} <= keys
        assert bond.provider != bond.customer
        assert bond.handover_de
        assert bond.handover_en
        assert bond.error_note_de.endswith(".")
        assert bond.error_note_en.endswith(".")
        assert 1 <= bond.weight <= 5


def test_every_department_serves_or_is_served() -> None:
    assert {b.provider for b in BONDS} | {b.customer for b in BONDS} == {u.key for u in UNITS}


def test_the_silent_edges_are_heavy_ones() -> None:
    silent = [b for b in BONDS if b.silent_weeks]
    assert {(b.provider, b.customer) for b in silent} >= {("ward_5b", "billing"), ("facilities", "theatres")}
    assert all(b.weight >= 3 and b.silent_weeks >= 11 for b in silent)


def test_thanks_without_agreement_follow_no_declared_dependency() -> None:
    declared = {(b.customer, b.provider) for b in BONDS}
    assert not declared & {(giver, recipient) for giver, recipient, _ in UNDECLARED}


def test_the_five_values_have_hints_in_both_languages() -> None:
    assert [v.name_de for v in IDEALS] == ["Gemeinsam", "Verlässlich", "Genau hinsehen", "Zugewandt", "Nachgefragt"]
    assert all(v.name_en and v.hint_de.endswith(".") and v.hint_en.endswith(".") for v in IDEALS)
