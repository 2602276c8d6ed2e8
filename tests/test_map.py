"""The picture of the whole organisation: names never meet, lines stay between them, whatever the dependencies."""

from __future__ import annotations

import random
import re

from api.dependencies.schemas import EdgeOut
from api.people.schemas import DepartmentRef
from frontend.map import FEW, LABEL, LEFT, MOST_DRAWN, RIGHT, WIDTH, Picture, Spot, draw, text_width

NAMES = ("Sterilgutversorgung", "Zentrale Notaufnahme und Aufnahmestation", "IT", "Medizinische Mikrobiologie", "3A")


def spots(count: int) -> list[Spot]:
    return [Spot(f"d{i}", f"D{i}", f"{NAMES[i % len(NAMES)]} {i}", i % 14 + 1) for i in range(count)]


def edges(count: int, departments: int) -> list[EdgeOut]:
    chance = random.Random(7)
    found = []
    for number in range(count):
        one, two = (DepartmentRef(f"d{i}", "", f"d{i}", 1) for i in chance.sample(range(departments), 2))
        found.append(
            EdgeOut(
                id=f"e{number}",
                provider=one,
                customer=two,
                handover="Daten",
                weight=chance.randint(1, 5),
                error_cost_cents=None,
                error_note="",
                weeks=[0] * 7 + [number % 3],
                silent_weeks=None if number % 3 == 0 else 0,
            )
        )
    return found


def boxes(picture: Picture) -> list[tuple[float, float, float, float]]:
    """Where names and cogs stand: left, top, right, bottom."""
    found: list[tuple[float, float, float, float]] = []
    for place in picture.places:
        width = text_width(place.label)
        left = place.words - width if place.anchor == "end" else place.words
        found.append((left, place.y - 9, left + width, place.y + 9))
        half = picture.cog / 2
        found.append((place.x - half, place.y - half, place.x + half, place.y + half))
    return found


def test_neither_names_nor_cogs_meet_with_any_number_of_departments() -> None:
    for count in (1, 2, 14, FEW, FEW + 1, 60, 90):
        picture = draw(spots(count), edges(3 * count, count) if count > 1 else [])
        found = boxes(picture)
        for index, (left, top, right, bottom) in enumerate(found):
            assert left >= 0
            assert right <= WIDTH
            assert 0 <= top < bottom <= picture.height
            for other in found[index + 1 :]:
                assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top


def test_lines_stay_between_the_two_columns_so_none_crosses_a_name() -> None:
    departments = spots(60)
    for focus in ("", "d0", "d31"):
        picture = draw(departments, edges(200, 60), focus=focus)
        for line in picture.lines:
            across = [int(number) for number in re.findall(r"-?\d+", line.path)[0::2]]
            assert min(across) > LEFT
            assert max(across) < RIGHT


def test_what_is_silent_lies_on_top_of_what_is_thanked() -> None:
    drawn = [line.edge.silent for line in draw(spots(20), edges(60, 20)).lines]
    assert drawn == sorted(drawn)
    assert set(drawn) == {False, True}


def test_with_many_departments_only_the_heaviest_are_drawn_until_one_is_chosen() -> None:
    departments, known = spots(60), edges(200, 60)
    whole = draw(departments, known)
    assert len(whole.lines) == MOST_DRAWN
    assert whole.hidden == 200 - MOST_DRAWN
    mine = [edge.id for edge in known if "d5" in (edge.provider.id, edge.customer.id)]
    chosen = draw(departments, known, focus="d5")
    assert {line.edge.id for line in chosen.lines if line.near} == set(mine)
    assert [(p.id, p.x, p.y) for p in chosen.places] == [(p.id, p.x, p.y) for p in whole.places]
    assert len(draw(spots(FEW), edges(90, FEW)).lines) == 90


def test_long_names_are_shortened_to_what_fits() -> None:
    for place in draw(spots(60), []).places:
        assert text_width(place.label) <= LABEL
        assert place.name.startswith(place.label.rstrip("…"))
