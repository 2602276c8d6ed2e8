"""The schema's history, by hand: each entry runs once, in one transaction, on SQLite and PostgreSQL alike.

Written by hand because both engines need partial and composite indexes, CHECKs and their own full-text
index, and because Piccolo records a migration after its transaction: killed in between, it would not
converge. Entries are never changed once released; a new one is appended.
"""

from __future__ import annotations

from api.core.database.migrate import Migration
from api.migrations.administration import administration
from api.migrations.approvals import approvals
from api.migrations.awards import awards
from api.migrations.bans_of_plans import bans_of_plans
from api.migrations.budgets import budgets
from api.migrations.foundations import foundations
from api.migrations.history import history
from api.migrations.imports import imports
from api.migrations.improvements import improvements
from api.migrations.jobs import jobs
from api.migrations.jobs_by_kind import jobs_by_kind
from api.migrations.notifications import notifications
from api.migrations.points import points
from api.migrations.privacy import privacy
from api.migrations.rewards import rewards
from api.migrations.rotations import rotations
from api.migrations.stock import stock
from api.migrations.visits import visits

MIGRATIONS = (
    Migration("0001_foundations", foundations),
    Migration("0002_jobs", jobs),
    Migration("0003_administration", administration),
    Migration("0004_privacy", privacy),
    Migration("0005_notifications", notifications),
    Migration("0006_imports", imports),
    Migration("0007_history", history),
    Migration("0008_points", points),
    Migration("0009_approvals", approvals),
    Migration("0010_rewards", rewards),
    Migration("0011_awards", awards),
    Migration("0012_rotations", rotations),
    Migration("0013_jobs_by_kind", jobs_by_kind),
    Migration("0014_budgets", budgets),
    Migration("0015_stock", stock),
    Migration("0016_visits", visits),
    Migration("0017_improvements", improvements),
    Migration("0018_bans_of_plans", bans_of_plans),
)
