"""Amounts of euros as one writes them."""

from __future__ import annotations

import msgspec
from babel.numbers import format_currency


def euros(cents: int, language: str) -> str:
    """An amount as one writes it, without ",00"."""
    digits = "#,##0.00" if cents % 100 else "#,##0"
    money = f"{digits} ¤" if language == "de" else f"¤{digits}"
    return format_currency(cents / 100, "EUR", locale=language, currency_digits=False, format=money)


class Euros(msgspec.Struct, frozen=True):
    """An amount in a sentence (`Message`)."""

    cents: int

    def text(self, language: str) -> str:
        """The amount as readers of this language write it."""
        return euros(self.cents, language)
