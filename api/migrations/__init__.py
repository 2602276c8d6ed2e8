"""The schema's history, by hand: each entry runs once, in one transaction, on SQLite and PostgreSQL alike.

Written by hand because both engines need partial and composite indexes, CHECKs and their own full-text
index, and because Piccolo records a migration after its transaction: killed in between, it would not
converge. Entries are never changed once released; a new one is appended.
"""

from __future__ import annotations

from api.core.database.migrate import Migration
from api.migrations.administration import administration
from api.migrations.foundations import foundations
from api.migrations.imports import imports
from api.migrations.jobs import jobs
from api.migrations.notifications import notifications
from api.migrations.privacy import privacy
from api.migrations.rotations import rotations

MIGRATIONS = (
    Migration("0001_foundations", foundations),
    Migration("0002_jobs", jobs),
    Migration("0003_administration", administration),
    Migration("0004_privacy", privacy),
    Migration("0005_notifications", notifications),
    Migration("0006_imports", imports),
    Migration("0011_rotations", rotations),
)
