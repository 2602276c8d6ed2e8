"""What kinds of accounts and transfers there are, and the arithmetic of a reversal. No database, no web."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class AccountKind(StrEnum):
    """Whose points, and what they are good for."""

    GIVING = "giving"  # a person's pot: what they can give away
    RINGFENCED = "ringfenced"  # the part of it that only counts for other departments
    EARNED = "earned"  # what a person received and can redeem
    AWARD = "award"  # what a department can award in a period
    ISSUE = "issue"  # where points come from
    REDEEMED = "redeemed"  # where they go for a reward
    CASH_OUT = "cash_out"  # where they go with the payroll
    EXPIRED = "expired"  # what was above the carry-over
    WRITTEN_OFF = "written_off"  # what a reversal could not take back


GUARDED = frozenset({AccountKind.GIVING, AccountKind.RINGFENCED, AccountKind.EARNED, AccountKind.AWARD})
HOUSE = "00000000-0000-0000-0000-000000000000"
"""The owner of the accounts that belong to nobody."""

Entries = Mapping[str, int]
"""What each account (by id) gains or loses in a transfer; they sum to zero."""


def check_entries(entries: Entries) -> None:
    """Raise ValueError unless they are a transfer: whole points other than zero that sum to zero."""
    if not entries or any(type(amount) is not int or amount == 0 for amount in entries.values()):
        raise ValueError("a transfer moves whole points")
    if sum(entries.values()) != 0:
        raise ValueError("a transfer's postings sum to zero")


def reversal(postings: Entries, available: Mapping[str, int], *, expired: str, written_off: str) -> dict[str, int]:
    """What undoes `postings` when only so much is still `available` on the guarded accounts that had gained.

    What is there goes back to where it came from. The rest is booked from written off to expired: points that are
    spent do not come back to their giver, or two people could make points by giving, redeeming and reversing.
    """
    entries: dict[str, int] = {}
    missing = 0
    for account_id, amount in sorted(postings.items()):
        if amount > 0:
            taken = min(amount, available.get(account_id, amount))
            missing += amount - taken
            entries[account_id] = -taken
    back = -sum(entries.values())
    for account_id, amount in sorted(postings.items()):
        if amount < 0:
            entries[account_id] = min(-amount, back)
            back -= entries[account_id]
    if missing:
        entries[written_off] = entries.get(written_off, 0) - missing
        entries[expired] = entries.get(expired, 0) + missing
    return {account_id: amount for account_id, amount in entries.items() if amount}
