"""What a board shows, by name: its columns, its people and departments."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from api.core.i18n import Language
from api.people.queries import people_refs
from api.rotations.board import BlockOut, Board
from api.rotations.planning import Fault
from api.rotations.programmes import RotationProgramme
from frontend.pages.rotations.words import Namer, block_words


class Head(msgspec.Struct, frozen=True):
    """A column of the board."""

    number: int
    short: str
    long: str
    closed: bool


def heads_of(record: RotationProgramme, blocks: list[BlockOut], language: Language) -> list[Head]:
    """The board's columns."""
    zone = ZoneInfo(record.time_zone)

    def local(moment: datetime) -> datetime:
        return moment.astimezone(zone)

    return [
        Head(
            one.number,
            *block_words(local(one.starts_at), local(one.ends_at), record.pattern, language),
            one.closed,
        )
        for one in blocks
    ]


def namer_of(board: Board, heads: list[Head], more: dict[str, str]) -> Namer:
    """Names for what the board shows, and `more` people."""
    people = {cell.person_id: cell.name for cell in board.cells} | more
    return Namer(people, {one.id: one.name for one in board.departments}, {head.number: head.long for head in heads})


async def names_of(faults: list[Fault], board: Board, language: Language) -> dict[str, str]:
    """Names of people that reasons speak of and the board does not show."""
    known = {cell.person_id for cell in board.cells}
    wanted = {str(fault.about["person"]) for fault in faults if "person" in fault.about} - known
    return {one.id: one.name for one in await people_refs(sorted(wanted), language)}
