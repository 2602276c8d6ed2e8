"""Gearmesh's JSON API and everything behind it."""

__version__ = "0.1.0"
