"""Every kind of case that somebody has to approve."""

from __future__ import annotations

from api.approvals.kinds import ApprovalKind
from api.awards.cases import AWARD
from api.rewards.cases import REDEMPTION

CASES: tuple[ApprovalKind, ...] = (REDEMPTION, AWARD)
