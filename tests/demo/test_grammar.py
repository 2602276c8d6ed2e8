"""The language in which the letters are written."""

from itertools import cycle

import pytest

from api.demo.grammar import Writing, compile_text


def write(source: str, *, chances: tuple[float, ...] = (0.0,), several: bool = False, language: str = "de") -> str:
    draws = cycle(chances)
    words = {"name": lambda: "Hanna", "lately": lambda: "gestern"}
    return compile_text(source).write(Writing(lambda: next(draws), language, several, words))


def test_one_of_several_choices_is_written() -> None:
    assert write("Der Wert war [falsch|richtig].", chances=(0.9,)) == "Der Wert war richtig."


def test_an_empty_choice_leaves_no_loose_space() -> None:
    assert write("Alles gut [wirklich|].", chances=(0.9,)) == "Alles gut."
    assert write("Alles [sehr|] gut.", chances=(0.9,)) == "Alles gut."


def test_the_number_of_recipients_decides_the_form() -> None:
    assert write("<Du hast|Ihr habt> angerufen.") == "Du hast angerufen."
    assert write("<Du hast|Ihr habt> angerufen.", several=True) == "Ihr habt angerufen."


def test_numbers_are_words_up_to_twelve() -> None:
    assert write("{12-13} Betten") == "Zwölf Betten"
    assert write("{12-13} Betten", chances=(0.9,)) == "13 Betten"
    assert write("Bett {#3-9}") == "Bett 3"


def test_large_numbers_are_grouped_as_the_language_does() -> None:
    assert write("{2300-2300} Euro") == "2.300 Euro"
    assert write("{2300-2300} euros", language="en") == "2,300 euros"


def test_times_of_day_stand_on_five_minutes() -> None:
    assert write("um {5:20-6:55}", chances=(0.999,)) == "um 6:55"


def test_a_named_number_is_said_again() -> None:
    assert write("Erst {n:3-9}, dann wieder {n}.", chances=(0.5, 0.1)) == "Erst sechs, dann wieder sechs."


def test_what_begins_a_sentence_has_a_capital() -> None:
    assert write("{lately} kam er. {lately} ging er, {lately}.") == "Gestern kam er. Gestern ging er, gestern."


def test_choices_nest_and_lines_break() -> None:
    assert write("[<dir|euch>|niemand] // - {name}") == "dir\n- Hanna"


@pytest.mark.parametrize("source", ["[offen", "zu]", "<nur eins>", "[a|b>", "<a|b|c>"])
def test_brackets_that_do_not_match_are_refused(source: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        compile_text(source)
