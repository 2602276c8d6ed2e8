"""What can go wrong between us and the database."""

import sqlite3

import asyncpg


class DatabaseUnavailable(Exception):
    """The work was not done, or nobody can say whether it was; asking again later may help (HTTP 503)."""


class DatabaseInUse(Exception):
    """Another process serves this SQLite file."""


class SuspendedInTransaction(RuntimeError):
    """A body waited for something other than the database while it held SQLite's only writer."""


class TransactionMisuse(RuntimeError):
    """A transaction was used in a way that would silently weaken what it promises."""


INTEGRITY_ERRORS: tuple[type[Exception], ...] = (
    sqlite3.IntegrityError,
    asyncpg.IntegrityConstraintViolationError,
)
"""What a violated constraint raises on either database. On PostgreSQL catch it around a `savepoint()`."""
