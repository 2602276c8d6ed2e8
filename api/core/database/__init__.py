"""One interface to SQLite and PostgreSQL: transactions, queries, migrations."""

from api.core.database.columns import Id
from api.core.database.database import Database, current
from api.core.database.errors import (
    INTEGRITY_ERRORS,
    DatabaseInUse,
    DatabaseUnavailable,
    SuspendedInTransaction,
    TransactionMisuse,
)
from api.core.database.migrate import Migration, migrate
from api.core.database.queries import Batch, execute, execute_many, fetch, fetch_one, placeholders, sql, together
from api.core.database.rows import Row
from api.core.database.statements import Dialect, count_statements
from api.core.database.transactions import after_commit, in_transaction, savepoint, transact, transaction

__all__ = [
    "INTEGRITY_ERRORS",
    "Batch",
    "Database",
    "DatabaseInUse",
    "DatabaseUnavailable",
    "Dialect",
    "Id",
    "Migration",
    "Row",
    "SuspendedInTransaction",
    "TransactionMisuse",
    "after_commit",
    "count_statements",
    "current",
    "execute",
    "execute_many",
    "fetch",
    "fetch_one",
    "in_transaction",
    "migrate",
    "placeholders",
    "savepoint",
    "sql",
    "together",
    "transact",
    "transaction",
]
