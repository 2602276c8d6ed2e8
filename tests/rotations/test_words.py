"""What a planner reads: codes of reasons and remedies as sentences."""

from __future__ import annotations

from api.rotations.planning import Fault
from frontend.pages.rotations.words import Namer


def test_remedies_say_how_many() -> None:
    namer = Namer({}, {"b": "Billing"}, {0: "W10"})
    two: dict[str, str | int | float] = {"department": "b", "by": -2, "block": 0}
    assert namer.change(Fault("staff", two), "en") == "Billing gets by with 2 fewer in W10"
    assert namer.change(Fault("staff", two), "de") == "Billing kommt in W10 mit 2 weniger aus"
    seats = Fault("seats", {"department": "b"})
    assert namer.change(seats, "en") == "Billing has room for 1 more in every block"
    assert namer.change(seats, "de") == "Billing hat in jedem Block Platz für 1 mehr"
