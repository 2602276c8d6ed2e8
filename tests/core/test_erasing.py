"""How a person is taken out of a text."""

from __future__ import annotations

import pytest

from api.core.erasing import MARK, Gone, forget
from api.core.text import erased_names, render

GRETE = Gone("01900000-0000-7000-8002-0000000000aa", "Grete Müller-Groß", "grete.mg@klinik.example")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Danke, Grete Müller-Groß!", f"Danke, {MARK}!"),
        ("Danke, @Grete Müller-Groß, für alles", f"Danke, {MARK}, für alles"),
        (f"Danke @{{{GRETE.id}}}!", f"Danke {MARK}!"),
        ("GRETE MÜLLER-GROSS war da", f"{MARK} war da"),
        ("grete mueller-gross", MARK),
        ("Grete Muller Gross", MARK),
        ("Grete Müller-Großs Idee", f"{MARK} Idee"),
        ("Grete Müller-Groß’ Idee", f"{MARK}’ Idee"),
        ("**Grete** Müller-Groß", f"**{MARK}"),
        ("Müller-Groß, Grete", MARK),
        ("Schreib an Grete.MG@Klinik.example.", f"Schreib an {MARK}."),
        ("x.grete.mg@klinik.example", "x.grete.mg@klinik.example"),
        ("Grete und Müller-Groß", "Grete und Müller-Groß"),
        ("Grete\n\n\n\n\nMüller-Groß", "Grete\n\n\n\n\nMüller-Groß"),
        ("Margrete Müller-Großmann", "Margrete Müller-Großmann"),
        ("", ""),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, left: str) -> None:
    assert forget(text, GRETE) == left


def test_parts_of_a_name_go_where_they_mean_the_person() -> None:
    text = "Danke, Grete! Gretes Ruhe, grete, Margrete, Frau Groß."
    assert forget(text, GRETE, alone={"Grete", "Groß"}) == f"Danke, {MARK}! {MARK} Ruhe, grete, Margrete, Frau {MARK}."
    nobody = Gone(GRETE.id, "", "")
    assert forget("@{x} Grete", nobody) == "@{x} Grete"


def test_readers_get_the_word_for_it_in_their_language() -> None:
    for language, word in (("de", "(gelöscht)"), ("en", "(erased)")):
        assert render(f"Danke, {MARK}!", erased_names(language)) == f"<p>Danke, <em>{word}</em>!</p>"
    assert render(MARK, {}) == "<p><em>…</em></p>"
