"""Points on some of the demo's younger letters, and the accounts that they make."""

from __future__ import annotations

from collections import defaultdict

from api.core.clock import DAY
from api.core.database.bulk import Columns, Row
from api.core.ids import first_uuid7
from api.demo.generate import Demo
from api.demo.records import Letter
from api.points.ledger import account_id
from api.points.rules import HOUSE, AccountKind

LEDGER = (
    Columns.of("account", "id:uuid kind:text owner_id:uuid period:text guarded:bool balance:bigint held:bigint"),
    Columns.of(
        "transfer",
        "id:uuid kind:text about_id:uuid actor_id:uuid state:text created_at:bigint settled_at:bigint",
    ),
    Columns.of("posting", "transfer_id:uuid account_id:uuid amount:bigint"),
)
_SINCE = 60 * DAY
_ONE_IN = 4
_LARGE = 20_000
"""Of more letters than this a smaller part carries points: it is a demo, and it is to be there at once."""
_AMOUNTS = (5, 10, 10, 20)


class Purse:
    """Chooses amounts by a letter's id, and keeps the books."""

    def __init__(self, demo: Demo) -> None:
        self._demo = demo
        self._one_in = _ONE_IN * (1 + demo.kudos // _LARGE)
        self._accounts: dict[str, tuple[AccountKind, str]] = {}
        self._balances: dict[str, int] = defaultdict(int)
        self._opening: dict[str, int] = defaultdict(int)
        self._transfers: list[Row] = []
        self._postings: list[Row] = []

    def points(self, letter: Letter) -> int:
        """What each recipient got with this letter; booked at once."""
        number = int(letter.id[-6:], 16)
        others = sorted({person.id for person in letter.recipients} - {letter.giver.id})
        if number % self._one_in or letter.hidden_reason or letter.sent_at < self._demo.until - _SINCE:
            return 0
        points = _AMOUNTS[number // self._one_in % len(_AMOUNTS)]
        pot = self._account(AccountKind.GIVING, letter.giver.id)
        self._opening[pot] += points * len(others)
        self._transfers.append(
            (letter.id, "kudos", letter.id, letter.giver.id, "posted", letter.sent_at, letter.deliver_at)
        )
        self._postings.append((letter.id, pot, -points * len(others)))
        for person in others:
            earned = self._account(AccountKind.EARNED, person)
            self._balances[earned] += points
            self._postings.append((letter.id, earned, points))
        return points

    def rows(self) -> dict[str, list[Row]]:
        """The ledger's rows: everybody began with what they gave since, and a few points that are left."""
        opening, at = first_uuid7(self._demo.founded), self._demo.founded
        for number, person in enumerate(self._demo.people):
            pot = self._account(AccountKind.GIVING, person.id)
            self._balances[pot] = number * 7 % 40
            self._opening[pot] += self._balances[pot]
        given = [(opening, account, amount) for account, amount in sorted(self._opening.items()) if amount]
        issue = self._account(AccountKind.ISSUE, HOUSE)
        return {
            "account": [
                (account, kind.value, owner, "", kind != AccountKind.ISSUE, self._balances[account], 0)
                for account, (kind, owner) in sorted(self._accounts.items())
            ],
            "transfer": [(opening, "boost", None, None, "posted", at, at), *self._transfers],
            "posting": [*given, (opening, issue, -sum(row[2] for row in given)), *self._postings],
        }

    def _account(self, kind: AccountKind, owner_id: str) -> str:
        found = account_id(kind, owner_id)
        self._accounts[found] = kind, owner_id
        return found
