"""How a SQLite file is opened."""

import sqlite3
import time
from pathlib import Path
from typing import Literal

import piccolo.engine.sqlite  # noqa: F401  (registers the adapters for values going in)

Synchronous = Literal["FULL", "NORMAL", "OFF"]

_OPEN_PATIENCE_SECONDS = 10.0


def connect(path: Path, *, synchronous: Synchronous, query_only: bool, busy_milliseconds: int) -> sqlite3.Connection:
    """A connection in autocommit mode that gives `sqlite3.Row` and never checkpoints by itself.

    No `detect_types`: values come out as they are stored.
    """
    connection = sqlite3.connect(
        path,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=512,
        timeout=busy_milliseconds / 1000,
    )
    try:
        connection.row_factory = sqlite3.Row
        if not query_only:
            _switch_to_wal(connection)
        connection.execute(f"PRAGMA synchronous={synchronous}")
        connection.execute("PRAGMA fullfsync=1")  # macOS: a plain fsync stops at the drive's cache
        connection.execute("PRAGMA foreign_keys=1")
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute("PRAGMA cache_size=-16000")
        if query_only:
            connection.execute("PRAGMA mmap_size=268435456")
            connection.execute("PRAGMA query_only=1")
    except BaseException:
        connection.close()
        raise
    return connection


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """SQLite does not apply its busy timeout to this switch, and two processes may start at once."""
    patience = time.monotonic() + _OPEN_PATIENCE_SECONDS
    while True:
        try:
            mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > patience:
                raise
            time.sleep(0.02)
        else:
            if mode != "wal":
                raise sqlite3.OperationalError(f"this file cannot use a write-ahead log (journal mode {mode})")
            return
