"""Rewards in words of the pages."""

from __future__ import annotations

from api.rewards.words import FIELDS


def reward_words(field: str, value: str, language: str) -> str:
    """What a code of this field is called; itself if it is none."""
    found = FIELDS[field].get(value)
    return found.text(language) if found else value
