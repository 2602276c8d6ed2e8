"""What kinds, classes and states of rewards are called, the same in pages, lists and notifications."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec
from babel.dates import format_date

from api.core.i18n import Message
from api.core.i18n import gettext_later as _
from api.rewards.rules import Fulfilment, Kind, Motif, Period, TaxClass

KINDS: Mapping[str, Message] = {
    Kind.VOUCHER: _("Voucher"),
    Kind.GOODS: _("Something to hold"),
    Kind.TIME_OFF: _("Time off"),
    Kind.DONATION: _("Donation"),
    Kind.TEAM_EVENT: _("For the team"),
    Kind.CUSTOM: _("Something else"),
}
TAX_CLASSES: Mapping[str, Message] = {
    TaxClass.BENEFIT: _("Benefit in kind, free of tax up to the monthly limit"),
    TaxClass.TAXED: _("Always taxed"),
    TaxClass.EXEMPT: _("Free of tax, does not count"),
}
FULFILMENTS: Mapping[str, Message] = {
    Fulfilment.HR: _("Handed over by HR"),
    Fulfilment.CODES: _("A code goes out by itself"),
}
PERIODS: Mapping[str, Message] = {
    Period.MONTH: _("month"),
    Period.QUARTER: _("quarter"),
    Period.YEAR: _("year"),
    Period.EVER: _("person, for good"),
}
MOTIFS: Mapping[str, Message] = {
    Motif.BOOK: _("Book"),
    Motif.CLOCK: _("Sun over the hills"),
    Motif.CUP: _("Breakfast"),
    Motif.BIKE: _("Bicycle"),
    Motif.TREE: _("Tree"),
    Motif.TICKET: _("Stage"),
    Motif.HEART: _("Heart in a hand"),
    Motif.GIFT: _("Present"),
}
FIELDS: Mapping[str, Mapping[str, Message]] = {
    "kind": KINDS,
    "tax_class": TAX_CLASSES,
    "fulfilment": FULFILMENTS,
    "limit_period": PERIODS,
    "motif": MOTIFS,
}


class MonthName(msgspec.Struct, frozen=True):
    """A month ("2026-03") in a sentence: "March 2026"."""

    month: str

    def text(self, language: str) -> str:
        """The month as readers of this language write it."""
        return format_date(date.fromisoformat(f"{self.month}-01"), "LLLL yyyy", locale=language)


class DayName(msgspec.Struct, frozen=True):
    """A day (ISO) in a sentence: "1 March 2026"."""

    day: str

    def text(self, language: str) -> str:
        """The day as readers of this language write it."""
        return format_date(date.fromisoformat(self.day), "long", locale="de" if language == "de" else "en_GB")
